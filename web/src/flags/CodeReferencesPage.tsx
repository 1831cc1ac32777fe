export function CodeReferencesPage() {
  return null;
}

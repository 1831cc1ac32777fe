export function ContextListPage() {
  return null;
}

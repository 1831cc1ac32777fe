export function VariationsPage() {
  return null;
}

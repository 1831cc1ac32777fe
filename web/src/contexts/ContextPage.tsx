export function ContextPage() {
  return null;
}

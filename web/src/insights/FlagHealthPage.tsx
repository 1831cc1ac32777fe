export function FlagHealthPage() {
  return null;
}

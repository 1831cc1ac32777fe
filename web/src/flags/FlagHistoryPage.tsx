export function FlagHistoryPage() {
  return null;
}

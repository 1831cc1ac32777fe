export function FlagInsightsPage() {
  return null;
}

export function FlagSettingsPage() {
  return null;
}

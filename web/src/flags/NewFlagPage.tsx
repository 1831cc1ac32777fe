export function NewFlagPage() {
  return null;
}

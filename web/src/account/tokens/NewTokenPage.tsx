export function NewTokenPage() {
  return null;
}

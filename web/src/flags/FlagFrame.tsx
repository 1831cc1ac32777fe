export function FlagFrame() {
  return null;
}

export function ExperimentationPage() {
  return null;
}

// A scale of durations with lines at round ones: hours and days are not powers of ten.
import type { Series } from "../parts/Chart.tsx";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 5, 15, 30]
  .map((minutes) => minutes * MINUTE)
  .concat([1, 2, 4, 8, 12].map((hours) => hours * HOUR))
  .concat([1, 2, 3, 7, 14, 28, 56, 112].map((days) => days * DAY));
const MOST_LINES = 7;

interface Scale {
  range: readonly [number, number];
  interval: number;
}

export function scaleOf(series: readonly Series[], isStacked: boolean): Scale {
  const most = Math.max(1, ...heightsOf(series, isStacked));
  const longest = STEPS[STEPS.length - 1] ?? DAY;
  const interval =
    STEPS.find((step) => most / step <= MOST_LINES) ?? Math.ceil(most / MOST_LINES / longest) * longest;
  return { range: [0, Math.ceil(most / interval) * interval], interval };
}

function heightsOf(series: readonly Series[], isStacked: boolean): number[] {
  if (!isStacked) return series.flatMap(({ points }) => points.map(([, value]) => value ?? 0));
  const sums = new Map<number, number>();
  for (const { points } of series) {
    for (const [at, value] of points) sums.set(at, (sums.get(at) ?? 0) + (value ?? 0));
  }
  return [...sums.values()];
}

// How often a flag was evaluated along time: what the API counts, as series of a chart and as sums. Pure.
import type { Series } from "../parts/Chart.tsx";
import { variationName } from "./names.ts";

/** Days begin and end where the browser is. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Point {
  [name: string]: number;
}

interface OneSeries {
  value?: unknown;
  name?: string;
}

/** `metadata` describes the series "0", "1" … of the points, in this order. */
export interface Usage {
  series: readonly Point[];
  metadata: readonly OneSeries[];
}

export function seriesOf({ series, metadata }: Usage): Series[] {
  return metadata.map(({ name, value }, number) => ({
    name: variationName({ name, value }),
    points: series.map((point) => [point.time ?? 0, point[number] ?? 0] as const),
  }));
}

/** The evaluations of each point, whatever was served. */
export function totalsOf({ series, metadata }: Usage): number[] {
  return series.map((point) => metadata.reduce((sum, _, number) => sum + (point[number] ?? 0), 0));
}

export function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

export interface Share {
  name: string;
  count: number;
  /** Percentage of all. */
  share: number;
}

/** How much each variation was served. */
export function sharesOf(usage: Usage): Share[] {
  const all = sum(totalsOf(usage)) || 1;
  return seriesOf(usage).map(({ name, points }) => {
    const count = sum(points.map(([, value]) => value ?? 0));
    return { name, count, share: (100 * count) / all };
  });
}

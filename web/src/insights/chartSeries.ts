// What a chart of the API holds, as the charts of pages take it.
import type { Schemas } from "../api/client.ts";
import type { Series } from "../parts/Chart.tsx";

type ApiSeries = Schemas["SeriesShape"];

export function seriesOf(series: ApiSeries, name: string = series.metadata.name): Series {
  return { name, points: series.data.map(({ x, y }) => [x, y] as const) };
}

/** The largest series by themselves, by name, and all others as one: many colours tell nobody anything. */
export function largestOf(all: readonly ApiSeries[], most: number, others: string): Series[] {
  const sorted = [...all].sort((a, b) => b.metadata.count - a.metadata.count);
  const kept = sorted.slice(0, all.length <= most ? most : most - 1);
  const shown = kept.map((each) => seriesOf(each)).sort((a, b) => a.name.localeCompare(b.name));
  if (all.length <= most) return shown;
  const sums = new Map<number, number>();
  for (const { data } of sorted.slice(most - 1)) {
    for (const { x, y } of data) sums.set(x, (sums.get(x) ?? 0) + y);
  }
  return [...shown, { name: others, points: [...sums] }];
}

// How much of what is served a change of a flag moved.
import type { Schemas } from "../api/client.ts";

type FlagEvent = Schemas["FlagEventShape"];

/** In the order of the bars of a chart, the smallest at the bottom. */
export const SIZES = ["none", "small", "medium", "large", "unknown"] as const;

export type Size = (typeof SIZES)[number];

/** Of bars; the words beside them have the same. */
export const SIZE_COLOURS: Record<Size, string> = {
  none: "#868e96",
  small: "#009e73",
  medium: "#e69f00",
  large: "#d55e00",
  unknown: "#adb5bd",
};

export function sizeOf({ impact }: FlagEvent): Size {
  return impact.size ?? "unknown";
}

/** The largest impact first, or last; what is not known comes last in either order. The newest first among equals. */
export function byImpact(events: readonly FlagEvent[], isDescending: boolean): FlagEvent[] {
  const sign = isDescending ? -1 : 1;
  const rank = ({ impact: { percentage } }: FlagEvent) =>
    percentage === undefined ? Number.POSITIVE_INFINITY : sign * percentage;
  return [...events].sort((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one === other ? b.eventTime - a.eventTime : one < other ? -1 : 1;
  });
}

export interface Share {
  name: string;
  /** Percentages of what was served. */
  before: number;
  after: number;
}

/** What share each variation had before the change and after it. */
export function sharesOf({ impact }: FlagEvent): Share[] {
  const variations = impact.evaluationsSummary?.variations ?? [];
  const whole = (of: "before" | "after") => variations.reduce((sum, each) => sum + each[of], 0) || 1;
  const [before, after] = [whole("before"), whole("after")];
  return variations.map((each) => ({
    name: typeof each.value === "string" ? each.value : JSON.stringify(each.value),
    before: (100 * each.before) / before,
    after: (100 * each.after) / after,
  }));
}

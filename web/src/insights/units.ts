// Raw values of metrics as people read them.
import { percent, round, span } from "../parts/numbers.ts";

/** A raw value in the API's unit: perDay, milliseconds, percent, ratio or points. */
export function formatRaw(value: number, unit: string): string {
  switch (unit) {
    case "perDay":
      return frequency(value);
    case "milliseconds":
      return span(value);
    case "percent":
      return percent(value);
    case "ratio":
      return `${round(value)} to 1`;
    default:
      return round(value);
  }
}

/** Times a day, as often in the span of time that makes the number easiest to picture. */
export function frequency(perDay: number): string {
  if (perDay >= 1 || perDay === 0) return `${round(perDay)} a day`;
  const weekly = perDay * 7;
  return weekly >= 1 ? `${round(weekly)} a week` : `${round(perDay * 28)} in 4 weeks`;
}

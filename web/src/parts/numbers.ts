// Numbers, spans and instants as people read them.
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly [number, Intl.RelativeTimeFormatUnit][] = [
  [365 * DAY, "year"],
  [30 * DAY, "month"],
  [7 * DAY, "week"],
  [DAY, "day"],
  [HOUR, "hour"],
  [MINUTE, "minute"],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const whole = new Intl.NumberFormat("en");
const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

/** "3 days ago", of two instants in milliseconds. */
export function ago(at: number, now: number): string {
  const passed = at - now;
  const [size, unit] = STEPS.find(([step]) => Math.abs(passed) >= step) ?? [SECOND, "second"];
  return unit === "second" ? "just now" : relative.format(Math.round(passed / size), unit);
}

export function instant(at: number): string {
  return moment.format(at);
}

export function day(at: number): string {
  return date.format(at);
}

export function count(value: number): string {
  return whole.format(value);
}

/** A span of milliseconds in its two largest units: "2 d 3 h". */
export function span(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < MINUTE) return `${round(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return two(milliseconds, MINUTE, "min", SECOND, "s");
  if (milliseconds < DAY) return two(milliseconds, HOUR, "h", MINUTE, "min");
  return two(milliseconds, DAY, "d", HOUR, "h");
}

function two(value: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((value % large) / small);
  return `${whole.format(Math.floor(value / large))} ${largeName}${rest ? ` ${rest} ${smallName}` : ""}`;
}

/** At most one digit after the point. */
export function round(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 1 });
}

export function percent(value: number): string {
  return `${round(value)} %`;
}

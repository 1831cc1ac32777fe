// Days in fields, where both ends count, and instants in the API, where the bounds themselves are left out.
const DAY = 86_400_000;

/** The field's text of a day, as it is where one sits. */
export function dateText(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function startOf(text: string): number | undefined {
  const at = new Date(`${text}T00:00`).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** Later than this is on that day or after it. */
export function afterOf(text: string): number | undefined {
  const start = startOf(text);
  return start === undefined ? undefined : start - 1;
}

/** Earlier than this is on that day or before it. */
export function beforeOf(text: string): number | undefined {
  const start = startOf(text);
  // A day may have an hour more or less.
  return start === undefined ? undefined : startOf(dateText(start + DAY * 1.5));
}

export function textOfAfter(after: number | undefined): string {
  return after === undefined ? "" : dateText(after + 1);
}

export function textOfBefore(before: number | undefined): string {
  return before === undefined ? "" : dateText(before - 1);
}

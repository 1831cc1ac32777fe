// Keys of contexts as people give them. Pure.

/** Keys as people paste them: one a line, or with commas between them. */
export function keysOf(text: string): string[] {
  const keys = text.split(/[\n\r,;\t]/).map((key) => key.trim());
  return [...new Set(keys.filter(Boolean))];
}

// Keys as the API takes them, and one made of a name.
const KEY = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
const LONGEST = 100;

export function isKey(text: string): boolean {
  return KEY.test(text) && text.length <= LONGEST;
}

/** "My new Shop" becomes "my-new-shop". */
export function keyOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
}

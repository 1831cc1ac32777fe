// What the list of projects makes of the API's answers.
interface Named {
  name: string;
}

function isNamed(value: unknown): value is Named {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

/** The names of a project's environments, as `expand=environments` adds them. */
export function environmentNames(expanded: unknown): string[] {
  if (typeof expanded !== "object" || expanded === null || !("items" in expanded)) return [];
  return Array.isArray(expanded.items) ? expanded.items.filter(isNamed).map(({ name }) => name) : [];
}

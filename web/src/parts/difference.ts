// What is different between two versions of a thing: only the parts that changed, each with where it is. Pure.
type Members = Readonly<Record<string, unknown>>;

export interface Change {
  /** The names that lead to it; items of lists by what people call them. */
  path: readonly string[];
  /** What was there and is no more. */
  removed: readonly unknown[];
  /** What is there now. */
  added: readonly unknown[];
}

// What changes with every change, or never says anything about the thing itself.
const NOISE = new Set(["_links", "_access", "_site", "_version", "version", "lastModified", "_lastModified"]);

// What tells the items of a list apart, whatever place they are at.
const IDENTITIES = ["_id", "id", "key"];

/** Nothing on one side (undefined) makes it one change: all of the other. */
export function differencesOf(before: unknown, after: unknown): Change[] {
  return compare([], withoutNoise(before), withoutNoise(after));
}

function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !NOISE.has(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNoise(member)]));
}

function compare(path: readonly string[], before: unknown, after: unknown): Change[] {
  if (isSame(before, after)) return [];
  if (isObject(before) && isObject(after)) return compareMembers(path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) return compareItems(path, before, after);
  const side = (value: unknown) => (value === undefined ? [] : [value]);
  return [{ path, removed: side(before), added: side(after) }];
}

function compareMembers(path: readonly string[], before: Members, after: Members): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => compare([...path, name], before[name], after[name]));
}

function compareItems(
  path: readonly string[],
  before: readonly unknown[],
  after: readonly unknown[],
): Change[] {
  const all = [...before, ...after];
  const identity = IDENTITIES.find((name) => areToldApart(before, name) && areToldApart(after, name));
  if (all.every(isObject) && identity) return compareById(path, before, after, identity);
  if (all.some(isObject)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, place) =>
      compare([...path, `${place + 1}`], before[place], after[place]),
    ).flat();
  }
  const removed = without(before, after);
  const added = without(after, before);
  // The same values in another order.
  if (!removed.length && !added.length) return [{ path, removed: [before], added: [after] }];
  return [{ path, removed, added }];
}

function areToldApart(items: readonly unknown[], identity: string): boolean {
  const ids = items.map((item) => (isObject(item) ? item[identity] : undefined));
  return ids.every((id) => typeof id === "string") && new Set(ids).size === ids.length;
}

function compareById(
  path: readonly string[],
  before: readonly unknown[],
  after: readonly unknown[],
  identity: string,
): Change[] {
  const byId = (items: readonly unknown[]) =>
    new Map(items.filter(isObject).map((item) => [String(item[identity]), item]));
  const [old, now] = [byId(before), byId(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const changes = names.flatMap((id) =>
    compare([...path, nameOf(now.get(id) ?? old.get(id) ?? {}) || id], old.get(id), now.get(id)),
  );
  const order = (of: Map<string, Members>, other: Map<string, Members>) =>
    [...of].filter(([id]) => other.has(id)).map(([id, item]) => nameOf(item) || id);
  return [...changes, ...compareOrder(path, order(old, now), order(now, old))];
}

function compareOrder(
  path: readonly string[],
  before: readonly string[],
  after: readonly string[],
): Change[] {
  return isSame(before, after) ? [] : [{ path: [...path, "order"], removed: [before], added: [after] }];
}

function nameOf(item: Members): string {
  for (const name of ["name", "description", "key", "value"]) {
    const value = item[name];
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      if (value !== "") return String(value).slice(0, 60);
    }
  }
  return "";
}

function without(items: readonly unknown[], others: readonly unknown[]): unknown[] {
  return items.filter((item) => !others.some((other) => isSame(item, other)));
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, place) => isSame(item, other[place]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}

/** A value as several lines of text. */
export function linesOf(value: unknown): string[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  return (text === "" ? '""' : text).split("\n");
}

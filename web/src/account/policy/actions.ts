// The table of actions: which there are, on what, and for what request each is needed. It comes from the server's own
// description of its API.
import { areOfOneKind } from "./specifiers.ts";
import { matches } from "./wildcards.ts";

export interface KnownAction {
  name: string;
  /** What the action can be done to. */
  specifiers: readonly string[];
  /** What takes it, in the words of the API. */
  summaries: readonly string[];
}

interface Operation {
  summary?: unknown;
  "x-daybreak-action"?: unknown;
  "x-daybreak-resource"?: unknown;
}

export function actionsOf(document: unknown): KnownAction[] {
  const found = new Map<string, { specifiers: Set<string>; summaries: Set<string> }>();
  for (const operation of operationsOf(document)) {
    for (const name of words(operation["x-daybreak-action"])) {
      const known = found.get(name) ?? { specifiers: new Set(), summaries: new Set() };
      for (const specifier of words(operation["x-daybreak-resource"])) known.specifiers.add(specifier);
      if (typeof operation.summary === "string") known.summaries.add(operation.summary);
      found.set(name, known);
    }
  }
  return [...found]
    .map(([name, { specifiers, summaries }]) => ({
      name,
      specifiers: [...specifiers],
      summaries: [...summaries],
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function operationsOf(document: unknown): Operation[] {
  return values(member(document, "paths")).flatMap(values).filter(isOperation);
}

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "x-daybreak-action" in value;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

function values(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

function words(value: unknown): string[] {
  return typeof value === "string" ? value.split(" ").filter(Boolean) : [];
}

/** Those that can be done to one of the resources; all of them where none is named. */
export function actionsOn(table: readonly KnownAction[], resources: readonly string[]): KnownAction[] {
  if (resources.length === 0) return [...table];
  return table.filter(({ specifiers }) =>
    specifiers.some((specifier) => resources.some((resource) => areOfOneKind(resource, specifier))),
  );
}

/** The actions that stand for no known one on these resources: most likely they are mistyped. */
export function unknownActions(
  table: readonly KnownAction[],
  resources: readonly string[],
  actions: readonly string[],
): string[] {
  if (table.length === 0) return [];
  const possible = actionsOn(table, resources);
  return actions.filter((action) => !possible.some(({ name }) => matches(action, name)));
}

/** Every kind of resource that an action is about, as a specifier of all of them. */
export function kindsOf(table: readonly KnownAction[]): string[] {
  return [...new Set(table.flatMap(({ specifiers }) => specifiers))].sort();
}

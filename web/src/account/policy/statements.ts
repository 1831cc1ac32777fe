// Statements of a policy: as the API writes them, and as a form holds them while somebody edits them.
import { policyTexts } from "../../texts/policies.ts";
import { faultOfSpecifier } from "./specifiers.ts";

export type Effect = "allow" | "deny";

/** As the API has it: one of each pair is there. */
export interface Statement {
  effect: Effect;
  resources?: string[];
  notResources?: string[];
  actions?: string[];
  notActions?: string[];
}

export interface StatementDraft {
  /** Tells the drafts of a form apart. */
  id: number;
  effect: Effect;
  resources: string[];
  /** Everything but the resources. */
  isExceptResources: boolean;
  actions: string[];
  isExceptActions: boolean;
}

/** What an editor holds: while JSON is typed, that is what counts. */
export interface PolicyDraft {
  statements: StatementDraft[];
  json: string | undefined;
}

let last = 0;

export function draftOf(statement: Statement): StatementDraft {
  last += 1;
  return {
    id: last,
    effect: statement.effect,
    resources: statement.notResources ?? statement.resources ?? [],
    isExceptResources: statement.notResources !== undefined,
    actions: statement.notActions ?? statement.actions ?? [],
    isExceptActions: statement.notActions !== undefined,
  };
}

export function statementOf(draft: StatementDraft): Statement {
  return {
    effect: draft.effect,
    ...(draft.isExceptResources ? { notResources: draft.resources } : { resources: draft.resources }),
    ...(draft.isExceptActions ? { notActions: draft.actions } : { actions: draft.actions }),
  };
}

export function emptyDraft(): StatementDraft {
  return draftOf({ effect: "allow", resources: [], actions: [] });
}

/** The draft of what the API told, whose documents are of no known type. */
export function policyDraft(told: unknown): PolicyDraft {
  const { statements } = readStatements(told ?? []);
  return { statements: statements.map(draftOf), json: undefined };
}

export function writeJson(statements: readonly Statement[]): string {
  return JSON.stringify(statements, null, 2);
}

export interface Faults {
  resources?: string;
  actions?: string;
}

export function faultsOf(draft: StatementDraft): Faults {
  const odd = draft.resources.map(faultOfSpecifier).find((fault) => fault !== "");
  const faults: Faults = {};
  if (draft.resources.length === 0) faults.resources = policyTexts.faults.noResources;
  else if (odd) faults.resources = odd;
  if (draft.actions.length === 0) faults.actions = policyTexts.faults.noActions;
  return faults;
}

export interface Reading {
  statements: Statement[];
  /** What is wrong; an empty text where nothing is. */
  fault: string;
}

/** What the editor's content says, ready to be sent. */
export function readPolicy({ statements, json }: PolicyDraft): Reading {
  if (json !== undefined) return readJson(json);
  const read = statements.map(statementOf);
  const place = statements.findIndex((draft) => Object.keys(faultsOf(draft)).length > 0);
  return { statements: read, fault: place < 0 ? "" : policyTexts.faults.incomplete(place + 1) };
}

export function readJson(text: string): Reading {
  try {
    return readStatements(JSON.parse(text));
  } catch (error) {
    return { statements: [], fault: policyTexts.faults.noJson(error instanceof Error ? error.message : "") };
  }
}

function readStatements(value: unknown): Reading {
  if (!Array.isArray(value)) return { statements: [], fault: policyTexts.faults.noList };
  const statements: Statement[] = [];
  for (const [place, item] of value.entries()) {
    const { statement, fault } = readStatement(item);
    if (!statement) return { statements, fault: policyTexts.faults.at(place + 1, fault) };
    statements.push(statement);
  }
  return { statements, fault: "" };
}

const MEMBERS = ["effect", "resources", "notResources", "actions", "notActions"];

function readStatement(item: unknown): { statement?: Statement; fault: string } {
  const texts = policyTexts.faults;
  if (typeof item !== "object" || item === null || Array.isArray(item)) return { fault: texts.noObject };
  const given = new Map<string, unknown>(Object.entries(item));
  const unknown = [...given.keys()].find((name) => !MEMBERS.includes(name));
  if (unknown) return { fault: texts.unknownMember(unknown) };
  const effect = given.get("effect");
  if (effect !== "allow" && effect !== "deny") return { fault: texts.effect };
  const resources = listOf(given, "resources");
  const actions = listOf(given, "actions");
  if (!resources) return { fault: texts.oneOf("resources", "notResources") };
  if (!actions) return { fault: texts.oneOf("actions", "notActions") };
  const odd = resources.items.map(faultOfSpecifier).find((fault) => fault !== "");
  if (odd) return { fault: odd };
  const statement = statementOf({
    id: 0,
    effect,
    resources: resources.items,
    isExceptResources: resources.isExcept,
    actions: actions.items,
    isExceptActions: actions.isExcept,
  });
  return { statement, fault: "" };
}

/** The list itself or its opposite, whichever is there and not empty; nothing where both or neither are. */
function listOf(
  given: Map<string, unknown>,
  name: string,
): { items: string[]; isExcept: boolean } | undefined {
  const [list, except] = [
    texts(given.get(name)),
    texts(given.get(`not${name[0]?.toUpperCase()}${name.slice(1)}`)),
  ];
  if (!list || !except || list.length > 0 === except.length > 0) return undefined;
  return list.length > 0 ? { items: list, isExcept: false } : { items: except, isExcept: true };
}

function texts(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "");
  return isList ? value : undefined;
}

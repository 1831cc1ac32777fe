// What the fields of a statement propose: the kinds of resources there are, those of the projects, and the actions.
import { api } from "../../api/client.ts";
import { policyTexts } from "../../texts/policies.ts";
import { actionsOf, actionsOn, type KnownAction, kindsOf } from "./actions.ts";
import { ANYTHING } from "./specifiers.ts";

const NONE: readonly KnownAction[] = [];

/** The table of actions. It is as old as the server, so it is asked for once. */
export function useActions(): readonly KnownAction[] {
  const document = api.useQuery("get", "/api/v2/openapi.json", undefined, {
    staleTime: Number.POSITIVE_INFINITY,
    select: actionsOf,
  });
  return document.data ?? NONE;
}

/** Specifiers that a statement is likely to need. */
export function useResources(): string[] {
  const projects = api.useQuery("get", "/api/v2/projects", { params: { query: { limit: 20 } } });
  const keys = projects.data?.items.map(({ key }) => key) ?? [];
  return [ANYTHING, ...kindsOf(useActions()).filter((kind) => kind !== ANYTHING), ...keys.flatMap(ofProject)];
}

function ofProject(key: string): string[] {
  const project = `proj/${key}`;
  return [project, `${project}:env/*`, `${project}:env/*:flag/*`, `${project}:env/*:segment/*`];
}

const BEGINNINGS: Readonly<Record<string, string>> = {
  [ANYTHING]: policyTexts.everyAction,
  "view*": policyTexts.everyView,
  "update*": policyTexts.everyUpdate,
};

/** Names of actions, each with what needs it. */
export function proposedActions(
  table: readonly KnownAction[],
  resources: readonly string[],
): ReadonlyMap<string, string> {
  const known = actionsOn(table, resources).map(
    ({ name, summaries }) => [name, summaries.join(" · ")] as const,
  );
  return new Map([...Object.entries(BEGINNINGS), ...known]);
}

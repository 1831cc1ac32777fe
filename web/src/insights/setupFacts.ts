// What tells whether a step of setting up is done.
import type { Schemas } from "../api/client.ts";

export const STEPS = ["deployments", "pullRequests", "flag", "sdk", "codeReferences", "token"] as const;

export type StepName = (typeof STEPS)[number];

/** `partly`: something came, but not all that is needed. `hidden`: the caller may not see whether it did. */
export type StepState = "done" | "partly" | "waiting" | "hidden";

type Requested = Pick<Schemas["FlagStatusShape"], "lastRequested">;

/** The instant of the last evaluation of any flag. */
export function lastEvaluation(statuses: readonly Requested[]): number | undefined {
  const instants = statuses
    .map(({ lastRequested }) => Date.parse(lastRequested ?? ""))
    .filter(Number.isFinite);
  return instants.length ? Math.max(...instants) : undefined;
}

type Mentions = Pick<Schemas["StatisticShape"], "hunkCount" | "name">;

/** How many flags are mentioned in code, and in how many repositories. */
export function countMentions(flags: Readonly<Record<string, readonly Mentions[]>>) {
  const mentioned = Object.values(flags).map((each) => each.filter(({ hunkCount }) => hunkCount > 0));
  return {
    flags: mentioned.filter(({ length }) => length > 0).length,
    repositories: new Set(mentioned.flat().map(({ name }) => name)).size,
  };
}

type Token = Pick<Schemas["TokenShape"], "serviceToken" | "role" | "lastUsed" | "name">;

/** A pipeline's token: a service token that may do less than an admin. The one used last counts first. */
export function pipelineToken<Given extends Token>(tokens: readonly Given[]): Given | undefined {
  return tokens
    .filter(({ serviceToken, role }) => serviceToken && role !== "admin" && role !== "reader")
    .sort((one, other) => (other.lastUsed ?? 0) - (one.lastUsed ?? 0))[0];
}

/** Which step comes next: the first that is not done. */
export function nextStep(states: Readonly<Record<StepName, StepState>>): StepName | undefined {
  return STEPS.find((step) => states[step] !== "done" && states[step] !== "hidden");
}

// The four stages that a change goes through, and what is known of how long each took.
import type { Schemas } from "../api/client.ts";

/** In the order and the colours of the chart above them. */
export const STAGES = [
  { stage: "coding", colour: "#4263eb" },
  { stage: "review", colour: "#e69f00" },
  { stage: "wait", colour: "#009e73" },
  { stage: "deploy", colour: "#cc79a7" },
] as const;

export type Stage = (typeof STAGES)[number]["stage"];

/** Milliseconds; a stage that nobody recorded has none, and its time is within coding. */
export type Durations = Readonly<Record<Stage, number | undefined>>;

export function durationsOf(leadTime: Schemas["PullRequestLeadTimeShape"]): Durations {
  return {
    coding: leadTime.codingDurationMs,
    review: leadTime.reviewDurationMs,
    wait: leadTime.avgWaitDurationMs,
    deploy: leadTime.avgDeployDurationMs,
  };
}

export function unknownOf(durations: Durations): Stage[] {
  return STAGES.map(({ stage }) => stage).filter((stage) => durations[stage] === undefined);
}

/** The percentage of the whole that each known stage has. */
export function sharesOf(durations: Durations): { stage: Stage; colour: string; percent: number }[] {
  const whole = STAGES.reduce((sum, { stage }) => sum + (durations[stage] ?? 0), 0);
  if (!whole) return [];
  return STAGES.map((each) => ({ ...each, percent: (100 * (durations[each.stage] ?? 0)) / whole })).filter(
    ({ percent }) => percent > 0,
  );
}

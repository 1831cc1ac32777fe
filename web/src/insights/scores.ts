// The scores of a place: asked for in one way by every page that shows some.
import { api, type Schemas } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";

export type ScoresAnswer = Schemas["InsightScoresShape"];
export type MetricName = keyof ScoresAnswer["scores"];

export const PILLARS = ["velocity", "risk", "efficiency"] as const;

export const METRICS = [
  "deploymentFrequency",
  "leadTime",
  "deploymentFailureRate",
  "impactSize",
  "experimentationCoverage",
  "flagHealth",
  "creationRatio",
] as const;

export type TrendPoint = NonNullable<ScoresAnswer["trend"]>[number];

export function useScores(applications: readonly string[]) {
  return useScoresWith("explanation", applications);
}

/** Asked for on its own: it takes longer, and the page does not wait for it. */
export function useTrend(applications: readonly string[]) {
  return useScoresWith("trend", applications);
}

function useScoresWith(expand: string, applications: readonly string[]) {
  const { projectKey, environment } = usePlace();
  const scope = { projectKey, environmentKey: environment.key, applicationKey: [...applications] };
  return api.useQuery("get", "/api/v2/engineering-insights/insights/scores", {
    params: { query: { ...scope, expand } },
  });
}

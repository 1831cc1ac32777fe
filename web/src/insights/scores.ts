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

export function useScores(applicationKey: readonly string[]) {
  const { projectKey, environment } = usePlace();
  return api.useQuery("get", "/api/v2/engineering-insights/insights/scores", {
    params: {
      query: {
        projectKey,
        environmentKey: environment.key,
        applicationKey: [...applicationKey],
        expand: "explanation",
      },
    },
  });
}

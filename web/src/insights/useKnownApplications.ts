// Keys of the applications that were deployed in an environment within half a year.
import { api } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";

// What was deployed within half a year is what the scores call live.
const HOUR = 3_600_000;
const LIVE = 182 * 24 * HOUR;

export function useKnownApplications(environmentKey: string): string[] {
  const { projectKey } = usePlace();
  const now = Math.ceil(Date.now() / HOUR) * HOUR;
  const deployed = api.useQuery("get", "/api/v2/engineering-insights/charts/deployments/frequency", {
    params: {
      query: {
        projectKey,
        environmentKey,
        groupBy: "application",
        from: now - LIVE,
        to: now,
        bucketMs: LIVE,
      },
    },
  });
  return (deployed.data?.series ?? []).map(({ metadata }) => metadata.name).sort();
}

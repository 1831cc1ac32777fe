// Which applications insights are about. The choice stands in the address.
import { MultiSelect } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";
import { overviewTexts } from "../texts/insights.ts";

const HOUR = 3_600_000;
const LIVE = 182 * 24 * HOUR;

/** The applications of the address; none means all. */
export function useApplications(): readonly string[] {
  return useSearch({ from: "/projects/$projectKey" }).application ?? [];
}

export function ApplicationFilter() {
  const { projectKey, environment } = usePlace();
  const navigate = useNavigate();
  const chosen = useApplications();
  // What was deployed here within half a year is what the scores call live.
  const now = Math.ceil(Date.now() / HOUR) * HOUR;
  const deployed = api.useQuery("get", "/api/v2/engineering-insights/charts/deployments/frequency", {
    params: {
      query: {
        projectKey,
        environmentKey: environment.key,
        groupBy: "application",
        from: now - LIVE,
        to: now,
        bucketMs: LIVE,
      },
    },
  });
  const known = deployed.data?.series.map(({ metadata }) => metadata.name) ?? [];
  return (
    <MultiSelect
      aria-label={overviewTexts.applications}
      placeholder={chosen.length ? undefined : overviewTexts.allApplications}
      data={[...new Set([...known, ...chosen])].sort()}
      value={[...chosen]}
      searchable
      clearable
      w={{ base: "100%", sm: 280 }}
      onChange={(keys) =>
        navigate({ to: ".", search: (now) => ({ ...now, application: keys.length ? keys : undefined }) })
      }
    />
  );
}

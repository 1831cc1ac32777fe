// The stale flags of the place that is looked at. Which they are is what their score was made of.
import { useQuery } from "@tanstack/react-query";
import { api, client, type Schemas } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";
import { useApplications } from "./ApplicationFilter.tsx";
import { useScores } from "./scores.ts";
import { type StaleFlag, staleFlags } from "./staleness.ts";

const PATH = "/api/v2/flags/{projectKey}";
const AT_ONCE = 100;

/** All temporary flags, one page after the other. */
function useTemporaryFlags() {
  const { projectKey, environment } = usePlace();
  const asked = { filter: "type:temporary", env: [environment.key], sort: "creationDate", limit: AT_ONCE };
  return useQuery({
    queryKey: ["get", PATH, projectKey, asked, "all"],
    queryFn: async ({ signal }): Promise<Schemas["FlagShape"][]> => {
      const flags: Schemas["FlagShape"][] = [];
      let total = 0;
      do {
        const params = { path: { projectKey }, query: { ...asked, offset: flags.length } };
        const { data, error } = await client.GET(PATH, { params, signal });
        if (!data) throw error;
        if (!data.items.length) break;
        flags.push(...data.items);
        total = data.totalCount ?? flags.length;
      } while (flags.length < total);
      return flags;
    },
  });
}

export interface StaleAnswer {
  stale: readonly StaleFlag[];
  /** Whether there are more than are listed. */
  isCut: boolean;
  /** Of how many temporary flags. */
  temporary: number;
}

export function useStaleFlags() {
  const { projectKey, environment } = usePlace();
  const scores = useScores(useApplications());
  const flags = useTemporaryFlags();
  const statuses = api.useQuery("get", "/api/v2/flag-statuses/{projectKey}/{environmentKey}", {
    params: { path: { projectKey, environmentKey: environment.key } },
  });
  const behind = scores.data?.explanation?.flagHealth?.contributors;
  const answer: StaleAnswer | undefined =
    behind && flags.data && statuses.data
      ? {
          stale: staleFlags(behind.flags, flags.data, statuses.data.items),
          isCut: behind.truncated,
          temporary: flags.data.length,
        }
      : undefined;
  const failed = [scores, flags, statuses].find(({ isError }) => isError);
  return { answer, failed };
}

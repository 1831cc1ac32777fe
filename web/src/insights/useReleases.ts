// The changes of flags that the page of releases lists: a page of them as the API has them, or all sorted by impact.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { api, client, type Schemas } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";
import { useApplications } from "./ApplicationFilter.tsx";
import { byImpact } from "./impact.ts";
import type { Period } from "./period.ts";
import { turnsOf } from "./turns.ts";

type FlagEvent = Schemas["FlagEventShape"];

const PATH = "/api/v2/engineering-insights/flag-events";
export const LIMIT = 20;
const AT_ONCE = 100;
/** So many are sorted: the API sorts by time alone. */
export const MOST_SORTED = 1_000;

function useAsked(period: Period) {
  const { projectKey, environment } = usePlace();
  const { size, query } = useSearch({ from: "/projects/$projectKey/releases" });
  return {
    projectKey,
    environmentKey: environment.key,
    applicationKey: [...useApplications()],
    ...period,
    impactSize: size,
    query,
  };
}

/** A page of them, the newest first. */
export function useReleases(period: Period) {
  const { after, before, sort } = useSearch({ from: "/projects/$projectKey/releases" });
  const query = { ...useAsked(period), limit: LIMIT, after, before };
  return api.useQuery(
    "get",
    PATH,
    { params: { query } },
    { placeholderData: (earlier) => earlier, enabled: sort === undefined },
  );
}

interface Sorted {
  events: readonly FlagEvent[];
  isCut: boolean;
}

/** All of them by impact, read one page after the other. */
export function useSortedReleases(period: Period) {
  const { sort } = useSearch({ from: "/projects/$projectKey/releases" });
  const asked = useAsked(period);
  return useQuery({
    queryKey: ["get", PATH, asked, "all"],
    enabled: sort !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Sorted> => {
      const events: FlagEvent[] = [];
      let after: string | undefined;
      do {
        const query = { ...asked, limit: AT_ONCE, after };
        const { data, error } = await client.GET(PATH, { params: { query }, signal });
        if (!data) throw error;
        events.push(...data.items);
        after = turnsOf(data._links).next?.after;
      } while (after && events.length < MOST_SORTED);
      return { events, isCut: after !== undefined };
    },
    select: ({ events, isCut }) => ({ events: byImpact(events, sort === "-impact"), isCut }),
  });
}

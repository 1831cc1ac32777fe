// All groups of the project. The API lists those of every project, 20 at a time, and sorts by name alone.
import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";
import type { Group } from "./groups.ts";

const PATH = "/api/v2/engineering-insights/insights/groups";
const LIMIT = 20;

async function readAll(signal: AbortSignal): Promise<Group[]> {
  const groups: Group[] = [];
  for (;;) {
    const query = { limit: LIMIT, offset: groups.length, expand: "scores" };
    const { data, error } = await client.GET(PATH, { params: { query }, signal });
    if (!data) throw error;
    groups.push(...data.items);
    if (data.items.length < LIMIT || groups.length >= (data.totalCount ?? 0)) return groups;
  }
}

export function useGroups() {
  const { projectKey } = usePlace();
  return useQuery<Group[], unknown>({
    // As the other queries are known, so that changes made elsewhere ask for this one again too.
    queryKey: ["get", PATH, "all"],
    queryFn: ({ signal }) => readAll(signal),
    select: (groups) => groups.filter((group) => group.projectKey === projectKey),
  });
}

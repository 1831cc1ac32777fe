// A team as the API tells, with all that its page shows.
import { api, type Schemas } from "../../api/client.ts";

export type Team = Schemas["TeamShape"];
export type Instruction = Readonly<Record<string, unknown>> & { kind: string };

/** What a list of teams asks for besides. */
export const EXPAND = "members,roles,maintainers,roleAttributes,projects";

/** All teams, to choose from. */
export function useTeamNames(): { value: string; label: string }[] {
  const teams = api.useQuery("get", "/api/v2/teams", { params: { query: { limit: 1000, sort: "name" } } });
  return (teams.data?.items ?? []).map(({ key, name }) => ({ value: key, label: name }));
}

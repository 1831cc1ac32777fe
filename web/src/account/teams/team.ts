// A team as the API tells it, and how one is changed.
import { api, type Schemas, SEMANTIC_PATCH } from "../../api/client.ts";
import type { Instruction } from "./instructions.ts";

export type Team = Schemas["TeamShape"];

/** The first hundred teams, to choose from. */
export function useTeamNames(): { value: string; label: string }[] {
  const teams = api.useQuery("get", "/api/v2/teams", { params: { query: { limit: 100, sort: "name" } } });
  return (teams.data?.items ?? []).map(({ key, name }) => ({ value: key, label: name }));
}

export interface TeamChange {
  /** Carries out the instructions; whoever asked is told when that is done. */
  change: (instructions: readonly Instruction[], onDone?: () => void) => void;
  isBusy: boolean;
  error: unknown;
}

export function useTeamChange(teamKey: string, done: string, showsError = false): TeamChange {
  const saving = api.useMutation("patch", "/api/v2/teams/{teamKey}", { meta: { done, showsError } });
  return {
    change: (instructions, onDone) =>
      saving.mutate(
        {
          params: { path: { teamKey } },
          headers: SEMANTIC_PATCH,
          // The description of the API leaves open what an instruction holds.
          body: { instructions: instructions as unknown as Record<string, never>[] },
        },
        { onSuccess: onDone },
      ),
    isBusy: saving.isPending,
    error: saving.error,
  };
}

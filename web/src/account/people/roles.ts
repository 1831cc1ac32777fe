// All custom roles, to choose from and to find their names.
import { api, type Schemas } from "../../api/client.ts";

export type CustomRole = Schemas["CustomRoleShape"];

export interface KnownRoles {
  items: readonly CustomRole[];
  isLoading: boolean;
  /** What stands for a role in the API, by its id or key. */
  keyOf: (id: string) => string;
  nameOf: (idOrKey: string) => string;
}

export function useRoles(): KnownRoles {
  const roles = api.useQuery("get", "/api/v2/roles", { params: { query: { limit: 1000, sort: "name" } } });
  const items = roles.data?.items ?? [];
  const byName = new Map(items.flatMap((role) => [[role._id, role] as const, [role.key, role] as const]));
  return {
    items,
    isLoading: roles.isLoading,
    keyOf: (id) => byName.get(id)?.key ?? id,
    nameOf: (id) => byName.get(id)?.name ?? id,
  };
}

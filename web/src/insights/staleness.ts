// Why a flag is stale, and who may know what to do about it.
import type { Schemas } from "../api/client.ts";

type Flag = Schemas["FlagShape"];
type FlagStatus = Schemas["LinkedFlagStatusShape"];

export interface StaleFlag {
  key: string;
  /** Not there where the caller may not see the flag. */
  flag: Flag | undefined;
  status: FlagStatus | undefined;
}

/** What is known of the flags with these keys. */
export function staleFlags(
  keys: readonly string[],
  flags: readonly Flag[],
  statuses: readonly FlagStatus[],
): StaleFlag[] {
  const flagOf = new Map(flags.map((flag) => [flag.key, flag]));
  const statusOf = new Map(statuses.map((status) => [keyOf(status), status]));
  return keys.map((key) => ({ key, flag: flagOf.get(key), status: statusOf.get(key) }));
}

/** A status names its flag by its link alone. */
function keyOf({ _links }: FlagStatus): string {
  return decodeURIComponent(_links.self?.href?.split("/").pop() ?? "");
}

export function maintainerOf({ flag }: StaleFlag): string | undefined {
  if (!flag) return undefined;
  const { _maintainer: member, _maintainerTeam: team } = flag;
  if (member) return `${member.firstName} ${member.lastName}`.trim() || member.email;
  return team?.name ?? flag.maintainerTeamKey ?? flag.maintainerId;
}

/** By maintainer, the ones with most flags first, and last those that nobody looks after. */
export function byMaintainer(flags: readonly StaleFlag[]): [string | undefined, StaleFlag[]][] {
  const groups = new Map<string | undefined, StaleFlag[]>();
  for (const each of flags) {
    const who = maintainerOf(each);
    groups.set(who, [...(groups.get(who) ?? []), each]);
  }
  return [...groups].sort(([one, its], [other, others]) => {
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    return others.length - its.length || one.localeCompare(other);
  });
}

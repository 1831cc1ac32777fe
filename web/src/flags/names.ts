// How variations and people are called where a flag is told of.
import type { Schemas } from "../api/client.ts";
import type { Flag, Variation } from "./flag.ts";

const LONGEST = 60;

/** A value on one line, cut where it is long. */
export function shortValue(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** A variation by its name, else by its value. */
export function variationName({ name, value }: Pick<Variation, "name" | "value">): string {
  return name || shortValue(value) || '""';
}

type Person = Pick<Schemas["MemberSummaryShape"], "firstName" | "lastName" | "email">;

export function memberName({ firstName, lastName, email }: Person): string {
  return `${firstName} ${lastName}`.trim() || email;
}

/** Who looks after the flag, by name; an empty text where nobody does. */
export function maintainerName(flag: Flag): string {
  if (flag._maintainer) return memberName(flag._maintainer);
  return flag._maintainerTeam?.name ?? flag.maintainerTeamKey ?? "";
}

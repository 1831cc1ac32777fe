// What somebody or some token is given: a built-in role, custom roles in its place, or for tokens a policy of their own.
import type { Replacement } from "../patches.ts";

export const BUILT_IN = ["reader", "writer", "admin", "no_access"] as const;
export const CUSTOM = "custom";
export const INLINE = "inline";
export const OWNER = "owner";

export interface GivenRole {
  /** A built-in role, CUSTOM or INLINE. */
  choice: string;
  /** Keys. */
  customRoles: string[];
}

export function isChosen({ choice, customRoles }: GivenRole): boolean {
  return choice !== CUSTOM || customRoles.length > 0;
}

/** What a member is given now. Custom roles count in place of the built-in one. */
export function givenTo(
  member: { role: string; customRoles: string[] },
  keyOfRole: (id: string) => string,
): GivenRole {
  return {
    choice: member.customRoles.length ? CUSTOM : member.role,
    customRoles: member.customRoles.map(keyOfRole),
  };
}

/** The change from one to the other, as a patch of a member. */
export function rolePatch(before: GivenRole, after: GivenRole): Replacement[] {
  if (after.choice === CUSTOM) {
    const isSame = before.choice === CUSTOM && sameSet(before.customRoles, after.customRoles);
    return isSame ? [] : [{ op: "replace", path: "/customRoles", value: after.customRoles }];
  }
  if (before.choice === after.choice) return [];
  const role: Replacement = { op: "replace", path: "/role", value: after.choice };
  return before.choice === CUSTOM ? [role, { op: "replace", path: "/customRoles", value: [] }] : [role];
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}

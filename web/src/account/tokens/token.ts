// An access token as the API tells it, and as a form holds it.
import type { Schemas } from "../../api/client.ts";
import { tokenTexts } from "../../texts/tokens.ts";
import { CUSTOM, type GivenRole, INLINE } from "../people/givenRole.ts";
import { type PolicyDraft, policyDraft, readPolicy, type Statement } from "../policy/statements.ts";

export type Token = Schemas["TokenShape"];

/** From the oldest to the newest. */
export const VERSIONS = [20160426, 20191212, 20210729, 20220603, 20240415] as const;
export type Version = (typeof VERSIONS)[number];
export const NEWEST: Version = 20240415;

export function versionOf(value: number): Version {
  return VERSIONS.find((version) => version === value) ?? NEWEST;
}

export interface TokenDraft {
  name: string;
  description: string;
  given: GivenRole;
  policy: PolicyDraft;
  version: Version;
}

export function emptyToken(): TokenDraft {
  return {
    name: "",
    description: "",
    given: { choice: "reader", customRoles: [] },
    policy: policyDraft([]),
    version: NEWEST,
  };
}

export function draftOf(token: Token, keyOfRole: (id: string) => string): TokenDraft {
  const custom = token.customRoleIds ?? [];
  return {
    name: token.name,
    description: token.description,
    given: {
      choice: token.inlineRole ? INLINE : custom.length ? CUSTOM : (token.role ?? ""),
      customRoles: custom.map(keyOfRole),
    },
    policy: policyDraft(token.inlineRole),
    version: versionOf(token.defaultApiVersion),
  };
}

export interface GivenFields {
  role: "reader" | "writer" | "admin" | null;
  customRoleIds: string[] | null;
  inlineRole: Statement[] | null;
}

/** Exactly one of the three says what the token may do. */
export function givenFields({ given, policy }: TokenDraft): GivenFields {
  const { choice, customRoles } = given;
  return {
    role: choice === "reader" || choice === "writer" || choice === "admin" ? choice : null,
    customRoleIds: choice === CUSTOM ? customRoles : null,
    inlineRole: choice === INLINE ? readPolicy(policy).statements : null,
  };
}

/** What is missing, or wrong with the statements; an empty text where nothing is. */
export function faultOfToken({ given, policy }: TokenDraft): string {
  if (given.choice !== INLINE) return "";
  const { statements, fault } = readPolicy(policy);
  return fault || (statements.length ? "" : tokenTexts.whenEmpty);
}

/** What a token is called where one has to be told from another. */
export function nameOfToken({ name, token }: Pick<Token, "name" | "token">): string {
  return name || tokenTexts.ending(token);
}

const HOUR = 3_600_000;
export const LIVES: Readonly<Record<string, number>> = {
  now: 0,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
};

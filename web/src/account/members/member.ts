// A member as the API tells, and what is asked for of all of them.
import type { Schemas } from "../../api/client.ts";
import { api } from "../../api/client.ts";

export type Member = Schemas["MemberShape"];

/** Whoever is signed in. */
export function useMe(): Member | undefined {
  return api.useQuery("get", "/api/v2/members/{id}", { params: { path: { id: "me" } } }).data;
}

export interface HandedLink {
  email: string;
  href: string;
}

/** The links of an answer that somebody has to pass on; none where the server sends them itself. */
export function linksIn(members: readonly Pick<Member, "email" | "_links">[]): HandedLink[] {
  return members.flatMap(({ email, _links }) => {
    const href = (_links.invitation ?? _links["password-reset"])?.href;
    return href ? [{ email, href }] : [];
  });
}

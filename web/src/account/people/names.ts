// What members are called.
export interface Named {
  firstName: string;
  lastName: string;
  email: string;
}

/** Their name, or their email while they have told none. */
export function nameOf({ firstName, lastName, email }: Named): string {
  return `${firstName} ${lastName}`.trim() || email;
}

export function hasName({ firstName, lastName }: Named): boolean {
  return `${firstName}${lastName}`.trim() !== "";
}

/** In a choice of members: with the email, which tells namesakes apart. */
export function labelOf(member: Named): string {
  return hasName(member) ? `${nameOf(member)} (${member.email})` : member.email;
}

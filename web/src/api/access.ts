// What the caller may do with a thing, as its representation tells.
import { commonTexts } from "../texts/everywhere.ts";

interface Decision {
  action: string;
}

interface Access {
  denied: readonly Decision[];
  allowed: readonly Decision[];
}

/** Why the caller may not do all of this, in words; an empty text where they may, or nothing is told. */
export function whyNot(access: Access | undefined, ...actions: readonly string[]): string {
  const denied = access?.denied.find((each) => actions.includes(each.action));
  return denied ? commonTexts.errors.notAllowed(denied.action) : "";
}

// What a kind of contexts may be called by SDKs. Pure.
import { kindTexts } from "../../texts/contexts.ts";

const KEY = /^[-a-zA-Z0-9._]{1,64}$/;
const RESERVED = ["kind", "multi"];

/** What is wrong with the key of a new kind, in words; an empty text where nothing is. */
export function faultOfKey(key: string, taken: readonly string[]): string {
  if (!KEY.test(key)) return kindTexts.faults.key;
  if (RESERVED.includes(key)) return kindTexts.faults.reserved(key);
  return taken.includes(key) ? kindTexts.faults.taken : "";
}

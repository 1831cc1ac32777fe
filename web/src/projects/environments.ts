// What may be changed about an environment, and how long an old key may live on.
import type { Environment } from "../shell/place.ts";

export type EnvironmentFields = Pick<
  Environment,
  | "name"
  | "color"
  | "critical"
  | "requireComments"
  | "confirmChanges"
  | "secureMode"
  | "defaultTrackEvents"
  | "defaultTtl"
  | "tags"
>;

/** Which action changes each field. */
export const CHANGES: Record<keyof EnvironmentFields, string> = {
  name: "updateName",
  color: "updateColor",
  critical: "updateCritical",
  requireComments: "updateRequireComments",
  confirmChanges: "updateConfirmChanges",
  secureMode: "updateSecureMode",
  defaultTrackEvents: "updateDefaultTrackEvents",
  defaultTtl: "updateTtl",
  tags: "updateTags",
};

/** Six hexadecimal digits, as the API has colours. */
export function isColour(text: string): boolean {
  return /^[0-9a-fA-F]{6}$/.test(text);
}

const HOUR = 3_600_000;

/** How long an old SDK key goes on working, in milliseconds. */
export const LIVES = { none: 0, hour: HOUR, day: 24 * HOUR, week: 168 * HOUR, month: 720 * HOUR } as const;

export type Life = keyof typeof LIVES;

/** The instant at which the old key stops; none where it stops at once. */
export function expiryOf(life: Life, now: number): number | undefined {
  return LIVES[life] ? now + LIVES[life] : undefined;
}

// How deployments end, as the API says it.
export const STATUSES = ["finished", "failed", "started", "timedOut", "custom"] as const;

export type Status = (typeof STATUSES)[number];

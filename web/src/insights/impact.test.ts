import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schemas } from "../api/client.ts";
import { byImpact, sharesOf, sizeOf } from "./impact.ts";

type FlagEvent = Schemas["FlagEventShape"];

function anEvent(flagKey: string, eventTime: number, impact: FlagEvent["impact"]): FlagEvent {
  const place = { projectId: "p", projectKey: "p", environmentId: "e", environmentKey: "e" };
  return { id: flagKey, ...place, flagKey, eventType: "updated", eventTime, description: "", impact };
}

const keys = (events: readonly FlagEvent[]) => events.map(({ flagKey }) => flagKey);

test("what is not known comes last in either order", () => {
  const events = [
    anEvent("unknown", 4, {}),
    anEvent("small", 1, { size: "small", percentage: 5 }),
    anEvent("large", 2, { size: "large", percentage: 90 }),
    anEvent("newer", 3, { size: "small", percentage: 5 }),
  ];
  assert.deepEqual(keys(byImpact(events, true)), ["large", "newer", "small", "unknown"]);
  assert.deepEqual(keys(byImpact(events, false)), ["newer", "small", "large", "unknown"]);
  assert.deepEqual(events.map(sizeOf), ["unknown", "small", "large", "small"]);
});

test("shares are those of each side by itself", () => {
  const variations = [
    { value: true, before: 0, after: 30 },
    { value: { limit: 5 }, before: 200, after: 10 },
  ];
  const event = anEvent("any", 1, { evaluationsSummary: { variations } });
  assert.deepEqual(sharesOf(event), [
    { name: "true", before: 0, after: 75 },
    { name: '{"limit":5}', before: 100, after: 25 },
  ]);
});

test("what was never served has no shares", () => {
  assert.deepEqual(sharesOf(anEvent("any", 1, {})), []);
});

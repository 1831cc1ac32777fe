import assert from "node:assert/strict";
import { test } from "node:test";
import { countMentions, lastEvaluation, nextStep, pipelineToken, type StepState } from "./setupFacts.ts";

test("lastEvaluation: some flags were asked for: is the latest of all", () => {
  const statuses = [{ lastRequested: "2026-01-01T00:00:00Z" }, {}, { lastRequested: "2026-01-02T00:00:00Z" }];
  assert.equal(lastEvaluation(statuses), Date.parse("2026-01-02T00:00:00Z"));
});

test("lastEvaluation: none was asked for: is none", () => {
  assert.equal(lastEvaluation([{}]), undefined);
});

test("countMentions: a flag that code no longer mentions: does not count", () => {
  const counted = countMentions({
    a: [
      { name: "shop", hunkCount: 2 },
      { name: "app", hunkCount: 1 },
    ],
    b: [{ name: "shop", hunkCount: 0 }],
    c: [{ name: "shop", hunkCount: 1 }],
  });
  assert.deepEqual(counted, { flags: 2, repositories: 2 });
});

test("pipelineToken: admins' and personal tokens beside it: is the service token that may do less", () => {
  const first = { name: "First token", serviceToken: true, role: "admin" };
  const own = { name: "laptop", serviceToken: false, role: "writer" };
  const idle = { name: "idle", serviceToken: true, role: "writer" };
  const used = { name: "deploys", serviceToken: true, customRoleIds: ["x"], lastUsed: 5 };
  assert.equal(pipelineToken([first, own, idle, used])?.name, "deploys");
  assert.equal(pipelineToken([first, own]), undefined);
});

test("nextStep: some are done, one cannot be seen: is the first that waits", () => {
  const states: Record<string, StepState> = { deployments: "done", pullRequests: "hidden", flag: "partly" };
  const all = { sdk: "waiting", codeReferences: "waiting", token: "done", ...states } as const;
  assert.equal(nextStep(all as unknown as Parameters<typeof nextStep>[0]), "flag");
});

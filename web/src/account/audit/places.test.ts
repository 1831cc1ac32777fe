import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "./places.ts";

for (const [path, address, place] of [
  [
    "/api/v2/flags/demo/banner",
    "proj/demo:env/production;critical:flag/banner",
    { kind: "flag", projectKey: "demo", flagKey: "banner", environment: "production" },
  ],
  [
    "/api/v2/flags/demo/banner/triggers/test/1",
    "proj/demo:env/*:flag/banner",
    { kind: "flag", projectKey: "demo", flagKey: "banner", environment: undefined },
  ],
  [
    "/api/v2/flag-links/projects/demo/flags/banner/1",
    "proj/demo:env/*:flag/banner",
    { kind: "flag", projectKey: "demo", flagKey: "banner" },
  ],
  [
    "/api/v2/segments/demo/test/beta%20users",
    "proj/demo:env/test:segment/beta",
    { kind: "segment", projectKey: "demo", segmentKey: "beta users", environment: "test" },
  ],
  [
    "/api/v2/projects/demo/environments/test",
    "proj/demo:env/test",
    { kind: "environments", projectKey: "demo" },
  ],
  ["/api/v2/projects/demo", "proj/demo", { kind: "project", projectKey: "demo" }],
  [
    "/api/v2/engineering-insights/deployments/1",
    "proj/demo:env/test:deployment/web",
    { kind: "deployment", projectKey: "demo", deploymentId: "1" },
  ],
  ["/api/v2/teams/shop", "team/shop", { kind: "team", teamKey: "shop" }],
  ["/api/v2/members/1", "member/1", { kind: "members" }],
] as const) {
  test(`placeOf: ${path}: is found`, () => assert.deepEqual(placeOf(path, address), place));
}

test("placeOf: what no page shows: is nowhere", () => {
  for (const path of ["", "/api/v2/teams", "/api/v2/oauth/clients/1", "/api/v2/segments/demo/test", "/"]) {
    assert.equal(placeOf(path, "proj/demo"), undefined, path);
  }
});

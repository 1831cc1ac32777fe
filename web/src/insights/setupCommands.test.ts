import assert from "node:assert/strict";
import { test } from "node:test";
import { importGit, isLocal, postDeployment, webhookAddress } from "./setupCommands.ts";

const target = { address: "https://daybreak.example", projectKey: "shop", environmentKey: "production" };

test("importGit: a project and environment: names both", () => {
  assert.match(importGit(target), /--project shop --environment production/);
});

test("postDeployment: a project and environment: sends an event that the API takes", () => {
  const sent = /-d '(.*)'/.exec(postDeployment(target))?.[1] ?? "";
  assert.deepEqual(JSON.parse(sent), {
    projectKey: "shop",
    environmentKey: "production",
    applicationKey: "web",
    version: "v1.4.0",
    eventType: "finished",
  });
});

test("webhookAddress: a provider: ends in it and the project", () => {
  assert.equal(webhookAddress("gitlab", target), "https://daybreak.example/webhooks/gitlab/shop");
});

test("isLocal: addresses of this machine: are", () => {
  for (const address of ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:1"])
    assert.ok(isLocal(address));
  assert.equal(isLocal(target.address), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { detailInstructions, maintainerInstruction, roleInstructions } from "./instructions.ts";

test("detailInstructions: one has changed: only that is said", () => {
  assert.deepEqual(detailInstructions({ name: "a", description: "b" }, { name: "a", description: "" }), [
    { kind: "updateDescription", value: "" },
  ]);
});

test("roleInstructions: some come, some go: each is said", () => {
  assert.deepEqual(roleInstructions(["a", "b"], ["b", "c"]), [
    { kind: "addCustomRoles", values: ["c"] },
    { kind: "removeCustomRoles", values: ["a"] },
  ]);
  assert.deepEqual(roleInstructions(["a"], ["a"]), []);
});

test("maintainerInstruction: a member: is granted what maintainers do", () => {
  assert.deepEqual(maintainerInstruction("remove", ["1"]), {
    kind: "removePermissionGrants",
    actionSet: "maintainTeam",
    memberIDs: ["1"],
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { describeSetting, type SettingsDraft, settingsInstructions } from "./settings.ts";

const before: SettingsDraft = {
  name: "Cart",
  description: "",
  tags: ["shop", "old"],
  isTemporary: true,
  usingEnvironmentId: false,
  usingMobileKey: true,
  maintainer: "member:1a2b",
};

test("settingsInstructions: nothing was changed: there is nothing to do", () => {
  assert.deepEqual(settingsInstructions(before, { ...before, tags: ["old", "shop"], name: "Cart " }), []);
});

test("settingsInstructions: everything was changed: each part has its instruction", () => {
  const after: SettingsDraft = {
    name: "New cart",
    description: "For the new shop",
    tags: ["shop", "web"],
    isTemporary: false,
    usingEnvironmentId: true,
    usingMobileKey: false,
    maintainer: "team:web:shop",
  };
  assert.deepEqual(settingsInstructions(before, after), [
    { kind: "updateName", value: "New cart" },
    { kind: "updateDescription", value: "For the new shop" },
    { kind: "addTags", values: ["web"] },
    { kind: "removeTags", values: ["old"] },
    { kind: "makeFlagPermanent" },
    { kind: "turnOnClientSideAvailability", value: "usingEnvironmentId" },
    { kind: "turnOffClientSideAvailability", value: "usingMobileKey" },
    { kind: "updateMaintainerTeam", value: "web:shop" },
  ]);
});

test("settingsInstructions: nobody is to look after it: the maintainer is removed", () => {
  assert.deepEqual(settingsInstructions(before, { ...before, maintainer: "" }), [
    { kind: "removeMaintainer" },
  ]);
});

test("describeSetting: who will look after it: is told by name", () => {
  const [instruction] = settingsInstructions(before, { ...before, maintainer: "member:3c4d" });
  assert.ok(instruction);
  assert.match(describeSetting(instruction, "Wim"), /Wim/);
});

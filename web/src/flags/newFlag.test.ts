import assert from "node:assert/strict";
import { test } from "node:test";
import { valueTexts } from "../texts/flagEditing.ts";
import { bodyOf, draftFrom, valueFaults, withoutVariation } from "./newFlag.ts";

const defaults = {
  _links: {},
  key: "shop",
  tags: ["web"],
  temporary: true,
  defaultClientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
  booleanDefaults: {
    trueDisplayName: "Shown",
    falseDisplayName: "",
    trueDescription: "",
    falseDescription: "As before",
    onVariation: 0,
    offVariation: 1,
  },
};

test("bodyOf: a draft of which only the name was typed: is what the project's flags begin with", () => {
  const draft = { ...draftFrom(defaults), named: { name: "New cart", key: "new-cart" } };
  assert.deepEqual(bodyOf(draft), {
    name: "New cart",
    key: "new-cart",
    description: "",
    tags: ["web"],
    temporary: true,
    clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
    variations: [
      { value: true, name: "Shown" },
      { value: false, description: "As before" },
    ],
    defaults: { onVariation: 0, offVariation: 1 },
  });
});

test("valueFaults: numbers that were not typed: are told, and only of the type that is chosen", () => {
  const draft = draftFrom(defaults);
  assert.equal(valueFaults(draft).size, 0);
  assert.deepEqual(
    [...valueFaults({ ...draft, type: "number" }).values()],
    [valueTexts.missing, valueTexts.missing],
  );
});

test("withoutVariation: the one that is served: another one is served", () => {
  const { boolean } = draftFrom(defaults).served;
  const left = withoutVariation(boolean, "false");
  assert.equal(left.offId, "true");
  assert.equal(left.onId, "true");
  assert.equal(left.variations.length, 1);
});

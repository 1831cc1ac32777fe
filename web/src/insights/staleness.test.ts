import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schemas } from "../api/client.ts";
import { byMaintainer, type StaleFlag, staleFlags } from "./staleness.ts";

type Flag = Schemas["FlagShape"];

function aFlag(key: string, more: Partial<Flag> = {}): Flag {
  return {
    _links: {},
    name: key,
    kind: "boolean",
    description: "",
    key,
    _version: 1,
    creationDate: 0,
    includeInSnippet: false,
    clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
    variations: [],
    temporary: true,
    tags: [],
    goalIds: [],
    experiments: { baselineIdx: 0, items: [] },
    customProperties: {},
    archived: false,
    deprecated: false,
    defaults: { onVariation: 0, offVariation: 1 },
    ...more,
  };
}

const aStatus = (key: string) => ({ name: "launched", _links: { self: { href: `/any/${key}` } } });

test("flags find their statuses, and those one may not see are named all the same", () => {
  const found = staleFlags(["a", "b"], [aFlag("a"), aFlag("c")], [aStatus("a"), aStatus("c")]);
  assert.deepEqual(
    found.map(({ key, flag, status }) => [key, flag?.key, status?.name]),
    [
      ["a", "a", "launched"],
      ["b", undefined, undefined],
    ],
  );
});

test("who has most comes first, and nobody last", () => {
  const team = { maintainerTeamKey: "shop" };
  const member = { maintainerId: "ann" };
  const flags: StaleFlag[] = [aFlag("a"), aFlag("b", member), aFlag("c", team), aFlag("d", team)].map(
    (flag) => ({
      key: flag.key,
      flag,
      status: undefined,
    }),
  );
  const groups = byMaintainer(flags).map(([who, its]) => [who, its.map(({ key }) => key)]);
  assert.deepEqual(groups, [
    ["shop", ["c", "d"]],
    ["ann", ["b"]],
    [undefined, ["a"]],
  ]);
});

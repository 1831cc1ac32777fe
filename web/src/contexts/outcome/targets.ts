// With which variation a context is targeted by name. Pure.
import type { Schemas } from "../../api/client.ts";

type Targeting = Pick<Schemas["FlagEnvironmentShape"], "targets" | "contextTargets">;

/** The number of the variation; users stand in a list of their own. */
export function targetOf(
  configuration: Targeting | undefined,
  { kind, key }: { kind: string; key: string },
): number | undefined {
  const lists = [...(configuration?.targets ?? []), ...(configuration?.contextTargets ?? [])];
  return lists.find((list) => (list.contextKind ?? "user") === kind && list.values.includes(key))?.variation;
}

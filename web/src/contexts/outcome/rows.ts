// What flags serve a context, narrowed to what somebody asked to see. Pure.
import { type Evaluation, isDefault, isSameValue } from "../reasons.ts";

export interface Row {
  evaluation: Evaluation;
  /** What the context as it was seen gets, where that is something else. */
  before: Evaluation | undefined;
}

export interface Wanted {
  query?: string;
  only?: "special" | "changed";
}

/** `before` is what the context gets as it was seen; nothing where it is not compared. */
export function rowsOf(now: readonly Evaluation[], before: readonly Evaluation[] | undefined): Row[] {
  const known = new Map(before?.map((each) => [each.key, each]));
  return now.map((evaluation) => {
    const old = known.get(evaluation.key);
    return { evaluation, before: old && !isSame(old, evaluation) ? old : undefined };
  });
}

function isSame(one: Evaluation, other: Evaluation): boolean {
  return isSameValue(one._value, other._value);
}

export function narrow(rows: readonly Row[], { query = "", only }: Wanted): Row[] {
  const wanted = query.trim().toLowerCase();
  return rows.filter(
    ({ evaluation: { name, key, reason }, before }) =>
      (name.toLowerCase().includes(wanted) || key.toLowerCase().includes(wanted)) &&
      (only !== "special" || !isDefault(reason)) &&
      (only !== "changed" || before !== undefined),
  );
}

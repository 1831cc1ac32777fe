// From the clauses of a rule to what they have become, as instructions of a semantic patch. Pure.
import { type Clause, isNew, isSameClause, shapeOf } from "./model.ts";

type ClauseBody = ReturnType<typeof shapeOf>;

export type ClauseInstruction =
  | { kind: "addClauses"; ruleId: string; clauses: ClauseBody[] }
  | { kind: "removeClauses"; ruleId: string; clauseIds: readonly string[] }
  | { kind: "updateClause"; ruleId: string; clauseId: string; clause: ClauseBody };

/** What comes before what goes: a rule without clauses would hold for everybody in between. */
export function clauseInstructions(
  ruleId: string,
  before: readonly Clause[],
  after: readonly Clause[],
): ClauseInstruction[] {
  const old = new Map(before.map((clause) => [clause.id, clause]));
  const kept = new Set(after.map(({ id }) => id));
  const added = after.filter(({ id }) => isNew(id)).map(shapeOf);
  const removed = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const changed = after.filter((clause) => {
    const known = old.get(clause.id);
    return known && !isSameClause(known, clause);
  });
  return [
    ...changed.map((clause) => ({
      kind: "updateClause" as const,
      ruleId,
      clauseId: clause.id,
      clause: shapeOf(clause),
    })),
    ...(added.length ? [{ kind: "addClauses" as const, ruleId, clauses: added }] : []),
    ...(removed.length ? [{ kind: "removeClauses" as const, ruleId, clauseIds: removed }] : []),
  ];
}

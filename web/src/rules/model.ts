// Rules as they are edited. Pure. Rules and clauses that the server knows keep its ids; new ones have ids of their own.
import type { Schemas } from "../api/client.ts";

export interface Clause {
  id: string;
  contextKind: string;
  attribute: string;
  op: string;
  values: readonly unknown[];
  negate: boolean;
}

/** Shares of a rollout: thousandths of a percent by variation id. */
export type Weights = Readonly<Record<string, number>>;

/** What contexts get: one variation, or shares. */
export type Served =
  | { variationId: string }
  | { weights: Weights; contextKind: string; bucketBy: string | undefined };

const NEW = "new:";
export const WHOLE = 100_000;

/** Segments are matched whatever the context's kind. */
export const SEGMENT_MATCH = "segmentMatch";

export function newId(): string {
  // Not `randomUUID`: browsers have it on https and on this machine only.
  return NEW + crypto.getRandomValues(new Uint32Array(4)).join("-");
}

export function isNew(id: string): boolean {
  return id.startsWith(NEW);
}

export function emptyClause(): Clause {
  return { id: newId(), contextKind: "user", attribute: "", op: "in", values: [], negate: false };
}

export function parseClause(shape: Schemas["ClauseShape"]): Clause {
  return {
    id: shape._id ?? newId(),
    contextKind: shape.contextKind ?? "user",
    attribute: shape.attribute ?? "",
    op: shape.op,
    values: shape.values,
    negate: shape.negate ?? false,
  };
}

/** As the API takes it. */
export function shapeOf({ contextKind, attribute, op, values, negate }: Clause): Schemas["ClauseShape"] {
  return { contextKind, attribute, op, values: [...values], negate };
}

export function isSameClause(one: Clause, other: Clause): boolean {
  return JSON.stringify(shapeOf(one)) === JSON.stringify(shapeOf(other));
}

export function totalOf(weights: Weights): number {
  return Object.values(weights).reduce((sum, weight) => sum + weight, 0);
}

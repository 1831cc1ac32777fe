// How large a segment is, in words. Pure.
import { count } from "../parts/numbers.ts";
import { segmentListTexts } from "../texts/segments.ts";
import type { Segment } from "./editing/draft.ts";

type Sized = Pick<
  Segment,
  | "included"
  | "includedContexts"
  | "excluded"
  | "excludedContexts"
  | "rules"
  | "unbounded"
  | "_unboundedMetadata"
>;

/** Who is in it: keys that are listed, and rules. */
export function describeSize(segment: Sized): string {
  const texts = segmentListTexts;
  const keys = listed(segment);
  const parts = [];
  if (keys > 0) parts.push(keys === 1 ? texts.oneKey : texts.keys(count(keys)));
  if (segment.rules.length > 0) parts.push(texts.rules(segment.rules.length));
  return parts.join(", ") || texts.nobody;
}

function listed({ included, includedContexts, unbounded, _unboundedMetadata }: Sized): number {
  if (unbounded) return _unboundedMetadata?.includedCount ?? 0;
  return includedContexts.reduce((sum, { values = [] }) => sum + values.length, included.length);
}

/** What the list of segments is asked for, in the words of its filter. */
export function segmentFilter({ query, tag, kind }: { query?: string; tag?: string; kind?: string }) {
  const parts = [
    query?.trim() && `query equals ${JSON.stringify(query.trim())}`,
    tag && `tags anyOf [${JSON.stringify(tag)}]`,
    kind && `unbounded equals ${kind === "lists"}`,
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : undefined;
}

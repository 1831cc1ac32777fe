// The public API, typed by its own OpenAPI document. Nothing here knows more than any script could.
import createClient from "openapi-fetch";
import createQueries from "openapi-react-query";
import type { components, paths } from "./generated";

export type Schemas = components["schemas"];

// Lists go into the query as the API reads them: separated by commas.
export const client = createClient<paths>({
  baseUrl: location.origin,
  querySerializer: { array: { style: "form", explode: false } },
});

/** Where to sign in, and come back to this page. */
export function signInAddress(here: { pathname: string; search: string }): string {
  return `/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`;
}

client.use({
  onResponse({ response }) {
    if (response.status === 401) location.assign(signInAddress(location));
  },
});

/** `api.useQuery("get", path, …)` and `api.useMutation("patch", path, …)` for every operation. */
export const api = createQueries(client);

/** The header that makes a PATCH a semantic patch. */
export const SEMANTIC_PATCH = {
  "Content-Type": "application/json; domain-model=launchdarkly.semanticpatch",
} as const;

interface OfPatch {
  environmentKey?: string;
  comment?: string;
}

/** The body of a semantic patch. The document says of instructions only that they are objects. */
export function semanticPatch(instructions: readonly object[], { environmentKey, comment }: OfPatch = {}) {
  return {
    ...(environmentKey ? { environmentKey } : {}),
    ...(comment ? { comment } : {}),
    instructions: instructions as Record<string, unknown>[],
  };
}

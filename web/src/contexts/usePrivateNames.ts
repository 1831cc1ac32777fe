// Which attributes a context has whose values its SDK kept to itself. The API tells which names of a kind are private
// somewhere, and of each whether this context has it.
import { useQueries } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";
import { attributeFilter, type Part } from "./documents.ts";

// Each costs a request.
const MOST = 20;

export function usePrivateNames(part: Part, applicationId: string | undefined): string[] {
  const { projectKey, environment } = usePlace();
  const path = { projectKey, environmentKey: environment.key };
  const names = api.useQuery(
    "get",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/context-attributes",
    { params: { path, query: { filter: `kind equals ${JSON.stringify(part.kind)}` } } },
    { enabled: applicationId !== undefined },
  );
  const known = new Set(part.attributes.map(({ name }) => name));
  const candidates = (names.data?.items ?? [])
    .flatMap((each) => each.names)
    .filter(({ name, redacted }) => redacted && !known.has(name))
    .slice(0, MOST);
  const found = useQueries({
    queries: candidates.map(({ name }) =>
      api.queryOptions(
        "post",
        "/api/v2/projects/{projectKey}/environments/{environmentKey}/contexts/search",
        { params: { path }, body: { filter: attributeFilter(part, name) } },
      ),
    ),
  });
  return candidates
    .map(({ name }) => name)
    .filter((_, place) => found[place]?.data?.items.some((each) => each.applicationId === applicationId));
}

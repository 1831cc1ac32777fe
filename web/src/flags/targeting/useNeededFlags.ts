// The flags that the one of the page needs: their variations have names, and ids that a patch speaks of.
import { useQueries } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { usePlace } from "../../shell/place.ts";
import { type Flag, useConfiguration } from "../flag.ts";

export function useNeededFlags(): { flags: readonly Flag[]; isComplete: boolean } {
  const { projectKey, environment } = usePlace();
  const { prerequisites = [] } = useConfiguration();
  return useQueries({
    queries: prerequisites.map(({ key }) =>
      api.queryOptions("get", "/api/v2/flags/{projectKey}/{featureFlagKey}", {
        params: { path: { projectKey, featureFlagKey: key }, query: { env: [environment.key] } },
      }),
    ),
    combine: together,
  });
}

interface Answer {
  data: Flag | undefined;
  isPending: boolean;
}

// Outside of the component: as long as no answer changes, what comes of them is the same.
function together(answers: readonly Answer[]) {
  return {
    flags: answers.flatMap(({ data }) => data ?? []),
    isComplete: answers.every(({ isPending }) => !isPending),
  };
}

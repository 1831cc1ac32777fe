// Archiving a flag, and restoring it, in all environments at once.
import { api, SEMANTIC_PATCH, semanticPatch } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";

type Kind = "archiveFlag" | "restoreFlag";

/** `done` is said afterwards; without it the caller shows what happened, and what went wrong. */
export function useArchiving(kind: Kind, done?: string) {
  const { projectKey } = usePlace();
  const patch = api.useMutation("patch", "/api/v2/flags/{projectKey}/{featureFlagKey}", {
    meta: done ? { done } : { showsError: true },
  });
  return {
    error: patch.error,
    isBusy: patch.isPending,
    run: (featureFlagKey: string, comment: string, onSuccess: () => void) =>
      patch.mutate(
        {
          params: { path: { projectKey, featureFlagKey } },
          headers: SEMANTIC_PATCH,
          body: semanticPatch([{ kind }], { comment }),
        },
        { onSuccess },
      ),
  };
}

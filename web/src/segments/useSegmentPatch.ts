// Changing a segment by instructions. All of them take effect, or none.
import { api, SEMANTIC_PATCH, semanticPatch } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";

export function useSegmentPatch(segmentKey: string, done: string, onSuccess?: () => void) {
  const { projectKey, environment } = usePlace();
  const patch = api.useMutation("patch", "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}", {
    meta: { done, showsError: true },
    onSuccess,
  });
  return {
    error: patch.error,
    isBusy: patch.isPending,
    instruct: (instructions: readonly object[], comment: string) =>
      patch.mutate({
        params: { path: { projectKey, environmentKey: environment.key, segmentKey } },
        headers: SEMANTIC_PATCH,
        body: semanticPatch(instructions, { comment: comment.trim() }),
      }),
  };
}

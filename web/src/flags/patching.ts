// Changing the flag that a page is about, by the instructions of a semantic patch.
import { api, SEMANTIC_PATCH, semanticPatch } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";
import { useFlag } from "./flag.ts";

export interface Instruction {
  kind: string;
  [parameter: string]: unknown;
}

/** All instructions take effect, or none. `done` is said afterwards; the form shows what went wrong. */
export function useInstruct(done: string, onSuccess?: () => void) {
  const { projectKey } = usePlace();
  const { key } = useFlag();
  const patch = api.useMutation("patch", "/api/v2/flags/{projectKey}/{featureFlagKey}", {
    meta: { done, showsError: true },
    onSuccess,
  });
  return {
    error: patch.error,
    isBusy: patch.isPending,
    instruct: (instructions: readonly Instruction[], comment: string) =>
      patch.mutate({
        params: { path: { projectKey, featureFlagKey: key } },
        headers: SEMANTIC_PATCH,
        body: semanticPatch(instructions, { comment: comment.trim() }),
      }),
  };
}

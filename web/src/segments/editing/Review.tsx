// The change in words, checked by the server, and saved.
import { useQueryClient } from "@tanstack/react-query";
import { api, SEMANTIC_PATCH, semanticPatch } from "../../api/client.ts";
import { ReviewChange } from "../../parts/ReviewChange.tsx";
import { usePlace } from "../../shell/place.ts";
import { segmentTexts } from "../../texts/segments.ts";
import { type Patch, patchOf } from "./changes.ts";
import type { Segment } from "./draft.ts";
import type { SegmentDraft } from "./useSegmentDraft.ts";
import { describe } from "./words.ts";

interface Props {
  segment: Segment;
  editing: SegmentDraft;
  onClose: () => void;
}

const PATH = "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}";

export function Review({ segment, editing, onClose }: Props) {
  const { projectKey, environment } = usePlace();
  const queries = useQueryClient();
  const path = { projectKey, environmentKey: environment.key, segmentKey: segment.key };
  const patch = patchOf(editing.saved, editing.draft, editing.version);
  const flags = segment._flags?.length ?? 0;
  const save = api.useMutation("patch", PATH, {
    meta: { done: segmentTexts.saved, showsError: true },
    onSuccess: (answer) => {
      editing.settle(answer);
      onClose();
    },
    // Somebody else may have been faster: what they made of it comes under the edits.
    onError: () => queries.invalidateQueries(),
  });
  // Asks without changing anything: what the server would refuse is told before it is saved, and not after.
  const check = api.useQuery(
    "patch",
    PATH,
    { params: { path, query: { dryRun: true } }, ...requestOf(patch, "") },
    { retry: false, staleTime: 0, gcTime: 0, enabled: !save.isPending },
  );
  return (
    <ReviewChange
      heading={segmentTexts.inEnvironment(environment.name)}
      warning={environment.critical && flags > 0 ? segmentTexts.critical(environment.name, flags) : undefined}
      words={editing.changes.map((each) => describe(each, editing.saved))}
      patch={requestOf(patch, "").body}
      needsComment={environment.requireComments}
      isChecking={check.isFetching}
      refusal={save.error ?? check.error}
      isSaving={save.isPending}
      onSave={(comment) => save.mutate({ params: { path }, ...requestOf(patch, comment) })}
      onClose={onClose}
    />
  );
}

function requestOf(patch: Patch, comment: string) {
  if ("instructions" in patch) {
    return { headers: SEMANTIC_PATCH, body: semanticPatch(patch.instructions, { comment }) };
  }
  const operations = patch.operations.map((each) => ({ ...each }));
  return { body: comment ? { patch: operations, comment } : operations };
}

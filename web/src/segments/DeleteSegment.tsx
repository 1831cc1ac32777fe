// Before a segment goes: its key has to be typed. While something asks for it, the API keeps it.
import { Alert, Modal, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { explain } from "../api/errors.ts";
import { ConfirmByKey } from "../parts/ConfirmByKey.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { segmentTexts } from "../texts/segments.ts";
import type { Segment } from "./editing/draft.ts";
import { FlagLinks } from "./UsingFlags.tsx";

export function DeleteSegment({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const { projectKey, environment } = usePlace();
  const navigate = useNavigate();
  const remove = api.useMutation("delete", "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}", {
    meta: { done: segmentTexts.removed, showsError: true },
    onSuccess: () => navigate({ to: "/projects/$projectKey/segments", params: { projectKey } }),
  });
  const title = segmentTexts.removeTitle(segment.name);
  const flags = segment._flags ?? [];
  if (flags.length > 0) {
    return (
      <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": commonTexts.close }}>
        <Stack>
          <Text size="sm">{segmentTexts.removeUsed}</Text>
          <FlagLinks flags={flags} />
        </Stack>
      </Modal>
    );
  }
  return (
    <ConfirmByKey
      title={title}
      keyToType={segment.key}
      action={segmentTexts.remove}
      isBusy={remove.isPending}
      onConfirm={() =>
        remove.mutate({
          params: { path: { projectKey, environmentKey: environment.key, segmentKey: segment.key } },
        })
      }
      onClose={onClose}
    >
      {segmentTexts.removeText}
      {remove.isError && (
        <Alert color="red" my="sm" title={commonTexts.errors.notSaved}>
          {explain(remove.error)}
        </Alert>
      )}
    </ConfirmByKey>
  );
}

// Asks before a flag is archived: what comes of it, and whether other flags need it.
import { Alert, List, Skeleton, Text, TextInput } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { api } from "../api/client.ts";
import { explain } from "../api/errors.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { ago } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { flagHealthTexts } from "../texts/deliveries.ts";
import { commonTexts } from "../texts/everywhere.ts";
import type { StaleFlag } from "./staleness.ts";
import { useArchiving } from "./useArchiving.ts";

interface Props {
  stale: StaleFlag;
  onDone: () => void;
  onClose: () => void;
}

export function ArchiveFlag({ stale, onDone, onClose }: Props) {
  const { projectKey } = usePlace();
  const [comment, setComment] = useState("");
  const archiving = useArchiving("archiveFlag");
  const dependents = api.useQuery("get", "/api/v2/flags/{projectKey}/{featureFlagKey}/dependent-flags", {
    params: { path: { projectKey, featureFlagKey: stale.key } },
  });
  const needing = dependents.data?.items ?? [];
  const asked = stale.status?.name === "launched" ? stale.status.lastRequested : undefined;
  const texts = flagHealthTexts.archiving;
  const refused = archiving.error ?? dependents.error;
  return (
    <FormDialog
      title={texts.title(stale.flag?.name ?? stale.key)}
      action={flagHealthTexts.archive}
      isBusy={archiving.isBusy}
      isReady={dependents.data !== undefined && needing.length === 0}
      problem={refused ? explain(refused) : undefined}
      onSubmit={() => archiving.run(stale.key, comment, onDone)}
      onClose={onClose}
    >
      <List size="sm" spacing={4}>
        <List.Item>{texts.what}</List.Item>
        {asked && <List.Item>{texts.still(ago(new Date(asked).getTime(), Date.now()))}</List.Item>}
        <List.Item>{texts.back}</List.Item>
      </List>
      {dependents.isPending && <Skeleton height={36} aria-label={commonTexts.loading} role="status" />}
      {needing.length > 0 && (
        <Alert color="orange" icon={<TriangleAlert aria-hidden />} title={texts.needed}>
          <Text size="sm">{texts.neededBy(needing.map(({ name }) => name).join(", "))}</Text>
        </Alert>
      )}
      <TextInput
        label={commonTexts.comment}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}

// A list brought in from a file. The server takes the file at once, and its keys one part after the other.
import { Alert, Button, FileInput, Progress, Radio, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { explain } from "../../api/errors.ts";
import { ConfirmByKey } from "../../parts/ConfirmByKey.tsx";
import { count } from "../../parts/numbers.ts";
import { usePlace } from "../../shell/place.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { bigSegmentTexts } from "../../texts/segments.ts";
import type { Segment } from "../editing/draft.ts";
import { sendFile } from "./upload.ts";

export function ImportList({ segment }: { segment: Segment }) {
  const { projectKey, environment } = usePlace();
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState("merge");
  const [isConfirming, setConfirming] = useState(false);
  const texts = bigSegmentTexts;
  const send = useMutation({
    mutationFn: (chosen: File) =>
      sendFile({ projectKey, environmentKey: environment.key, segmentKey: segment.key }, chosen, mode),
    meta: { showsError: true },
    onSettled: () => setConfirming(false),
    onSuccess: () => setFile(null),
  });
  const begin = () => file && send.mutate(file);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (mode === "replace") setConfirming(true);
        else begin();
      }}
    >
      <Stack gap="sm" align="flex-start">
        <Title order={3} fz="md">
          {texts.import}
        </Title>
        <Text size="sm" c="dimmed">
          {texts.importAbout}
        </Text>
        <FileInput
          label={texts.file}
          placeholder={texts.chooseFile}
          accept=".csv,.ndjson,.jsonl,text/csv"
          value={file}
          onChange={setFile}
          w="100%"
        />
        <Radio.Group label={texts.mode} value={mode} onChange={setMode}>
          <Stack gap="xs" mt={4}>
            <Radio value="merge" label={texts.modes.merge} />
            <Radio value="replace" label={texts.modes.replace} />
          </Stack>
        </Radio.Group>
        <Button type="submit" variant="default" disabled={!file} loading={send.isPending}>
          {texts.startImport}
        </Button>
        {send.isPending && (
          <Text size="sm" role="status">
            {texts.uploading}
          </Text>
        )}
        {send.isError && (
          <Alert color="red" title={commonTexts.errors.notSaved}>
            {explain(send.error)}
          </Alert>
        )}
        {send.data && <ImportProgress key={send.data} segmentKey={segment.key} importID={send.data} />}
      </Stack>
      {isConfirming && (
        <ConfirmByKey
          title={texts.replaceTitle}
          keyToType={segment.key}
          action={texts.replaceTitle}
          isBusy={send.isPending}
          onConfirm={begin}
          onClose={() => setConfirming(false)}
        >
          {texts.replaceText(count(segment._unboundedMetadata?.includedCount ?? 0))}
        </ConfirmByKey>
      )}
    </form>
  );
}

function ImportProgress({ segmentKey, importID }: { segmentKey: string; importID: string }) {
  const { projectKey, environment } = usePlace();
  const queries = useQueryClient();
  const found = api.useQuery(
    "get",
    "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}/imports/{importID}",
    { params: { path: { projectKey, environmentKey: environment.key, segmentKey, importID } } },
    { refetchInterval: ({ state }) => (isOver(state.data?.status) ? false : 1_000) },
  );
  const status = found.data?.status;
  useEffect(() => {
    if (isOver(status)) queries.invalidateQueries();
  }, [status, queries]);
  if (!found.data) return null;
  const { keys, keysDone } = found.data;
  const texts = bigSegmentTexts;
  if (status === "complete") return <Text role="status">{texts.imported(count(keys))}</Text>;
  if (status === "stopped") return <Alert color="orange">{texts.stopped}</Alert>;
  return (
    <Stack gap={4} w="100%">
      <Progress value={keys ? (keysDone / keys) * 100 : 0} aria-label={texts.progress} />
      <Text size="sm" role="status">
        {texts.importing(count(keysDone), count(keys))}
      </Text>
    </Stack>
  );
}

function isOver(status: string | undefined): boolean {
  return status === "complete" || status === "stopped";
}

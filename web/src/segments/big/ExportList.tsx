// The list as a file. The server prepares it; then it can be had.
import { Anchor, Button, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { Download } from "lucide-react";
import { whyNot } from "../../api/access.ts";
import { api } from "../../api/client.ts";
import { usePlace } from "../../shell/place.ts";
import { bigSegmentTexts } from "../../texts/segments.ts";
import type { Segment } from "../editing/draft.ts";

const EXPORTS = "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}/exports";

export function ExportList({ segment }: { segment: Segment }) {
  const { projectKey, environment } = usePlace();
  const path = { projectKey, environmentKey: environment.key, segmentKey: segment.key };
  const begin = api.useMutation("post", EXPORTS);
  const texts = bigSegmentTexts;
  const why = whyNot(segment._access, "exportSegment");
  return (
    <Stack gap="sm" align="flex-start">
      <Title order={3} fz="md">
        {texts.export}
      </Title>
      <Text size="sm" c="dimmed">
        {why || texts.exportAbout}
      </Text>
      <Button
        variant="default"
        disabled={why !== ""}
        loading={begin.isPending}
        onClick={() => begin.mutate({ params: { path } })}
      >
        {texts.startExport}
      </Button>
      {begin.data && <ExportFile key={begin.data.id} segmentKey={segment.key} exportID={begin.data.id} />}
    </Stack>
  );
}

function ExportFile({ segmentKey, exportID }: { segmentKey: string; exportID: string }) {
  const { projectKey, environment } = usePlace();
  const path = { projectKey, environmentKey: environment.key, segmentKey, exportID };
  const found = api.useQuery(
    "get",
    `${EXPORTS}/{exportID}`,
    { params: { path } },
    { refetchInterval: ({ state }) => (state.data?.status === "in_progress" ? 1_000 : false) },
  );
  const texts = bigSegmentTexts;
  if (found.data?.status !== "complete") {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">{texts.exporting}</Text>
      </Group>
    );
  }
  return (
    <Anchor href={found.data._links.file?.href} download={`${segmentKey}.csv`}>
      <Group gap={6}>
        <Download size={16} aria-hidden />
        {texts.download(found.data.size)}
      </Group>
    </Anchor>
  );
}

// One segment: who belongs to it, edited, reviewed and saved; the flags that ask for it; and its own description.
import { Badge, Button, Grid, Group, Stack, Text } from "@mantine/core";
import { useIsMutating } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import { api } from "../api/client.ts";
import { isCode } from "../api/errors.ts";
import { KeyText } from "../parts/Command.tsx";
import { IconAction } from "../parts/IconAction.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink, TextLink } from "../parts/links.tsx";
import { Page } from "../parts/Page.tsx";
import { usePlace } from "../shell/place.ts";
import { segmentTexts } from "../texts/segments.ts";
import { Members } from "./big/Members.tsx";
import { DeleteSegment } from "./DeleteSegment.tsx";
import type { Segment } from "./editing/draft.ts";
import { SegmentEditor } from "./editing/SegmentEditor.tsx";
import { SegmentDetails } from "./SegmentDetails.tsx";
import { UsingFlags } from "./UsingFlags.tsx";

const PATH = "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}";

export function SegmentPage() {
  const { projectKey, environment } = usePlace();
  const { segmentKey } = useParams({ from: "/projects/$projectKey/segments/$segmentKey" });
  const isDeleting = useIsMutating({ mutationKey: ["delete", PATH] }) > 0;
  const segment = api.useQuery(
    "get",
    PATH,
    { params: { path: { projectKey, environmentKey: environment.key, segmentKey } } },
    {
      // What is about to go is not asked for again.
      enabled: !isDeleting,
      // What an import brings is seen when it is done.
      refetchInterval: ({ state }) => (state.data?._importInProgress ? 2_000 : false),
    },
  );
  if (isCode(segment.error, "not_found")) return <NoSuchSegment segmentKey={segmentKey} />;
  return (
    <Loaded query={segment} height={700}>
      {(found) => <OneSegment key={`${environment.key}/${found.key}`} segment={found} />}
    </Loaded>
  );
}

function NoSuchSegment({ segmentKey }: { segmentKey: string }) {
  const { projectKey } = usePlace();
  return (
    <Page title={segmentTexts.notFound(segmentKey)} about={segmentTexts.otherEnvironment}>
      <TextLink to="/projects/$projectKey/segments" params={{ projectKey }}>
        {segmentTexts.toAll}
      </TextLink>
    </Page>
  );
}

function OneSegment({ segment }: { segment: Segment }) {
  return (
    <Page title={segment.name} about={<Facts segment={segment} />} actions={<Actions segment={segment} />}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 9 }}>
          <Stack gap="lg">
            {segment.unbounded && <Members segment={segment} />}
            <SegmentEditor segment={segment} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 3 }}>
          <UsingFlags flags={segment._flags ?? []} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Facts({ segment }: { segment: Segment }) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={6}>
      {segment.description && <Text c="dimmed">{segment.description}</Text>}
      <Group gap="xs" mih={28}>
        <KeyText value={segment.key} />
        {segment.unbounded && (
          <Badge color="gray" variant="light" tt="none">
            {segmentTexts.big}
          </Badge>
        )}
        {segment.tags.map((tag) => (
          <TextLink
            key={tag}
            to="/projects/$projectKey/segments"
            params={{ projectKey }}
            search={{ tag }}
            size="sm"
          >
            {segmentTexts.tag(tag)}
          </TextLink>
        ))}
      </Group>
    </Stack>
  );
}

function Actions({ segment }: { segment: Segment }) {
  const { projectKey, environment } = usePlace();
  const [opened, setOpened] = useState<"details" | "delete">();
  const close = () => setOpened(undefined);
  const why = whyNot(segment._access, "updateName", "updateDescription", "updateTags");
  const spec = `proj/${projectKey}:env/${environment.key}:segment/${segment.key}`;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Pencil size={16} aria-hidden />}
        disabled={why !== ""}
        title={why || undefined}
        onClick={() => setOpened("details")}
      >
        {segmentTexts.details}
      </Button>
      <ButtonLink to="/settings/audit-log" search={{ spec }} variant="default">
        {segmentTexts.history}
      </ButtonLink>
      <IconAction
        label={segmentTexts.remove}
        icon={Trash2}
        color="red"
        why={whyNot(segment._access, "deleteSegment")}
        onClick={() => setOpened("delete")}
      />
      {opened === "details" && <SegmentDetails segment={segment} onClose={close} />}
      {opened === "delete" && <DeleteSegment segment={segment} onClose={close} />}
    </>
  );
}

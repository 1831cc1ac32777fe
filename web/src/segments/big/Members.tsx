// The members of a large list: how many, whether somebody is one, and how the list is changed, brought in and taken out.
import { Alert, Divider, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { whyNot } from "../../api/access.ts";
import { count } from "../../parts/numbers.ts";
import { bigSegmentTexts } from "../../texts/segments.ts";
import { type Segment, USER } from "../editing/draft.ts";
import { ChangeKeys } from "./ChangeKeys.tsx";
import { ExportList } from "./ExportList.tsx";
import { ImportList } from "./ImportList.tsx";
import { Membership } from "./Membership.tsx";

export function Members({ segment }: { segment: Segment }) {
  const texts = bigSegmentTexts;
  const { includedCount = 0, excludedCount = 0 } = segment._unboundedMetadata ?? {};
  const why = whyNot(segment._access, "updateIncluded", "updateExcluded");
  return (
    <Paper withBorder p="md" component="section" aria-label={texts.title}>
      <Stack>
        <div>
          <Title order={2} fz="h4">
            {texts.title}
          </Title>
          <Text size="sm" c="dimmed">
            {texts.about(segment.unboundedContextKind ?? USER)}
          </Text>
        </div>
        <Group gap="xl">
          <Figure value={includedCount} text={texts.included} />
          <Figure value={excludedCount} text={texts.excluded} />
        </Group>
        {segment._importInProgress && <Alert color="blue">{texts.running}</Alert>}
        <Membership segmentKey={segment.key} />
        {!why && (
          <>
            <Divider />
            <ChangeKeys segmentKey={segment.key} />
          </>
        )}
        <Divider />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          {!why && <ImportList segment={segment} />}
          <ExportList segment={segment} />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}

function Figure({ value, text }: { value: number; text: string }) {
  return (
    <div>
      <Text fz="h3" fw={650} className="number">
        {count(value)}
      </Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </div>
  );
}

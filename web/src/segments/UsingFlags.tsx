// The flags whose rules ask for the segment.
import { List, Paper, Text, Title } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { TextLink } from "../parts/links.tsx";
import { usePlace } from "../shell/place.ts";
import { segmentTexts } from "../texts/segments.ts";

export function UsingFlags({ flags }: { flags: readonly Schemas["UsingFlagShape"][] }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={segmentTexts.flags}>
      <Title order={2} fz="h5" mb="xs">
        {segmentTexts.flags}
      </Title>
      {flags.length === 0 ? (
        <Text size="sm" c="dimmed">
          {segmentTexts.noFlags}
        </Text>
      ) : (
        <FlagLinks flags={flags} />
      )}
    </Paper>
  );
}

export function FlagLinks({ flags }: { flags: readonly Schemas["UsingFlagShape"][] }) {
  const { projectKey } = usePlace();
  return (
    <List size="sm">
      {flags.map(({ key, name }) => (
        <List.Item key={key}>
          <TextLink
            to="/projects/$projectKey/flags/$flagKey/targeting"
            params={{ projectKey, flagKey: key }}
            style={{ overflowWrap: "anywhere" }}
          >
            {name}
          </TextLink>
        </List.Item>
      ))}
    </List>
  );
}

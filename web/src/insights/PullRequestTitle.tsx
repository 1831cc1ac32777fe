// What names a pull request: its title, which leads to where it was made, its number and its author.
import { Anchor, Stack, Text } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { leadTimeTexts } from "../texts/deliveries.ts";

export function PullRequestTitle({ pullRequest }: { pullRequest: Schemas["PullRequestShape"] }) {
  const { title, url, externalId, author } = pullRequest;
  return (
    <Stack gap={2} align="flex-start">
      {url ? (
        <Anchor href={url} target="_blank" rel="noreferrer" fw={600} style={{ overflowWrap: "anywhere" }}>
          {title}
        </Anchor>
      ) : (
        <Text fw={600}>{title}</Text>
      )}
      <Text size="sm" c="dimmed">
        {leadTimeTexts.by(externalId, author)}
      </Text>
    </Stack>
  );
}

// Stays in sight while there is something that is not saved.
import { Button, Group, Paper, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { saveTexts } from "../texts/saving.ts";

interface Props {
  /** How many changes there are; with none there is no bar. */
  changes: number;
  onReview: () => void;
  onDiscard: () => void;
}

export function SaveBar({ changes, onReview, onDiscard }: Props) {
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      changes > 0 && current.pathname !== next.pathname && !window.confirm(saveTexts.leave),
    enableBeforeUnload: () => changes > 0,
  });
  if (changes === 0) return null;
  return (
    <Paper
      component="section"
      aria-label={saveTexts.label}
      withBorder
      shadow="md"
      p="sm"
      pos="sticky"
      bottom={12}
      style={{ zIndex: 10 }}
    >
      <Group justify="space-between">
        <Text fw={600} role="status">
          {saveTexts.changes(changes)}
        </Text>
        <Group gap="sm">
          <Button variant="default" onClick={onDiscard}>
            {saveTexts.discard}
          </Button>
          <Button onClick={onReview}>{saveTexts.review}</Button>
        </Group>
      </Group>
    </Paper>
  );
}

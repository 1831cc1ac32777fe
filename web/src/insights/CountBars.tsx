// Counts of a few things beside each other: a bar and a number for each.
import { Box, Group, Stack, Text } from "@mantine/core";
import { count } from "../parts/numbers.ts";

export interface Counted {
  name: string;
  about?: string;
  value: number;
  colour: string;
}

export function CountBars({ label, counts }: { label: string; counts: readonly Counted[] }) {
  const most = Math.max(1, ...counts.map(({ value }) => value));
  return (
    <Stack component="ul" aria-label={label} gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
      {counts.map(({ name, about, value, colour }) => (
        <Box component="li" key={name}>
          <Group gap="sm" wrap="nowrap">
            <Text size="sm" fw={600} w={84} flex="none">
              {name}
            </Text>
            <Box flex={1} h={18} aria-hidden>
              <Box
                h="100%"
                w={`${(100 * value) / most}%`}
                miw={value ? 3 : 0}
                bg={colour}
                style={{ borderRadius: 4 }}
              />
            </Box>
            <Text size="sm" fw={600} w={36} ta="right" flex="none" className="number">
              {count(value)}
            </Text>
          </Group>
          {about && (
            <Text size="xs" c="dimmed">
              {about}
            </Text>
          )}
        </Box>
      ))}
    </Stack>
  );
}

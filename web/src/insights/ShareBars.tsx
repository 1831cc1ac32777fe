// What was served before a change and after it: two bars, and every variation in words.
import { Box, Group, Stack, Text } from "@mantine/core";
import { percent } from "../parts/numbers.ts";
import { releaseTexts } from "../texts/deliveries.ts";
import type { Share } from "./impact.ts";

const COLOURS = ["#4263eb", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#868e96"];
// More would be a column of its own; the bars still show all.
const MOST_IN_WORDS = 4;

function colourOf(place: number): string {
  return COLOURS[place % COLOURS.length] ?? "";
}

export function ShareBars({ shares }: { shares: readonly Share[] }) {
  if (!shares.length) return null;
  return (
    <Stack gap={4} maw={320}>
      <Box aria-hidden>
        <Bar title={releaseTexts.before} percents={shares.map(({ before }) => before)} />
        <Bar title={releaseTexts.after} percents={shares.map(({ after }) => after)} />
      </Box>
      <Stack
        component="ul"
        aria-label={releaseTexts.shares}
        gap={2}
        m={0}
        p={0}
        style={{ listStyle: "none" }}
      >
        {shares.slice(0, MOST_IN_WORDS).map(({ name, before, after }, place) => (
          <Group key={name} component="li" gap={6} wrap="nowrap" align="baseline" miw={0}>
            <Box w={8} h={8} bg={colourOf(place)} flex="none" style={{ borderRadius: 2 }} aria-hidden />
            <Text size="xs" c="dimmed" className="number" style={{ overflowWrap: "anywhere" }}>
              {releaseTexts.share(name, percent(before), percent(after))}
            </Text>
          </Group>
        ))}
      </Stack>
      {shares.length > MOST_IN_WORDS && (
        <Text size="xs" c="dimmed">
          {releaseTexts.more(shares.length - MOST_IN_WORDS)}
        </Text>
      )}
    </Stack>
  );
}

function Bar({ title, percents }: { title: string; percents: readonly number[] }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Text fz={11} c="dimmed" w={40} flex="none">
        {title}
      </Text>
      <Box flex={1} h={8} display="flex" style={{ borderRadius: 3, overflow: "hidden" }}>
        {percents.map((share, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a variation is known by its place, here as in its colour
          <Box key={place} bg={colourOf(place)} w={`${share}%`} />
        ))}
      </Box>
    </Group>
  );
}

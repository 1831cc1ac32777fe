// Where the time of a change went: a bar of its stages, as long as the time was against the longest one beside it.
import { Box, Group, Text } from "@mantine/core";
import { span } from "../parts/numbers.ts";
import { leadTimeTexts, stageTexts } from "../texts/deliveries.ts";
import { type Durations, STAGES, sharesOf } from "./stages.ts";

interface Props {
  durations: Durations;
  /** Milliseconds that would fill the whole width. */
  longest: number;
}

export function StageBar({ durations, longest }: Props) {
  const parts = STAGES.map(({ stage }) => {
    const duration = durations[stage];
    const told = duration === undefined ? leadTimeTexts.unknown : span(duration);
    return `${stageTexts[stage].name.toLowerCase()} ${told}`;
  });
  const label = leadTimeTexts.stages(parts.join(", "));
  const whole = STAGES.reduce((sum, { stage }) => sum + (durations[stage] ?? 0), 0);
  const width = Math.min(100, Math.max(4, (100 * whole) / Math.max(1, longest)));
  return (
    <Box role="img" aria-label={label} title={label} w="100%" h={10}>
      <Box w={`${width}%`} h="100%" display="flex" style={{ borderRadius: 3, overflow: "hidden", gap: 1 }}>
        {sharesOf(durations).map(({ stage, colour, percent }) => (
          <Box key={stage} bg={colour} miw={1} w={`${percent}%`} />
        ))}
      </Box>
    </Box>
  );
}

export function StageLegend() {
  return (
    <Group gap="md" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {STAGES.map(({ stage, colour }) => (
        <Group key={stage} component="li" gap={6} title={stageTexts[stage].about}>
          <Box w={10} h={10} bg={colour} style={{ borderRadius: 2 }} aria-hidden />
          <Text size="sm">{stageTexts[stage].name}</Text>
        </Group>
      ))}
    </Group>
  );
}

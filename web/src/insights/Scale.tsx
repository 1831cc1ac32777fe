// The ruler between a raw value and a score: five anchors, the tiers between them, and where the value stands.
import { Box, Text } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { explanationTexts } from "../texts/insights.ts";
import { formatRaw } from "./units.ts";

interface Props {
  score: number;
  raw: number;
  unit: string;
  anchors: readonly Schemas["AnchorShape"][];
}

const TIERS = [
  { from: 0, to: 40, colour: "var(--mantine-color-red-5)" },
  { from: 40, to: 70, colour: "var(--mantine-color-orange-4)" },
  { from: 70, to: 90, colour: "var(--mantine-color-blue-4)" },
  { from: 90, to: 100, colour: "var(--mantine-color-teal-5)" },
];

// A score of 90 and one of 100 would have no room for two texts: the ruler is stretched at its good end.
function placeOf(score: number): number {
  return score <= 70 ? score * 0.8 : score <= 90 ? 56 + (score - 70) * 1.1 : 78 + (score - 90) * 2.2;
}

export function Scale({ score, raw, unit, anchors }: Props) {
  return (
    <Box
      role="img"
      aria-label={explanationTexts.scaleLabel(score, formatRaw(raw, unit))}
      pt={24}
      pb={34}
      px="lg"
    >
      <Box pos="relative" h={10}>
        {TIERS.map(({ from, to, colour }) => (
          <Box
            key={from}
            pos="absolute"
            h="100%"
            bg={colour}
            left={`${placeOf(from)}%`}
            w={`${placeOf(to) - placeOf(from)}%`}
          />
        ))}
        <Mark at={placeOf(score)} text={String(score)} top={-24} isStrong />
        <Box
          pos="absolute"
          top={-5}
          h={20}
          w={4}
          bg="var(--mantine-color-text)"
          left={`calc(${placeOf(score)}% - 2px)`}
        />
        {anchors.map((anchor) => (
          <Mark key={anchor.score} at={placeOf(anchor.score)} text={formatRaw(anchor.raw, unit)} top={12} />
        ))}
      </Box>
    </Box>
  );
}

function Mark({ at, text, top, isStrong }: { at: number; text: string; top: number; isStrong?: boolean }) {
  return (
    <Text
      pos="absolute"
      top={top}
      left={`${at}%`}
      fz={isStrong ? "sm" : 11}
      fw={isStrong ? 700 : 400}
      ta="center"
      lh={1.2}
      maw={72}
      style={{ transform: "translateX(-50%)" }}
      className="number"
    >
      {text}
    </Text>
  );
}

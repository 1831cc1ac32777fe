// A score as it is shown everywhere: the number, the word for it, and how it moved.
import { Badge, Group, RingProgress, Text } from "@mantine/core";
import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { indicatorTexts, overviewTexts } from "../texts/insights.ts";
import { type Indicator, indicatorOf, isKnown } from "./indicators.ts";

export { indicatorOf, isKnown };

export interface ScoreShown {
  score: number;
  indicator: string;
  diffVsLastPeriod?: number;
}

const COLOURS: Record<Indicator, string> = {
  excellent: "teal",
  good: "blue",
  fair: "orange",
  needsAttention: "red",
  notCalculated: "gray",
  unknown: "gray",
};

export function IndicatorBadge({ score }: { score: { indicator: string } }) {
  const indicator = indicatorOf(score);
  return (
    <Badge color={COLOURS[indicator]} variant="light" tt="none">
      {indicatorTexts[indicator]}
    </Badge>
  );
}

export function ScoreRing({ score, size }: { score: ScoreShown; size: number }) {
  const colour = COLOURS[indicatorOf(score)];
  const value = isKnown(score) ? score.score : 0;
  return (
    <RingProgress
      size={size}
      thickness={size / 10}
      roundCaps
      sections={[{ value, color: `${colour}.6` }]}
      label={
        <Text ta="center" fw={700} fz={size / 3.2} className="number">
          {isKnown(score) ? score.score : "–"}
        </Text>
      }
      aria-hidden
    />
  );
}

/** How a score moved since the last period. */
export function Change({ score }: { score: ScoreShown }) {
  const points = score.diffVsLastPeriod;
  const texts = overviewTexts.change;
  if (points === undefined || !isKnown(score)) {
    return (
      <Text size="sm" c="dimmed">
        {texts.none}
      </Text>
    );
  }
  const [Arrow, text] =
    points > 0
      ? [ArrowUpRight, texts.up(points)]
      : points < 0
        ? [ArrowDownRight, texts.down(-points)]
        : [ArrowRight, texts.same];
  return (
    <Group gap={4} wrap="nowrap">
      <Arrow size={16} aria-hidden />
      <Text size="sm">{text}</Text>
    </Group>
  );
}

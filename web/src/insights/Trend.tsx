// The scores of the last year, a point for each 28 days: a drawing of its own, since the overview loads no chart library.
import { Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { day } from "../parts/numbers.ts";
import { indicatorOf, isKnown } from "../parts/Score.tsx";
import { indicatorTexts, metricTexts, overviewTexts } from "../texts/insights.ts";
import { type MetricName, type TrendPoint, useTrend } from "./scores.ts";

const WIDTH = 560;
const HEIGHT = 150;
const SHOWN: readonly { name: MetricName; colour: string; width: number; dashes?: string }[] = [
  { name: "overall", colour: "var(--mantine-color-text)", width: 3 },
  { name: "velocity", colour: "var(--mantine-color-indigo-5)", width: 1.5 },
  { name: "risk", colour: "var(--mantine-color-orange-6)", width: 1.5, dashes: "6 3" },
  { name: "efficiency", colour: "var(--mantine-color-teal-6)", width: 1.5, dashes: "2 3" },
];

export function Trend({ applications }: { applications: readonly string[] }) {
  const trend = useTrend(applications);
  return (
    <Stack gap={4} flex={1} miw={280}>
      <Title order={3} fz="sm">
        {overviewTexts.trend}
      </Title>
      {trend.data?.trend ? <Lines points={trend.data.trend} /> : <Skeleton height={HEIGHT + 48} />}
    </Stack>
  );
}

function Lines({ points }: { points: readonly TrendPoint[] }) {
  const first = points[0];
  const last = points.at(-1);
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={describe(points)}
        preserveAspectRatio="none"
      >
        {[40, 70, 90].map((score) => (
          <line
            key={score}
            x1={0}
            x2={WIDTH}
            y1={y(score)}
            y2={y(score)}
            stroke="var(--mantine-color-default-border)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {SHOWN.toReversed().map(({ name, colour, width, dashes }) => (
          <path
            key={name}
            d={path(points, name)}
            fill="none"
            stroke={colour}
            strokeWidth={width}
            strokeDasharray={dashes}
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <Group justify="space-between" gap="md">
        <Text size="xs" c="dimmed">
          {first && day(first.endTime)}
        </Text>
        <Text size="xs" c="dimmed">
          {last && day(last.endTime)}
        </Text>
      </Group>
      <Group gap="md" aria-hidden>
        {SHOWN.map(({ name, colour, dashes }) => (
          <Group key={name} gap={6}>
            <svg width={18} height={4} aria-hidden="true">
              <line x1={0} x2={18} y1={2} y2={2} stroke={colour} strokeWidth={3} strokeDasharray={dashes} />
            </svg>
            <Text size="xs">{metricTexts[name].name}</Text>
          </Group>
        ))}
      </Group>
    </>
  );
}

function y(score: number): number {
  return HEIGHT - 4 - (score / 100) * (HEIGHT - 8);
}

/** Breaks off where a score is not known. A point with nothing beside it is drawn as a dot. */
function path(points: readonly TrendPoint[], name: MetricName): string {
  const step = WIDTH / Math.max(1, points.length - 1);
  let isDrawing = false;
  return points
    .map((point, place) => {
      const score = point.scores[name];
      const wasDrawing = isDrawing;
      isDrawing = score !== undefined && isKnown(score);
      const at = `${(place * step).toFixed(1)} ${y(score?.score ?? 0).toFixed(1)}`;
      return isDrawing ? (wasDrawing ? `L${at}` : `M${at}l0 0`) : "";
    })
    .join("");
}

function describe(points: readonly TrendPoint[]): string {
  const told = points.map(({ endTime, scores: { overall } }) => {
    if (!overall) return day(endTime);
    return `${day(endTime)}: ${isKnown(overall) ? overall.score : indicatorTexts[indicatorOf(overall)]}`;
  });
  return `${overviewTexts.trendLabel}. ${told.join("; ")}`;
}

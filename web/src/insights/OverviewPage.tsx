// How well a project delivers: the overall score, its pillars, and the metrics with what they were made of.
import { Card, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Loaded } from "../parts/Loaded.tsx";
import { day } from "../parts/numbers.ts";
import { Page } from "../parts/Page.tsx";
import { Change, IndicatorBadge, isKnown, ScoreRing } from "../parts/Score.tsx";
import { metricTexts, overviewTexts } from "../texts/insights.ts";
import { ApplicationFilter, useApplications } from "./ApplicationFilter.tsx";
import { ExplanationDrawer } from "./Explanation.tsx";
import { METRICS, type MetricName, PILLARS, type ScoresAnswer, useScores } from "./scores.ts";
import { Trend } from "./Trend.tsx";
import { formatRaw } from "./units.ts";

export function OverviewPage() {
  const scores = useScores(useApplications());
  return (
    <Page title={overviewTexts.title} about={overviewTexts.about} actions={<ApplicationFilter />}>
      <Loaded query={scores} height={700}>
        {(answer) => <Overview answer={answer} />}
      </Loaded>
    </Page>
  );
}

function Overview({ answer }: { answer: ScoresAnswer }) {
  const { metric } = useSearch({ from: "/projects/$projectKey/overview" });
  const navigate = useNavigate();
  const open = (name: MetricName | undefined) =>
    navigate({ to: ".", search: (now) => ({ ...now, metric: name }), replace: true, resetScroll: false });
  return (
    <Stack gap="lg">
      <Paper withBorder p="lg">
        <Group gap="xl">
          <ScoreRing score={answer.scores.overall} size={132} />
          <Stack gap={4} flex={1} miw={260}>
            <Group gap="sm">
              <Title order={2} fz="h3">
                {metricTexts.overall.name}
              </Title>
              <IndicatorBadge score={answer.scores.overall} />
            </Group>
            <Change score={answer.scores.overall} />
            <Text size="sm" c="dimmed">
              {overviewTexts.period(day(answer.period.startTime), day(answer.period.endTime))}
            </Text>
            <Text size="sm" c="dimmed">
              {metricTexts.overall.about} {overviewTexts.notKnown}
            </Text>
          </Stack>
          <Trend applications={useApplications()} />
        </Group>
      </Paper>
      <SimpleGrid component="section" aria-label={overviewTexts.pillars} cols={{ base: 1, sm: 3 }}>
        {PILLARS.map((name) => (
          <PillarCard key={name} name={name} answer={answer} onOpen={() => open(name)} />
        ))}
      </SimpleGrid>
      <SimpleGrid
        component="section"
        aria-label={overviewTexts.metrics}
        cols={{ base: 1, xs: 2, md: 3, lg: 4 }}
      >
        {METRICS.map((name) => (
          <MetricCard key={name} name={name} answer={answer} onOpen={() => open(name)} />
        ))}
      </SimpleGrid>
      <ExplanationDrawer metric={metric} answer={answer} onClose={() => open(undefined)} />
    </Stack>
  );
}

interface CardProps {
  name: MetricName;
  answer: ScoresAnswer;
  onOpen: () => void;
}

function PillarCard({ name, answer, onOpen }: CardProps) {
  const score = answer.scores[name];
  const parts = score.aggregateOf ?? [];
  const names = parts.map((part) => metricTexts[part as MetricName].name.toLowerCase());
  return (
    <OpeningCard onOpen={onOpen}>
      <Group wrap="nowrap">
        <ScoreRing score={score} size={76} />
        <Stack gap={2}>
          <Group gap="xs">
            <Text fw={650}>{metricTexts[name].name}</Text>
            <IndicatorBadge score={score} />
          </Group>
          <Change score={score} />
          <Text size="xs" c="dimmed">
            {names.length ? overviewTexts.madeOf(names.join(", ")) : metricTexts[name].about}
          </Text>
        </Stack>
      </Group>
    </OpeningCard>
  );
}

function MetricCard({ name, answer, onOpen }: CardProps) {
  const score = answer.scores[name];
  const explanation = answer.explanation?.[name];
  return (
    <OpeningCard onOpen={onOpen}>
      <Stack gap={6} h="100%">
        <Text fw={650}>{metricTexts[name].name}</Text>
        <Group gap="sm">
          {isKnown(score) && (
            <Text fz={28} fw={700} lh={1} className="number">
              {score.score}
            </Text>
          )}
          <IndicatorBadge score={score} />
        </Group>
        {explanation?.raw != null ? (
          <Text size="sm" className="number">
            {formatRaw(explanation.raw, explanation.unit)}
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {explanation?.reason}
          </Text>
        )}
        <Change score={score} />
        <Text size="xs" c="dimmed" mt="auto">
          {metricTexts[name].about}
        </Text>
      </Stack>
    </OpeningCard>
  );
}

interface OpeningCardProps {
  onOpen: () => void;
  children: React.ReactNode;
}

function OpeningCard({ onOpen, children }: OpeningCardProps) {
  return (
    <Card
      component="button"
      type="button"
      ta="left"
      withBorder
      padding="md"
      onClick={onOpen}
      aria-haspopup="dialog"
    >
      {children}
    </Card>
  );
}

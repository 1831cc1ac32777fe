// A metric's score beside what it is about, with the way to how it came about.
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Loaded } from "../parts/Loaded.tsx";
import { TextLink } from "../parts/links.tsx";
import { Change, IndicatorBadge, isKnown, ScoreRing } from "../parts/Score.tsx";
import { usePlace } from "../shell/place.ts";
import { scoreCardTexts, sentence } from "../texts/deliveries.ts";
import { metricTexts } from "../texts/insights.ts";
import { useApplications } from "./ApplicationFilter.tsx";
import { type MetricName, type ScoresAnswer, useScores } from "./scores.ts";
import { formatRaw } from "./units.ts";

export function ScoreCard({ metric }: { metric: MetricName }) {
  const scores = useScores(useApplications());
  return (
    <Paper withBorder p="md" mih={150}>
      <Loaded query={scores} height={118}>
        {(answer) => <Scored metric={metric} answer={answer} />}
      </Loaded>
    </Paper>
  );
}

function Scored({ metric, answer }: { metric: MetricName; answer: ScoresAnswer }) {
  const { projectKey } = usePlace();
  const application = useApplications();
  const score = answer.scores[metric];
  const explanation = answer.explanation?.[metric];
  const raw = explanation?.raw ?? null;
  return (
    <Group wrap="nowrap" align="flex-start">
      <ScoreRing score={score} size={72} />
      <Stack gap={4} align="flex-start">
        <Group gap="xs">
          <Title order={2} fz="md">
            {metricTexts[metric].name}
          </Title>
          <IndicatorBadge score={score} />
        </Group>
        <Text size="sm" className="number">
          {raw === null ? sentence(explanation?.reason ?? "") : formatRaw(raw, explanation?.unit ?? "")}
        </Text>
        {isKnown(score) && <Change score={score} />}
        <Text size="xs" c="dimmed">
          {scoreCardTexts.span}
        </Text>
        <TextLink
          to="/projects/$projectKey/overview"
          params={{ projectKey }}
          search={{ metric, application: application.length ? [...application] : undefined }}
          size="sm"
          aria-label={scoreCardTexts.howLabel(metricTexts[metric].name)}
        >
          {scoreCardTexts.how}
        </TextLink>
      </Stack>
    </Group>
  );
}

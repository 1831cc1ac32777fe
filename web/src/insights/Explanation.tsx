// How a score came about: the raw value, the scale, what was left out, the next tier, and the rows behind it.
import { Alert, Drawer, Group, List, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Schemas } from "../api/client.ts";
import { TextLink } from "../parts/links.tsx";
import { round } from "../parts/numbers.ts";
import { Change, IndicatorBadge, isKnown } from "../parts/Score.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { explanationTexts, metricTexts } from "../texts/insights.ts";
import { Scale } from "./Scale.tsx";
import type { MetricName, ScoresAnswer } from "./scores.ts";
import { formatRaw } from "./units.ts";

interface Props {
  metric: MetricName | undefined;
  answer: ScoresAnswer;
  onClose: () => void;
}

export function ExplanationDrawer({ metric, answer, onClose }: Props) {
  return (
    <Drawer
      opened={metric !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={metric ? <Text fw={700}>{metricTexts[metric].name}</Text> : null}
      closeButtonProps={{ "aria-label": commonTexts.close }}
    >
      {metric && <Explained metric={metric} answer={answer} />}
    </Drawer>
  );
}

function Explained({ metric, answer }: { metric: MetricName; answer: ScoresAnswer }) {
  const score = answer.scores[metric];
  const explanation = answer.explanation?.[metric];
  if (!explanation) return null;
  const texts = explanationTexts;
  return (
    <Stack>
      <Text>{metricTexts[metric].about}</Text>
      <Group>
        {isKnown(score) && (
          <Text fz={32} fw={700} lh={1} className="number">
            {score.score}
          </Text>
        )}
        <IndicatorBadge score={score} />
        <Change score={score} />
      </Group>
      {explanation.reason && (
        <Alert color="gray" title={texts.reason}>
          {explanation.reason}
        </Alert>
      )}
      {explanation.raw !== null && explanation.unit !== "points" && (
        <Part title={texts.scale}>
          <Scale
            score={score.score}
            raw={explanation.raw}
            unit={explanation.unit}
            anchors={explanation.anchors}
          />
        </Part>
      )}
      <Facts explanation={explanation} />
      <NextTier explanation={explanation} />
      {explanation.excluded.length > 0 && (
        <Part title={texts.excluded}>
          <List size="sm">
            {explanation.excluded.map(({ name, count, why }) => (
              <List.Item key={name}>
                {count} {name}: {why}
              </List.Item>
            ))}
          </List>
        </Part>
      )}
      <Behind explanation={explanation} period={answer.period} />
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} fz="sm" mb={4}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function Facts({ explanation }: { explanation: Schemas["ExplanationShape"] }) {
  const texts = explanationTexts;
  const { raw, unit, sampleSize, coveredDays, lowSample, formulaVersion } = explanation;
  const rows: [string, string][] = [];
  if (raw !== null) rows.push([texts.raw, formatRaw(raw, unit)]);
  if (unit !== "points") rows.push([texts.sample, texts.sampleOf(sampleSize)]);
  if (coveredDays !== null) rows.push([texts.covered, texts.coveredOf(round(coveredDays))]);
  rows.push([texts.formula, formulaVersion]);
  return (
    <>
      <Table variant="vertical" withTableBorder>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td className="number">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {lowSample && <Text size="sm">{texts.lowSample}</Text>}
    </>
  );
}

function NextTier({ explanation }: { explanation: Schemas["ExplanationShape"] }) {
  const { nextTier, raw, unit } = explanation;
  if (raw === null || unit === "points") return null;
  const texts = explanationTexts;
  return (
    <Part title={texts.nextTier}>
      <Text size="sm">
        {nextTier ? texts.nextTierText(formatRaw(nextTier.raw, unit), nextTier.pointsGained) : texts.topTier}
      </Text>
    </Part>
  );
}

interface BehindProps {
  explanation: Schemas["ExplanationShape"];
  period: ScoresAnswer["period"];
}

function Behind({ explanation, period }: BehindProps) {
  const { projectKey } = usePlace();
  const texts = explanationTexts;
  const { deployments, pullRequests, commits, flagEvents, flags, truncated } = explanation.contributors;
  const range = { from: period.startTime, to: period.endTime };
  const params = { projectKey };
  if (![deployments, pullRequests, commits, flagEvents, flags].some(({ length }) => length)) return null;
  return (
    <Part title={texts.behind}>
      <List size="sm">
        {deployments.length > 0 && (
          <List.Item>
            <TextLink to="/projects/$projectKey/deployments" params={params} search={range}>
              {texts.deployments(deployments.length)}
            </TextLink>
          </List.Item>
        )}
        {pullRequests.length > 0 && (
          <List.Item>
            <TextLink to="/projects/$projectKey/lead-time" params={params} search={range}>
              {texts.pullRequests(pullRequests.length)}
            </TextLink>
          </List.Item>
        )}
        {commits.length > 0 && <List.Item>{texts.commits(commits.length)}</List.Item>}
        {flagEvents.length > 0 && (
          <List.Item>
            <TextLink to="/projects/$projectKey/releases" params={params} search={range}>
              {texts.flagEvents(flagEvents.length)}
            </TextLink>
          </List.Item>
        )}
        {flags.map((flagKey) => (
          <List.Item key={flagKey}>
            <TextLink to="/projects/$projectKey/flags/$flagKey/targeting" params={{ projectKey, flagKey }}>
              {flagKey}
            </TextLink>
          </List.Item>
        ))}
        {(explanation.failed ?? []).map(({ deployment, reason }) => (
          <List.Item key={deployment}>
            <TextLink
              to="/projects/$projectKey/deployments/$deploymentId"
              params={{ projectKey, deploymentId: deployment }}
            >
              {reason}
            </TextLink>
          </List.Item>
        ))}
      </List>
      {truncated && <Text size="sm">{texts.truncated}</Text>}
    </Part>
  );
}

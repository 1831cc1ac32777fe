// How many changes of flags were measured by an experiment. There are none yet, and the page says so.
import { Grid, Paper, Table, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { Chart } from "../parts/Chart.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { count, percent, round } from "../parts/numbers.ts";
import { Page } from "../parts/Page.tsx";
import { isKnown } from "../parts/Score.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { experimentationTexts, releaseTexts } from "../texts/deliveries.ts";
import { ApplicationFilter, useApplications } from "./ApplicationFilter.tsx";
import { seriesOf } from "./chartSeries.ts";
import { Nothing } from "./Nothing.tsx";
import { bucketOf, type Period, periodOf, widthOf } from "./period.ts";
import { RangeFilter } from "./RangeFilter.tsx";
import { ScoreCard } from "./ScoreCard.tsx";
import { type ScoresAnswer, useScores } from "./scores.ts";

const ROUTE = "/projects/$projectKey/experimentation";

export function ExperimentationPage() {
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const scores = useScores(useApplications());
  return (
    <Page
      title={experimentationTexts.title}
      about={experimentationTexts.about}
      actions={<ApplicationFilter />}
    >
      <Loaded query={scores} height={150}>
        {(answer) => <Meaning answer={answer} />}
      </Loaded>
      <RangeFilter
        value={search}
        onChange={(range) =>
          navigate({ search: (now) => ({ ...now, ...range }), replace: true, resetScroll: false })
        }
      />
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Rate period={periodOf(search, Date.now())} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <ScoreCard metric="experimentationCoverage" />
        </Grid.Col>
      </Grid>
      <Loaded query={scores} height={300}>
        {(answer) => <Scale answer={answer} />}
      </Loaded>
    </Page>
  );
}

function Meaning({ answer }: { answer: ScoresAnswer }) {
  if (isKnown(answer.scores.experimentationCoverage)) return null;
  return (
    <Paper withBorder p="md">
      <Title order={2} fz="h4">
        {experimentationTexts.emptyTitle}
      </Title>
      <Text maw={760}>{experimentationTexts.emptyText}</Text>
    </Paper>
  );
}

function useReleases(period: Period, hasExperiments: boolean) {
  const { projectKey, environment } = usePlace();
  const query = {
    projectKey,
    environmentKey: environment.key,
    applicationKey: [...useApplications()],
    hasExperiments,
    ...period,
    bucketMs: bucketOf(period, 31),
  };
  return api.useQuery(
    "get",
    "/api/v2/engineering-insights/charts/releases/frequency",
    { params: { query } },
    { placeholderData: (earlier) => earlier },
  );
}

function Rate({ period }: { period: Period }) {
  const measured = useReleases(period, true);
  const believed = useReleases(period, false);
  return (
    <Section title={experimentationTexts.chart}>
      <Loaded query={measured} height={332}>
        {(withOne) => (
          <Loaded query={believed} height={332}>
            {(without) => {
              const some = countOf(withOne);
              const others = countOf(without);
              if (some + others === 0) return <Nothing>{experimentationTexts.noChanges}</Nothing>;
              const label = experimentationTexts.chartLabel(releaseTexts[widthOf(bucketOf(period, 31))]);
              return (
                <>
                  <Text size="sm">{rate(some, others)}</Text>
                  <Chart
                    label={label}
                    kind="stack"
                    isCount
                    format={count}
                    series={[
                      ...withOne.series.map((each) => seriesOf(each, experimentationTexts.with)),
                      ...without.series.map((each) => seriesOf(each, experimentationTexts.without)),
                    ]}
                  />
                </>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Section>
  );
}

function countOf({ series }: { series: readonly { metadata: { count: number } }[] }): number {
  return series.reduce((sum, { metadata }) => sum + metadata.count, 0);
}

function rate(some: number, others: number): string {
  const all = some + others;
  return experimentationTexts.rate(percent((100 * some) / all), count(some), count(all));
}

function Scale({ answer }: { answer: ScoresAnswer }) {
  const anchors = answer.explanation?.experimentationCoverage?.anchors ?? [];
  return (
    <Section title={experimentationTexts.meaning} about={experimentationTexts.meaningText}>
      <Table maw={420} withTableBorder aria-label={experimentationTexts.meaning}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{experimentationTexts.scaleShare}</Table.Th>
            <Table.Th scope="col" ta="right">
              {experimentationTexts.scaleScore}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {anchors.map(({ raw, score }) => (
            <Table.Tr key={score}>
              <Table.Td className="number">{percent(raw)}</Table.Td>
              <Table.Td className="number" ta="right">
                {round(score)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

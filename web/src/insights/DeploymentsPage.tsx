// What was deployed: how often, how well, and each deployment by itself.
import { Button, Grid, Group, Select, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { Chart } from "../parts/Chart.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { count } from "../parts/numbers.ts";
import { Page } from "../parts/Page.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { deploymentTexts, statusTexts } from "../texts/deliveries.ts";
import { ApplicationFilter, useApplications } from "./ApplicationFilter.tsx";
import { largestOf } from "./chartSeries.ts";
import { DeploymentList } from "./DeploymentList.tsx";
import { NoDeployments } from "./NoDeployments.tsx";
import { Nothing } from "./Nothing.tsx";
import { bucketOf, type Period, periodOf, widthOf } from "./period.ts";
import { RangeFilter } from "./RangeFilter.tsx";
import { ScoreCard } from "./ScoreCard.tsx";
import { STATUSES } from "./statuses.ts";
import { Turns } from "./Turns.tsx";

const ROUTE = "/projects/$projectKey/deployments";
const LIMIT = 20;
const MOST_APPLICATIONS = 6;

export function DeploymentsPage() {
  const { environment } = usePlace();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const change = (now: Partial<typeof search>) =>
    navigate({
      search: (before) => ({ ...before, after: undefined, before: undefined, ...now }),
      replace: true,
      resetScroll: false,
    });
  const period = periodOf(search, Date.now());
  return (
    <Page
      title={deploymentTexts.title}
      about={deploymentTexts.about(environment.name)}
      actions={<ApplicationFilter />}
    >
      <RangeFilter value={search} onChange={change} />
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Frequency period={period} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <ScoreCard metric="deploymentFrequency" />
            <ScoreCard metric="deploymentFailureRate" />
          </Stack>
        </Grid.Col>
      </Grid>
      <Section
        title={deploymentTexts.list}
        actions={
          <Select
            aria-label={deploymentTexts.status}
            data={[
              { value: "", label: deploymentTexts.anyStatus },
              ...STATUSES.map((value) => ({ value, label: statusTexts[value] })),
            ]}
            value={search.status ?? ""}
            allowDeselect={false}
            onChange={(status) => change({ status: STATUSES.find((each) => each === status) })}
          />
        }
      >
        <List period={period} onShowAll={() => change({ status: undefined })} />
      </Section>
    </Page>
  );
}

function Frequency({ period }: { period: Period }) {
  const { projectKey, environment } = usePlace();
  const bucketMs = bucketOf(period, 31);
  const chart = api.useQuery(
    "get",
    "/api/v2/engineering-insights/charts/deployments/frequency",
    {
      params: {
        query: {
          projectKey,
          environmentKey: environment.key,
          applicationKey: [...useApplications()],
          groupBy: "application",
          ...period,
          bucketMs,
        },
      },
    },
    { placeholderData: (before) => before },
  );
  return (
    <Section title={deploymentTexts.chart} about={deploymentTexts.chartNote}>
      <Loaded query={chart} height={364}>
        {({ series }) =>
          series.length === 0 ? (
            <Nothing>{deploymentTexts.chartEmpty}</Nothing>
          ) : (
            <Chart
              label={deploymentTexts.chartLabel(deploymentTexts[widthOf(bucketMs)])}
              kind="stack"
              isCount
              height={340}
              series={largestOf(series, MOST_APPLICATIONS, deploymentTexts.others)}
              format={count}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

function List({ period, onShowAll }: { period: Period; onShowAll: () => void }) {
  const { projectKey, environment } = usePlace();
  const { status, after, before } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const applicationKey = [...useApplications()];
  const deployments = api.useQuery(
    "get",
    "/api/v2/engineering-insights/deployments",
    {
      params: {
        query: {
          projectKey,
          environmentKey: environment.key,
          applicationKey,
          ...period,
          limit: LIMIT,
          status,
          after,
          before,
        },
      },
    },
    { placeholderData: (earlier) => earlier },
  );
  return (
    <Loaded query={deployments} height={700}>
      {({ items, totalCount = items.length, _links }) => {
        if (totalCount === 0 && !status && !applicationKey.length) return <NoDeployments />;
        if (totalCount === 0) return <NothingFound onShowAll={status ? onShowAll : undefined} />;
        return (
          <Stack>
            <DeploymentList deployments={items} />
            <Turns
              links={_links}
              total={deploymentTexts.total(totalCount)}
              onTurn={(turn) => navigate({ search: (now) => ({ ...now, ...turn }) })}
            />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function NothingFound({ onShowAll }: { onShowAll: (() => void) | undefined }) {
  return (
    <Empty title={deploymentTexts.nothingFound}>
      <Text mb="sm">{deploymentTexts.nothingFoundText}</Text>
      {onShowAll && (
        <Group justify="center">
          <Button variant="default" onClick={onShowAll}>
            {deploymentTexts.anyway}
          </Button>
        </Group>
      )}
    </Empty>
  );
}

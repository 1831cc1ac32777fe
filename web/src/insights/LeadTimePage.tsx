// How long changes take until they run here, where the time goes, and every pull request by itself.
import { Button, Grid, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Page } from "../parts/Page.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { leadTimeTexts } from "../texts/deliveries.ts";
import { ApplicationFilter, useApplications } from "./ApplicationFilter.tsx";
import { LeadTimeChart } from "./LeadTimeChart.tsx";
import { PullRequestList } from "./PullRequestList.tsx";
import { type Period, periodOf } from "./period.ts";
import { RangeFilter } from "./RangeFilter.tsx";
import { ScoreCard } from "./ScoreCard.tsx";
import { StageLegend } from "./StageBar.tsx";
import { Turns } from "./Turns.tsx";

const ROUTE = "/projects/$projectKey/lead-time";
const LIMIT = 20;
const STATES = ["merged", "open", "closed", "all"] as const;

function useChange() {
  const navigate = useNavigate({ from: ROUTE });
  const search = useSearch({ from: ROUTE });
  return (now: Partial<typeof search>) =>
    navigate({
      search: (before) => ({ ...before, after: undefined, before: undefined, ...now }),
      replace: true,
      resetScroll: false,
    });
}

export function LeadTimePage() {
  const { environment } = usePlace();
  const search = useSearch({ from: ROUTE });
  const change = useChange();
  const period = periodOf(search, Date.now());
  return (
    <Page
      title={leadTimeTexts.title}
      about={leadTimeTexts.about(environment.name)}
      actions={<ApplicationFilter />}
    >
      <RangeFilter value={search} onChange={change} />
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Section
            title={leadTimeTexts.chart}
            actions={
              <SegmentedControl
                size="xs"
                aria-label={leadTimeTexts.show}
                data={[
                  { value: "mean", label: leadTimeTexts.mean },
                  { value: "percentiles", label: leadTimeTexts.percentiles },
                ]}
                value={search.show ?? "mean"}
                onChange={(show) => change({ show: show === "percentiles" ? show : undefined })}
              />
            }
          >
            <LeadTimeChart period={period} show={search.show ?? "mean"} />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <ScoreCard metric="leadTime" />
        </Grid.Col>
      </Grid>
      <Section
        title={leadTimeTexts.list}
        about={leadTimeTexts.listAbout}
        actions={
          <>
            <SearchField
              label={leadTimeTexts.search}
              value={search.query}
              onChange={(query) => change({ query })}
            />
            <Select
              aria-label={leadTimeTexts.state}
              data={Object.entries(leadTimeTexts.states).map(([value, label]) => ({ value, label }))}
              value={search.state ?? "deployed"}
              allowDeselect={false}
              onChange={(state) => change({ state: STATES.find((each) => each === state) })}
            />
          </>
        }
      >
        <StageLegend />
        <List period={period} />
      </Section>
    </Page>
  );
}

function List({ period }: { period: Period }) {
  const { projectKey, environment } = usePlace();
  const { sort, state = "deployed", query, after, before } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const change = useChange();
  const pullRequests = api.useQuery(
    "get",
    "/api/v2/engineering-insights/pull-requests",
    {
      params: {
        query: {
          projectKey,
          environmentKey: environment.key,
          applicationKey: [...useApplications()],
          ...period,
          limit: LIMIT,
          status: state === "all" ? undefined : state,
          query,
          sort,
          after,
          before,
          expand: "leadTime,deployments",
        },
      },
    },
    { placeholderData: (earlier) => earlier },
  );
  return (
    <Loaded query={pullRequests} height={700}>
      {({ items, totalCount = items.length, _links }) =>
        totalCount === 0 ? (
          <NoneFound onShowAll={() => change({ state: "all", query: undefined })} />
        ) : (
          <Stack>
            <PullRequestList pullRequests={items} sort={sort} onSort={(next) => change({ sort: next })} />
            <Turns
              links={_links}
              total={leadTimeTexts.total(totalCount)}
              onTurn={(turn) => navigate({ search: (now) => ({ ...now, ...turn }) })}
            />
          </Stack>
        )
      }
    </Loaded>
  );
}

function NoneFound({ onShowAll }: { onShowAll: () => void }) {
  return (
    <Empty title={leadTimeTexts.noneFound}>
      <Text mb="sm">{leadTimeTexts.noneFoundText}</Text>
      <Group justify="center">
        <Button variant="default" onClick={onShowAll}>
          {leadTimeTexts.states.all}
        </Button>
      </Group>
    </Empty>
  );
}

// Changes of flags that reached people: how often, how much each moved at once, and each by itself.
import { Button, Grid, Group, Select, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { Chart } from "../parts/Chart.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink } from "../parts/links.tsx";
import { count } from "../parts/numbers.ts";
import { Page } from "../parts/Page.tsx";
import { Pager } from "../parts/Pager.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { impactTexts, releaseTexts } from "../texts/deliveries.ts";
import { ApplicationFilter, useApplications } from "./ApplicationFilter.tsx";
import { seriesOf } from "./chartSeries.ts";
import { SIZE_COLOURS, SIZES } from "./impact.ts";
import { Nothing } from "./Nothing.tsx";
import { bucketOf, type Period, periodOf, widthOf } from "./period.ts";
import { RangeFilter } from "./RangeFilter.tsx";
import { ReleaseList } from "./ReleaseList.tsx";
import { ScoreCard } from "./ScoreCard.tsx";
import { Turns } from "./Turns.tsx";
import { LIMIT, MOST_SORTED, useReleases, useSortedReleases } from "./useReleases.ts";

const ROUTE = "/projects/$projectKey/releases";
const FILTERS = ["large", "medium", "small", "none"] as const;

function useChange() {
  const navigate = useNavigate({ from: ROUTE });
  const search = useSearch({ from: ROUTE });
  return (now: Partial<typeof search>) =>
    navigate({
      search: (earlier) => ({
        ...earlier,
        after: undefined,
        before: undefined,
        offset: undefined,
        ...now,
      }),
      replace: true,
      resetScroll: false,
    });
}

export function ReleasesPage() {
  const { environment } = usePlace();
  const search = useSearch({ from: ROUTE });
  const change = useChange();
  const period = periodOf(search, Date.now());
  return (
    <Page
      title={releaseTexts.title}
      about={releaseTexts.about(environment.name)}
      actions={<ApplicationFilter />}
    >
      <RangeFilter value={search} onChange={change} />
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Frequency period={period} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <ScoreCard metric="impactSize" />
        </Grid.Col>
      </Grid>
      <Section
        title={releaseTexts.list}
        actions={
          <>
            <SearchField
              label={releaseTexts.search}
              value={search.query}
              onChange={(query) => change({ query })}
            />
            <Select
              aria-label={releaseTexts.size}
              data={[
                { value: "", label: releaseTexts.anySize },
                ...FILTERS.map((value) => ({ value, label: impactTexts[value] })),
              ]}
              value={search.size ?? ""}
              allowDeselect={false}
              onChange={(size) => change({ size: FILTERS.find((each) => each === size) })}
            />
          </>
        }
      >
        {search.sort ? <Sorted period={period} /> : <Newest period={period} />}
      </Section>
    </Page>
  );
}

function Frequency({ period }: { period: Period }) {
  const { projectKey, environment } = usePlace();
  const bucketMs = bucketOf(period, 31);
  const query = {
    projectKey,
    environmentKey: environment.key,
    applicationKey: [...useApplications()],
    groupBy: "impact" as const,
    ...period,
    bucketMs,
  };
  const chart = api.useQuery(
    "get",
    "/api/v2/engineering-insights/charts/releases/frequency",
    { params: { query } },
    { placeholderData: (earlier) => earlier },
  );
  return (
    <Section title={releaseTexts.chart} about={releaseTexts.sizes}>
      <Loaded query={chart} height={304}>
        {({ series }) =>
          series.length === 0 ? (
            <Nothing>{releaseTexts.chartEmpty}</Nothing>
          ) : (
            <Chart
              label={releaseTexts.chartLabel(releaseTexts[widthOf(bucketMs)])}
              kind="stack"
              isCount
              series={SIZES.flatMap((size) => {
                const found = series.find(({ metadata }) => metadata.name === size);
                return found ? [{ ...seriesOf(found, impactTexts[size]), colour: SIZE_COLOURS[size] }] : [];
              })}
              format={count}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

function Newest({ period }: { period: Period }) {
  const { size, query } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const change = useChange();
  const releases = useReleases(period);
  const applications = useApplications();
  const isFiltered = Boolean(size || query || applications.length);
  return (
    <Loaded query={releases} height={700}>
      {({ items, totalCount = items.length, _links }) =>
        totalCount === 0 ? (
          <NoReleases isFiltered={isFiltered} />
        ) : (
          <>
            <ReleaseList events={items} sort={undefined} onSort={(sort) => change({ sort })} />
            <Turns
              links={_links}
              total={releaseTexts.total(totalCount)}
              onTurn={(turn) => navigate({ search: (now) => ({ ...now, ...turn }) })}
            />
          </>
        )
      }
    </Loaded>
  );
}

function Sorted({ period }: { period: Period }) {
  const { sort, offset = 0 } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const change = useChange();
  const releases = useSortedReleases(period);
  return (
    <Loaded query={releases} height={700}>
      {({ events, isCut }) =>
        events.length === 0 ? (
          <NoReleases isFiltered />
        ) : (
          <>
            {isCut && <Text size="sm">{releaseTexts.tooMany(MOST_SORTED)}</Text>}
            <ReleaseList
              events={events.slice(offset, offset + LIMIT)}
              sort={sort}
              onSort={(next) => change({ sort: next })}
            />
            <Pager
              offset={offset}
              limit={LIMIT}
              total={events.length}
              onMove={(next) => navigate({ search: (now) => ({ ...now, offset: next || undefined }) })}
            />
          </>
        )
      }
    </Loaded>
  );
}

function NoReleases({ isFiltered }: { isFiltered: boolean }) {
  const { projectKey } = usePlace();
  const change = useChange();
  if (isFiltered) {
    return (
      <Empty title={releaseTexts.nothingFound}>
        <Text mb="sm">{releaseTexts.nothingFoundText}</Text>
        <Group justify="center">
          <Button
            variant="default"
            onClick={() => change({ query: undefined, size: undefined, application: undefined })}
          >
            {releaseTexts.clear}
          </Button>
        </Group>
      </Empty>
    );
  }
  return (
    <Empty title={releaseTexts.emptyTitle}>
      <Text mb="sm">{releaseTexts.emptyText}</Text>
      <ButtonLink to="/projects/$projectKey/flags" params={{ projectKey }} variant="default">
        {releaseTexts.flags}
      </ButtonLink>
    </Empty>
  );
}

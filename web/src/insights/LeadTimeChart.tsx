// Lead times along time: the mean stage by stage, or what half, 75 and 95 of 100 changes stay below.
import { Group, Paper, Stack, Text } from "@mantine/core";
import { api, type Schemas } from "../api/client.ts";
import { Chart, type Series } from "../parts/Chart.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { count, span } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { leadTimeTexts, stageTexts } from "../texts/deliveries.ts";
import { useApplications } from "./ApplicationFilter.tsx";
import { seriesOf } from "./chartSeries.ts";
import { NoLeadTimes } from "./NoDeployments.tsx";
import { bucketOf, type Period, widthOf } from "./period.ts";
import { scaleOf } from "./spanScale.ts";
import { STAGES } from "./stages.ts";

const RANKS = ["p50", "p75", "p95"] as const;

interface Props {
  period: Period;
  show: "mean" | "percentiles";
}

export function LeadTimeChart({ period, show }: Props) {
  const { projectKey, environment } = usePlace();
  const bucketMs = bucketOf(period, 14);
  const chart = api.useQuery(
    "get",
    "/api/v2/engineering-insights/charts/lead-time",
    {
      params: {
        query: {
          projectKey,
          environmentKey: environment.key,
          applicationKey: [...useApplications()],
          groupBy: "stage",
          ...period,
          bucketMs,
          expand: "percentiles",
        },
      },
    },
    { placeholderData: (before) => before },
  );
  return (
    <Loaded query={chart} height={410}>
      {(answer) => {
        const { changes, mean } = summaryOf(answer);
        if (!changes) return <NoLeadTimes />;
        return (
          <Stack gap="xs">
            <Percentiles answer={answer} />
            <Drawn answer={answer} show={show} width={leadTimeTexts[widthOf(bucketMs)]} />
            <Text size="sm" c="dimmed">
              {leadTimeTexts.meanOf(leadTimeTexts.changes(changes), span(mean))} {partialOf(answer, changes)}
            </Text>
          </Stack>
        );
      }}
    </Loaded>
  );
}

/** The API's document leaves the form of a summary open; this is the one of lead times. */
function summaryOf({ metadata }: Schemas["ChartShape"]): { changes: number; mean: number } {
  const summary: Record<string, unknown> = metadata.summary;
  return { changes: Number(summary.changes ?? 0), mean: Number(summary.meanLeadTimeMs ?? 0) };
}

interface DrawnProps {
  answer: Schemas["ChartShape"];
  show: Props["show"];
  width: string;
}

function Drawn({ answer, show, width }: DrawnProps) {
  const named = new Map(answer.series.map((each) => [each.metadata.name, each]));
  const pick = (name: string, title: string | undefined): Series[] => {
    const series = named.get(name);
    return series ? [seriesOf(series, title)] : [];
  };
  const [kind, label, series] =
    show === "percentiles"
      ? ([
          "line",
          leadTimeTexts.percentileLabel(width),
          RANKS.flatMap((rank) => pick(rank, leadTimeTexts.percentileNames[rank])),
        ] as const)
      : ([
          "stack",
          leadTimeTexts.meanLabel(width),
          STAGES.flatMap(({ stage }) => pick(stage, stageTexts[stage].name)),
        ] as const);
  return (
    <Chart
      label={label}
      kind={kind}
      format={shortSpan}
      series={series}
      {...scaleOf(series, kind === "stack")}
    />
  );
}

function shortSpan(milliseconds: number): string {
  return milliseconds === 0 ? "0" : span(milliseconds);
}

/** What was reached over the chart's whole time. */
function Percentiles({ answer }: { answer: Schemas["ChartShape"] }) {
  const bounds = answer.series.flatMap(({ metadata }) => metadata.bounds ?? []);
  const shown = RANKS.flatMap((rank) => bounds.find(({ name }) => name === rank) ?? []);
  return (
    <Group component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
      {shown.map(({ name, value }) => (
        <Paper component="li" key={name} withBorder px="sm" py={6}>
          <Text fw={700} className="number">
            {span(value)}
          </Text>
          <Text size="xs" c="dimmed">
            {leadTimeTexts.percentileNames[name]}
          </Text>
        </Paper>
      ))}
    </Group>
  );
}

/** Stages that were not recorded of every change. */
function partialOf({ series }: Schemas["ChartShape"], changes: number): string {
  return series
    .flatMap(({ metadata: { name, count: known } }) => {
      const stage = STAGES.find((each) => each.stage === name)?.stage;
      return stage && known < changes
        ? leadTimeTexts.partial(stageTexts[stage].name, count(known), count(changes))
        : [];
    })
    .join(" ");
}

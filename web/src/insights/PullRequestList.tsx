// Pull requests with the stages of their lead times, and the deployments that brought them.
import { Badge, Group, Stack, Text } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { TextLink } from "../parts/links.tsx";
import { span } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { leadTimeTexts, stageTexts } from "../texts/deliveries.ts";
import { deploymentsOf } from "./expanded.ts";
import { PullRequestTitle } from "./PullRequestTitle.tsx";
import { StageBar } from "./StageBar.tsx";
import { durationsOf, unknownOf } from "./stages.ts";
import { shortVersion } from "./versions.ts";

type PullRequest = Schemas["PullRequestShape"];
type Sort = "leadTime" | "-leadTime" | undefined;

interface Props {
  pullRequests: readonly PullRequest[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}

// The API's own order is this one, which has no name there.
const BY_DATE = "-date";

export function PullRequestList({ pullRequests, sort, onSort }: Props) {
  const texts = leadTimeTexts.columns;
  const longest = Math.max(0, ...pullRequests.map(({ leadTime }) => leadTime?.avgTotalLeadTimeMs ?? 0));
  const columns: Column<PullRequest>[] = [
    { title: texts.title, isEssential: true, cell: (each) => <PullRequestTitle pullRequest={each} /> },
    {
      title: texts.leadTime,
      isEssential: true,
      sort: "leadTime",
      cell: (each) => <LeadTime pullRequest={each} longest={longest} />,
    },
    { title: texts.deployment, cell: (each) => <Deliveries pullRequest={each} /> },
    {
      title: texts.when,
      sort: "date",
      cell: ({ mergeTime, status }) => (mergeTime === undefined ? stateOf(status) : <Ago at={mergeTime} />),
    },
  ];
  return (
    <DataTable
      caption={leadTimeTexts.list}
      columns={columns}
      rows={pullRequests}
      idOf={({ id }) => id}
      sort={sort ?? BY_DATE}
      onSort={(next) => onSort(next === "leadTime" || next === "-leadTime" ? next : undefined)}
    />
  );
}

function stateOf(status: string): string {
  return status === "open" || status === "closed" ? leadTimeTexts.states[status] : status;
}

function LeadTime({ pullRequest, longest }: { pullRequest: PullRequest; longest: number }) {
  const { leadTime } = pullRequest;
  if (!leadTime) {
    return (
      <Text size="sm" c="dimmed">
        {leadTimeTexts.notDelivered}
      </Text>
    );
  }
  const durations = durationsOf(leadTime);
  const unknown = unknownOf(durations).map((stage) => stageTexts[stage].name.toLowerCase());
  return (
    <Stack gap={4} miw={110} maw={320}>
      <Group gap={6}>
        <Text size="sm" className="number">
          {span(leadTime.avgTotalLeadTimeMs)}
        </Text>
        {unknown.length > 0 && (
          <Badge size="sm" color="gray" variant="light" tt="none">
            {leadTimeTexts.partialBadge}
          </Badge>
        )}
      </Group>
      <StageBar durations={durations} longest={longest} />
      {unknown.length > 0 && (
        <Text size="xs" c="dimmed">
          {leadTimeTexts.partialWhy(unknown.join(", "))}
        </Text>
      )}
    </Stack>
  );
}

function Deliveries({ pullRequest }: { pullRequest: PullRequest }) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={2} align="flex-start">
      {deploymentsOf(pullRequest).map(({ id, applicationKey, applicationVersion }) => (
        <TextLink
          key={id}
          to="/projects/$projectKey/deployments/$deploymentId"
          params={{ projectKey, deploymentId: id }}
          size="sm"
        >
          {applicationKey} {shortVersion(applicationVersion)}
        </TextLink>
      ))}
    </Stack>
  );
}

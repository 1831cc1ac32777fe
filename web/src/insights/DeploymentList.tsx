// A page of deployments, each with how it ended and what it brought.
import { Stack, Text } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { TextLink } from "../parts/links.tsx";
import { count, span } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { deploymentTexts } from "../texts/deliveries.ts";
import { useApplications } from "./ApplicationFilter.tsx";
import { DeploymentStatus, failuresOf } from "./DeploymentStatus.tsx";
import { useScores } from "./scores.ts";
import { shortVersion } from "./versions.ts";

type Deployment = Schemas["DeploymentShape"];

export function DeploymentList({ deployments }: { deployments: readonly Deployment[] }) {
  const failures = failuresOf(useScores(useApplications()).data);
  const texts = deploymentTexts.columns;
  const columns: Column<Deployment>[] = [
    { title: texts.version, isEssential: true, cell: (deployment) => <Version deployment={deployment} /> },
    {
      title: texts.status,
      isEssential: true,
      cell: (deployment) => <DeploymentStatus deployment={deployment} failures={failures} />,
    },
    { title: texts.when, cell: ({ endedAt, startedAt }) => <Ago at={endedAt ?? startedAt} /> },
    { title: texts.duration, isNumber: true, cell: ({ durationMs }) => <Span of={durationMs} /> },
    {
      title: texts.pullRequests,
      isNumber: true,
      cell: ({ numberOfPullRequests }) => count(numberOfPullRequests),
    },
    // The API says 0 where a lead time is not known.
    { title: texts.leadTime, isNumber: true, cell: ({ leadTime }) => <Span of={leadTime || undefined} /> },
  ];
  return (
    <DataTable caption={deploymentTexts.list} columns={columns} rows={deployments} idOf={({ id }) => id} />
  );
}

function Version({ deployment }: { deployment: Deployment }) {
  const { projectKey } = usePlace();
  const { id, applicationVersion, endedAt, startedAt } = deployment;
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/deployments/$deploymentId"
        params={{ projectKey, deploymentId: id }}
        fw={600}
        style={{ overflowWrap: "anywhere" }}
      >
        <span title={applicationVersion}>{shortVersion(applicationVersion)}</span>
      </TextLink>
      <Text size="sm" c="dimmed">
        {deployment.applicationKey}
      </Text>
      <Text size="sm" c="dimmed" hiddenFrom="sm">
        <Ago at={endedAt ?? startedAt} />
      </Text>
    </Stack>
  );
}

function Span({ of }: { of: number | undefined }) {
  if (of !== undefined) return span(of);
  return (
    <Text size="sm" c="dimmed">
      {deploymentTexts.unknown}
    </Text>
  );
}

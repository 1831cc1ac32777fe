// One deployment: its facts, why it counts as failed if it does, what it brought, and how to take it out of the count.
import { Alert, Group, Stack, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { ArrowLeft, TriangleAlert } from "lucide-react";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { TextLink } from "../parts/links.tsx";
import { Page } from "../parts/Page.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { deploymentPageTexts, failureTexts, leadTimeTexts } from "../texts/deliveries.ts";
import { ArchiveDeployment } from "./ArchiveDeployment.tsx";
import { DeploymentFacts } from "./DeploymentFacts.tsx";
import { FlagsOfDeployment } from "./DeploymentFlags.tsx";
import { DeploymentStatus, failuresOf } from "./DeploymentStatus.tsx";
import { pullRequestsOf } from "./expanded.ts";
import { PullRequestTitle } from "./PullRequestTitle.tsx";
import type { ScoresAnswer } from "./scores.ts";
import { shortVersion } from "./versions.ts";

type Deployment = Schemas["DeploymentShape"];
type PullRequest = Schemas["PullRequestShape"];

const DAY = 86_400_000;
const PERIOD = 28 * DAY;

export function DeploymentPage() {
  const { projectKey } = usePlace();
  const { deploymentId } = useParams({ from: "/projects/$projectKey/deployments/$deploymentId" });
  const deployment = api.useQuery("get", "/api/v2/engineering-insights/deployments/{deploymentID}", {
    params: { path: { deploymentID: deploymentId }, query: { expand: "pullRequests,flagReferences" } },
  });
  return (
    <Stack>
      <TextLink to="/projects/$projectKey/deployments" params={{ projectKey }} size="sm">
        <Group gap={4} component="span" display="inline-flex">
          <ArrowLeft size={14} aria-hidden />
          {deploymentPageTexts.all}
        </Group>
      </TextLink>
      <Loaded query={deployment} height={700}>
        {(found) => <Found key={found.id} deployment={found} />}
      </Loaded>
    </Stack>
  );
}

/** The scores of a period that the deployment lies in: they tell whether it counts as failed, and why. */
function useScoresAround({ applicationKey, environmentKey, endedAt, startedAt }: Deployment) {
  const { projectKey } = usePlace();
  const at = endedAt ?? startedAt;
  return api.useQuery("get", "/api/v2/engineering-insights/insights/scores", {
    params: {
      query: {
        projectKey,
        environmentKey,
        applicationKey: [applicationKey],
        // What is recent is within the scores as of now, which other pages ask for too.
        to: at > Date.now() - PERIOD + DAY ? undefined : at + PERIOD / 2,
        expand: "explanation",
      },
    },
  });
}

function Found({ deployment }: { deployment: Deployment }) {
  const scores = useScoresAround(deployment);
  const { applicationKey, applicationVersion } = deployment;
  return (
    <Page
      title={deploymentPageTexts.title(applicationKey, shortVersion(applicationVersion))}
      about={<DeploymentStatus deployment={deployment} failures={failuresOf(scores.data)} />}
      actions={<ArchiveDeployment deployment={deployment} />}
    >
      {deployment.archived && <Alert color="gray">{deploymentPageTexts.restoreAbout}</Alert>}
      <Failure deployment={deployment} scores={scores.data} />
      <DeploymentFacts deployment={deployment} />
      <PullRequests pullRequests={pullRequestsOf(deployment)} />
      <FlagsOfDeployment deployment={deployment} scores={scores.data} />
    </Page>
  );
}

function Failure({ deployment, scores }: { deployment: Deployment; scores: ScoresAnswer | undefined }) {
  const { projectKey } = usePlace();
  const failure = failuresOf(scores).get(deployment.id);
  if (!failure) return null;
  return (
    <Alert color="red" icon={<TriangleAlert aria-hidden />} title={deploymentPageTexts.failed}>
      <Text size="sm">{failureTexts[failure.reason]?.about ?? failure.reason}</Text>
      {failure.undoneBy && (
        <TextLink
          to="/projects/$projectKey/deployments/$deploymentId"
          params={{ projectKey, deploymentId: failure.undoneBy }}
          size="sm"
          c="inherit"
          underline="always"
        >
          {deploymentPageTexts.undoneBy}
        </TextLink>
      )}
    </Alert>
  );
}

function PullRequests({ pullRequests }: { pullRequests: readonly PullRequest[] }) {
  const texts = leadTimeTexts.columns;
  const columns: Column<PullRequest>[] = [
    { title: texts.title, isEssential: true, cell: (each) => <PullRequestTitle pullRequest={each} /> },
    { title: texts.when, cell: ({ mergeTime }) => mergeTime !== undefined && <Ago at={mergeTime} /> },
    {
      title: deploymentPageTexts.lines,
      isNumber: true,
      cell: ({ linesAdded, linesDeleted }) => `+${linesAdded} −${linesDeleted}`,
    },
  ];
  return (
    <Section title={deploymentPageTexts.pullRequests}>
      {pullRequests.length ? (
        <DataTable
          caption={deploymentPageTexts.pullRequests}
          columns={columns}
          rows={pullRequests}
          idOf={({ id }) => id}
        />
      ) : (
        <Text size="sm">{deploymentPageTexts.noPullRequests}</Text>
      )}
    </Section>
  );
}

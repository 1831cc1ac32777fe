// What is known of a deployment, line by line.
import { Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Schemas } from "../api/client.ts";
import { KeyText } from "../parts/Command.tsx";
import { count, instant, span } from "../parts/numbers.ts";
import { Section } from "../parts/Section.tsx";
import { deploymentPageTexts } from "../texts/deliveries.ts";
import { StageBar, StageLegend } from "./StageBar.tsx";

type Deployment = Schemas["DeploymentShape"];

export function DeploymentFacts({ deployment }: { deployment: Deployment }) {
  return (
    <Section title={deploymentPageTexts.facts}>
      <Table variant="vertical" withTableBorder layout="fixed">
        <Table.Tbody>
          {factsOf(deployment).map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={{ base: 120, sm: 200 }}>
                {name}
              </Table.Th>
              <Table.Td className="number">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function factsOf(deployment: Deployment): [string, ReactNode][] {
  const { startedAt, endedAt, durationMs, numberOfPullRequests, numberOfContributors } = deployment;
  const texts = deploymentPageTexts;
  const facts: [string, ReactNode][] = [
    [texts.fullVersion, <KeyText key="version" value={deployment.applicationVersion} />],
    [texts.environment, deployment.environmentKey],
    [texts.kind, deployment.kind],
    [texts.started, instant(startedAt)],
  ];
  if (endedAt !== undefined) facts.push([texts.ended, instant(endedAt)]);
  if (durationMs !== undefined) facts.push([texts.duration, span(durationMs)]);
  facts.push(
    [texts.changes, texts.changesOf(numberOfPullRequests, numberOfContributors)],
    [texts.lines, texts.linesOf(count(deployment.linesAdded), count(deployment.linesDeleted))],
    [texts.leadTime, <LeadTime key="lead" deployment={deployment} />],
  );
  if (Object.keys(deployment.metadata).length) {
    facts.push([texts.metadata, <Metadata key="metadata" of={deployment.metadata} />]);
  }
  return facts;
}

function LeadTime({ deployment: { leadTime, leadTimeStages: stages } }: { deployment: Deployment }) {
  // The API says 0 where a lead time is not known.
  if (!leadTime) return deploymentPageTexts.leadTimeUnknown;
  const durations = stages && {
    coding: stages.codingDurationMs,
    review: stages.reviewDurationMs,
    wait: stages.waitDurationMs,
    deploy: stages.deployDurationMs,
  };
  return (
    <Stack gap={4} maw={360}>
      <Text size="sm">{span(leadTime)}</Text>
      {durations && (
        <>
          <StageBar durations={durations} longest={leadTime} />
          <StageLegend />
        </>
      )}
    </Stack>
  );
}

function Metadata({ of }: { of: Record<string, unknown> }) {
  return (
    <Text component="pre" className="key" m={0} style={{ whiteSpace: "pre-wrap" }}>
      {JSON.stringify(of, null, 2)}
    </Text>
  );
}

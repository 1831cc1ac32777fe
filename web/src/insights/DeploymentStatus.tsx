// How a deployment ended, in words: what it told itself, and what was found out later.
import { Badge, Group, Tooltip } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { deploymentTexts, failureTexts, statusTexts } from "../texts/deliveries.ts";
import type { ScoresAnswer } from "./scores.ts";
import type { Status } from "./statuses.ts";

const COLOURS: Record<Status, string> = {
  finished: "teal",
  failed: "red",
  started: "blue",
  timedOut: "orange",
  custom: "gray",
};

function isStatus(name: string): name is Status {
  return name in statusTexts;
}

export type Failures = ReadonlyMap<string, Schemas["FailedDeploymentShape"]>;

/** The deployments that the score of failures counts, by id. */
export function failuresOf(answer: ScoresAnswer | undefined): Failures {
  const failed = answer?.explanation?.deploymentFailureRate?.failed ?? [];
  return new Map(failed.map((each) => [each.deployment, each]));
}

interface Props {
  deployment: Schemas["DeploymentShape"];
  failures: Failures;
}

export function DeploymentStatus({ deployment, failures }: Props) {
  const { status } = deployment;
  const failure = failureTexts[failures.get(deployment.id)?.reason ?? ""];
  return (
    <Group gap={6}>
      <Badge color={isStatus(status) ? COLOURS[status] : "gray"} variant="light" tt="none">
        {isStatus(status) ? statusTexts[status] : status}
      </Badge>
      {failure && status !== "failed" && (
        <Tooltip label={failure.about} events={{ hover: true, focus: true, touch: true }}>
          <Badge color="red" variant="light" tt="none" tabIndex={0}>
            {failure.badge}
          </Badge>
        </Tooltip>
      )}
      {deployment.active && (
        <Badge color="indigo" variant="light" tt="none">
          {deploymentTexts.active}
        </Badge>
      )}
      {deployment.archived && (
        <Badge color="gray" variant="light" tt="none">
          {deploymentTexts.archived}
        </Badge>
      )}
    </Group>
  );
}

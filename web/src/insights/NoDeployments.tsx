// Where no deployment is yet: how one gets here.
import { Box, Stack } from "@mantine/core";
import { Command } from "../parts/Command.tsx";
import { Empty } from "../parts/Empty.tsx";
import { ButtonLink } from "../parts/links.tsx";
import { usePlace } from "../shell/place.ts";
import { deploymentTexts, leadTimeTexts } from "../texts/deliveries.ts";

export function NoDeployments() {
  const { projectKey, environment } = usePlace();
  const event = {
    projectKey,
    environmentKey: environment.key,
    applicationKey: "web",
    version: "1.0.0",
    eventType: "finished",
  };
  const command = [
    `curl ${location.origin}/api/v2/engineering-insights/deployment-events \\`,
    '  -H "Authorization: $ACCESS_TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(event, null, 2)}'`,
  ].join("\n");
  return (
    <Empty title={deploymentTexts.emptyTitle}>
      <Stack>
        {deploymentTexts.emptyText}
        <Box ta="left">
          <Command label={deploymentTexts.command}>{command}</Command>
        </Box>
        {deploymentTexts.emptyMore}
        <ImportCommand />
        <SetupLink />
      </Stack>
    </Empty>
  );
}

/** Where no lead time is yet. */
export function NoLeadTimes() {
  return (
    <Empty title={leadTimeTexts.emptyTitle}>
      <Stack>
        {leadTimeTexts.emptyText}
        <ImportCommand />
        <SetupLink />
      </Stack>
    </Empty>
  );
}

function ImportCommand() {
  const { projectKey, environment } = usePlace();
  return (
    <Box ta="left">
      <Command label={leadTimeTexts.command}>
        {[
          "daybreak import git . --application web \\",
          `  --project ${projectKey} --environment ${environment.key}`,
        ].join("\n")}
      </Command>
    </Box>
  );
}

function SetupLink() {
  const { projectKey } = usePlace();
  return (
    <Box>
      <ButtonLink to="/projects/$projectKey/setup" params={{ projectKey }} variant="default">
        {deploymentTexts.setup}
      </ButtonLink>
    </Box>
  );
}

// Ways to record deployments: a history that is there already, or every deployment from now on.
import { Stack, Tabs, Text } from "@mantine/core";
import { Command } from "../parts/Command.tsx";
import { TextLink } from "../parts/links.tsx";
import { guideTexts, setupTexts } from "../texts/setup.ts";
import { githubAction, importGit, postDeployment } from "./setupCommands.ts";
import { useTarget } from "./useTarget.ts";

export function DeploymentsGuide() {
  const target = useTarget();
  return (
    <Tabs defaultValue="git" keepMounted={false}>
      <Tabs.List aria-label={guideTexts.ways}>
        {(["git", "action", "curl"] as const).map((way) => (
          <Tabs.Tab key={way} value={way}>
            {guideTexts[way].tab}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Way way="git" command={importGit(target)} />
      <Way way="action" command={githubAction(target)} needsToken />
      <Way way="curl" command={postDeployment(target)} needsToken />
    </Tabs>
  );
}

interface WayProps {
  way: "git" | "action" | "curl";
  command: string;
  needsToken?: boolean;
}

function Way({ way, command, needsToken }: WayProps) {
  const texts = guideTexts[way];
  return (
    <Tabs.Panel value={way} pt="md">
      <Stack gap="xs">
        <Text size="sm">{texts.before}</Text>
        {needsToken && <NeedsToken />}
        <Command label={texts.command}>{command}</Command>
        <Text size="sm" c="dimmed">
          {texts.after}
        </Text>
      </Stack>
    </Tabs.Panel>
  );
}

export function NeedsToken() {
  return (
    <Text size="sm">
      {setupTexts.needsToken}{" "}
      <TextLink
        from="/projects/$projectKey/setup"
        to="."
        search={(now) => ({ ...now, step: "token" as const })}
        underline="always"
      >
        {setupTexts.makeToken}
      </TextLink>
      .
    </Text>
  );
}

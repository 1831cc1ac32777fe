// How a repository is scanned for flags.
import { Alert, Stack, Text } from "@mantine/core";
import { Command } from "../parts/Command.tsx";
import { guideTexts } from "../texts/setup.ts";
import { NeedsToken } from "./DeploymentsGuide.tsx";
import { findCodeReferences, LONGEST_SCANNED_KEY } from "./setupCommands.ts";
import { useTarget } from "./useTarget.ts";

const texts = guideTexts.references;

export function CodeReferencesGuide() {
  const target = useTarget();
  return (
    <Stack gap="xs">
      {target.projectKey.length > LONGEST_SCANNED_KEY && (
        <Alert color="orange">{texts.tooLong(LONGEST_SCANNED_KEY)}</Alert>
      )}
      <Text size="sm">{texts.before}</Text>
      <NeedsToken />
      <Command label={texts.command}>{findCodeReferences(target)}</Command>
      <Text size="sm" c="dimmed">
        {texts.install}
      </Text>
    </Stack>
  );
}

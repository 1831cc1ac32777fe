// How a pipeline gets an access token of its own.
import { Stack, Text } from "@mantine/core";
import { Command } from "../parts/Command.tsx";
import { ButtonLink } from "../parts/links.tsx";
import { guideTexts } from "../texts/setup.ts";
import { CREATE_TOKEN } from "./setupCommands.ts";

const texts = guideTexts.token;

export function TokenGuide() {
  return (
    <Stack gap="xs">
      <Text size="sm">{texts.page}</Text>
      <ButtonLink to="/settings/tokens" variant="light" style={{ alignSelf: "flex-start" }}>
        {texts.open}
      </ButtonLink>
      <Text size="sm">{texts.shell}</Text>
      <Command label={texts.command}>{CREATE_TOKEN}</Command>
    </Stack>
  );
}

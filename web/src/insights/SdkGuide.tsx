// A program in each language that asks this server for a flag, with the environment's key filled in.
import { Alert, Group, Stack, Tabs, Text } from "@mantine/core";
import { Command } from "../parts/Command.tsx";
import { Secret } from "../parts/Secret.tsx";
import { masked } from "../parts/secrets.ts";
import { usePlace } from "../shell/place.ts";
import { guideTexts } from "../texts/setup.ts";
import { INSTALL, isPublic, LANGUAGES, type Language, snippetOf } from "./sdkSnippets.ts";
import { useFirstFlags } from "./useSetup.tsx";
import { useTarget } from "./useTarget.ts";

const texts = guideTexts.sdk;

export function SdkGuide() {
  const flags = useFirstFlags();
  return (
    <Stack gap="xs">
      {flags.data?.items.length === 0 && <Alert color="orange">{texts.flagFirst}</Alert>}
      <Tabs defaultValue="python" keepMounted={false}>
        <Tabs.List aria-label={texts.label}>
          {LANGUAGES.map((language) => (
            <Tabs.Tab key={language} value={language}>
              {texts.languages[language]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {LANGUAGES.map((language) => (
          <Tabs.Panel key={language} value={language} pt="md">
            <Program language={language} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Text size="sm" c="dimmed">
        {texts.others}
      </Text>
    </Stack>
  );
}

function Program({ language }: { language: Language }) {
  const { environment } = usePlace();
  const { address } = useTarget();
  const flags = useFirstFlags().data?.items ?? [];
  // The programs fall back to false.
  const flagKey = flags.find(({ kind }) => kind === "boolean")?.key ?? texts.noFlag;
  const sort = isPublic(language) ? "public" : "secret";
  const credential = isPublic(language) ? environment._id : environment.apiKey;
  const covered = isPublic(language) ? credential : masked(credential);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm" fw={500}>
          {texts.key[sort]}
        </Text>
        <Secret value={credential} name={texts.key[sort]} />
      </Group>
      <Text size="sm">{texts.keyHint[sort]}</Text>
      <Command label={texts.install}>{INSTALL[language]}</Command>
      <Command label={texts.program} shown={snippetOf(language, { address, flagKey, credential: covered })}>
        {snippetOf(language, { address, flagKey, credential })}
      </Command>
    </Stack>
  );
}

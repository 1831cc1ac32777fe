// What to fill in at GitHub or GitLab, so that they tell of pull requests.
import { Alert, Stack, Table, Tabs, Text } from "@mantine/core";
import { KeyText } from "../parts/Command.tsx";
import { guideTexts } from "../texts/setup.ts";
import { isLocal, webhookAddress } from "./setupCommands.ts";
import { useTarget } from "./useTarget.ts";

const PROVIDERS = ["github", "gitlab"] as const;
const texts = guideTexts.webhook;

export function WebhooksGuide() {
  const { address } = useTarget();
  return (
    <Stack gap="sm">
      {isLocal(address) && <Alert color="orange">{texts.local(address)}</Alert>}
      <Tabs defaultValue="github" keepMounted={false}>
        <Tabs.List aria-label={guideTexts.ways}>
          {PROVIDERS.map((provider) => (
            <Tabs.Tab key={provider} value={provider}>
              {texts[provider]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PROVIDERS.map((provider) => (
          <Tabs.Panel key={provider} value={provider} pt="md">
            <Webhook provider={provider} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Text size="sm" c="dimmed">
        {texts.history}
      </Text>
    </Stack>
  );
}

function Webhook({ provider }: { provider: (typeof PROVIDERS)[number] }) {
  const target = useTarget();
  return (
    <Stack gap="xs">
      <Text size="sm">{texts.where[provider]}</Text>
      <Table variant="vertical" withTableBorder layout="fixed" aria-label={texts[provider]}>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row" w={{ base: 96, sm: 150 }}>
              {texts.url[provider]}
            </Table.Th>
            <Table.Td>
              <KeyText value={webhookAddress(provider, target)} />
            </Table.Td>
          </Table.Tr>
          {provider === "github" && (
            <Table.Tr>
              <Table.Th scope="row">{texts.contentType}</Table.Th>
              <Table.Td>{texts.json}</Table.Td>
            </Table.Tr>
          )}
          <Table.Tr>
            <Table.Th scope="row">{texts.secret[provider]}</Table.Th>
            <Table.Td>
              <KeyText value={texts.setting[provider]} />
              {texts.secretText}
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">{texts.events}</Table.Th>
            <Table.Td>{texts.names[provider]}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

// A webhook for whoever may not change it. Its secret is not told to them.
import { Alert, Stack, Text } from "@mantine/core";
import { Section } from "../../parts/Section.tsx";
import { webhookTexts as texts } from "../../texts/webhooks.ts";
import { PolicyWords } from "../policy/PolicyWords.tsx";
import { policyDraft, readPolicy } from "../policy/statements.ts";
import type { Webhook } from "./webhook.ts";

export function WebhookToRead({ webhook, why }: { webhook: Webhook; why: string }) {
  const { statements } = readPolicy(policyDraft(webhook.statements));
  return (
    <Stack gap="lg">
      <Alert color="gray">{why}</Alert>
      <Section title={texts.settings}>
        <Text className="key">{webhook.url}</Text>
        <Text size="sm">{webhook.on ? texts.on : texts.off}</Text>
      </Section>
      <Section title={texts.statements} about={texts.statementsAbout}>
        {statements.length ? (
          <PolicyWords statements={statements} />
        ) : (
          <Text size="sm">{texts.whenEmpty}</Text>
        )}
      </Section>
    </Stack>
  );
}

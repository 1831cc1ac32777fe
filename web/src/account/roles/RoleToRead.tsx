// A custom role for whoever may not change it.
import { Alert, Code, Stack, Text } from "@mantine/core";
import { Section } from "../../parts/Section.tsx";
import { roleTexts as texts } from "../../texts/account.ts";
import { policyTexts } from "../../texts/policies.ts";
import type { CustomRole } from "../people/roles.ts";
import { PolicyWords } from "../policy/PolicyWords.tsx";
import { policyDraft, readPolicy, writeJson } from "../policy/statements.ts";

export function RoleToRead({ role, why }: { role: CustomRole; why: string }) {
  const { statements } = readPolicy(policyDraft(role.policy));
  const base = role.basePermissions === "no_access" ? "no_access" : "reader";
  return (
    <Stack gap="lg">
      <Alert color="gray">{why}</Alert>
      {role.description && <Text>{role.description}</Text>}
      <Section title={texts.base}>
        <Text size="sm">{texts.bases[base]}</Text>
      </Section>
      <Section title={texts.policy} about={policyTexts.about}>
        {statements.length ? (
          <PolicyWords statements={statements} />
        ) : (
          <Text size="sm">{texts.whenEmpty}</Text>
        )}
        <Code block tabIndex={0} role="region" aria-label={policyTexts.jsonLabel}>
          {writeJson(statements)}
        </Code>
      </Section>
    </Stack>
  );
}

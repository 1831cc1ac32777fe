// A rule under its number: what it is for, what can be done with it, and below that what it says.
import { Group, Paper, Stack, TextInput, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { ruleTexts } from "../texts/rules.ts";

interface Props {
  place: number;
  description: string;
  onDescribe: (description: string) => void;
  actions: ReactNode;
  isReadOnly: boolean;
  children: ReactNode;
}

export function RuleCard({ place, description, onDescribe, actions, isReadOnly, children }: Props) {
  const name = ruleTexts.rule(place + 1, "");
  const hint = ruleTexts.fields.ruleDescription;
  return (
    <Paper withBorder p="md" component="section" aria-label={ruleTexts.rule(place + 1, description)}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="sm" flex={1} miw={0}>
            <Title order={3} fz="md">
              {name}
            </Title>
            <TextInput
              variant="unstyled"
              aria-label={`${name}: ${hint}`}
              placeholder={isReadOnly ? undefined : hint}
              value={description}
              onChange={(event) => onDescribe(event.currentTarget.value)}
              readOnly={isReadOnly}
              flex={1}
              miw={160}
            />
          </Group>
          {!isReadOnly && actions}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

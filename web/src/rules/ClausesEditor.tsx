// The conditions of a rule: all of them have to hold.
import { Button, Group, Stack, Text } from "@mantine/core";
import { Plus } from "lucide-react";
import { ruleTexts } from "../texts/rules.ts";
import { ClauseEditor } from "./ClauseEditor.tsx";
import { type Clause, emptyClause } from "./model.ts";

interface Props {
  clauses: readonly Clause[];
  onChange: (clauses: readonly Clause[]) => void;
  isReadOnly: boolean;
  showsFaults: boolean;
}

export function ClausesEditor({ clauses, onChange, isReadOnly, showsFaults }: Props) {
  return (
    <Stack gap="xs">
      {clauses.map((clause, place) => (
        <Group key={clause.id} gap="xs" align="flex-start" wrap="nowrap">
          <Text size="sm" fw={600} w={32} pt={7} c="dimmed">
            {place === 0 ? ruleTexts.fields.first : ruleTexts.fields.further}
          </Text>
          <Stack flex={1} miw={0}>
            <ClauseEditor
              clause={clause}
              onChange={(changed) =>
                onChange(clauses.map((each) => (each.id === clause.id ? changed : each)))
              }
              onRemove={() => onChange(clauses.filter(({ id }) => id !== clause.id))}
              isReadOnly={isReadOnly}
              showsFaults={showsFaults}
            />
          </Stack>
        </Group>
      ))}
      {!isReadOnly && (
        <Group pl={40}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => onChange([...clauses, emptyClause()])}
          >
            {ruleTexts.fields.addClause}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

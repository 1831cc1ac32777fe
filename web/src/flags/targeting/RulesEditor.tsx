// The rules of a flag, asked from top to bottom.
import { ActionIcon, Button, Group, Paper, Stack, TextInput, Title } from "@mantine/core";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { ClausesEditor } from "../../rules/ClausesEditor.tsx";
import { emptyClause, newId } from "../../rules/model.ts";
import { type Choice, ServedEditor } from "../../rules/ServedEditor.tsx";
import { targetingTexts } from "../../texts/targeting.ts";
import type { Rule } from "./draft.ts";

interface Props {
  rules: readonly Rule[];
  variations: readonly Choice[];
  onChange: (rules: readonly Rule[]) => void;
  isReadOnly: boolean;
  showsFaults: boolean;
}

export function RulesEditor({ rules, variations, onChange, isReadOnly, showsFaults }: Props) {
  const add = () => {
    const served = { variationId: variations[0]?.id ?? "" };
    onChange([...rules, { id: newId(), description: "", clauses: [emptyClause()], served }]);
  };
  const move = (from: number, to: number) => {
    const moved = rules.filter((_, place) => place !== from);
    const rule = rules[from];
    if (rule) onChange([...moved.slice(0, to), rule, ...moved.slice(to)]);
  };
  return (
    <Stack>
      {rules.map((rule, place) => (
        <RuleCard
          key={rule.id}
          rule={rule}
          place={place}
          isLast={place === rules.length - 1}
          variations={variations}
          onChange={(changed) => onChange(rules.map((each) => (each.id === rule.id ? changed : each)))}
          onMove={(to) => move(place, to)}
          onRemove={() => onChange(rules.filter(({ id }) => id !== rule.id))}
          isReadOnly={isReadOnly}
          showsFaults={showsFaults}
        />
      ))}
      {!isReadOnly && (
        <Group>
          <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={add}>
            {targetingTexts.addRule}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface CardProps {
  rule: Rule;
  place: number;
  isLast: boolean;
  variations: readonly Choice[];
  onChange: (rule: Rule) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  isReadOnly: boolean;
  showsFaults: boolean;
}

function RuleCard(props: CardProps) {
  const { rule, place, variations, onChange, isReadOnly, showsFaults } = props;
  const texts = targetingTexts;
  const name = texts.rule(place + 1, "");
  return (
    <Paper withBorder p="md" component="section" aria-label={texts.rule(place + 1, rule.description)}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="sm" flex={1} miw={0}>
            <Title order={3} fz="md">
              {name}
            </Title>
            <TextInput
              variant="unstyled"
              aria-label={`${name}: ${texts.ruleDescription}`}
              placeholder={isReadOnly ? undefined : texts.ruleDescription}
              value={rule.description}
              onChange={(event) => onChange({ ...rule, description: event.currentTarget.value })}
              readOnly={isReadOnly}
              flex={1}
              miw={160}
            />
          </Group>
          {!isReadOnly && <RuleActions {...props} name={name} />}
        </Group>
        <ClausesEditor
          clauses={rule.clauses}
          onChange={(clauses) => onChange({ ...rule, clauses })}
          isReadOnly={isReadOnly}
          showsFaults={showsFaults}
        />
        <ServedEditor
          label={texts.serve}
          served={rule.served}
          variations={variations}
          onChange={(served) => onChange({ ...rule, served })}
          isReadOnly={isReadOnly}
        />
      </Stack>
    </Paper>
  );
}

function RuleActions({ name, place, isLast, onMove, onRemove }: CardProps & { name: string }) {
  const texts = targetingTexts;
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={texts.moveUp(name)}
        disabled={place === 0}
        onClick={() => onMove(place - 1)}
      >
        <ArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={texts.moveDown(name)}
        disabled={isLast}
        onClick={() => onMove(place + 1)}
      >
        <ArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={texts.removeRule(name)} onClick={onRemove}>
        <Trash2 size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

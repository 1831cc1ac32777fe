// The rules of a flag, asked from top to bottom.
import { Button, Group, Stack } from "@mantine/core";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { IconAction } from "../../parts/IconAction.tsx";
import { ClausesEditor } from "../../rules/ClausesEditor.tsx";
import { emptyClause, newId } from "../../rules/model.ts";
import { RuleCard } from "../../rules/RuleCard.tsx";
import { type Choice, ServedEditor } from "../../rules/ServedEditor.tsx";
import { ruleTexts } from "../../texts/rules.ts";
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
        <Editable
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

function Editable(props: CardProps) {
  const { rule, place, variations, onChange, isReadOnly, showsFaults } = props;
  return (
    <RuleCard
      place={place}
      description={rule.description}
      onDescribe={(description) => onChange({ ...rule, description })}
      actions={<RuleActions {...props} name={ruleTexts.rule(place + 1, "")} />}
      isReadOnly={isReadOnly}
    >
      <ClausesEditor
        clauses={rule.clauses}
        onChange={(clauses) => onChange({ ...rule, clauses })}
        isReadOnly={isReadOnly}
        showsFaults={showsFaults}
      />
      <ServedEditor
        label={targetingTexts.serve}
        served={rule.served}
        variations={variations}
        onChange={(served) => onChange({ ...rule, served })}
        isReadOnly={isReadOnly}
      />
    </RuleCard>
  );
}

function RuleActions({ name, place, isLast, onMove, onRemove }: CardProps & { name: string }) {
  const texts = targetingTexts;
  return (
    <Group gap={4} wrap="nowrap">
      {place > 0 && (
        <IconAction label={texts.moveUp(name)} icon={ArrowUp} onClick={() => onMove(place - 1)} />
      )}
      {!isLast && (
        <IconAction label={texts.moveDown(name)} icon={ArrowDown} onClick={() => onMove(place + 1)} />
      )}
      <IconAction label={texts.removeRule(name)} icon={Trash2} onClick={onRemove} />
    </Group>
  );
}

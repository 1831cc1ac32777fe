// The rules of a segment. Any of them makes a context a member, so their order means nothing.
import { Button, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { api } from "../../api/client.ts";
import { IconAction } from "../../parts/IconAction.tsx";
import { ClausesEditor } from "../../rules/ClausesEditor.tsx";
import { emptyClause, newId, WHOLE } from "../../rules/model.ts";
import { RuleCard } from "../../rules/RuleCard.tsx";
import { usePlace } from "../../shell/place.ts";
import { ruleTexts } from "../../texts/rules.ts";
import { segmentTexts } from "../../texts/segments.ts";
import { type Rule, USER } from "./draft.ts";

interface Props {
  rules: readonly Rule[];
  onChange: (rules: readonly Rule[]) => void;
  isReadOnly: boolean;
  showsFaults: boolean;
  /** Whether the members stand in a large list besides. */
  isList: boolean;
}

export function RulesEditor({ rules, onChange, isReadOnly, showsFaults, isList }: Props) {
  const add = () =>
    onChange([
      ...rules,
      {
        id: newId(),
        description: "",
        clauses: [emptyClause()],
        weight: WHOLE,
        contextKind: USER,
        bucketBy: "key",
      },
    ]);
  return (
    <Stack>
      {rules.length === 0 && (
        <Text size="sm" c="dimmed">
          {isList ? segmentTexts.noRulesOfList : segmentTexts.noRules}
        </Text>
      )}
      {rules.map((rule, place) => (
        <Editable
          key={rule.id}
          rule={rule}
          place={place}
          onChange={(changed) => onChange(rules.map((each) => (each.id === rule.id ? changed : each)))}
          onRemove={() => onChange(rules.filter(({ id }) => id !== rule.id))}
          isReadOnly={isReadOnly}
          showsFaults={showsFaults}
        />
      ))}
      {!isReadOnly && (
        <Group>
          <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={add}>
            {segmentTexts.addRule}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface CardProps {
  rule: Rule;
  place: number;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
  isReadOnly: boolean;
  showsFaults: boolean;
}

function Editable({ rule, place, onChange, onRemove, isReadOnly, showsFaults }: CardProps) {
  const remove = segmentTexts.removeRule(ruleTexts.rule(place + 1, ""));
  return (
    <RuleCard
      place={place}
      description={rule.description}
      onDescribe={(description) => onChange({ ...rule, description })}
      actions={<IconAction label={remove} icon={Trash2} onClick={onRemove} />}
      isReadOnly={isReadOnly}
    >
      <ClausesEditor
        clauses={rule.clauses}
        onChange={(clauses) => onChange({ ...rule, clauses })}
        isReadOnly={isReadOnly}
        showsFaults={showsFaults}
      />
      <Share rule={rule} onChange={onChange} isReadOnly={isReadOnly} />
    </RuleCard>
  );
}

function Share({ rule, onChange, isReadOnly }: Pick<CardProps, "rule" | "onChange" | "isReadOnly">) {
  const { projectKey } = usePlace();
  const kinds = api.useQuery("get", "/api/v2/projects/{projectKey}/context-kinds", {
    params: { path: { projectKey } },
  });
  const known = new Set([USER, rule.contextKind, ...(kinds.data?.items.map(({ key }) => key) ?? [])]);
  const texts = segmentTexts;
  return (
    <Group align="flex-start">
      <NumberInput
        label={texts.share}
        value={rule.weight / 1_000}
        onChange={(share) => onChange({ ...rule, weight: Math.round((Number(share) || 0) * 1_000) })}
        min={0}
        max={100}
        decimalScale={3}
        clampBehavior="strict"
        suffix=" %"
        readOnly={isReadOnly}
        w={220}
      />
      {rule.weight < WHOLE && (
        <Select
          label={texts.shareKind}
          description={texts.shareAbout}
          inputWrapperOrder={["label", "input", "description"]}
          data={[...known].map((kind) => ({ value: kind, label: texts.shareBy(kind, rule.bucketBy) }))}
          value={rule.contextKind}
          onChange={(contextKind) => contextKind && onChange({ ...rule, contextKind })}
          allowDeselect={false}
          readOnly={isReadOnly}
          w={280}
          maw="100%"
        />
      )}
    </Group>
  );
}

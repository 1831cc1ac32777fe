// What a new flag may serve: its type, its variations, and which of them is served when.
import {
  ActionIcon,
  Button,
  Group,
  Paper,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { commonTexts } from "../texts/everywhere.ts";
import { newFlagTexts, valueTexts } from "../texts/flagEditing.ts";
import { shortValue } from "./names.ts";
import {
  emptyVariation,
  type FlagDraft,
  type ServedDraft,
  type VariationDraft,
  withoutVariation,
} from "./newFlag.ts";
import { ValueField } from "./ValueField.tsx";
import { VALUE_TYPES, type ValueType } from "./values.ts";

interface Props {
  draft: FlagDraft;
  onChange: (draft: FlagDraft) => void;
  /** By the ids of the variations; empty until one has tried to create the flag. */
  faults: ReadonlyMap<string, string>;
}

const TYPES = VALUE_TYPES.map((type) => ({ value: type, label: valueTexts.types[type].name }));

export function NewVariations({ draft, onChange, faults }: Props) {
  const { type } = draft;
  const served = draft.served[type];
  const change = (next: ServedDraft) => onChange({ ...draft, served: { ...draft.served, [type]: next } });
  const replace = (changed: VariationDraft) =>
    change({
      ...served,
      variations: served.variations.map((each) => (each.id === changed.id ? changed : each)),
    });
  const canRemove = served.variations.length > 2;
  return (
    <Stack>
      <Stack gap={4}>
        <SegmentedControl<ValueType>
          aria-label={newFlagTexts.type}
          data={TYPES}
          value={type}
          onChange={(chosen) => onChange({ ...draft, type: chosen })}
        />
        <Text size="sm" c="dimmed">
          {valueTexts.types[type].about}
        </Text>
      </Stack>
      {served.variations.map((variation, place) => (
        <OneVariation
          key={variation.id}
          number={place + 1}
          type={type}
          variation={variation}
          onChange={replace}
          onRemove={canRemove ? () => change(withoutVariation(served, variation.id)) : undefined}
          fault={faults.get(variation.id)}
        />
      ))}
      {type !== "boolean" && (
        <Button
          variant="default"
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => change({ ...served, variations: [...served.variations, emptyVariation()] })}
          style={{ alignSelf: "flex-start" }}
        >
          {newFlagTexts.addVariation}
        </Button>
      )}
      <ServedWhen served={served} onChange={change} />
    </Stack>
  );
}

interface OneProps {
  number: number;
  type: ValueType;
  variation: VariationDraft;
  onChange: (variation: VariationDraft) => void;
  onRemove: (() => void) | undefined;
  fault: string | undefined;
}

function OneVariation({ number, type, variation, onChange, onRemove, fault }: OneProps) {
  return (
    <Paper withBorder p="md" component="fieldset" m={0}>
      <Group justify="space-between" mb="xs" mih={28}>
        <Text component="legend" size="sm" fw={600} p={0} style={{ float: "left" }}>
          {newFlagTexts.ofVariation(number)}
        </Text>
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={newFlagTexts.removeVariation(number)}
            onClick={onRemove}
          >
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <ValueField
          type={type}
          text={variation.text}
          onChange={(text) => onChange({ ...variation, text })}
          error={fault}
        />
        <TextInput
          label={commonTexts.name}
          placeholder={newFlagTexts.variationNameHint}
          value={variation.name}
          maxLength={256}
          autoComplete="off"
          onChange={(event) => onChange({ ...variation, name: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Paper>
  );
}

function ServedWhen({ served, onChange }: { served: ServedDraft; onChange: (served: ServedDraft) => void }) {
  const choices = served.variations.map(({ id, name, text }, place) => ({
    value: id,
    label: name.trim() || shortValue(text) || newFlagTexts.ofVariation(place + 1),
  }));
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={newFlagTexts.onVariation}
        description={newFlagTexts.onHint}
        data={choices}
        value={served.onId}
        onChange={(onId) => onId && onChange({ ...served, onId })}
        allowDeselect={false}
      />
      <Select
        label={newFlagTexts.offVariation}
        description={newFlagTexts.offHint}
        data={choices}
        value={served.offId}
        onChange={(offId) => offId && onChange({ ...served, offId })}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}

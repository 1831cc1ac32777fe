// Role attributes: what ${roleAttribute/NAME} in the policies of roles stands for.
import { ActionIcon, Button, Group, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { peopleTexts as texts } from "../../texts/account.ts";
import type { AttributeDraft } from "./attributes.ts";
import { emptyAttribute } from "./attributes.ts";

interface Props {
  value: readonly AttributeDraft[];
  onChange: (value: AttributeDraft[]) => void;
  error?: string;
}

export function AttributesField({ value, onChange, error }: Props) {
  const change = (changed: AttributeDraft) =>
    onChange(value.map((each) => (each.id === changed.id ? changed : each)));
  return (
    <Stack component="fieldset" gap="xs" m={0} p={0} bd={0}>
      <Text component="legend" size="sm" fw={600} p={0}>
        {texts.attributes}
      </Text>
      <Text size="xs" c="dimmed">
        {texts.attributesAbout}
      </Text>
      {value.map((attribute) => (
        <Group key={attribute.id} gap="xs" align="flex-start" wrap="nowrap">
          <TextInput
            aria-label={texts.attributeName}
            placeholder={texts.attributeName}
            value={attribute.name}
            onChange={(event) => change({ ...attribute, name: event.currentTarget.value })}
            autoComplete="off"
            w={140}
          />
          <TagsInput
            aria-label={texts.attributeValues(attribute.name)}
            placeholder={attribute.values.length ? undefined : texts.attributeHint}
            value={attribute.values}
            onChange={(values) => change({ ...attribute, values })}
            acceptValueOnBlur
            flex={1}
            miw={0}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={texts.removeAttribute(attribute.name)}
            onClick={() => onChange(value.filter((each) => each.id !== attribute.id))}
          >
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...value, emptyAttribute()])}
        >
          {texts.addAttribute}
        </Button>
      </Group>
    </Stack>
  );
}

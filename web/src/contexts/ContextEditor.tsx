// A context that somebody makes up: attribute by attribute, or as JSON.
import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { tryTexts } from "../texts/contexts.ts";
import {
  type ContextDocument,
  documentOf,
  type Parsed,
  type Part,
  parseDocument,
  partsOf,
  readValue,
  writeValue,
} from "./documents.ts";

interface Field {
  id: number;
  name: string;
  text: string;
}

interface Described {
  kind: string;
  key: string;
  fields: readonly Field[];
}

interface Props {
  context: ContextDocument;
  onSubmit: (context: ContextDocument) => void;
}

export function ContextEditor({ context, onSubmit }: Props) {
  const parts = partsOf(context);
  const isSeveral = parts.length !== 1;
  const [mode, setMode] = useState(isSeveral ? "json" : "form");
  const [described, setDescribed] = useState(() => describe(parts[0]));
  const [json, setJson] = useState(() => print(context));
  const [fault, setFault] = useState("");

  const turnTo = (to: string) => {
    setFault("");
    if (to === "json") {
      setJson(print(documentOf(partOf(described))));
    } else {
      const parsed = parseDocument(json);
      const found = "document" in parsed ? partsOf(parsed.document) : [];
      if (found.length !== 1) {
        setFault("fault" in parsed ? parsed.fault : tryTexts.severalKinds);
        return;
      }
      setDescribed(describe(found[0]));
    }
    setMode(to);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed: Parsed = mode === "json" ? parseDocument(json) : parseForm(described);
    setFault("fault" in parsed ? parsed.fault : "");
    if ("document" in parsed) onSubmit(parsed.document);
  };
  return (
    <form onSubmit={submit} aria-label={tryTexts.editor} noValidate>
      <Stack align="flex-start">
        <SegmentedControl
          aria-label={tryTexts.mode}
          data={[
            { value: "form", label: tryTexts.modes.form },
            { value: "json", label: tryTexts.modes.json },
          ]}
          value={mode}
          onChange={turnTo}
        />
        {mode === "json" ? (
          <Textarea
            label={tryTexts.json}
            value={json}
            onChange={(event) => setJson(event.currentTarget.value)}
            error={fault}
            spellCheck={false}
            autosize
            minRows={8}
            maxRows={24}
            w="100%"
            maw={640}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          />
        ) : (
          <Fields described={described} onChange={setDescribed} keyFault={fault} />
        )}
        <Button type="submit">{tryTexts.evaluate}</Button>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  described: Described;
  onChange: (described: Described) => void;
  keyFault: string;
}

function Fields({ described, onChange, keyFault }: FieldsProps) {
  const { kind, key, fields } = described;
  const change = (id: number, now: Partial<Field>) =>
    onChange({ ...described, fields: fields.map((each) => (each.id === id ? { ...each, ...now } : each)) });
  return (
    <Stack gap="xs" w="100%" maw={640}>
      <Group grow align="flex-start">
        <TextInput
          label={tryTexts.kind}
          value={kind}
          onChange={(event) => onChange({ ...described, kind: event.currentTarget.value })}
        />
        <TextInput
          label={tryTexts.key}
          value={key}
          onChange={(event) => onChange({ ...described, key: event.currentTarget.value })}
          error={keyFault}
          autoComplete="off"
        />
      </Group>
      {fields.length > 0 && (
        <Text size="sm" c="dimmed">
          {tryTexts.valueHint}
        </Text>
      )}
      {fields.map(({ id, name, text }, place) => (
        <Group key={id} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={tryTexts.attributeAt(place + 1)}
            placeholder={tryTexts.attribute}
            value={name}
            onChange={(event) => change(id, { name: event.currentTarget.value })}
            flex={1}
            miw={0}
          />
          <TextInput
            aria-label={name ? `${tryTexts.value}: ${name}` : tryTexts.valueAt(place + 1)}
            placeholder={tryTexts.value}
            value={text}
            onChange={(event) => change(id, { text: event.currentTarget.value })}
            flex={1}
            miw={0}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={tryTexts.remove(name || tryTexts.attributeAt(place + 1))}
            onClick={() => onChange({ ...described, fields: fields.filter((each) => each.id !== id) })}
          >
            <X size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange({ ...described, fields: [...fields, emptyField(fields)] })}
        >
          {tryTexts.add}
        </Button>
      </Group>
    </Stack>
  );
}

function emptyField(fields: readonly Field[]): Field {
  return { id: 1 + Math.max(0, ...fields.map(({ id }) => id)), name: "", text: "" };
}

function describe(part: Part | undefined): Described {
  return {
    kind: part?.kind ?? "user",
    key: part?.key ?? "",
    fields: (part?.attributes ?? []).map(({ name, value }, id) => ({ id, name, text: writeValue(value) })),
  };
}

function partOf({ kind, key, fields }: Described): Part {
  const named = fields.filter(({ name }) => name.trim());
  const attributes = named.map(({ name, text }) => ({ name: name.trim(), value: readValue(text) }));
  return { kind: kind.trim(), key, attributes };
}

function parseForm(described: Described): Parsed {
  return parseDocument(JSON.stringify(documentOf(partOf(described))));
}

function print(context: ContextDocument): string {
  return JSON.stringify(context, null, 2);
}

// The statements of a policy, in a form or as JSON. Both are the same, and one may change over at any time.
import { Button, Group, JsonInput, SegmentedControl, Stack, Text } from "@mantine/core";
import { Plus } from "lucide-react";
import { Section } from "../../parts/Section.tsx";
import { policyTexts as texts } from "../../texts/policies.ts";
import { StatementCard } from "./StatementCard.tsx";
import {
  draftOf,
  emptyDraft,
  type PolicyDraft,
  readJson,
  type StatementDraft,
  statementOf,
  writeJson,
} from "./statements.ts";

interface Props {
  policy: PolicyDraft;
  onChange: (policy: PolicyDraft) => void;
  /** Whether what is missing is said already. */
  showsFaults: boolean;
  /** What the server says is wrong with the statements. */
  error?: string;
  /** What it means that there is no statement. */
  whenEmpty: string;
  title?: string;
  /** What the statements together mean. */
  about?: string;
}

export function PolicyEditor({ policy, onChange, showsFaults, error, whenEmpty, title, about }: Props) {
  const isJson = policy.json !== undefined;
  const isBroken = isJson && readJson(policy.json ?? "").fault !== "";
  const change = (view: string) => {
    if (view === "json") onChange({ ...policy, json: writeJson(policy.statements.map(statementOf)) });
    else onChange({ statements: readJson(policy.json ?? "").statements.map(draftOf), json: undefined });
  };
  return (
    <Section
      title={title ?? texts.statements}
      about={about ?? texts.about}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={texts.view}
          data={[
            { value: "form", label: texts.form, disabled: isBroken },
            { value: "json", label: texts.json },
          ]}
          value={isJson ? "json" : "form"}
          onChange={change}
        />
      }
    >
      {isJson ? (
        <Json text={policy.json ?? ""} onChange={(json) => onChange({ ...policy, json })} />
      ) : (
        <Form
          statements={policy.statements}
          onChange={(statements) => onChange({ ...policy, statements })}
          showsFaults={showsFaults}
          whenEmpty={whenEmpty}
        />
      )}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </Section>
  );
}

function Json({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { fault } = readJson(text);
  return (
    <JsonInput
      label={texts.jsonLabel}
      description={fault ? texts.jsonBroken : undefined}
      value={text}
      onChange={onChange}
      error={fault || undefined}
      autosize
      minRows={8}
      maxRows={30}
      spellCheck={false}
      classNames={{ input: "key" }}
    />
  );
}

interface FormProps {
  statements: readonly StatementDraft[];
  onChange: (statements: StatementDraft[]) => void;
  showsFaults: boolean;
  whenEmpty: string;
}

function Form({ statements, onChange, showsFaults, whenEmpty }: FormProps) {
  return (
    <Stack gap="sm" align="stretch">
      {statements.length === 0 && <Text size="sm">{whenEmpty}</Text>}
      {statements.length > 0 && (
        <Text size="sm" c="dimmed" maw={640}>
          {texts.resourcesHint} <span className="key">{texts.resourcesExample}</span>
        </Text>
      )}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {statements.map((draft, place) => (
          <StatementCard
            key={draft.id}
            number={place + 1}
            draft={draft}
            showsFaults={showsFaults}
            onChange={(changed) =>
              onChange(statements.map((each) => (each.id === draft.id ? changed : each)))
            }
            onRemove={() => onChange(statements.filter((each) => each.id !== draft.id))}
          />
        ))}
      </Stack>
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...statements, emptyDraft()])}
        >
          {texts.add}
        </Button>
      </Group>
    </Stack>
  );
}

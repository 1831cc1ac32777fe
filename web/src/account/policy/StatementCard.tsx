// One statement: allow or deny, on what, and which actions. It reads itself out as a sentence.
import { ActionIcon, Group, Paper, SegmentedControl, Select, Stack, TagsInput, Text } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { policyTexts as texts } from "../../texts/policies.ts";
import { useDropdown } from "../useDropdown.ts";
import { unknownActions } from "./actions.ts";
import { proposedActions, useActions, useResources } from "./proposals.ts";
import { specifierInWords } from "./specifiers.ts";
import { type Effect, faultsOf, type StatementDraft, statementOf } from "./statements.ts";
import { statementInWords } from "./words.ts";

interface Props {
  number: number;
  draft: StatementDraft;
  onChange: (draft: StatementDraft) => void;
  onRemove: () => void;
  /** Whether what is missing is said already. */
  showsFaults: boolean;
}

const EFFECTS: { value: Effect; label: string }[] = [
  { value: "allow", label: texts.effects.allow },
  { value: "deny", label: texts.effects.deny },
];

export function StatementCard({ number, draft, onChange, onRemove, showsFaults }: Props) {
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="sm" role="group" aria-label={texts.statement(number)}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="sm">
            <SegmentedControl
              size="xs"
              aria-label={texts.effect}
              data={EFFECTS}
              value={draft.effect}
              color={draft.effect === "deny" ? "red.9" : undefined}
              onChange={(effect) => onChange({ ...draft, effect: effect === "deny" ? "deny" : "allow" })}
            />
            <Text size="sm" c="dimmed">
              {statementInWords(statementOf(draft))}
            </Text>
          </Group>
          <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={texts.remove(number)}>
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        </Group>
        <Resources draft={draft} onChange={onChange} showsFaults={showsFaults} />
        <Actions draft={draft} onChange={onChange} showsFaults={showsFaults} />
      </Stack>
    </Paper>
  );
}

type PartProps = Pick<Props, "draft" | "onChange" | "showsFaults">;

function Resources({ draft, onChange, showsFaults }: PartProps) {
  const proposed = useResources();
  const { close, ...dropdown } = useDropdown();
  // A specifier that cannot be read is said at once; that there is none, only when it is time.
  const fault = faultsOf(draft).resources;
  return (
    <Parted
      label={texts.resourcesChoice}
      choices={[texts.these, texts.allBut]}
      isExcept={draft.isExceptResources}
      onExcept={(isExceptResources) => onChange({ ...draft, isExceptResources })}
    >
      <TagsInput
        label={texts.resources}
        data={proposed}
        limit={60}
        value={draft.resources}
        onChange={(resources) => {
          onChange({ ...draft, resources });
          close();
        }}
        {...dropdown}
        splitChars={[" "]}
        acceptValueOnBlur
        error={showsFaults || draft.resources.length > 0 ? fault : undefined}
        renderOption={({ option }) => <Proposal name={option.value} about={specifierInWords(option.value)} />}
        clearable
        clearButtonProps={{ "aria-label": texts.clear }}
        classNames={{ input: "key" }}
      />
    </Parted>
  );
}

function Actions({ draft, onChange, showsFaults }: PartProps) {
  const table = useActions();
  const reach = draft.isExceptResources ? [] : draft.resources;
  const proposed = proposedActions(table, reach);
  const unknown = unknownActions(table, reach, draft.actions);
  return (
    <Parted
      label={texts.actionsChoice}
      choices={[texts.theseActions, texts.allActionsBut]}
      isExcept={draft.isExceptActions}
      onExcept={(isExceptActions) => onChange({ ...draft, isExceptActions })}
    >
      <TagsInput
        label={texts.actions}
        data={[...proposed.keys()]}
        value={draft.actions}
        onChange={(actions) => onChange({ ...draft, actions })}
        splitChars={[" ", ","]}
        acceptValueOnBlur
        error={showsFaults ? faultsOf(draft).actions : undefined}
        renderOption={({ option }) => (
          <Proposal name={option.value} about={proposed.get(option.value) ?? ""} />
        )}
        clearable
        clearButtonProps={{ "aria-label": texts.clear }}
        classNames={{ input: "key" }}
      />
      {unknown.length > 0 && (
        <Text size="xs" mt={4} role="status">
          {texts.unknown(unknown.join(", "))}
        </Text>
      )}
    </Parted>
  );
}

interface PartedProps {
  label: string;
  choices: readonly [string, string];
  isExcept: boolean;
  onExcept: (isExcept: boolean) => void;
  children: React.ReactNode;
}

/** A list, and whether it is meant or all but it. */
function Parted({ label, choices: [these, allBut], isExcept, onExcept, children }: PartedProps) {
  return (
    <Group align="flex-start" gap="xs">
      <div style={{ flex: "1 1 320px", minWidth: 0 }}>{children}</div>
      <Select
        label={label}
        data={[
          { value: "these", label: these },
          { value: "except", label: allBut },
        ]}
        value={isExcept ? "except" : "these"}
        onChange={(choice) => onExcept(choice === "except")}
        allowDeselect={false}
        w={{ base: "100%", sm: 230 }}
      />
    </Group>
  );
}

function Proposal({ name, about }: { name: string; about: string }) {
  return (
    <div>
      <span className="key">{name}</span>
      <Text size="xs" c="dimmed" lineClamp={1}>
        {about}
      </Text>
    </div>
  );
}

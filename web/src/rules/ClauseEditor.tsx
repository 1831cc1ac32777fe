// One condition: the kind of context, its attribute, what is asked of it, and the values.
import { ActionIcon, Autocomplete, Group, Select, Stack, TagsInput, Text } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { api } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";
import { ruleTexts } from "../texts/rules.ts";
import { type Clause, SEGMENT_MATCH } from "./model.ts";
import { faultOfClause, OPERATORS, parseValue, wordsOf, writeValue } from "./operators.ts";

interface Props {
  clause: Clause;
  onChange: (clause: Clause) => void;
  onRemove: () => void;
  isReadOnly: boolean;
  /** Whether what is missing is said already. */
  showsFaults: boolean;
}

const CHOICES = OPERATORS.flatMap(({ op }) =>
  [false, true].map((negate) => ({ value: `${negate ? "!" : ""}${op}`, label: wordsOf(op, negate) })),
);

export function ClauseEditor({ clause, onChange, onRemove, isReadOnly, showsFaults }: Props) {
  const texts = ruleTexts.fields;
  const isSegment = clause.op === SEGMENT_MATCH;
  const fault = showsFaults ? faultOfClause(clause) : "";
  const choose = (choice: string) => {
    const op = choice.replace("!", "");
    const isOfOtherKind = (op === SEGMENT_MATCH) !== isSegment;
    const values = isOfOtherKind ? [] : clause.values.map((value) => parseValue(writeValue(value), op));
    onChange({
      ...clause,
      op,
      negate: choice.startsWith("!"),
      values,
      attribute: op === SEGMENT_MATCH ? "" : clause.attribute,
    });
  };
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-start">
        {!isSegment && <Subject clause={clause} onChange={onChange} isReadOnly={isReadOnly} />}
        <Select
          aria-label={texts.operator}
          data={CHOICES}
          value={`${clause.negate ? "!" : ""}${clause.op}`}
          onChange={(choice) => choice && choose(choice)}
          allowDeselect={false}
          searchable
          readOnly={isReadOnly}
          w={210}
        />
        {isSegment ? (
          <SegmentChoice clause={clause} onChange={onChange} isReadOnly={isReadOnly} />
        ) : (
          <ValueChoice clause={clause} onChange={onChange} isReadOnly={isReadOnly} />
        )}
        {!isReadOnly && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            onClick={onRemove}
            aria-label={texts.removeClause}
          >
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {fault && (
        <Text size="sm" c="red.9" role="alert">
          {fault}
        </Text>
      )}
    </Stack>
  );
}

type PartProps = Pick<Props, "clause" | "onChange" | "isReadOnly">;

function Subject({ clause, onChange, isReadOnly }: PartProps) {
  const { projectKey, environment } = usePlace();
  const texts = ruleTexts.fields;
  const path = { projectKey, environmentKey: environment.key };
  const kinds = api.useQuery("get", "/api/v2/projects/{projectKey}/context-kinds", {
    params: { path: { projectKey } },
  });
  const names = api.useQuery(
    "get",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/context-attributes",
    { params: { path } },
  );
  const known = new Set(["user", clause.contextKind, ...(kinds.data?.items.map(({ key }) => key) ?? [])]);
  const attributes = names.data?.items.find(({ kind }) => kind === clause.contextKind)?.names ?? [];
  return (
    <>
      <Select
        aria-label={texts.kind}
        data={[...known]}
        value={clause.contextKind}
        onChange={(contextKind) => contextKind && onChange({ ...clause, contextKind })}
        allowDeselect={false}
        readOnly={isReadOnly}
        w={130}
      />
      <Autocomplete
        aria-label={texts.attribute}
        placeholder={texts.attribute}
        title={texts.attributeHint}
        data={[...new Set(["key", ...attributes.map(({ name }) => name)])]}
        value={clause.attribute}
        onChange={(attribute) => onChange({ ...clause, attribute })}
        readOnly={isReadOnly}
        w={150}
      />
    </>
  );
}

function ValueChoice({ clause, onChange, isReadOnly }: PartProps) {
  const texts = ruleTexts.fields;
  return (
    <TagsInput
      aria-label={texts.values}
      placeholder={clause.values.length ? undefined : texts.valuesHint}
      value={clause.values.map(writeValue)}
      onChange={(values) =>
        onChange({ ...clause, values: values.map((text) => parseValue(text, clause.op)) })
      }
      acceptValueOnBlur
      splitChars={[","]}
      readOnly={isReadOnly}
      flex={1}
      miw={200}
    />
  );
}

function SegmentChoice({ clause, onChange, isReadOnly }: PartProps) {
  const { projectKey, environment } = usePlace();
  const segments = api.useQuery("get", "/api/v2/segments/{projectKey}/{environmentKey}", {
    params: { path: { projectKey, environmentKey: environment.key }, query: { limit: 50 } },
  });
  const known = segments.data?.items.map(({ key }) => key) ?? [];
  return (
    <TagsInput
      aria-label={ruleTexts.fields.segments}
      placeholder={clause.values.length ? undefined : ruleTexts.fields.segments}
      data={known}
      value={clause.values.map(writeValue)}
      onChange={(values) => onChange({ ...clause, values })}
      acceptValueOnBlur
      readOnly={isReadOnly}
      flex={1}
      miw={200}
    />
  );
}

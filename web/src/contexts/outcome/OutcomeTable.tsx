// A page of flags with what each serves. What each is like in full is asked for row by row, and kept.
import { Button, Code, Group, Skeleton, Stack, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import { whyNot } from "../../api/access.ts";
import { api, type Schemas } from "../../api/client.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { TextLink } from "../../parts/links.tsx";
import { usePlace } from "../../shell/place.ts";
import { outcomeTexts } from "../../texts/contexts.ts";
import type { ContextDocument } from "../documents.ts";
import { type Evaluation, explainReason, isSameValue, shortValue, variationName } from "../reasons.ts";
import type { Row } from "./rows.ts";
import { TargetForm } from "./TargetForm.tsx";

export function OutcomeTable({ rows, context }: { rows: readonly Row[]; context: ContextDocument }) {
  const [targeted, setTargeted] = useState<Schemas["FlagShape"]>();
  const texts = outcomeTexts.columns;
  const columns: Column<Row>[] = [
    {
      title: texts.flag,
      isEssential: true,
      cell: ({ evaluation }) => <FlagName evaluation={evaluation} onTarget={setTargeted} />,
    },
    { title: texts.value, isEssential: true, cell: (row) => <Gets row={row} /> },
    { title: texts.why, cell: ({ evaluation }) => <Why evaluation={evaluation} /> },
    {
      title: texts.action,
      cell: ({ evaluation }) => <Target flagKey={evaluation.key} onTarget={setTargeted} />,
    },
  ];
  return (
    <>
      <DataTable
        caption={outcomeTexts.caption}
        columns={columns}
        rows={rows}
        idOf={({ evaluation }) => evaluation.key}
      />
      {targeted && <TargetForm flag={targeted} context={context} onClose={() => setTargeted(undefined)} />}
    </>
  );
}

function useFlag(flagKey: string) {
  const { projectKey, environment } = usePlace();
  return api.useQuery("get", "/api/v2/flags/{projectKey}/{featureFlagKey}", {
    params: { path: { projectKey, featureFlagKey: flagKey }, query: { env: [environment.key] } },
  });
}

interface FlagNameProps {
  evaluation: Evaluation;
  onTarget: (flag: Schemas["FlagShape"]) => void;
}

function FlagName({ evaluation, onTarget }: FlagNameProps) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/flags/$flagKey/targeting"
        params={{ projectKey, flagKey: evaluation.key }}
        fw={600}
        style={{ overflowWrap: "anywhere" }}
      >
        {evaluation.name}
      </TextLink>
      <span className="key">{evaluation.key}</span>
      {/* What has columns of its own elsewhere stands here on a phone. */}
      <Stack hiddenFrom="sm" gap={6} align="flex-start">
        <Why evaluation={evaluation} />
        <Target flagKey={evaluation.key} onTarget={onTarget} />
      </Stack>
    </Stack>
  );
}

function Gets({ row: { evaluation, before } }: { row: Row }) {
  return (
    <Stack gap={2} align="flex-start">
      <Value of={evaluation} />
      {before && (
        <Text size="sm" c="dimmed">
          {outcomeTexts.was(shortValue(before._value))}
        </Text>
      )}
    </Stack>
  );
}

function Value({ of: { key, _value } }: { of: Evaluation }) {
  const flag = useFlag(key);
  if (_value === null) return <Text size="sm">{outcomeTexts.noValue}</Text>;
  const variation = flag.data?.variations.find(({ value }) => isSameValue(value, _value));
  const name = variation ? variationName(variation) : shortValue(_value);
  const value = shortValue(_value);
  return (
    <Group gap={6}>
      <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
        {name}
      </Text>
      {name.toLowerCase() !== value.toLowerCase() && (
        <Code style={{ overflowWrap: "anywhere" }}>{value}</Code>
      )}
    </Group>
  );
}

function Why({ evaluation }: { evaluation: Evaluation }) {
  const { environment } = usePlace();
  const flag = useFlag(evaluation.key);
  if (flag.isPending) return <Skeleton height={20} width={180} />;
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }}>
      {explainReason(evaluation.reason, flag.data, environment.key)}
    </Text>
  );
}

interface TargetProps {
  flagKey: string;
  onTarget: (flag: Schemas["FlagShape"]) => void;
}

function Target({ flagKey, onTarget }: TargetProps) {
  const { environment } = usePlace();
  const { data: flag } = useFlag(flagKey);
  const reason = flag && whyNot(flag.environments?.[environment.key]?._access, "updateTargets");
  return (
    <Tooltip label={reason} disabled={!reason}>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={outcomeTexts.targetLabel(flagKey)}
        // Focus stays possible, so that the reason can be read with the keyboard too.
        data-disabled={!flag || reason ? true : undefined}
        aria-disabled={!flag || Boolean(reason)}
        onClick={() => flag && !reason && onTarget(flag)}
      >
        {outcomeTexts.target}
      </Button>
    </Tooltip>
  );
}

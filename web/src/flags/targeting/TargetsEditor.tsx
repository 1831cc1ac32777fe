// Contexts named by their key, by variation and by kind of context.
import { Select, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { KeysField } from "../../rules/KeysField.tsx";
import type { Choice } from "../../rules/ServedEditor.tsx";
import { usePlace } from "../../shell/place.ts";
import { targetingTexts } from "../../texts/targeting.ts";
import type { Target } from "./draft.ts";

interface Props {
  targets: readonly Target[];
  variations: readonly Choice[];
  onChange: (targets: readonly Target[]) => void;
  isReadOnly: boolean;
}

export function TargetsEditor({ targets, variations, onChange, isReadOnly }: Props) {
  const { projectKey } = usePlace();
  const known = api.useQuery("get", "/api/v2/projects/{projectKey}/context-kinds", {
    params: { path: { projectKey } },
  });
  const [opened, setOpened] = useState<readonly string[]>([]);
  const used = targets.map(({ contextKind }) => contextKind);
  const shown = [...new Set(["user", ...used, ...opened])];
  const further = known.data?.items.map(({ key }) => key).filter((key) => !shown.includes(key)) ?? [];
  return (
    <Stack>
      {shown.map((kind) => (
        <SimpleGrid key={kind} cols={{ base: 1, md: Math.min(2, variations.length) }}>
          {variations.map((variation) => (
            <KeysField
              key={variation.id}
              label={targetingTexts.targetsFor(variation.name, kind)}
              values={valuesOf(targets, kind, variation.id)}
              onChange={(values) => onChange(withValues(targets, kind, variation.id, values))}
              isReadOnly={isReadOnly}
            />
          ))}
        </SimpleGrid>
      ))}
      {!isReadOnly && further.length > 0 && (
        <Select
          aria-label={targetingTexts.addKind}
          placeholder={targetingTexts.addKind}
          data={further}
          value={null}
          onChange={(kind) => kind && setOpened([...opened, kind])}
          w={280}
        />
      )}
    </Stack>
  );
}

function valuesOf(targets: readonly Target[], kind: string, variationId: string): string[] {
  return targets
    .filter((each) => each.contextKind === kind && each.variationId === variationId)
    .flatMap(({ values }) => values);
}

/** A key that is named for one variation is taken from the others. */
function withValues(
  targets: readonly Target[],
  contextKind: string,
  variationId: string,
  values: string[],
): Target[] {
  const others = targets
    .filter((each) => each.contextKind !== contextKind || each.variationId !== variationId)
    .map((each) =>
      each.contextKind === contextKind
        ? { ...each, values: each.values.filter((value) => !values.includes(value)) }
        : each,
    );
  return [...others, { contextKind, variationId, values }].filter((each) => each.values.length > 0);
}

// One of a segment's two lists of keys, by kind of context.
import { Select, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { KeysField } from "../../rules/KeysField.tsx";
import { usePlace } from "../../shell/place.ts";
import { segmentTexts } from "../../texts/segments.ts";
import { type ListName, type Target, USER, valuesOf, withValues } from "./draft.ts";

interface Props {
  list: ListName;
  targets: readonly Target[];
  onChange: (targets: readonly Target[]) => void;
  isReadOnly: boolean;
}

export function TargetsEditor({ list, targets, onChange, isReadOnly }: Props) {
  const { projectKey } = usePlace();
  const known = api.useQuery("get", "/api/v2/projects/{projectKey}/context-kinds", {
    params: { path: { projectKey } },
  });
  const [opened, setOpened] = useState<readonly string[]>([]);
  const used = targets.filter((each) => each.list === list).map(({ contextKind }) => contextKind);
  const shown = [...new Set([USER, ...used, ...opened])];
  const further = known.data?.items.filter(({ key, archived }) => !archived && !shown.includes(key)) ?? [];
  return (
    <Stack>
      {shown.map((kind) => (
        <KeysField
          key={kind}
          label={segmentTexts.keysOf(kind, valuesOf(targets, list, kind).length)}
          values={valuesOf(targets, list, kind)}
          onChange={(values) => onChange(withValues(targets, list, kind, values))}
          isReadOnly={isReadOnly}
        />
      ))}
      {!isReadOnly && further.length > 0 && (
        <Select
          aria-label={segmentTexts.addKind}
          placeholder={segmentTexts.addKind}
          data={further.map(({ key, name }) => ({ value: key, label: name }))}
          value={null}
          onChange={(kind) => kind && setOpened([...opened, kind])}
          w={280}
          maw="100%"
        />
      )}
    </Stack>
  );
}

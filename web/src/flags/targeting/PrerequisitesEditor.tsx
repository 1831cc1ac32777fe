// Other flags that have to serve something before this one is on.
import { ActionIcon, Button, Group, Select, Stack } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { targetingTexts } from "../../texts/targeting.ts";
import type { Flag } from "../flag.ts";
import { variationName } from "../names.ts";
import type { Prerequisite } from "./draft.ts";

interface Props {
  prerequisites: readonly Prerequisite[];
  /** The flags that may be needed. */
  flags: readonly Flag[];
  onChange: (prerequisites: readonly Prerequisite[]) => void;
  isReadOnly: boolean;
}

export function PrerequisitesEditor({ prerequisites, flags, onChange, isReadOnly }: Props) {
  const texts = targetingTexts;
  const replace = (place: number, change: Prerequisite) =>
    onChange(prerequisites.map((each, other) => (other === place ? change : each)));
  return (
    <Stack gap="xs" align="flex-start">
      {prerequisites.map((prerequisite, place) => {
        const chosen = flags.find(({ key }) => key === prerequisite.key);
        return (
          <Group key={prerequisite.key} align="flex-end" gap="xs">
            <Select
              label={texts.prerequisiteFlag}
              data={[...new Set([prerequisite.key, ...flags.map(({ key }) => key)])].filter(Boolean)}
              value={prerequisite.key || null}
              onChange={(key) => {
                const variation = flags.find((flag) => flag.key === key)?.variations[0];
                if (key) replace(place, { key, variationId: variation?._id ?? "" });
              }}
              searchable
              allowDeselect={false}
              readOnly={isReadOnly}
              w={260}
            />
            <Select
              label={texts.prerequisiteVariation}
              data={
                chosen?.variations.map((each) => ({ value: each._id ?? "", label: variationName(each) })) ??
                []
              }
              value={prerequisite.variationId || null}
              onChange={(variationId) => variationId && replace(place, { ...prerequisite, variationId })}
              allowDeselect={false}
              readOnly={isReadOnly}
              w={220}
            />
            {!isReadOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={texts.removePrerequisite(prerequisite.key)}
                onClick={() => onChange(prerequisites.filter((_, other) => other !== place))}
              >
                <Trash2 size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        );
      })}
      {!isReadOnly && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...prerequisites, { key: "", variationId: "" }])}
        >
          {texts.addPrerequisite}
        </Button>
      )}
    </Stack>
  );
}

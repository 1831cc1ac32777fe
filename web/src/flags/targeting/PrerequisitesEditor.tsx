// Other flags that have to serve something before this one is on.
import { Button, Group, Select, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { IconAction } from "../../parts/IconAction.tsx";
import { usePlace } from "../../shell/place.ts";
import { targetingTexts } from "../../texts/targeting.ts";
import type { Flag } from "../flag.ts";
import { variationName } from "../names.ts";
import type { Prerequisite } from "./draft.ts";

interface Props {
  prerequisites: readonly Prerequisite[];
  /** The flags whose variations are known so far. */
  known: readonly Flag[];
  ownKey: string;
  onKnow: (flag: Flag) => void;
  onChange: (prerequisites: readonly Prerequisite[]) => void;
  isReadOnly: boolean;
}

export function PrerequisitesEditor(props: Props) {
  const { prerequisites, onChange, isReadOnly } = props;
  return (
    <Stack gap="xs" align="flex-start">
      {prerequisites.map((prerequisite, place) => (
        <Row
          key={prerequisite.key}
          {...props}
          prerequisite={prerequisite}
          onReplace={(change) =>
            onChange(prerequisites.map((each, other) => (other === place ? change : each)))
          }
          onRemove={() => onChange(prerequisites.filter((_, other) => other !== place))}
        />
      ))}
      {!isReadOnly && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={prerequisites.some(({ key }) => !key)}
          onClick={() => onChange([...prerequisites, { key: "", variationId: "" }])}
        >
          {targetingTexts.addPrerequisite}
        </Button>
      )}
    </Stack>
  );
}

interface RowProps extends Props {
  prerequisite: Prerequisite;
  onReplace: (change: Prerequisite) => void;
  onRemove: () => void;
}

function Row({
  prerequisite,
  prerequisites,
  known,
  ownKey,
  onKnow,
  onReplace,
  onRemove,
  isReadOnly,
}: RowProps) {
  const texts = targetingTexts;
  const [typed, setTyped] = useState("");
  const found = useFlagsLike(typed);
  const taken = new Set([ownKey, ...prerequisites.map(({ key }) => key)]);
  const choices = found.filter(({ key }) => !taken.has(key)).map(({ key }) => key);
  const variations = known.find(({ key }) => key === prerequisite.key)?.variations ?? [];
  const choose = (key: string) => {
    const flag = found.find((each) => each.key === key);
    if (!flag) return;
    onKnow(flag);
    onReplace({ key, variationId: flag.variations[0]?._id ?? "" });
  };
  return (
    <Group align="flex-end" gap="xs">
      <Select
        label={texts.prerequisiteFlag}
        placeholder={texts.prerequisiteHint}
        data={prerequisite.key ? [prerequisite.key, ...choices] : choices}
        value={prerequisite.key || null}
        onChange={(key) => key && choose(key)}
        searchable
        onSearchChange={setTyped}
        // The server has searched already, in names and descriptions too.
        filter={({ options }) => options}
        allowDeselect={false}
        readOnly={isReadOnly}
        w={260}
      />
      <Select
        label={texts.prerequisiteVariation}
        data={variations.map((each) => ({ value: each._id ?? "", label: variationName(each) }))}
        value={prerequisite.variationId || null}
        onChange={(variationId) => variationId && onReplace({ ...prerequisite, variationId })}
        allowDeselect={false}
        readOnly={isReadOnly}
        w={220}
      />
      {!isReadOnly && (
        <IconAction label={texts.removePrerequisite(prerequisite.key)} icon={Trash2} onClick={onRemove} />
      )}
    </Group>
  );
}

const MOST_CHOICES = 20;

function useFlagsLike(typed: string): readonly Flag[] {
  const { projectKey } = usePlace();
  // A comma or a colon would end the text in the API's grammar of filters.
  const [words] = useDebouncedValue(typed.replace(/[,:]/g, " ").trim(), 200);
  const flags = api.useQuery(
    "get",
    "/api/v2/flags/{projectKey}",
    {
      params: {
        path: { projectKey },
        query: { limit: MOST_CHOICES, sort: "key", filter: words ? `query:${words}` : undefined },
      },
    },
    { placeholderData: (before) => before },
  );
  return flags.data?.items ?? [];
}

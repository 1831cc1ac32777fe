// A row for each group: its overall score and how that moved, its pillars, and what can be done with it.
import { Group as Row, Stack, Text } from "@mantine/core";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { IconAction } from "../parts/IconAction.tsx";
import { TextLink } from "../parts/links.tsx";
import { Change, IndicatorBadge, isKnown } from "../parts/Score.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { groupTexts as texts } from "../texts/groups.ts";
import { metricTexts } from "../texts/insights.ts";
import { DeleteGroupDialog, EditGroupDialog } from "./GroupDialogs.tsx";
import type { Group } from "./groups.ts";
import { PILLARS } from "./scores.ts";

interface Props {
  groups: readonly Group[];
  sort: string;
  onSort: (sort: string) => void;
}

export function GroupTable({ groups, sort, onSort }: Props) {
  const { environments } = usePlace();
  const [edited, setEdited] = useState<Group>();
  const [doomed, setDoomed] = useState<Group>();
  const names = new Map(environments.map(({ key, name }) => [key, name]));
  const columns: Column<Group>[] = [
    {
      title: texts.columns.name,
      sort: "name",
      isEssential: true,
      cell: (group) => <GroupName group={group} />,
    },
    {
      title: texts.columns.environment,
      cell: ({ environmentKey }) => names.get(environmentKey) ?? environmentKey,
    },
    {
      title: texts.columns.overall,
      sort: "overall",
      isEssential: true,
      cell: (group) => <Overall group={group} />,
    },
    { title: texts.columns.change, cell: ({ scores }) => scores && <Change score={scores.overall} /> },
    ...PILLARS.map((pillar) => ({
      title: metricTexts[pillar].name,
      sort: pillar,
      isNumber: true,
      cell: ({ scores }: Group) => {
        const score = scores?.[pillar];
        return score && isKnown(score) ? score.score : <Text c="dimmed">{commonTexts.none}</Text>;
      },
    })),
    {
      title: texts.columns.actions,
      isEssential: true,
      cell: (group) => (
        <Row gap={4} wrap="nowrap">
          <IconAction label={texts.edit(group.name)} icon={Pencil} onClick={() => setEdited(group)} />
          <IconAction
            label={texts.remove(group.name)}
            icon={Trash2}
            color="red"
            onClick={() => setDoomed(group)}
          />
        </Row>
      ),
    },
  ];
  const spare = () => setDoomed(undefined);
  return (
    <>
      <DataTable
        caption={texts.title}
        columns={columns}
        rows={groups}
        idOf={({ key }) => key}
        sort={sort}
        onSort={onSort}
      />
      {edited && <EditGroupDialog group={edited} onClose={() => setEdited(undefined)} />}
      {doomed && <DeleteGroupDialog group={doomed} onClose={spare} onDeleted={spare} />}
    </>
  );
}

function GroupName({ group }: { group: Group }) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/groups/$groupKey"
        params={{ projectKey, groupKey: group.key }}
        search={{ environment: group.environmentKey }}
        fw={600}
      >
        {group.name}
      </TextLink>
      <Text size="sm" c="dimmed">
        {group.applicationKeys.length ? group.applicationKeys.join(", ") : texts.everything}
      </Text>
    </Stack>
  );
}

function Overall({ group: { scores } }: { group: Group }) {
  if (!scores) return null;
  return (
    <Row gap="xs">
      {isKnown(scores.overall) && (
        <Text fw={700} className="number">
          {scores.overall.score}
        </Text>
      )}
      <IndicatorBadge score={scores.overall} />
    </Row>
  );
}

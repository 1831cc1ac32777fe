// The kinds of contexts that a project knows: what they are called, and where they come from.
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api, type Schemas } from "../../api/client.ts";
import { Ago } from "../../parts/Ago.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { usePlace } from "../../shell/place.ts";
import { kindTexts } from "../../texts/contexts.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { KindForm } from "./KindForm.tsx";

export type Kind = Schemas["ContextKindShape"];

export function ContextKinds() {
  const { projectKey } = usePlace();
  // Which one the form is about: one of those there are, or a new one.
  const [edited, setEdited] = useState<Kind | "new">();
  const kinds = api.useQuery("get", "/api/v2/projects/{projectKey}/context-kinds", {
    params: { path: { projectKey } },
  });
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <Text c="dimmed" maw={760}>
          {kindTexts.about}
        </Text>
        <Button
          variant="default"
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => setEdited("new")}
        >
          {kindTexts.create}
        </Button>
      </Group>
      <Loaded query={kinds} height={240}>
        {({ items }) => (
          <>
            <KindTable kinds={items} onEdit={setEdited} />
            {edited && (
              <KindForm
                kind={edited === "new" ? undefined : edited}
                taken={items.map(({ key }) => key)}
                onClose={() => setEdited(undefined)}
              />
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function KindTable({ kinds, onEdit }: { kinds: readonly Kind[]; onEdit: (kind: Kind) => void }) {
  const texts = kindTexts.columns;
  const from = kindTexts.from as Readonly<Record<string, string>>;
  const columns: Column<Kind>[] = [
    { title: texts.kind, isEssential: true, cell: (kind) => <KindName kind={kind} /> },
    { title: texts.description, cell: ({ description }) => <Text size="sm">{description}</Text> },
    { title: texts.from, cell: ({ createdFrom }) => from[createdFrom] ?? createdFrom },
    {
      title: texts.seen,
      isEssential: true,
      cell: ({ lastSeen }) => (lastSeen === undefined ? kindTexts.unseen : <Ago at={lastSeen} />),
    },
    {
      title: commonTexts.actions,
      isEssential: true,
      cell: (kind) => (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={kindTexts.edit(kind.name)}
          onClick={() => onEdit(kind)}
        >
          {commonTexts.edit}
        </Button>
      ),
    },
  ];
  return <DataTable caption={kindTexts.caption} columns={columns} rows={kinds} idOf={({ key }) => key} />;
}

function KindName({ kind }: { kind: Kind }) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/contexts"
        params={{ projectKey }}
        search={{ kind: kind.key }}
        fw={600}
      >
        {kind.name}
      </TextLink>
      <Group gap={6}>
        <span className="key">{kind.key}</span>
        {kind.archived && (
          <Badge size="xs" color="gray" variant="light" tt="none">
            {kindTexts.hidden}
          </Badge>
        )}
      </Group>
    </Stack>
  );
}

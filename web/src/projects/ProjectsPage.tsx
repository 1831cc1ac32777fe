// All projects. Where there is none yet, the first one is made here.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../api/client.ts";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { NothingFound } from "../parts/NothingFound.tsx";
import { Page } from "../parts/Page.tsx";
import { Pager } from "../parts/Pager.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { newProjectTexts, projectListTexts as texts } from "../texts/projects.ts";
import { FirstProject, NewProjectDialog } from "./NewProject.tsx";
import { type Project, ProjectTable } from "./ProjectTable.tsx";

const LIMIT = 20;

export function ProjectsPage() {
  const search = useSearch({ from: "/settings/projects" });
  const navigate = useNavigate({ from: "/settings/projects" });
  const [isCreating, setCreating] = useState(false);
  const offset = search.offset ?? 0;
  const projects = api.useQuery(
    "get",
    "/api/v2/projects",
    {
      params: {
        query: {
          limit: LIMIT,
          offset,
          filter: search.query && `query:${search.query}`,
          expand: "environments",
        },
      },
    },
    { placeholderData: (before) => before },
  );
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const isNew = projects.data?.totalCount === 0 && !search.query;
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        !isNew && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            {texts.create}
          </Button>
        )
      }
    >
      {!isNew && (
        <SearchField label={texts.search} value={search.query} onChange={(query) => change({ query })} />
      )}
      <Loaded query={projects} height={400}>
        {({ items, totalCount = items.length }) => (
          <Found
            items={items}
            total={totalCount}
            offset={offset}
            isFiltered={Boolean(search.query)}
            onMove={(next) => change({ offset: next || undefined })}
            onClear={() => change({ query: undefined })}
          />
        )}
      </Loaded>
      {isCreating && <NewProjectDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

interface FoundProps {
  items: readonly Project[];
  total: number;
  offset: number;
  isFiltered: boolean;
  onMove: (offset: number) => void;
  onClear: () => void;
}

function Found({ items, total, offset, isFiltered, onMove, onClear }: FoundProps) {
  if (items.length === 0 && isFiltered) {
    return (
      <NothingFound
        title={texts.nothingFound}
        text={texts.nothingFoundText}
        action={texts.clear}
        onClear={onClear}
      />
    );
  }
  if (total === 0) {
    return (
      <Empty title={newProjectTexts.welcome}>
        <Text inherit mb="md">
          {newProjectTexts.welcomeText}
        </Text>
        <Group justify="center">
          <FirstProject />
        </Group>
      </Empty>
    );
  }
  return (
    <Stack>
      <ProjectTable projects={items} isLast={total === 1 && !isFiltered} />
      <Pager offset={offset} limit={LIMIT} total={total} onMove={onMove} />
    </Stack>
  );
}

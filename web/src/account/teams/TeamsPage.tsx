// All teams: how many are in each, and what they share.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { NothingFound } from "../../parts/NothingFound.tsx";
import { count } from "../../parts/numbers.ts";
import { Page } from "../../parts/Page.tsx";
import { Pager } from "../../parts/Pager.tsx";
import { SearchField } from "../../parts/SearchField.tsx";
import { memberTexts, teamTexts as texts } from "../../texts/account.ts";
import { filterOf } from "../filters.ts";
import { nameOf } from "../people/names.ts";
import { RoleBadges } from "../people/RoleBadges.tsx";
import { NewTeamDialog } from "./NewTeamDialog.tsx";
import type { Team } from "./team.ts";

const LIMIT = 20;

export function TeamsPage() {
  const search = useSearch({ from: "/settings/teams" });
  const navigate = useNavigate({ from: "/settings/teams" });
  const [isCreating, setCreating] = useState(false);
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const offset = search.offset ?? 0;
  const sort = search.sort ?? "name";
  const filter = filterOf({ query: search.query });
  const teams = api.useQuery(
    "get",
    "/api/v2/teams",
    { params: { query: { limit: LIMIT, offset, sort, filter, expand: "members,roles,maintainers" } } },
    { placeholderData: (before) => before },
  );
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          {texts.create}
        </Button>
      }
    >
      <SearchField label={texts.search} value={search.query} onChange={(query) => change({ query })} />
      <Loaded query={teams} height={400}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NoTeams isFiltered={filter !== undefined} onClear={() => change({ query: undefined })} />
          ) : (
            <Stack>
              <TeamTable teams={items} sort={sort} onSort={(next) => change({ sort: next })} />
              <Pager
                offset={offset}
                limit={LIMIT}
                total={totalCount}
                onMove={(next) => change({ offset: next || undefined })}
              />
            </Stack>
          )
        }
      </Loaded>
      {isCreating && <NewTeamDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function NoTeams({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <Empty title={texts.emptyTitle}>{texts.emptyText}</Empty>;
  return (
    <NothingFound
      title={texts.nothingFound}
      text={memberTexts.nothingFoundText}
      action={memberTexts.clear}
      onClear={onClear}
    />
  );
}

interface TableProps {
  teams: readonly Team[];
  sort: string;
  onSort: (sort: string) => void;
}

function TeamTable({ teams, sort, onSort }: TableProps) {
  const names = texts.columns;
  const columns: Column<Team>[] = [
    { title: names.name, sort: "name", isEssential: true, cell: (team) => <TeamName team={team} /> },
    {
      title: names.members,
      isEssential: true,
      isNumber: true,
      cell: ({ members }) => count(members?.totalCount ?? 0),
    },
    {
      title: names.roles,
      cell: ({ roles }) => <RoleBadges customRoles={(roles?.items ?? []).map(({ key }) => key)} />,
    },
    {
      title: names.maintainers,
      cell: ({ maintainers }) => <Text size="sm">{(maintainers?.items ?? []).map(nameOf).join(", ")}</Text>,
    },
  ];
  return (
    <DataTable
      caption={texts.title}
      columns={columns}
      rows={teams}
      idOf={({ key }) => key}
      sort={sort}
      onSort={onSort}
    />
  );
}

function TeamName({ team }: { team: Team }) {
  return (
    <Stack gap={2} align="flex-start">
      <TextLink to="/settings/teams/$teamKey" params={{ teamKey: team.key }} fw={600}>
        {team.name}
      </TextLink>
      <Group gap="xs">
        <span className="key">{team.key}</span>
      </Group>
      {team.description && (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {team.description}
        </Text>
      )}
    </Stack>
  );
}

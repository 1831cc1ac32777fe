// Everybody who may sign in: searched, filtered, sorted, invited.
import { Button, Group, Select, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { NothingFound } from "../../parts/NothingFound.tsx";
import { Page } from "../../parts/Page.tsx";
import { Pager } from "../../parts/Pager.tsx";
import { SearchField } from "../../parts/SearchField.tsx";
import { peopleTexts, memberTexts as texts } from "../../texts/account.ts";
import { filterOf } from "../filters.ts";
import { BUILT_IN } from "../people/givenRole.ts";
import { useRoles } from "../people/roles.ts";
import { useTeamNames } from "../teams/team.ts";
import { InviteDialog } from "./InviteDialog.tsx";
import { MemberTable } from "./MemberTable.tsx";

const LIMIT = 20;

export function MembersPage() {
  const search = useSearch({ from: "/settings/members" });
  const navigate = useNavigate({ from: "/settings/members" });
  const [isInviting, setInviting] = useState(false);
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const offset = search.offset ?? 0;
  const sort = search.sort ?? "displayName";
  const { query, role, team } = search;
  const members = api.useQuery(
    "get",
    "/api/v2/members",
    {
      params: {
        query: {
          limit: LIMIT,
          offset,
          sort,
          filter: filterOf({ query, role, team }),
          expand: "roleAttributes",
        },
      },
    },
    { placeholderData: (before) => before },
  );
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setInviting(true)}>
          {texts.invite}
        </Button>
      }
    >
      <Filters query={query} role={role} team={team} onChange={change} />
      <Loaded query={members} height={500}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NothingFound
              title={texts.nothingFound}
              text={texts.nothingFoundText}
              action={texts.clear}
              onClear={() => change({ query: undefined, role: undefined, team: undefined })}
            />
          ) : (
            <Stack>
              <MemberTable members={items} sort={sort} onSort={(next) => change({ sort: next })} />
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
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

interface Filter {
  query?: string;
  role?: string;
  team?: string;
}

function Filters({ query, role, team, onChange }: Filter & { onChange: (filter: Filter) => void }) {
  const roles = useRoles();
  const teams = useTeamNames();
  const custom = roles.items.map(({ key, name }) => ({ value: key, label: name }));
  const builtIn = BUILT_IN.map((key) => ({ value: key, label: peopleTexts.roles[key]?.name ?? key }));
  return (
    <Group>
      <SearchField label={texts.search} value={query} onChange={(next) => onChange({ query: next })} />
      <Select
        aria-label={texts.filterRole}
        placeholder={texts.anyRole}
        data={[...builtIn, ...custom]}
        value={role ?? null}
        onChange={(next) => onChange({ role: next ?? undefined })}
        clearable
        clearButtonProps={{ "aria-label": texts.anyRole }}
        searchable
        w={180}
      />
      {teams.length > 0 && (
        <Select
          aria-label={texts.filterTeam}
          placeholder={texts.anyTeam}
          data={teams}
          value={team ?? null}
          onChange={(next) => onChange({ team: next ?? undefined })}
          clearable
          clearButtonProps={{ "aria-label": texts.anyTeam }}
          searchable
          w={180}
        />
      )}
    </Group>
  );
}

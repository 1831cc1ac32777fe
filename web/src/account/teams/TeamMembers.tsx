// Who is in a team: searched, added, taken out.
import { Button, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus, UserMinus } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../../api/access.ts";
import { api } from "../../api/client.ts";
import { Ago } from "../../parts/Ago.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { IconAction } from "../../parts/IconAction.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Pager } from "../../parts/Pager.tsx";
import { SearchField } from "../../parts/SearchField.tsx";
import { Section } from "../../parts/Section.tsx";
import { memberTexts, teamTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { filterOf } from "../filters.ts";
import type { Member } from "../members/member.ts";
import { hasName, nameOf } from "../people/names.ts";
import { RoleBadges } from "../people/RoleBadges.tsx";
import { AddPeopleDialog } from "./AddPeopleDialog.tsx";
import { type Team, useTeamChange } from "./team.ts";

const LIMIT = 10;

export function TeamMembers({ team }: { team: Team }) {
  const search = useSearch({ from: "/settings/teams/$teamKey" });
  const navigate = useNavigate({ from: "/settings/teams/$teamKey" });
  const [isAdding, setAdding] = useState(false);
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const offset = search.offset ?? 0;
  const filter = filterOf({ team: team.key, query: search.query });
  const members = api.useQuery(
    "get",
    "/api/v2/members",
    { params: { query: { limit: LIMIT, offset, filter, sort: "displayName" } } },
    { placeholderData: (before) => before },
  );
  const why = whyNot(team._access, "updateTeamMembers");
  return (
    <Section
      title={texts.members}
      actions={
        <Button
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={why !== ""}
          title={why || undefined}
          onClick={() => setAdding(true)}
        >
          {texts.addMembers}
        </Button>
      }
    >
      <Stack>
        <SearchField
          label={texts.searchMembers}
          value={search.query}
          onChange={(query) => change({ query })}
        />
        <Loaded query={members} height={200}>
          {({ items, totalCount = items.length }) => (
            <Found
              team={team}
              items={items}
              total={totalCount}
              offset={offset}
              isFiltered={Boolean(search.query)}
              why={why}
              onMove={(next) => change({ offset: next || undefined })}
            />
          )}
        </Loaded>
      </Stack>
      {isAdding && (
        <AddPeopleDialog
          team={team}
          title={texts.addMembersTitle(team.name)}
          without={members.data?.items.map(({ _id }) => _id) ?? []}
          instructionOf={(ids) => ({ kind: "addMembers", values: ids })}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  );
}

interface FoundProps {
  team: Team;
  items: readonly Member[];
  total: number;
  offset: number;
  isFiltered: boolean;
  /** Why nobody can be taken out. */
  why: string;
  onMove: (offset: number) => void;
}

function Found({ team, items, total, offset, isFiltered, why, onMove }: FoundProps) {
  const { change, isBusy } = useTeamChange(team.key, texts.saved);
  if (items.length === 0) {
    return isFiltered ? (
      <Text size="sm">{memberTexts.nothingFound}</Text>
    ) : (
      <Empty title={texts.noMembers}>{texts.noMembersText}</Empty>
    );
  }
  const columns: Column<Member>[] = [
    { title: memberTexts.columns.name, isEssential: true, cell: (member) => <Who member={member} /> },
    {
      title: memberTexts.columns.role,
      cell: ({ role, customRoles }) => <RoleBadges role={role} customRoles={customRoles} />,
    },
    {
      title: memberTexts.columns.seen,
      cell: ({ _lastSeen }) => (_lastSeen ? <Ago at={_lastSeen} /> : commonTexts.never),
    },
    {
      title: memberTexts.columns.actions,
      isEssential: true,
      cell: (member) => (
        <IconAction
          label={texts.removeMember(nameOf(member), team.name)}
          icon={UserMinus}
          color="red"
          why={why}
          onClick={() => isBusy || change([{ kind: "removeMembers", values: [member._id] }])}
        />
      ),
    },
  ];
  return (
    <>
      <DataTable
        caption={texts.membersOf(team.name)}
        columns={columns}
        rows={items}
        idOf={({ _id }) => _id}
      />
      <Pager offset={offset} limit={LIMIT} total={total} onMove={onMove} />
    </>
  );
}

function Who({ member }: { member: Member }) {
  return (
    <Stack gap={2}>
      <Text fw={600} style={{ overflowWrap: "anywhere" }}>
        {nameOf(member)}
      </Text>
      {hasName(member) && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {member.email}
        </Text>
      )}
    </Stack>
  );
}

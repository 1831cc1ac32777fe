// The groups whose scores are followed: each beside its own past, not in a ranking.
import { Alert, Button, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus, Scale } from "lucide-react";
import { useState } from "react";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { NothingFound } from "../parts/NothingFound.tsx";
import { Page } from "../parts/Page.tsx";
import { Pager } from "../parts/Pager.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { groupTexts as texts } from "../texts/groups.ts";
import { NewGroupDialog } from "./GroupDialogs.tsx";
import { GroupTable } from "./GroupTable.tsx";
import { GROUP_ORDERS, type Group, matching, sorted } from "./groups.ts";
import { useGroups } from "./useGroups.ts";

const LIMIT = 20;

export function GroupsPage() {
  const groups = useGroups();
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {texts.create}
    </Button>
  );
  return (
    <Page title={texts.title} about={texts.about} actions={create}>
      <Alert color="indigo" icon={<Scale aria-hidden />} title={texts.rankingTitle}>
        {texts.ranking}
      </Alert>
      <Loaded query={groups} height={400}>
        {(all) =>
          all.length ? <Groups groups={all} /> : <Empty title={texts.emptyTitle}>{texts.emptyText}</Empty>
        }
      </Loaded>
      {isCreating && <NewGroupDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Groups({ groups }: { groups: readonly Group[] }) {
  const search = useSearch({ from: "/projects/$projectKey/groups" });
  const navigate = useNavigate({ from: "/projects/$projectKey/groups" });
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const { sort = "name", offset = 0 } = search;
  const found = sorted(matching(groups, search.query), sort);
  return (
    <Stack>
      <SearchField label={texts.search} value={search.query} onChange={(query) => change({ query })} />
      {found.length === 0 ? (
        <NothingFound
          title={texts.nothingFound}
          text={texts.nothingFoundText}
          action={texts.clear}
          onClear={() => change({ query: undefined })}
        />
      ) : (
        <>
          <GroupTable
            groups={found.slice(offset, offset + LIMIT)}
            sort={sort}
            onSort={(next) => change({ sort: GROUP_ORDERS.find((order) => order === next) })}
          />
          {found.length > LIMIT && (
            <Pager
              offset={offset}
              limit={LIMIT}
              total={found.length}
              onMove={(next) => change({ offset: next || undefined })}
            />
          )}
        </>
      )}
    </Stack>
  );
}

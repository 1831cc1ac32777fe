// Everything that was done, newest first: searched, narrowed, and each change with the difference it made.
import { Group, Stack, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../../api/client.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { ButtonLink } from "../../parts/links.tsx";
import { NothingFound } from "../../parts/NothingFound.tsx";
import { day } from "../../parts/numbers.ts";
import { Page } from "../../parts/Page.tsx";
import { auditTexts as texts } from "../../texts/audit.ts";
import { faultOfSpecifier } from "../policy/specifiers.ts";
import { type AuditFilter, AuditFilters } from "./AuditFilters.tsx";
import { EntryCard } from "./EntryCard.tsx";
import { byDay, cursorIn, type Entry, readCursor } from "./entries.ts";

const LIMIT = 20;
const NONE = {
  query: undefined,
  spec: undefined,
  member: undefined,
  token: undefined,
  before: undefined,
  after: undefined,
};

export function AuditLogPage() {
  const search = useSearch({ from: "/settings/audit-log" });
  const navigate = useNavigate({ from: "/settings/audit-log" });
  const entries = useEntries(search);
  const change = (changed: AuditFilter) =>
    navigate({
      search: (before) => ({ ...before, cursor: undefined, entry: undefined, ...changed }),
      replace: true,
    });
  const open = (entry: string | undefined) =>
    navigate({ search: (before) => ({ ...before, entry }), replace: true, resetScroll: false });
  const isFiltered = Object.keys(NONE).some((name) => search[name as keyof AuditFilter] !== undefined);
  return (
    <Page title={texts.title} about={texts.about}>
      <AuditFilters filter={search} onChange={change} />
      <Loaded query={entries} height={700}>
        {({ items, _links }) => (
          <Stack gap="lg">
            {search.entry && !items.some(({ _id }) => _id === search.entry) && (
              <LinkedEntry id={search.entry} onClose={() => open(undefined)} />
            )}
            {items.length === 0 ? (
              <Nothing isFiltered={isFiltered} onClear={() => change(NONE)} />
            ) : (
              <Days items={items} open={search.entry} onOpen={open} />
            )}
            <Turns isFirst={!search.cursor} next={cursorIn(_links.next?.href)} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function useEntries({
  query,
  spec,
  member,
  token,
  before,
  after,
  cursor,
}: AuditFilter & { cursor?: string }) {
  const page = readCursor(cursor);
  return api.useQuery(
    "get",
    "/api/v2/auditlog",
    {
      params: {
        query: {
          limit: LIMIT,
          q: query,
          // An address may hold anything.
          spec: spec && faultOfSpecifier(spec) === "" ? spec : undefined,
          member: member ? [member] : undefined,
          token: token ? [token] : undefined,
          before,
          after,
          ...page,
        },
      },
    },
    { placeholderData: (shown) => shown },
  );
}

interface DaysProps {
  items: readonly Entry[];
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
}

function Days({ items, open, onOpen }: DaysProps) {
  return byDay(items, day).map(({ day: name, entries }) => (
    <section key={name} aria-label={name}>
      <Title order={2} fz="sm" c="dimmed" mb="xs">
        {name}
      </Title>
      <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
        {entries.map((entry) => (
          <EntryCard
            key={entry._id}
            entry={entry}
            isOpen={open === entry._id}
            onOpen={(isOpen) => onOpen(isOpen ? entry._id : undefined)}
          />
        ))}
      </Stack>
    </section>
  ));
}

/** The one that the address names, when it is on another page. */
function LinkedEntry({ id, onClose }: { id: string; onClose: () => void }) {
  const entry = api.useQuery("get", "/api/v2/auditlog/{id}", { params: { path: { id } } });
  return (
    <section aria-label={texts.linked}>
      <Title order={2} fz="sm" c="dimmed" mb="xs">
        {texts.linked}
      </Title>
      <Loaded query={entry} height={160}>
        {(found) => (
          <Stack component="ol" p={0} m={0} style={{ listStyle: "none" }}>
            <EntryCard entry={found} isOpen onOpen={onClose} />
          </Stack>
        )}
      </Loaded>
    </section>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <Empty title={texts.empty}>{texts.emptyText}</Empty>;
  return (
    <NothingFound
      title={texts.nothingFound}
      text={texts.nothingFoundText}
      action={texts.clear}
      onClear={onClear}
    />
  );
}

function Turns({ isFirst, next }: { isFirst: boolean; next: string | undefined }) {
  if (isFirst && !next) return null;
  const turn = (cursor: string | undefined) => (before: AuditFilter) => ({
    ...before,
    entry: undefined,
    cursor,
  });
  return (
    <Group component="nav" aria-label={texts.pages} justify="flex-end" gap="sm">
      {!isFirst && (
        <ButtonLink from="/settings/audit-log" to="." search={turn(undefined)} variant="default">
          {texts.newest}
        </ButtonLink>
      )}
      {next && (
        <ButtonLink from="/settings/audit-log" to="." search={turn(next)} variant="default">
          {texts.older}
        </ButtonLink>
      )}
    </Group>
  );
}

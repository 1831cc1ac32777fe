// What happened to a flag: who changed what, when and why, with the difference that it made.
import { Group, SegmentedControl, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink } from "../parts/links.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { historyTexts } from "../texts/flagHistory.ts";
import { useFlag } from "./flag.ts";
import { HistoryEntry } from "./HistoryEntry.tsx";
import { type Cursor, cursorOf, statementsFor } from "./history.ts";

const ROUTE = "/projects/$projectKey/flags/$flagKey/history";
const LIMIT = 20;

export function FlagHistoryPage() {
  const { environment } = usePlace();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const entries = useEntries(search);
  const texts = historyTexts;
  const open = (entry: string | undefined) =>
    navigate({ search: (before) => ({ ...before, entry }), replace: true, resetScroll: false });
  return (
    <Section
      title={texts.title}
      about={texts.about}
      actions={
        <SegmentedControl
          aria-label={texts.scope}
          data={[
            { value: "here", label: texts.here(environment.name) },
            { value: "everywhere", label: texts.everywhere },
          ]}
          value={search.everywhere ? "everywhere" : "here"}
          onChange={(scope) =>
            navigate({ search: { everywhere: scope === "everywhere" || undefined }, replace: true })
          }
        />
      }
    >
      <Loaded query={entries} height={700}>
        {({ items, _links }) => (
          <>
            {items.length === 0 && (
              <Empty title={search.before ? texts.emptyPage : texts.empty}>
                {!search.before && texts.emptyText}
              </Empty>
            )}
            <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
              {items.map((entry) => (
                <HistoryEntry
                  key={entry._id}
                  entry={entry}
                  isOpen={search.entry === entry._id}
                  onOpen={(isOpen) => open(isOpen ? entry._id : undefined)}
                />
              ))}
            </Stack>
            <Turns isFirst={!search.before} next={cursorOf(_links.next?.href)} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

interface Asked extends Cursor {
  everywhere?: boolean;
}

function useEntries({ everywhere, before, beforeId }: Asked) {
  const { projectKey, environment, environments } = usePlace();
  const { key } = useFlag();
  const others = everywhere ? [] : environments.filter((each) => each.key !== environment.key);
  return api.useQuery(
    "post",
    "/api/v2/auditlog",
    {
      params: { query: { limit: LIMIT, before, beforeId } },
      body: statementsFor(
        projectKey,
        key,
        others.map((each) => each.key),
      ),
    },
    { placeholderData: (shown) => shown },
  );
}

function Turns({ isFirst, next }: { isFirst: boolean; next: Cursor | undefined }) {
  const texts = historyTexts;
  if (isFirst && !next) return null;
  return (
    <Group component="nav" aria-label={texts.pages} justify="flex-end" gap="sm">
      {!isFirst && (
        <ButtonLink from={ROUTE} to="." search={({ everywhere }) => ({ everywhere })} variant="default">
          {texts.newest}
        </ButtonLink>
      )}
      {next && (
        <ButtonLink
          from={ROUTE}
          to="."
          search={({ everywhere }) => ({ everywhere, ...next })}
          variant="default"
        >
          {texts.older}
        </ButtonLink>
      )}
    </Group>
  );
}

// The list of contexts itself. Pages follow each other: the API tells where the next one begins, and nothing else.
import { Group, Select, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { Command } from "../parts/Command.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink, TextLink } from "../parts/links.tsx";
import { NothingFound } from "../parts/NothingFound.tsx";
import { count } from "../parts/numbers.ts";
import { SearchField } from "../parts/SearchField.tsx";
import { usePlace } from "../shell/place.ts";
import { contextListTexts } from "../texts/contexts.ts";
import { contextFilter, nameOf, type Part, partsOf, writeValue } from "./documents.ts";

type ContextRow = Schemas["ContextShape"];

const LIMIT = 20;
const SHORT = 4;
const EXAMPLE = 'client.variation("new-checkout", { kind: "user", key: "ann", country: "NL" }, false)';

export function ContextList() {
  const { projectKey, environment } = usePlace();
  const search = useSearch({ from: "/projects/$projectKey/contexts" });
  const navigate = useNavigate({ from: "/projects/$projectKey/contexts" });
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, after: undefined, ...now }), replace: true });
  const contexts = api.useQuery(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/contexts/search",
    {
      params: { path: { projectKey, environmentKey: environment.key } },
      body: { limit: LIMIT, filter: contextFilter(search), continuationToken: search.after },
    },
    { placeholderData: (before) => before },
  );
  const isFiltered = Boolean(search.query || search.kind);
  return (
    <Stack>
      <Group>
        <SearchField
          label={contextListTexts.search}
          value={search.query}
          onChange={(query) => change({ query })}
        />
        <KindChoice value={search.kind} onChange={(kind) => change({ kind })} />
      </Group>
      <Loaded query={contexts} height={900}>
        {({ items, totalCount = items.length, _links }) =>
          items.length === 0 ? (
            <NoContexts
              isFiltered={isFiltered}
              onClear={() => change({ query: undefined, kind: undefined })}
            />
          ) : (
            <Stack>
              <ContextTable contexts={items} />
              <TokenPager total={totalCount} next={tokenOf(_links)} />
            </Stack>
          )
        }
      </Loaded>
    </Stack>
  );
}

function tokenOf(links: Schemas["Links"]): string | undefined {
  const next = links.next?.href;
  return next
    ? (new URL(next, location.origin).searchParams.get("continuationToken") ?? undefined)
    : undefined;
}

interface KindChoiceProps {
  value: string | undefined;
  onChange: (kind: string | undefined) => void;
}

function KindChoice({ value, onChange }: KindChoiceProps) {
  const { projectKey } = usePlace();
  const kinds = api.useQuery("get", "/api/v2/projects/{projectKey}/context-kinds", {
    params: { path: { projectKey } },
  });
  const known = new Map(kinds.data?.items.map(({ key, name }) => [key, name]));
  if (value && !known.has(value)) known.set(value, value);
  return (
    <Select
      aria-label={contextListTexts.kind}
      placeholder={contextListTexts.everyKind}
      data={[...known].map(([key, name]) => ({ value: key, label: name }))}
      value={value ?? null}
      onChange={(kind) => onChange(kind ?? undefined)}
      clearable
      clearButtonProps={{ "aria-label": contextListTexts.everyKind }}
      w={{ base: "100%", sm: 200 }}
    />
  );
}

function ContextTable({ contexts }: { contexts: readonly ContextRow[] }) {
  const texts = contextListTexts.columns;
  const columns: Column<ContextRow>[] = [
    { title: texts.context, isEssential: true, cell: ({ context }) => <ContextName context={context} /> },
    { title: texts.attributes, cell: ({ context }) => <Attributes part={partsOf(context)[0]} /> },
    {
      title: texts.application,
      cell: ({ applicationId }) => (
        <Text size="sm" c={applicationId ? undefined : "dimmed"}>
          {applicationId || contextListTexts.noApplication}
        </Text>
      ),
    },
    { title: texts.seen, isEssential: true, cell: ({ lastSeen }) => <Ago at={Date.parse(lastSeen)} /> },
  ];
  return (
    <DataTable
      caption={contextListTexts.caption}
      columns={columns}
      rows={contexts}
      idOf={({ context, applicationId }) =>
        partsOf(context)
          .map(({ kind, key }) => JSON.stringify([kind, key, applicationId]))
          .join()
      }
    />
  );
}

function ContextName({ context }: { context: ContextRow["context"] }) {
  const { projectKey } = usePlace();
  const [part] = partsOf(context);
  if (!part) return null;
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/contexts/$kind/$contextKey"
        params={{ projectKey, kind: part.kind, contextKey: part.key }}
        fw={600}
        style={{ overflowWrap: "anywhere" }}
      >
        {nameOf(part)}
      </TextLink>
      <Text size="sm" c="dimmed">
        {part.kind} <span className="key">{part.key}</span>
      </Text>
    </Stack>
  );
}

function Attributes({ part }: { part: Part | undefined }) {
  const attributes = part?.attributes.filter(({ name }) => name !== "name") ?? [];
  const more = attributes.length - SHORT;
  return (
    <Text size="sm" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
      {attributes.slice(0, SHORT).map(({ name, value }, place) => (
        <span key={name}>
          {place > 0 && ", "}
          <Text span inherit c="dimmed">
            {name}
          </Text>{" "}
          {writeValue(value)}
        </span>
      ))}{" "}
      {more > 0 && contextListTexts.more(more)}
    </Text>
  );
}

function TokenPager({ total, next }: { total: number; next: string | undefined }) {
  const { projectKey } = usePlace();
  const { after } = useSearch({ from: "/projects/$projectKey/contexts" });
  const to = "/projects/$projectKey/contexts";
  const params = { projectKey };
  return (
    <Group component="nav" aria-label={contextListTexts.pages} justify="flex-end" gap="sm">
      <Text size="sm" className="number">
        {contextListTexts.total(count(total))}
      </Text>
      {after && (
        <ButtonLink
          to={to}
          params={params}
          search={(now) => ({ ...now, after: undefined })}
          variant="default"
          size="xs"
        >
          {contextListTexts.newest}
        </ButtonLink>
      )}
      {next && (
        <ButtonLink
          to={to}
          params={params}
          search={(now) => ({ ...now, after: next })}
          variant="default"
          size="xs"
        >
          {contextListTexts.older}
        </ButtonLink>
      )}
    </Group>
  );
}

function NoContexts({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <NothingFound
        title={contextListTexts.nothingFound}
        text={contextListTexts.nothingFoundText}
        action={contextListTexts.clear}
        onClear={onClear}
      />
    );
  }
  return (
    <Empty title={contextListTexts.emptyTitle}>
      <p>{contextListTexts.emptyText}</p>
      <Command label={contextListTexts.emptyCode}>{EXAMPLE}</Command>
    </Empty>
  );
}

// The flags of a project: searched, filtered, sorted, and what each serves in the environment that is looked at.
import { Badge, Button, Group, Stack, Switch, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink, TextLink } from "../parts/links.tsx";
import { Page } from "../parts/Page.tsx";
import { Pager } from "../parts/Pager.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { usePlace } from "../shell/place.ts";
import { flagListTexts } from "../texts/flags.ts";
import { StatusBadge } from "./StatusBadge.tsx";

type FlagRow = Schemas["FlagShape"];

const LIMIT = 20;

export function FlagListPage() {
  const { projectKey, environment } = usePlace();
  const search = useSearch({ from: "/projects/$projectKey/flags" });
  const navigate = useNavigate({ from: "/projects/$projectKey/flags" });
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const offset = search.offset ?? 0;
  const flags = api.useQuery(
    "get",
    "/api/v2/flags/{projectKey}",
    {
      params: {
        path: { projectKey },
        query: {
          limit: LIMIT,
          offset,
          env: [environment.key],
          filter: filterOf(search),
          sort: search.sort,
          archived: search.archived,
        },
      },
    },
    { placeholderData: (before) => before },
  );
  const isFiltered = Boolean(search.query || search.tag || search.archived);
  return (
    <Page
      title={flagListTexts.title}
      about={flagListTexts.about(environment.name)}
      actions={
        <ButtonLink
          to="/projects/$projectKey/flags/new"
          params={{ projectKey }}
          leftSection={<Plus size={16} aria-hidden />}
        >
          {flagListTexts.create}
        </ButtonLink>
      }
    >
      <Group>
        <SearchField
          label={flagListTexts.search}
          value={search.query}
          onChange={(query) => change({ query })}
        />
        <Switch
          label={flagListTexts.archived}
          checked={search.archived ?? false}
          onChange={(event) => change({ archived: event.currentTarget.checked || undefined })}
        />
      </Group>
      <Loaded query={flags} height={700}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NoFlags
              isFiltered={isFiltered}
              onClear={() => change({ query: undefined, tag: undefined, archived: undefined })}
            />
          ) : (
            <Stack>
              <FlagTable flags={items} sort={search.sort} onSort={(sort) => change({ sort })} />
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
    </Page>
  );
}

function filterOf({ query, tag }: { query?: string; tag?: string }): string | undefined {
  const parts = [query && `query:${query}`, tag && `tags:${tag}`].filter(Boolean);
  return parts.length ? parts.join(",") : undefined;
}

function NoFlags({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <Empty title={flagListTexts.emptyTitle}>{flagListTexts.emptyText}</Empty>;
  return (
    <Empty title={flagListTexts.nothingFound}>
      <p>{flagListTexts.nothingFoundText}</p>
      <Button variant="default" onClick={onClear}>
        {flagListTexts.clear}
      </Button>
    </Empty>
  );
}

interface TableProps {
  flags: readonly FlagRow[];
  sort: string | undefined;
  onSort: (sort: string) => void;
}

function FlagTable({ flags, sort, onSort }: TableProps) {
  const { projectKey, environment } = usePlace();
  const statuses = api.useQuery("get", "/api/v2/flag-statuses/{projectKey}/{environmentKey}", {
    params: { path: { projectKey, environmentKey: environment.key } },
  });
  const statusOf = new Map(
    statuses.data?.items.map((each) => [each._links.self?.href?.split("/").pop(), each.name]),
  );
  const texts = flagListTexts.columns;
  const columns: Column<FlagRow>[] = [
    { title: texts.name, sort: "name", isEssential: true, cell: (flag) => <FlagName flag={flag} /> },
    {
      title: texts.state,
      isEssential: true,
      cell: (flag) => <State flag={flag} environmentKey={environment.key} />,
    },
    { title: texts.status, cell: (flag) => <StatusBadge status={statusOf.get(flag.key)} /> },
    { title: texts.changed, sort: "creationDate", cell: (flag) => <Ago at={flag.creationDate} /> },
  ];
  return (
    <DataTable
      caption={flagListTexts.title}
      columns={columns}
      rows={flags}
      idOf={({ key }) => key}
      sort={sort ?? "name"}
      onSort={onSort}
    />
  );
}

function FlagName({ flag }: { flag: FlagRow }) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/flags/$flagKey/targeting"
        params={{ projectKey, flagKey: flag.key }}
        fw={600}
      >
        {flag.name}
      </TextLink>
      <Group gap={6}>
        <span className="key">{flag.key}</span>
        {flag.temporary && (
          <Badge size="xs" color="gray" variant="light" tt="none">
            {flagListTexts.temporary}
          </Badge>
        )}
        {flag.archived && (
          <Badge size="xs" color="gray" variant="light" tt="none">
            {flagListTexts.archivedBadge}
          </Badge>
        )}
      </Group>
    </Stack>
  );
}

function State({ flag, environmentKey }: { flag: FlagRow; environmentKey: string }) {
  const configuration = flag.environments?.[environmentKey];
  if (!configuration) return null;
  return (
    <Group gap="xs">
      <Badge color={configuration.on ? "teal" : "gray"} variant="light" tt="none">
        {configuration.on ? flagListTexts.on : flagListTexts.off}
      </Badge>
      <Text size="sm" c="dimmed">
        {servedBy(flag, configuration)}
      </Text>
    </Group>
  );
}

function servedBy(flag: FlagRow, configuration: Schemas["FlagEnvironmentShape"]): string {
  const summary = Object.entries(configuration._summary?.variations ?? {});
  if (configuration.on && summary.some(([, { rollout }]) => rollout !== undefined)) {
    return flagListTexts.serves(flagListTexts.rollout);
  }
  const served = summary.find(([, each]) => (configuration.on ? each.isFallthrough : each.isOff));
  const variation = served && flag.variations[Number(served[0])];
  return variation ? flagListTexts.serves(variation.name ?? JSON.stringify(variation.value)) : "";
}

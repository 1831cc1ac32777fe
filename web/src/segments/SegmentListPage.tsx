// The segments of an environment: searched, sorted, and which flags ask for each.
import { Badge, Button, Group, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { TextLink } from "../parts/links.tsx";
import { NothingFound } from "../parts/NothingFound.tsx";
import { Page } from "../parts/Page.tsx";
import { Pager } from "../parts/Pager.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { usePlace } from "../shell/place.ts";
import { segmentListTexts, segmentTexts } from "../texts/segments.ts";
import type { Segment } from "./editing/draft.ts";
import { NewSegment } from "./NewSegment.tsx";
import { describeSize, segmentFilter } from "./sizes.ts";

const LIMIT = 20;
const ROUTE = "/projects/$projectKey/segments";

export function SegmentListPage() {
  const { projectKey, environment } = usePlace();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [isCreating, setCreating] = useState(false);
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const clear = () => change({ query: undefined, tag: undefined, kind: undefined });
  const offset = search.offset ?? 0;
  const segments = api.useQuery(
    "get",
    "/api/v2/segments/{projectKey}/{environmentKey}",
    {
      params: {
        path: { projectKey, environmentKey: environment.key },
        query: { limit: LIMIT, offset, filter: segmentFilter(search), sort: search.sort ?? "name" },
      },
    },
    { placeholderData: (before) => before },
  );
  const texts = segmentListTexts;
  return (
    <Page
      title={texts.title}
      about={texts.about(environment.name)}
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          {texts.create}
        </Button>
      }
    >
      <Group>
        <SearchField label={texts.search} value={search.query} onChange={(query) => change({ query })} />
        <SegmentedControl
          aria-label={texts.kinds}
          data={[
            { value: "all", label: texts.kind.all },
            { value: "rules", label: texts.kind.rules },
            { value: "lists", label: texts.kind.lists },
          ]}
          value={search.kind ?? "all"}
          onChange={(kind) => change({ kind: kind === "rules" || kind === "lists" ? kind : undefined })}
        />
        {search.tag && (
          <Button variant="light" size="xs" onClick={() => change({ tag: undefined })}>
            {segmentTexts.tag(search.tag)} ×
          </Button>
        )}
      </Group>
      <Loaded query={segments} height={600}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NoSegments isFiltered={Boolean(search.query || search.tag || search.kind)} onClear={clear} />
          ) : (
            <Stack>
              <SegmentTable segments={items} sort={search.sort} onSort={(sort) => change({ sort })} />
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
      {isCreating && <NewSegment onClose={() => setCreating(false)} />}
    </Page>
  );
}

function NoSegments({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const texts = segmentListTexts;
  if (!isFiltered) return <Empty title={texts.emptyTitle}>{texts.emptyText}</Empty>;
  return (
    <NothingFound
      title={texts.nothingFound}
      text={texts.nothingFoundText}
      action={texts.clear}
      onClear={onClear}
    />
  );
}

interface TableProps {
  segments: readonly Segment[];
  sort: string | undefined;
  onSort: (sort: string) => void;
}

function SegmentTable({ segments, sort = "name", onSort }: TableProps) {
  const texts = segmentListTexts.columns;
  const columns: Column<Segment>[] = [
    {
      title: texts.name,
      sort: "name",
      isEssential: true,
      cell: (segment) => <SegmentName segment={segment} />,
    },
    {
      title: texts.kind,
      cell: ({ unbounded }) => (unbounded ? segmentListTexts.big : segmentListTexts.byRules),
    },
    { title: texts.size, isEssential: true, cell: (segment) => describeSize(segment) },
    { title: texts.flags, cell: ({ key }) => <FlagCount segmentKey={key} /> },
    {
      title: texts.changed,
      sort: "lastModified",
      cell: ({ lastModifiedDate }) => <Ago at={lastModifiedDate} />,
    },
    { title: texts.created, sort: "creationDate", cell: ({ creationDate }) => <Ago at={creationDate} /> },
  ];
  return (
    <DataTable
      caption={segmentListTexts.title}
      columns={columns}
      rows={segments}
      idOf={({ key }) => key}
      sort={sort}
      onSort={onSort}
    />
  );
}

function SegmentName({ segment: { key, name, tags, description } }: { segment: Segment }) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/segments/$segmentKey"
        params={{ projectKey, segmentKey: key }}
        fw={600}
        style={{ overflowWrap: "anywhere" }}
      >
        {name}
      </TextLink>
      <Group gap={6}>
        <span className="key">{key}</span>
        {tags.map((tag) => (
          <Badge key={tag} size="xs" color="gray" variant="light" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
      {description && (
        <Text size="sm" c="dimmed" lineClamp={1} visibleFrom="sm">
          {description}
        </Text>
      )}
    </Stack>
  );
}

/** The API tells it of a single segment only. */
function FlagCount({ segmentKey }: { segmentKey: string }) {
  const { projectKey, environment } = usePlace();
  const segment = api.useQuery("get", "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}", {
    params: { path: { projectKey, environmentKey: environment.key, segmentKey } },
  });
  if (!segment.data) return <Skeleton height={16} width={50} />;
  const flags = segment.data._flags ?? [];
  return flags.length ? segmentListTexts.flags(flags.length) : segmentListTexts.noFlags;
}

// What every flag serves a context, and why. Compared with the context as it was seen, where there is such a one.
import { Group, Stack, Switch, Text } from "@mantine/core";
import { api } from "../../api/client.ts";
import { Failed, Loaded } from "../../parts/Loaded.tsx";
import { count } from "../../parts/numbers.ts";
import { Pager } from "../../parts/Pager.tsx";
import { SearchField } from "../../parts/SearchField.tsx";
import { usePlace } from "../../shell/place.ts";
import { outcomeTexts } from "../../texts/contexts.ts";
import { asBody, type ContextDocument } from "../documents.ts";
import type { OutcomeSearch } from "../routes.tsx";
import { OutcomeTable } from "./OutcomeTable.tsx";
import { narrow, type Row, rowsOf } from "./rows.ts";

const LIMIT = 20;

interface Props {
  context: ContextDocument;
  /** What `context` is compared with. */
  seen?: ContextDocument;
  search: OutcomeSearch;
  onSearch: (search: Partial<OutcomeSearch>) => void;
}

export function Outcome({ context, seen, search, onSearch }: Props) {
  const now = useEvaluations(context);
  const before = useEvaluations(seen);
  const change = (to: Partial<OutcomeSearch>) => onSearch({ offset: undefined, ...to });
  // A filter that compares says nothing where there is nothing to compare with.
  const only = search.only === "changed" && !seen ? undefined : search.only;
  return (
    <Stack>
      <Group>
        <SearchField
          label={outcomeTexts.search}
          value={search.query}
          onChange={(query) => change({ query })}
        />
        <Switch
          label={outcomeTexts.onlySpecial}
          checked={only === "special"}
          onChange={(event) => change({ only: event.currentTarget.checked ? "special" : undefined })}
        />
        {seen && (
          <Switch
            label={outcomeTexts.onlyChanged}
            checked={only === "changed"}
            onChange={(event) => change({ only: event.currentTarget.checked ? "changed" : undefined })}
          />
        )}
      </Group>
      {before.isError && <Failed error={before.error} retry={before.refetch} />}
      <Loaded query={now} height={600}>
        {({ items }) => (
          <Rows
            rows={narrow(rowsOf(items, before.data?.items), { query: search.query, only })}
            total={items.length}
            offset={search.offset ?? 0}
            context={context}
            onMove={(offset) => onSearch({ offset: offset || undefined })}
          />
        )}
      </Loaded>
    </Stack>
  );
}

function useEvaluations(context: ContextDocument | undefined) {
  const { projectKey, environment } = usePlace();
  return api.useQuery(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/flags/evaluate",
    {
      params: {
        path: { projectKey, environmentKey: environment.key },
        query: { limit: -1, sort: "name" },
      },
      body: asBody(context ?? {}),
    },
    { enabled: context !== undefined },
  );
}

interface RowsProps {
  rows: readonly Row[];
  total: number;
  offset: number;
  context: ContextDocument;
  onMove: (offset: number) => void;
}

function Rows({ rows, total, offset, context, onMove }: RowsProps) {
  if (rows.length === 0) {
    return (
      <Text c="dimmed" role="status">
        {total === 0 ? outcomeTexts.noFlags : outcomeTexts.nothing}
      </Text>
    );
  }
  // A filter may have left less than the page that the address names.
  const start = offset < rows.length ? offset : 0;
  return (
    <Stack>
      {rows.length < total && (
        <Text size="sm" c="dimmed" role="status">
          {outcomeTexts.counts(count(rows.length), count(total))}
        </Text>
      )}
      <OutcomeTable rows={rows.slice(start, start + LIMIT)} context={context} />
      {rows.length > LIMIT && <Pager offset={start} limit={LIMIT} total={rows.length} onMove={onMove} />}
    </Stack>
  );
}

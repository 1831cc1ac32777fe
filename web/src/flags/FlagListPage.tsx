// The flags of a project: searched, filtered, sorted, and what each serves in the environment that is looked at.
import { Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { api } from "../api/client.ts";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink } from "../parts/links.tsx";
import { NothingFound } from "../parts/NothingFound.tsx";
import { Page } from "../parts/Page.tsx";
import { Pager } from "../parts/Pager.tsx";
import { usePlace } from "../shell/place.ts";
import { flagListTexts } from "../texts/flags.ts";
import { FlagFilters } from "./FlagFilters.tsx";
import { FlagTable } from "./FlagTable.tsx";
import { filterOf, isFiltered } from "./flagFilter.ts";

const LIMIT = 20;
const BY_NAME = "name";

export function FlagListPage() {
  const { projectKey, environment } = usePlace();
  const search = useSearch({ from: "/projects/$projectKey/flags" });
  const navigate = useNavigate({ from: "/projects/$projectKey/flags" });
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const offset = search.offset ?? 0;
  const sort = search.sort ?? BY_NAME;
  const flags = api.useQuery(
    "get",
    "/api/v2/flags/{projectKey}",
    {
      params: {
        path: { projectKey },
        query: { limit: LIMIT, offset, env: [environment.key], filter: filterOf(search), sort },
      },
    },
    { placeholderData: (before) => before },
  );
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
      <FlagFilters search={search} onChange={change} />
      <Loaded query={flags} height={700}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NoFlags
              isFiltered={isFiltered(search)}
              onClear={() => change({ query: undefined, tag: undefined, state: undefined, type: undefined })}
            />
          ) : (
            <Stack>
              <FlagTable flags={items} sort={sort} onSort={(next) => change({ sort: next })} />
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

function NoFlags({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <Empty title={flagListTexts.emptyTitle}>{flagListTexts.emptyText}</Empty>;
  return (
    <NothingFound
      title={flagListTexts.nothingFound}
      text={flagListTexts.nothingFoundText}
      action={flagListTexts.clear}
      onClear={onClear}
    />
  );
}

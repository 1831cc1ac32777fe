// The environments of the project, with their keys and settings.
import { Button, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import { api } from "../api/client.ts";
import { Loaded } from "../parts/Loaded.tsx";
import { NothingFound } from "../parts/NothingFound.tsx";
import { Page } from "../parts/Page.tsx";
import { Pager } from "../parts/Pager.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { usePlace } from "../shell/place.ts";
import { environmentListTexts as texts } from "../texts/projects.ts";
import { EnvironmentCard } from "./EnvironmentCard.tsx";
import { NewEnvironmentDialog } from "./NewEnvironment.tsx";

const LIMIT = 20;
// A few are seen at a glance.
const WORTH_SEARCHING = 6;

export function EnvironmentsPage() {
  const { projectKey, project, environments } = usePlace();
  const search = useSearch({ from: "/projects/$projectKey/environments" });
  const navigate = useNavigate({ from: "/projects/$projectKey/environments" });
  const [isCreating, setCreating] = useState(false);
  const offset = search.offset ?? 0;
  const found = api.useQuery(
    "get",
    "/api/v2/projects/{projectKey}/environments",
    {
      params: {
        path: { projectKey },
        query: { limit: LIMIT, offset, filter: search.query && `query:${search.query}` },
      },
    },
    { placeholderData: (before) => before },
  );
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const why = whyNot(project._access, "createEnvironment");
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <Button
          leftSection={<Plus size={16} aria-hidden />}
          disabled={why !== ""}
          title={why || undefined}
          onClick={() => setCreating(true)}
        >
          {texts.create}
        </Button>
      }
    >
      {(environments.length >= WORTH_SEARCHING || search.query) && (
        <SearchField label={texts.search} value={search.query} onChange={(query) => change({ query })} />
      )}
      <Loaded query={found} height={600}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NothingFound
              title={texts.nothingFound}
              text={texts.nothingFoundText}
              action={texts.clear}
              onClear={() => change({ query: undefined })}
            />
          ) : (
            <Stack>
              {items.map((environment) => (
                <EnvironmentCard
                  key={environment.key}
                  environment={environment}
                  isLast={environments.length === 1}
                />
              ))}
              {totalCount > LIMIT && (
                <Pager
                  offset={offset}
                  limit={LIMIT}
                  total={totalCount}
                  onMove={(next) => change({ offset: next || undefined })}
                />
              )}
            </Stack>
          )
        }
      </Loaded>
      {isCreating && <NewEnvironmentDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

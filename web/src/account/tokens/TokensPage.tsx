// Access tokens: one's own and those of services, and for admins those of all members.
import { Group, Stack, Switch } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { api } from "../../api/client.ts";
import { Command } from "../../parts/Command.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { ButtonLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { Pager } from "../../parts/Pager.tsx";
import { tokenTexts as texts } from "../../texts/tokens.ts";
import { useMe } from "../members/member.ts";
import { OWNER } from "../people/givenRole.ts";
import { TokenTable } from "./TokenTable.tsx";

const LIMIT = 20;

export function TokensPage() {
  const search = useSearch({ from: "/settings/tokens" });
  const navigate = useNavigate({ from: "/settings/tokens" });
  const me = useMe();
  const isAdmin = me?.role === OWNER || me?.role === "admin";
  const offset = search.offset ?? 0;
  const tokens = api.useQuery(
    "get",
    "/api/v2/tokens",
    { params: { query: { limit: LIMIT, offset, showAll: search.all } } },
    { placeholderData: (before) => before },
  );
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <ButtonLink to="/settings/tokens/new" leftSection={<Plus size={16} aria-hidden />}>
          {texts.create}
        </ButtonLink>
      }
    >
      {isAdmin && (
        <Group>
          <Switch
            label={texts.showAll}
            checked={search.all ?? false}
            onChange={(event) =>
              navigate({ search: { all: event.currentTarget.checked || undefined }, replace: true })
            }
          />
        </Group>
      )}
      <Loaded query={tokens} height={400}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NoTokens />
          ) : (
            <Stack>
              <TokenTable tokens={items} />
              <Pager
                offset={offset}
                limit={LIMIT}
                total={totalCount}
                onMove={(next) =>
                  navigate({ search: (before) => ({ ...before, offset: next || undefined }), replace: true })
                }
              />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function NoTokens() {
  return (
    <Empty title={texts.emptyTitle}>
      <p>{texts.emptyText}</p>
      <Command label={texts.exampleLabel}>{texts.example(location.origin)}</Command>
    </Empty>
  );
}

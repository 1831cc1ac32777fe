// All custom roles: what each says in a sentence, and who holds it.
import { Group, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { ButtonLink, TextLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { Pager } from "../../parts/Pager.tsx";
import { roleTexts as texts } from "../../texts/account.ts";
import type { CustomRole } from "../people/roles.ts";
import { PolicyWords } from "../policy/PolicyWords.tsx";
import { policyDraft, readPolicy } from "../policy/statements.ts";

const LIMIT = 20;
const SHOWN = 3;

export function RolesPage() {
  const search = useSearch({ from: "/settings/roles" });
  const navigate = useNavigate({ from: "/settings/roles" });
  const change = (now: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, offset: undefined, ...now }), replace: true });
  const offset = search.offset ?? 0;
  const sort = search.sort ?? "name";
  const roles = api.useQuery(
    "get",
    "/api/v2/roles",
    { params: { query: { limit: LIMIT, offset, sort } } },
    { placeholderData: (before) => before },
  );
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <ButtonLink to="/settings/roles/-new" leftSection={<Plus size={16} aria-hidden />}>
          {texts.create}
        </ButtonLink>
      }
    >
      <Loaded query={roles} height={400}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <NoRoles />
          ) : (
            <Stack>
              <RoleTable roles={items} sort={sort} onSort={(next) => change({ sort: next })} />
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

function NoRoles() {
  const { production, team, pipeline } = texts.examples;
  const examples = { production, team, pipeline };
  return (
    <Empty title={texts.emptyTitle}>
      <p>{texts.emptyText}</p>
      <Stack gap="xs" align="center">
        {Object.entries(examples).map(([example, about]) => (
          <TextLink key={example} to="/settings/roles/-new" search={{ example }}>
            {about}
          </TextLink>
        ))}
      </Stack>
    </Empty>
  );
}

interface TableProps {
  roles: readonly CustomRole[];
  sort: string;
  onSort: (sort: string) => void;
}

function RoleTable({ roles, sort, onSort }: TableProps) {
  const names = texts.columns;
  const columns: Column<CustomRole>[] = [
    { title: names.name, sort: "name", isEssential: true, cell: (role) => <RoleName role={role} /> },
    { title: names.statements, cell: (role) => <Statements role={role} /> },
    { title: names.holders, isEssential: true, cell: (role) => <Text size="sm">{holdersOf(role)}</Text> },
  ];
  return (
    <DataTable
      caption={texts.title}
      columns={columns}
      rows={roles}
      idOf={({ key }) => key}
      sort={sort}
      onSort={onSort}
    />
  );
}

function RoleName({ role }: { role: CustomRole }) {
  return (
    <Stack gap={2} align="flex-start">
      <TextLink to="/settings/roles/$roleKey" params={{ roleKey: role.key }} fw={600}>
        {role.name}
      </TextLink>
      <span className="key">{role.key}</span>
      {role.description && (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {role.description}
        </Text>
      )}
    </Stack>
  );
}

function Statements({ role }: { role: CustomRole }) {
  const { statements } = readPolicy(policyDraft(role.policy));
  return (
    <Stack gap={4} maw={560}>
      <PolicyWords statements={statements.slice(0, SHOWN)} />
      <Group gap="xs">
        {statements.length > SHOWN && (
          <Text size="sm" c="dimmed">
            {texts.moreStatements(statements.length - SHOWN)}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {texts.basesShort[role.basePermissions === "no_access" ? "no_access" : "reader"]}
        </Text>
      </Group>
    </Stack>
  );
}

/** "2 members, 1 team". */
export function holdersOf({ assignedTo: { membersCount, teamsCount } }: CustomRole): string {
  const holders = [membersCount && texts.members(membersCount), teamsCount && texts.teams(teamsCount)];
  return holders.filter(Boolean).join(", ") || texts.nobody;
}

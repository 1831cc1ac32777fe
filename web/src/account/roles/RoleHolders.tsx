// Who holds a custom role: members in person, and teams.
import { Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { Section } from "../../parts/Section.tsx";
import { roleTexts as texts } from "../../texts/account.ts";
import { nameOf } from "../people/names.ts";
import type { CustomRole } from "../people/roles.ts";

const SHOWN = 10;

export function RoleHolders({ role }: { role: CustomRole }) {
  return (
    <Section title={texts.holders} about={`${texts.holdersAbout} ${texts.tokens}`}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Members role={role} />
        <Teams role={role} />
      </SimpleGrid>
    </Section>
  );
}

function Members({ role }: { role: CustomRole }) {
  const members = api.useQuery("get", "/api/v2/members", {
    params: { query: { filter: `role:${role.key}`, limit: SHOWN, sort: "displayName" } },
  });
  return (
    <Part title={texts.membersTitle}>
      <Loaded query={members} height={60}>
        {({ items, totalCount = items.length }) => (
          <Stack gap={4} align="flex-start">
            {items.length === 0 && <Text size="sm">{texts.noMembers}</Text>}
            {items.map((member) => (
              <Text key={member._id} size="sm">
                {nameOf(member)}
              </Text>
            ))}
            {items.length > 0 && (
              <TextLink to="/settings/members" search={{ role: role.key }} size="sm">
                {texts.allMembers(totalCount)}
              </TextLink>
            )}
          </Stack>
        )}
      </Loaded>
    </Part>
  );
}

/** The API tells of each team which roles it has, and not of each role which teams. */
function Teams({ role }: { role: CustomRole }) {
  const teams = api.useQuery("get", "/api/v2/teams", {
    params: { query: { limit: 100, expand: "roles", sort: "name" } },
  });
  return (
    <Part title={texts.teamsTitle}>
      <Loaded query={teams} height={60}>
        {({ items }) => {
          const holders = items.filter(({ roles }) => roles?.items.some(({ key }) => key === role.key));
          if (holders.length === 0) return <Text size="sm">{texts.noTeams}</Text>;
          return (
            <Group gap="xs">
              {holders.map(({ key, name }) => (
                <TextLink key={key} to="/settings/teams/$teamKey" params={{ teamKey: key }} size="sm">
                  {name}
                </TextLink>
              ))}
            </Group>
          );
        }}
      </Loaded>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Title order={3} fz="sm" mb={4}>
        {title}
      </Title>
      {children}
    </div>
  );
}

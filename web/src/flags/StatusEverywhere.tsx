// What a flag's use says about it in each environment.
import { Badge, Group } from "@mantine/core";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { TextLink } from "../parts/links.tsx";
import { Section } from "../parts/Section.tsx";
import { type Environment, usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { everywhereTexts } from "../texts/flagUse.ts";
import { useFlag } from "./flag.ts";
import { StatusBadge } from "./StatusBadge.tsx";

interface Row {
  environment: Environment;
  status: Schemas["FlagStatusShape"] | undefined;
}

export function StatusEverywhere() {
  const { projectKey, environments } = usePlace();
  const { key } = useFlag();
  const statuses = api.useQuery("get", "/api/v2/flag-status/{projectKey}/{featureFlagKey}", {
    params: { path: { projectKey, featureFlagKey: key } },
  });
  const texts = everywhereTexts.columns;
  const columns: Column<Row>[] = [
    { title: texts.environment, isEssential: true, cell: (row) => <Name environment={row.environment} /> },
    {
      title: texts.status,
      isEssential: true,
      cell: ({ status }) => <StatusBadge status={status?.name} />,
    },
    {
      title: texts.requested,
      isEssential: true,
      cell: ({ status }) =>
        status?.lastRequested ? <Ago at={Date.parse(status.lastRequested)} /> : commonTexts.never,
    },
  ];
  return (
    <Section title={everywhereTexts.title} about={everywhereTexts.about}>
      <Loaded query={statuses} height={120}>
        {(found) => (
          <DataTable
            caption={everywhereTexts.title}
            columns={columns}
            rows={environments.map((environment) => ({
              environment,
              status: found.environments[environment.key],
            }))}
            idOf={(row) => row.environment.key}
          />
        )}
      </Loaded>
    </Section>
  );
}

function Name({ environment }: { environment: Environment }) {
  const { projectKey, environment: here } = usePlace();
  const { key } = useFlag();
  return (
    <Group gap="xs">
      <TextLink
        to="/projects/$projectKey/flags/$flagKey/insights"
        params={{ projectKey, flagKey: key }}
        search={{ environment: environment.key }}
        size="sm"
      >
        {environment.name}
      </TextLink>
      {environment.key === here.key && (
        <Badge size="xs" color="gray" variant="light" tt="none">
          {everywhereTexts.here}
        </Badge>
      )}
    </Group>
  );
}

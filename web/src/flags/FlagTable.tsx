// Flags in rows: what each is called, what it serves in the environment that is looked at, and how it is used.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { TextLink } from "../parts/links.tsx";
import { usePlace } from "../shell/place.ts";
import { flagListTexts } from "../texts/flags.ts";
import { EvaluationSpark } from "./EvaluationSpark.tsx";
import { variationName } from "./names.ts";
import { StatusBadge } from "./StatusBadge.tsx";

type FlagRow = Schemas["FlagShape"];

interface Props {
  flags: readonly FlagRow[];
  sort: string;
  onSort: (sort: string) => void;
}

export function FlagTable({ flags, sort, onSort }: Props) {
  const { projectKey, environment } = usePlace();
  const [now] = useState(() => Date.now());
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
    {
      title: texts.evaluations,
      isNumber: true,
      cell: (flag) => <EvaluationSpark flagKey={flag.key} now={now} />,
    },
    { title: texts.changed, sort: "creationDate", cell: (flag) => <Ago at={flag.creationDate} /> },
  ];
  return (
    <DataTable
      caption={flagListTexts.title}
      columns={columns}
      rows={flags}
      idOf={({ key }) => key}
      sort={sort}
      onSort={onSort}
    />
  );
}

function FlagName({ flag }: { flag: FlagRow }) {
  const { projectKey } = usePlace();
  const marks = [
    flag.temporary && flagListTexts.temporary,
    flag.deprecated && flagListTexts.deprecatedBadge,
    flag.archived && flagListTexts.archivedBadge,
  ].filter((mark) => mark !== false);
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
        {marks.map((mark) => (
          <Badge key={mark} size="xs" color="gray" variant="light" tt="none">
            {mark}
          </Badge>
        ))}
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
  return variation ? flagListTexts.serves(variationName(variation)) : "";
}

// The changes of a flag that may have reached people, and how many got something else by each.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { TextLink } from "../parts/links.tsx";
import { instant, percent } from "../parts/numbers.ts";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { flagReleaseTexts } from "../texts/flagUse.ts";
import type { Period } from "./Evaluations.tsx";
import { useFlag } from "./flag.ts";

type FlagEvent = Schemas["FlagEventShape"];

const LIMIT = 100;
const COLOURS = { large: "red", medium: "orange", small: "teal", none: "gray", unknown: "gray" } as const;

export function FlagReleases({ period }: { period: Period }) {
  const { projectKey, environment } = usePlace();
  const { key } = useFlag();
  const texts = flagReleaseTexts;
  const events = api.useQuery(
    "get",
    "/api/v2/engineering-insights/flag-events",
    {
      params: {
        query: { projectKey, environmentKey: environment.key, query: key, limit: LIMIT, ...period },
      },
    },
    { placeholderData: (before) => before },
  );
  const columns: Column<FlagEvent>[] = [
    {
      title: texts.columns.what,
      isEssential: true,
      cell: ({ description }) => sentence(description),
    },
    { title: texts.columns.impact, isEssential: true, cell: (event) => <Impact impact={event.impact} /> },
    { title: texts.columns.when, isEssential: true, cell: ({ eventTime }) => <Ago at={eventTime} /> },
    { title: texts.columns.more, cell: (event) => <ToDifference event={event} /> },
  ];
  return (
    <Section title={texts.title} about={texts.about(environment.name)}>
      <Loaded query={events} height={240}>
        {({ items, totalCount = 0 }) => {
          // The API finds parts of keys.
          const own = items.filter(({ flagKey }) => flagKey === key);
          if (!own.length) return <Empty title={texts.empty}>{texts.emptyText}</Empty>;
          return (
            <>
              <DataTable caption={texts.list} columns={columns} rows={own} idOf={({ id }) => id} />
              {totalCount > items.length && <Text size="sm">{texts.cut}</Text>}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Impact({ impact }: { impact: FlagEvent["impact"] }) {
  const size = impact.size ?? "unknown";
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Badge color={COLOURS[size]} variant="light" tt="none">
          {flagReleaseTexts.sizes[size]}
        </Badge>
        {impact.percentage !== undefined && (
          <Text size="sm" className="number">
            {flagReleaseTexts.moved(percent(impact.percentage))}
          </Text>
        )}
      </Group>
      {impact.reason && (
        <Text size="xs" c="dimmed">
          {sentence(impact.reason)}
        </Text>
      )}
    </Stack>
  );
}

function ToDifference({ event: { auditLogEntryId, description, eventTime } }: { event: FlagEvent }) {
  const { projectKey } = usePlace();
  const { key } = useFlag();
  if (!auditLogEntryId) return null;
  return (
    <TextLink
      to="/projects/$projectKey/flags/$flagKey/history"
      params={{ projectKey, flagKey: key }}
      // The history up to this change, with it on top.
      search={{ before: eventTime + 1, entry: auditLogEntryId }}
      size="sm"
      aria-label={flagReleaseTexts.differenceOf(description, instant(eventTime))}
    >
      {flagReleaseTexts.difference}
    </TextLink>
  );
}

/** The API's own words begin small and end without a point. */
function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

// Changes of flags, each with what it changed and how much of what is served it moved.
import { Badge, Group, Stack, Text } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { TextLink } from "../parts/links.tsx";
import { percent } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { impactTexts, releaseTexts, sentence } from "../texts/deliveries.ts";
import { type Size, sharesOf, sizeOf } from "./impact.ts";
import { ShareBars } from "./ShareBars.tsx";

type FlagEvent = Schemas["FlagEventShape"];
type Sort = "impact" | "-impact" | undefined;

interface Props {
  events: readonly FlagEvent[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}

const SECOND = 1_000;
// The API's own order is this one, which has no name there.
const BY_DATE = "-date";

const COLOURS: Record<Size, string> = {
  large: "red",
  medium: "orange",
  small: "teal",
  none: "gray",
  unknown: "gray",
};

export function ReleaseList({ events, sort, onSort }: Props) {
  const texts = releaseTexts.columns;
  const columns: Column<FlagEvent>[] = [
    { title: texts.flag, isEssential: true, cell: (event) => <Changed event={event} /> },
    { title: texts.impact, isEssential: true, sort: "impact", cell: (event) => <Impact event={event} /> },
    { title: texts.when, sort: "date", cell: ({ eventTime }) => <Ago at={eventTime} /> },
    { title: texts.more, cell: (event) => <AuditLink event={event} /> },
  ];
  return (
    <DataTable
      caption={releaseTexts.list}
      columns={columns}
      rows={events}
      idOf={({ id }) => id}
      sort={sort ?? BY_DATE}
      onSort={(next) => onSort(next === "impact" || next === "-impact" ? next : undefined)}
    />
  );
}

function Changed({ event }: { event: FlagEvent }) {
  const { projectKey } = usePlace();
  const { flagKey, description, member, eventTime } = event;
  const who = member && (`${member.firstName} ${member.lastName}`.trim() || member.email);
  return (
    <Stack gap={2} align="flex-start" miw={110}>
      <TextLink
        to="/projects/$projectKey/flags/$flagKey/targeting"
        params={{ projectKey, flagKey }}
        fw={600}
        className="key"
      >
        {flagKey}
      </TextLink>
      <Text size="sm">{description}</Text>
      {who && (
        <Text size="sm" c="dimmed">
          {releaseTexts.by(who)}
        </Text>
      )}
      <Text size="sm" c="dimmed" hiddenFrom="sm">
        <Ago at={eventTime} />
      </Text>
    </Stack>
  );
}

function Impact({ event }: { event: FlagEvent }) {
  const { percentage, reason } = event.impact;
  const size = sizeOf(event);
  return (
    <Stack gap={6}>
      <Group gap={6}>
        <Badge color={COLOURS[size]} variant="light" tt="none">
          {impactTexts[size]}
        </Badge>
        {percentage !== undefined && (
          <Text size="sm" className="number">
            {releaseTexts.moved(percent(percentage))}
          </Text>
        )}
      </Group>
      {reason && (
        <Text size="xs" c="dimmed" maw={320}>
          {sentence(reason)}
        </Text>
      )}
      <ShareBars shares={sharesOf(event)} />
    </Stack>
  );
}

/** The audit log of that flag around that instant: its bounds themselves are left out there. */
function AuditLink({ event: { auditLogEntryId, flagKey, eventTime } }: { event: FlagEvent }) {
  const { projectKey } = usePlace();
  if (!auditLogEntryId) return null;
  return (
    <TextLink
      to="/settings/audit-log"
      search={{
        spec: `proj/${projectKey}:env/*:flag/${flagKey}`,
        after: eventTime - SECOND,
        before: eventTime + SECOND,
      }}
      size="sm"
      aria-label={releaseTexts.auditLogOf(flagKey)}
    >
      {releaseTexts.auditLog}
    </TextLink>
  );
}

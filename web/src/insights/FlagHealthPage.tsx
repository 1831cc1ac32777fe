// How clean a project's flags are: how many have which status, and which temporary ones have done their work.
import { Alert, Button, Grid, Group, Skeleton, Stack, Switch, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheck, Undo2 } from "lucide-react";
import { useState } from "react";
import { api } from "../api/client.ts";
import { Empty } from "../parts/Empty.tsx";
import { Failed, Loaded } from "../parts/Loaded.tsx";
import { ButtonLink } from "../parts/links.tsx";
import { Page } from "../parts/Page.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { flagHealthTexts } from "../texts/deliveries.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { statusTexts } from "../texts/flags.ts";
import { ApplicationFilter, useApplications } from "./ApplicationFilter.tsx";
import { ArchiveFlag } from "./ArchiveFlag.tsx";
import { CountBars } from "./CountBars.tsx";
import { ScoreCard } from "./ScoreCard.tsx";
import { StaleFlagList } from "./StaleFlagList.tsx";
import { byMaintainer, type StaleFlag } from "./staleness.ts";
import { useArchiving } from "./useArchiving.ts";
import { type StaleAnswer, useStaleFlags } from "./useStaleFlags.ts";

const ROUTE = "/projects/$projectKey/flag-health";

const STATUS_COLOURS = {
  active: "#009e73",
  launched: "#4263eb",
  inactive: "#e69f00",
  new: "#868e96",
} as const;
const STATUSES = ["active", "launched", "inactive", "new"] as const;

export function FlagHealthPage() {
  const { environment } = usePlace();
  return (
    <Page
      title={flagHealthTexts.title}
      about={flagHealthTexts.about(environment.name)}
      actions={<ApplicationFilter />}
    >
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Statuses />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <ScoreCard metric="flagHealth" />
        </Grid.Col>
      </Grid>
      <StaleFlags />
    </Page>
  );
}

function Statuses() {
  const { projectKey, environment } = usePlace();
  const query = { projectKey, environmentKey: environment.key, applicationKey: [...useApplications()] };
  const chart = api.useQuery("get", "/api/v2/engineering-insights/charts/flags/status", {
    params: { query },
  });
  return (
    <Section title={flagHealthTexts.statuses}>
      <Loaded query={chart} height={188}>
        {({ series }) => (
          <CountBars
            label={flagHealthTexts.statuses}
            counts={STATUSES.map((status) => ({
              ...statusTexts[status],
              value: series.find(({ metadata }) => metadata.name === status)?.metadata.count ?? 0,
              colour: STATUS_COLOURS[status],
            }))}
          />
        )}
      </Loaded>
    </Section>
  );
}

function StaleFlags() {
  const { group } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [chosen, setChosen] = useState<StaleFlag>();
  const [archived, setArchived] = useState<readonly StaleFlag[]>([]);
  const { answer, failed } = useStaleFlags();
  return (
    <Section
      title={flagHealthTexts.list}
      about={flagHealthTexts.listAbout}
      actions={
        <Switch
          label={flagHealthTexts.group}
          checked={group !== undefined}
          onChange={(event) => {
            const next = event.currentTarget.checked ? ("maintainer" as const) : undefined;
            navigate({ search: (now) => ({ ...now, group: next }), replace: true, resetScroll: false });
          }}
        />
      }
    >
      <Stack gap="xs" role="status">
        {archived.map((each) => (
          <Archived
            key={each.key}
            stale={each}
            onRestored={() => setArchived((before) => before.filter(({ key }) => key !== each.key))}
          />
        ))}
      </Stack>
      {answer && <List answer={answer} onArchive={setChosen} />}
      {!answer && failed && <Failed error={failed.error} retry={failed.refetch} />}
      {!answer && !failed && <Skeleton height={300} aria-label={commonTexts.loading} role="status" />}
      {chosen && (
        <ArchiveFlag
          stale={chosen}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setArchived((before) => [...before, chosen]);
            setChosen(undefined);
          }}
        />
      )}
    </Section>
  );
}

function Archived({ stale, onRestored }: { stale: StaleFlag; onRestored: () => void }) {
  const restoring = useArchiving("restoreFlag", flagHealthTexts.restored);
  const name = stale.flag?.name ?? stale.key;
  return (
    <Alert color="teal" icon={<CircleCheck aria-hidden />}>
      <Group justify="space-between">
        <Text size="sm">{flagHealthTexts.archived(name)}</Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          aria-label={flagHealthTexts.undoOf(name)}
          loading={restoring.isBusy}
          onClick={() => restoring.run(stale.key, "", onRestored)}
        >
          {flagHealthTexts.undo}
        </Button>
      </Group>
    </Alert>
  );
}

interface ListProps {
  answer: StaleAnswer;
  onArchive: (flag: StaleFlag) => void;
}

function List({ answer: { stale, isCut, temporary }, onArchive }: ListProps) {
  const { group } = useSearch({ from: ROUTE });
  if (!stale.length) return <NoneStale temporary={temporary} />;
  return (
    <Stack>
      {group ? (
        byMaintainer(stale).map(([who = flagHealthTexts.nobody, flags]) => (
          <section key={who}>
            <Title order={3} fz="md">
              {who}, {flagHealthTexts.flags(flags.length)}
            </Title>
            <StaleFlagList caption={who} flags={flags} onArchive={onArchive} />
          </section>
        ))
      ) : (
        <StaleFlagList caption={flagHealthTexts.list} flags={stale} onArchive={onArchive} />
      )}
      {isCut && <Text size="sm">{flagHealthTexts.truncated}</Text>}
    </Stack>
  );
}

function NoneStale({ temporary }: { temporary: number }) {
  const { projectKey } = usePlace();
  const [title, text] = temporary
    ? [flagHealthTexts.noneTitle, flagHealthTexts.noneText]
    : [flagHealthTexts.emptyTitle, flagHealthTexts.emptyText];
  return (
    <Empty title={title}>
      <Text mb="sm">{text}</Text>
      <ButtonLink to="/projects/$projectKey/flags" params={{ projectKey }} variant="default">
        {flagHealthTexts.toFlags}
      </ButtonLink>
    </Empty>
  );
}

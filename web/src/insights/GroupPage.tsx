// One group: its scores beside those of the period before, and over the last year.
import { Alert, Button, Paper, Group as Row, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, type Schemas } from "../api/client.ts";
import { explain } from "../api/errors.ts";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink, TextLink } from "../parts/links.tsx";
import { day } from "../parts/numbers.ts";
import { Page } from "../parts/Page.tsx";
import { Change, IndicatorBadge, isKnown, ScoreRing } from "../parts/Score.tsx";
import { PlaceContext, usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { groupPageTexts, groupTexts } from "../texts/groups.ts";
import { metricTexts, overviewTexts } from "../texts/insights.ts";
import { DeleteGroupDialog, EditGroupDialog } from "./GroupDialogs.tsx";
import type { Group } from "./groups.ts";
import { METRICS, type MetricName, PILLARS, useTrend } from "./scores.ts";
import { Trend } from "./Trend.tsx";

export function GroupPage() {
  const { groupKey } = useParams({ from: "/projects/$projectKey/groups/$groupKey" });
  const [isGoing, setGoing] = useState(false);
  const group = api.useQuery(
    "get",
    "/api/v2/engineering-insights/insights/groups/{insightGroupKey}",
    { params: { path: { insightGroupKey: groupKey }, query: { expand: "scores" } } },
    { enabled: !isGoing },
  );
  return (
    <Loaded query={group} height={700}>
      {(found) => <Found group={found} onDeleting={setGoing} />}
    </Loaded>
  );
}

interface FoundProps {
  group: Group;
  onDeleting: (isGoing: boolean) => void;
}

function Found({ group, onDeleting }: FoundProps) {
  const { projectKey, environments } = usePlace();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "remove">();
  const close = () => setOpen(undefined);
  const environment = environments.find(({ key }) => key === group.environmentKey);
  const applications = group.applicationKeys.join(", ") || groupTexts.everything;
  const actions = (
    <>
      <Button
        variant="default"
        leftSection={<Pencil size={16} aria-hidden />}
        onClick={() => setOpen("edit")}
      >
        {groupTexts.editAction}
      </Button>
      <Button
        variant="default"
        leftSection={<Trash2 size={16} aria-hidden />}
        onClick={() => setOpen("remove")}
      >
        {groupTexts.removeAction}
      </Button>
    </>
  );
  return (
    <Page
      title={group.name}
      about={
        <>
          {groupPageTexts.scope(environment?.name ?? group.environmentKey, applications)}{" "}
          <TextLink to="/projects/$projectKey/groups" params={{ projectKey }} underline="always">
            {groupPageTexts.all}
          </TextLink>
        </>
      }
      actions={actions}
    >
      <Scores group={group} />
      <Text size="sm" c="dimmed" maw={760}>
        {groupTexts.ranking}
      </Text>
      {open === "edit" && <EditGroupDialog group={group} onClose={close} />}
      {open === "remove" && (
        <DeleteGroupDialog
          group={group}
          onClose={close}
          onDeleting={onDeleting}
          onDeleted={() => navigate({ to: "/projects/$projectKey/groups", params: { projectKey } })}
        />
      )}
    </Page>
  );
}

function Scores({ group }: { group: Group }) {
  const place = usePlace();
  const { scores, scoreMetadata } = group;
  const environment = place.environments.find(({ key }) => key === group.environmentKey);
  if (!scores || !scoreMetadata) return null;
  const { period } = scoreMetadata;
  return (
    <>
      <Paper withBorder p="lg">
        <Row gap="xl" align="flex-start">
          <ScoreRing score={scores.overall} size={132} />
          <Stack gap={4} maw={280}>
            <Row gap="sm">
              <Title order={2} fz="h3">
                {metricTexts.overall.name}
              </Title>
              <IndicatorBadge score={scores.overall} />
            </Row>
            <Change score={scores.overall} />
            <Text size="sm" c="dimmed">
              {overviewTexts.period(day(period.startTime), day(period.endTime))}
            </Text>
            <ButtonLink
              to="/projects/$projectKey/overview"
              params={{ projectKey: place.projectKey }}
              search={{
                environment: group.environmentKey,
                application: group.applicationKeys.length ? group.applicationKeys : undefined,
              }}
              variant="light"
              mt="xs"
              style={{ alignSelf: "flex-start" }}
            >
              {groupPageTexts.overview}
            </ButtonLink>
          </Stack>
          {/* The trend is the group's, whatever the header shows. */}
          {environment ? (
            <PlaceContext value={{ ...place, environment }}>
              <GroupTrend applications={group.applicationKeys} />
            </PlaceContext>
          ) : (
            <Alert color="gray">{groupPageTexts.gone}</Alert>
          )}
        </Row>
      </Paper>
      <Stack component="section" gap="xs">
        <Title order={2} fz="h4">
          {groupPageTexts.metrics}
        </Title>
        <MetricTable scores={scores} />
      </Stack>
    </>
  );
}

function GroupTrend({ applications }: { applications: readonly string[] }) {
  const { error } = useTrend(applications);
  // A group may name an application before anything of it arrives.
  if (error) return <Alert color="gray">{explain(error)}</Alert>;
  return <Trend applications={applications} />;
}

const SHOWN: readonly MetricName[] = ["overall", ...PILLARS, ...METRICS];

function MetricTable({ scores }: { scores: Schemas["ScoresShape"] }) {
  const texts = groupPageTexts.columns;
  const columns: Column<MetricName>[] = [
    { title: texts.metric, isEssential: true, cell: (name) => metricTexts[name].name },
    {
      title: texts.now,
      isEssential: true,
      cell: (name) => <Scored score={scores[name]} />,
    },
    {
      title: texts.before,
      cell: (name) => <Scored score={scores[name].lastPeriod} />,
    },
    {
      title: texts.change,
      isEssential: true,
      cell: (name) => isKnown(scores[name]) && <Change score={scores[name]} />,
    },
  ];
  return <DataTable caption={groupPageTexts.metrics} columns={columns} rows={SHOWN} idOf={(name) => name} />;
}

function Scored({ score }: { score: Schemas["ScoreShape"] | undefined }) {
  if (!score) return commonTexts.none;
  return (
    <Row gap="xs" miw={116}>
      {isKnown(score) && (
        <Text fw={600} className="number">
          {score.score}
        </Text>
      )}
      <IndicatorBadge score={score} />
    </Row>
  );
}

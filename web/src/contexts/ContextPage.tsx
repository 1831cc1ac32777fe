// One context: what is known of it, and what it gets and why. With other attributes in the address, what it would get.
import { Button, Grid, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Page } from "../parts/Page.tsx";
import { usePlace } from "../shell/place.ts";
import { contextTexts, outcomeTexts, tryTexts } from "../texts/contexts.ts";
import { AttributeTable } from "./AttributeTable.tsx";
import { ContextEditor } from "./ContextEditor.tsx";
import { documentOf, keyFilter, nameOf, partsOf } from "./documents.ts";
import { Instances } from "./Instances.tsx";
import { Outcome } from "./outcome/Outcome.tsx";
import { Segments } from "./Segments.tsx";

type Seen = Schemas["ContextShape"];

const ROUTE = "/projects/$projectKey/contexts/$kind/$contextKey";

export function ContextPage() {
  const { projectKey, environment } = usePlace();
  const { kind, contextKey } = useParams({ from: ROUTE });
  // By a search, as keys may have slashes, which paths of the API do not take.
  const seen = api.useQuery(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/contexts/search",
    {
      params: { path: { projectKey, environmentKey: environment.key } },
      body: { filter: keyFilter({ kind, key: contextKey }) },
    },
  );
  return (
    <Loaded query={seen} height={700}>
      {({ items }) => <OneContext key={`${kind}:${contextKey}`} seen={items} />}
    </Loaded>
  );
}

function OneContext({ seen }: { seen: readonly Seen[] }) {
  const { environment } = usePlace();
  const { kind, contextKey } = useParams({ from: ROUTE });
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [application, setApplication] = useState(seen[0]?.applicationId ?? "");
  const [isEditing, setEditing] = useState(false);
  const told = seen.find(({ applicationId }) => applicationId === application) ?? seen[0];
  const document = told?.context ?? { kind, key: contextKey };
  const [part] = partsOf(document);
  if (!part) return null;
  // As it may be sent: without what the SDK said of it besides.
  const own = documentOf(part);
  const shown = search.context ?? own;
  const close = () => {
    setEditing(false);
    navigate({ search: (now) => ({ ...now, context: undefined, only: undefined, offset: undefined }) });
  };
  return (
    <Page
      title={nameOf(part)}
      about={<About kind={kind} contextKey={contextKey} seen={told} />}
      actions={
        isEditing || search.context ? (
          <Button variant="default" onClick={close}>
            {tryTexts.close}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setEditing(true)}>
            {tryTexts.open}
          </Button>
        )
      }
    >
      {seen.length > 1 && (
        <SegmentedControl
          aria-label={contextTexts.otherApplications}
          data={seen.map(({ applicationId }) => ({ value: applicationId, label: applicationId || "–" }))}
          value={application}
          onChange={setApplication}
        />
      )}
      {(isEditing || search.context) && (
        <Paper withBorder p="md">
          <Title order={2} fz="h5">
            {tryTexts.whatIf}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {tryTexts.whatIfAbout}
          </Text>
          <ContextEditor
            key={JSON.stringify(shown)}
            context={shown}
            onSubmit={(context) => navigate({ search: (now) => ({ ...now, context, offset: undefined }) })}
          />
        </Paper>
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Title order={2} fz="h4" mb="sm">
            {search.context
              ? outcomeTexts.titleWhatIf(environment.name)
              : outcomeTexts.title(environment.name)}
          </Title>
          <Outcome
            context={shown}
            seen={search.context && own}
            search={search}
            onSearch={(to) => navigate({ search: (now) => ({ ...now, ...to }), replace: true })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="xl">
            <AttributeTable part={part} applicationId={told?.applicationId} />
            <Segments context={shown} />
            <Instances part={part} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

interface AboutProps {
  kind: string;
  contextKey: string;
  seen: Seen | undefined;
}

function About({ kind, contextKey, seen }: AboutProps) {
  if (!seen) return contextTexts.unseen;
  return (
    <>
      {contextTexts.aboutSeen(kind, contextKey)} <Ago at={Date.parse(seen.lastSeen)} />
      {seen.applicationId && ` (${contextTexts.ofApplication(seen.applicationId)})`}
    </>
  );
}

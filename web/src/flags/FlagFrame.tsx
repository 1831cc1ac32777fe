// The frame around a flag's pages: what the flag is, and where its pages are.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { Outlet, useParams } from "@tanstack/react-router";
import { Fragment, useEffect, useState } from "react";
import { api } from "../api/client.ts";
import { isCode } from "../api/errors.ts";
import { KeyText } from "../parts/Command.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Loading } from "../parts/Loading.tsx";
import { TextLink } from "../parts/links.tsx";
import { Page } from "../parts/Page.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { flagTexts } from "../texts/flags.ts";
import { FlagTabs, useTabName } from "./FlagTabs.tsx";
import { type Flag, FlagContext, type FlagHere, useFlagQuery } from "./flag.ts";
import { maintainerName } from "./names.ts";
import { StatusBadge } from "./StatusBadge.tsx";

export function FlagFrame() {
  const { flagKey } = useParams({ from: "/projects/$projectKey/flags/$flagKey" });
  const [hidden, setHidden] = useState<string>();
  const isHidden = hidden === flagKey;
  const flag = useFlagQuery(flagKey, isHidden);
  if (isHidden) return <Loading height={700} />;
  if (isCode(flag.error, "not_found")) return <NoSuchFlag flagKey={flagKey} />;
  return (
    <Loaded query={flag} height={700}>
      {(found) => (
        <Framed key={found.key} flag={found} hide={(hides) => setHidden(hides ? found.key : undefined)} />
      )}
    </Loaded>
  );
}

function NoSuchFlag({ flagKey }: { flagKey: string }) {
  const { projectKey } = usePlace();
  return (
    <Page title={flagTexts.notFound(flagKey)} about={commonTexts.errors.notFoundText}>
      <TextLink to="/projects/$projectKey/flags" params={{ projectKey }}>
        {flagTexts.toAll}
      </TextLink>
    </Page>
  );
}

interface FramedProps {
  flag: Flag;
  hide: FlagHere["hide"];
}

function Framed({ flag, hide }: FramedProps) {
  const { projectKey, environment } = usePlace();
  const tab = useTabName();
  useEffect(() => {
    document.title = [tab, flag.name, commonTexts.product].filter(Boolean).join(" · ");
  }, [tab, flag.name]);
  const configuration = flag.environments?.[environment.key];
  return (
    <Page title={flag.name} about={<Facts flag={flag} />}>
      <FlagTabs projectKey={projectKey} flagKey={flag.key} />
      {configuration ? (
        <FlagContext value={{ flag, configuration, hide }}>
          {/* What was begun in one environment is not to be carried on in another one. */}
          <Fragment key={environment.key}>
            <Outlet />
          </Fragment>
        </FlagContext>
      ) : (
        <Loading height={600} />
      )}
    </Page>
  );
}

function Facts({ flag }: { flag: Flag }) {
  const { projectKey, environment } = usePlace();
  const status = api.useQuery("get", "/api/v2/flag-statuses/{projectKey}/{environmentKey}/{featureFlagKey}", {
    params: { path: { projectKey, environmentKey: environment.key, featureFlagKey: flag.key } },
  });
  const maintainer = maintainerName(flag);
  return (
    <Stack gap={6}>
      {flag.description && <Text c="dimmed">{flag.description}</Text>}
      {/* As high as a badge, so that nothing moves when the status comes. */}
      <Group gap="xs" mih={28}>
        <KeyText value={flag.key} />
        <StatusBadge status={status.data?.name} />
        <Mark text={flag.temporary ? flagTexts.temporary : flagTexts.permanent} />
        {flag.archived && <Mark text={flagTexts.archived} colour="red" />}
        {flag.deprecated && <Mark text={flagTexts.deprecated} colour="orange" />}
        {flag.tags.map((tag) => (
          <TextLink
            key={tag}
            to="/projects/$projectKey/flags"
            params={{ projectKey }}
            search={{ tag }}
            size="sm"
          >
            {flagTexts.tag(tag)}
          </TextLink>
        ))}
        <Text size="sm">{maintainer ? flagTexts.maintainedBy(maintainer) : flagTexts.unmaintained}</Text>
      </Group>
    </Stack>
  );
}

function Mark({ text, colour = "gray" }: { text: string; colour?: string }) {
  return (
    <Badge color={colour} variant="light" tt="none">
      {text}
    </Badge>
  );
}

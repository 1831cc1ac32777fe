// One environment: what it is called, how it is set, and its keys.
import { Badge, ColorSwatch, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import { api } from "../api/client.ts";
import { KeyText } from "../parts/Command.tsx";
import { ConfirmByKey } from "../parts/ConfirmByKey.tsx";
import { IconAction } from "../parts/IconAction.tsx";
import { TextLink } from "../parts/links.tsx";
import { type Environment, usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { environmentListTexts as texts } from "../texts/projects.ts";
import { EditEnvironmentDialog } from "./EditEnvironment.tsx";
import { EnvironmentKeys } from "./EnvironmentKeys.tsx";
import { CHANGES } from "./environments.ts";
import { Tags } from "./ProjectTable.tsx";

interface Props {
  environment: Environment;
  /** Whether there is no other one in the project. */
  isLast: boolean;
}

export function EnvironmentCard({ environment, isLast }: Props) {
  const [open, setOpen] = useState<"edit" | "remove">();
  const { name, key, color, critical, tags } = environment;
  const denials = Object.values(CHANGES).map((action) => whyNot(environment._access, action));
  return (
    <Paper component="section" aria-label={name} withBorder p="lg">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Group gap="xs" miw={0}>
            <ColorSwatch size={16} color={`#${color}`} aria-hidden />
            <Title order={2} fz="h4">
              {name}
            </Title>
            <KeyText value={key} />
            {critical && (
              <Badge color="orange" variant="light" tt="none">
                {texts.critical}
              </Badge>
            )}
            <Tags tags={tags} />
          </Group>
          <Group gap={4} wrap="nowrap">
            <IconAction
              label={texts.edit(name)}
              icon={Pencil}
              why={denials.every(Boolean) ? denials[0] : ""}
              onClick={() => setOpen("edit")}
            />
            <IconAction
              label={texts.remove(name)}
              icon={Trash2}
              color="red"
              why={whyNot(environment._access, "deleteEnvironment") || (isLast ? texts.last : "")}
              onClick={() => setOpen("remove")}
            />
          </Group>
        </Group>
        <Group gap="md">
          <Looked environment={environment} />
          <Settings environment={environment} />
        </Group>
        <EnvironmentKeys environment={environment} />
      </Stack>
      {open === "edit" && (
        <EditEnvironmentDialog environment={environment} onClose={() => setOpen(undefined)} />
      )}
      {open === "remove" && <Removal environment={environment} onClose={() => setOpen(undefined)} />}
    </Paper>
  );
}

/** Whether the frame shows this environment, or the way to let it. */
function Looked({ environment }: { environment: Environment }) {
  const place = usePlace();
  if (place.environment.key === environment.key) {
    return (
      <Badge color="indigo" variant="light" tt="none">
        {texts.looked}
      </Badge>
    );
  }
  return (
    <TextLink
      from="/projects/$projectKey/environments"
      to="."
      search={(now: object) => ({ ...now, environment: environment.key })}
      size="sm"
    >
      {texts.look(environment.name)}
    </TextLink>
  );
}

function Settings({ environment }: { environment: Environment }) {
  const words = texts.settings;
  const set = [
    environment.requireComments && words.requireComments,
    environment.confirmChanges && words.confirmChanges,
    environment.secureMode && words.secureMode,
    environment.defaultTrackEvents && words.defaultTrackEvents,
    environment.defaultTtl > 0 && words.ttl(environment.defaultTtl),
  ].filter((each) => each !== false);
  return (
    <Text size="sm" c="dimmed">
      {set.join(" · ")}
    </Text>
  );
}

function Removal({ environment, onClose }: { environment: Environment; onClose: () => void }) {
  const place = usePlace();
  const navigate = useNavigate();
  const removal = api.useMutation("delete", "/api/v2/projects/{projectKey}/environments/{environmentKey}", {
    meta: { done: texts.removed },
    onSuccess: () => {
      onClose();
      if (place.environment.key === environment.key) {
        navigate({ to: ".", search: (now) => ({ ...now, environment: undefined }), replace: true });
      }
    },
  });
  const path = { projectKey: place.projectKey, environmentKey: environment.key };
  return (
    <ConfirmByKey
      title={texts.remove(environment.name)}
      keyToType={environment.key}
      action={commonTexts.remove}
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate({ params: { path } })}
      onClose={onClose}
    >
      {texts.removeText(environment.name)}
    </ConfirmByKey>
  );
}

// Addresses that turn the flag on or off in an environment when something is posted to them.
import { Badge, Button, Group, Text } from "@mantine/core";
import { Pause, Play, Plus, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { IconAction } from "../parts/IconAction.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { triggerTexts } from "../texts/flagSettings.ts";
import { useConfiguration, useFlag } from "./flag.ts";
import { NewTrigger, TriggerAddress } from "./TriggerDialogs.tsx";

type Trigger = Schemas["TriggerShape"];

const PATH = "/api/v2/flags/{projectKey}/{featureFlagKey}/triggers/{environmentKey}";

export function FlagTriggers() {
  const { projectKey, environment } = usePlace();
  const { key } = useFlag();
  const { _access } = useConfiguration();
  const [isAdding, setAdding] = useState(false);
  // The address, which is told right after it was made and never again.
  const [address, setAddress] = useState<string>();
  const path = { projectKey, featureFlagKey: key, environmentKey: environment.key };
  const triggers = api.useQuery("get", PATH, { params: { path } });
  const texts = triggerTexts;
  const why = whyNot(_access, "createTriggers", "updateOn");
  return (
    <Section
      title={texts.title}
      about={texts.about(environment.name)}
      actions={
        <Button
          variant="default"
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
          disabled={why !== ""}
        >
          {texts.add}
        </Button>
      }
    >
      {why && <Text size="sm">{why}</Text>}
      <Loaded query={triggers} height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{texts.none}</Text>
          ) : (
            <TriggerTable triggers={items} onAddress={setAddress} />
          )
        }
      </Loaded>
      {isAdding && (
        <NewTrigger
          onCreated={(url) => {
            setAdding(false);
            setAddress(url);
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {address && <TriggerAddress address={address} onClose={() => setAddress(undefined)} />}
    </Section>
  );
}

interface TableProps {
  triggers: readonly Trigger[];
  onAddress: (address: string) => void;
}

function TriggerTable({ triggers, onAddress }: TableProps) {
  const texts = triggerTexts;
  const columns: Column<Trigger>[] = [
    {
      title: texts.columns.action,
      isEssential: true,
      cell: (trigger) => (
        <Group gap="xs">
          {actionOf(trigger)}
          {!trigger.enabled && (
            <Badge color="gray" variant="light" tt="none">
              {texts.off}
            </Badge>
          )}
        </Group>
      ),
    },
    { title: texts.columns.integration, cell: ({ _integrationKey }) => _integrationKey },
    { title: texts.columns.fired, cell: (trigger) => <Fired trigger={trigger} /> },
    {
      title: commonTexts.actions,
      isEssential: true,
      cell: (trigger) => <Actions trigger={trigger} onAddress={onAddress} />,
    },
  ];
  return <DataTable caption={texts.title} columns={columns} rows={triggers} idOf={({ _id }) => _id} />;
}

function actionOf({ instructions }: Trigger): string {
  const kind = (instructions[0] as { kind?: unknown } | undefined)?.kind;
  const known = triggerTexts.actions;
  return kind === "turnFlagOn" || kind === "turnFlagOff" ? known[kind] : triggerTexts.nothing;
}

function Fired({ trigger: { _triggerCount: times, _lastTriggeredAt: at } }: { trigger: Trigger }) {
  if (!at) return triggerTexts.never;
  return (
    <>
      {triggerTexts.times(times)}, <Ago at={at} />
    </>
  );
}

function Actions({ trigger, onAddress }: { trigger: Trigger; onAddress: (address: string) => void }) {
  const { projectKey, environment } = usePlace();
  const { key } = useFlag();
  const texts = triggerTexts;
  const path = { projectKey, featureFlagKey: key, environmentKey: environment.key, id: trigger._id };
  const change = api.useMutation("patch", `${PATH}/{id}`, { meta: { done: texts.changed } });
  const remove = api.useMutation("delete", `${PATH}/{id}`, { meta: { done: texts.removed } });
  const name = texts.named(actionOf(trigger), trigger._integrationKey);
  const toggle = trigger.enabled ? "disableTrigger" : "enableTrigger";
  return (
    <Group gap={4} wrap="nowrap">
      <IconAction
        label={trigger.enabled ? texts.disable(name) : texts.enable(name)}
        icon={trigger.enabled ? Pause : Play}
        onClick={() => change.mutate({ params: { path }, body: { instructions: [{ kind: toggle }] } })}
      />
      <IconAction
        label={texts.renew(name)}
        icon={RotateCcw}
        onClick={() =>
          change.mutate(
            { params: { path }, body: { instructions: [{ kind: "cycleTriggerUrl" }] } },
            { onSuccess: ({ triggerURL }) => onAddress(triggerURL) },
          )
        }
      />
      <IconAction
        label={texts.remove(name)}
        icon={Trash2}
        onClick={() => remove.mutate({ params: { path } })}
      />
    </Group>
  );
}

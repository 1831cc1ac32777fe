// Creating a trigger, and its address, which is shown this once.
import { Alert, Modal, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/client.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { Command } from "../parts/Command.tsx";
import { FormDialog } from "../parts/FormDialog.tsx";
import { isKey } from "../parts/keys.ts";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { triggerTexts } from "../texts/flagSettings.ts";
import { CommentField } from "./CommentField.tsx";
import { useFlag } from "./flag.ts";

const ACTIONS = ["turnFlagOff", "turnFlagOn"] as const;

interface NewProps {
  onCreated: (address: string) => void;
  onClose: () => void;
}

export function NewTrigger({ onCreated, onClose }: NewProps) {
  const { projectKey, environment } = usePlace();
  const { key } = useFlag();
  const texts = triggerTexts;
  const [action, setAction] = useState<(typeof ACTIONS)[number]>("turnFlagOff");
  const [integration, setIntegration] = useState("generic-trigger");
  const [comment, setComment] = useState("");
  const create = api.useMutation(
    "post",
    "/api/v2/flags/{projectKey}/{featureFlagKey}/triggers/{environmentKey}",
    {
      meta: { done: texts.created, showsError: true },
      onSuccess: ({ triggerURL }) => onCreated(triggerURL),
    },
  );
  return (
    <FormDialog
      title={texts.add}
      action={commonTexts.create}
      isBusy={create.isPending}
      isReady={isKey(integration)}
      problem={remainingFault(create.error, "integrationKey")}
      onSubmit={() =>
        create.mutate({
          params: { path: { projectKey, featureFlagKey: key, environmentKey: environment.key } },
          body: { integrationKey: integration, instructions: [{ kind: action }], comment: comment.trim() },
        })
      }
      onClose={onClose}
    >
      <Radio.Group
        label={texts.action}
        value={action}
        onChange={(chosen) => setAction(ACTIONS.find((each) => each === chosen) ?? action)}
      >
        <Stack gap="xs" mt="xs">
          {ACTIONS.map((each) => (
            <Radio key={each} value={each} label={texts.actions[each]} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={texts.integration}
        description={texts.integrationHint}
        required
        value={integration}
        onChange={(event) => setIntegration(event.currentTarget.value)}
        error={
          integration !== "" && !isKey(integration)
            ? texts.integrationOdd
            : faultOf(create.error, "integrationKey")
        }
      />
      <CommentField value={comment} onChange={setComment} />
    </FormDialog>
  );
}

export function TriggerAddress({ address, onClose }: { address: string; onClose: () => void }) {
  const texts = triggerTexts;
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.urlTitle}
      size="lg"
      closeButtonProps={{ "aria-label": commonTexts.close }}
      // It is told only now: nothing but the button takes it away.
      closeOnClickOutside={false}
    >
      <Stack>
        <Alert color="orange">{texts.urlOnce}</Alert>
        <Command label={texts.url}>{address}</Command>
        <Text size="sm">{texts.test}</Text>
        <Command label={texts.test}>{`curl -X POST ${address}`}</Command>
      </Stack>
    </Modal>
  );
}

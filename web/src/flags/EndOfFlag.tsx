// Deprecating, archiving and deleting a flag, and which other flags stand in the way.
import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, client, type Schemas } from "../api/client.ts";
import { remainingFault } from "../api/faults.ts";
import { ConfirmByKey } from "../parts/ConfirmByKey.tsx";
import { FormDialog } from "../parts/FormDialog.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { TextLink } from "../parts/links.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { endingTexts } from "../texts/flagSettings.ts";
import { CommentField } from "./CommentField.tsx";
import { useFlag, useHideFlag } from "./flag.ts";
import { useInstruct } from "./patching.ts";

const DIALOGS = {
  archive: { kind: "archiveFlag", done: endingTexts.archived },
  restore: { kind: "restoreFlag", done: endingTexts.restored },
  deprecate: { kind: "deprecateFlag", done: endingTexts.deprecated },
  undeprecate: { kind: "restoreDeprecatedFlag", done: endingTexts.undeprecated },
} as const;

type Step = keyof typeof DIALOGS;

export function EndOfFlag() {
  const { projectKey } = usePlace();
  const flag = useFlag();
  const texts = endingTexts;
  const [step, setStep] = useState<Step | "remove">();
  const close = () => setStep(undefined);
  const dependent = api.useQuery("get", "/api/v2/flags/{projectKey}/{featureFlagKey}/dependent-flags", {
    params: { path: { projectKey, featureFlagKey: flag.key } },
  });
  return (
    <Section title={texts.title}>
      <Loaded query={dependent} height={240}>
        {({ items }) => (
          <Stack maw={760}>
            {items.length > 0 && <Needed by={items} />}
            {!flag.archived && (
              <StepRow step={flag.deprecated ? "undeprecate" : "deprecate"} onTake={setStep} />
            )}
            <StepRow
              step={flag.archived ? "restore" : "archive"}
              isHeld={!flag.archived && items.length > 0}
              onTake={setStep}
            />
            <StepRow step="remove" isHeld={items.length > 0} onTake={setStep} />
          </Stack>
        )}
      </Loaded>
      {step === "remove" && <RemoveFlag onClose={close} />}
      {step && step !== "remove" && <TakeStep step={step} onClose={close} />}
    </Section>
  );
}

function Needed({ by }: { by: readonly Schemas["DependentFlagShape"][] }) {
  const { projectKey } = usePlace();
  return (
    <Alert color="orange" title={endingTexts.needed}>
      <Text size="sm">{endingTexts.neededAbout}</Text>
      <List size="sm">
        {by.map(({ key, name, environments }) => (
          <List.Item key={key}>
            <TextLink
              to="/projects/$projectKey/flags/$flagKey/targeting"
              params={{ projectKey, flagKey: key }}
              search={{ environment: environments[0]?.key }}
              inherit
              c="inherit"
              underline="always"
            >
              {endingTexts.neededIn(name, environments.map((each) => each.name).join(", "))}
            </TextLink>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

interface StepRowProps {
  step: Step | "remove";
  /** Whether other flags stand in the way: said above. */
  isHeld?: boolean;
  onTake: (step: Step | "remove") => void;
}

function StepRow({ step, isHeld, onTake }: StepRowProps) {
  const about = endingTexts[`${step}About`];
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Text size="sm">{about}</Text>
      <Button
        variant={step === "remove" ? "light" : "default"}
        color={step === "remove" ? "red" : undefined}
        disabled={isHeld}
        onClick={() => onTake(step)}
        flex="none"
      >
        {endingTexts[step]}
      </Button>
    </Group>
  );
}

function TakeStep({ step, onClose }: { step: Step; onClose: () => void }) {
  const flag = useFlag();
  const [comment, setComment] = useState("");
  const { kind, done } = DIALOGS[step];
  const { instruct, error, isBusy } = useInstruct(done, onClose);
  return (
    <FormDialog
      title={`${endingTexts[step]}: ${flag.name}`}
      action={endingTexts[step]}
      isBusy={isBusy}
      problem={remainingFault(error)}
      onSubmit={() => instruct([{ kind }], comment)}
      onClose={onClose}
    >
      <Text size="sm">
        {step === "archive" ? endingTexts.archiveText(flag.name) : endingTexts[`${step}About`]}
      </Text>
      <CommentField value={comment} onChange={setComment} />
    </FormDialog>
  );
}

function RemoveFlag({ onClose }: { onClose: () => void }) {
  const { projectKey } = usePlace();
  const { key, name } = useFlag();
  const navigate = useNavigate();
  const hide = useHideFlag();
  const remove = useMutation({
    meta: { done: endingTexts.removed },
    mutationFn: async () => {
      // As soon as the flag is gone, whatever is shown of it would be asked for again, in vain.
      hide(true);
      const { error } = await client.DELETE("/api/v2/flags/{projectKey}/{featureFlagKey}", {
        params: { path: { projectKey, featureFlagKey: key } },
      });
      if (!error) return navigate({ to: "/projects/$projectKey/flags", params: { projectKey } });
      hide(false);
      throw error;
    },
  });
  return (
    <ConfirmByKey
      title={`${endingTexts.remove}: ${name}`}
      keyToType={key}
      action={endingTexts.remove}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {endingTexts.removeText(name)}
    </ConfirmByKey>
  );
}

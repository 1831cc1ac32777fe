// Changing an environment. Only what is changed is sent, so that only the right to change that is needed.
import { Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import { api } from "../api/client.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { patchOf } from "../api/patches.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { areTags, TagsField } from "../parts/TagsField.tsx";
import { type Environment, usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { environmentFormTexts as texts } from "../texts/projects.ts";
import { ColourField } from "./ColourField.tsx";
import { CHANGES, type EnvironmentFields, isColour } from "./environments.ts";

const SWITCHES = [
  { field: "critical", label: texts.critical, hint: texts.criticalHint },
  { field: "requireComments", label: texts.requireComments, hint: texts.requireCommentsHint },
  { field: "confirmChanges", label: texts.confirmChanges, hint: texts.confirmChangesHint },
  { field: "secureMode", label: texts.secureMode, hint: texts.secureModeHint },
  { field: "defaultTrackEvents", label: texts.defaultTrackEvents, hint: texts.defaultTrackEventsHint },
] as const;

interface Props {
  environment: Environment;
  onClose: () => void;
}

export function EditEnvironmentDialog({ environment, onClose }: Props) {
  const { projectKey } = usePlace();
  const [fields, setFields] = useState<EnvironmentFields>(environment);
  const change = (now: Partial<EnvironmentFields>) => setFields((before) => ({ ...before, ...now }));
  const saving = api.useMutation("patch", "/api/v2/projects/{projectKey}/environments/{environmentKey}", {
    meta: { done: texts.saved, showsError: true },
    onSuccess: onClose,
  });
  const body = patchOf<EnvironmentFields>(environment, { ...fields, name: fields.name.trim() }).filter(
    ({ path }) => path.slice(1) in CHANGES,
  );
  const path = { projectKey, environmentKey: environment.key };
  const why = (field: keyof EnvironmentFields) => whyNot(environment._access, CHANGES[field]);
  const shared = (field: keyof EnvironmentFields, hint?: string) => ({
    disabled: why(field) !== "",
    description: why(field) || hint,
    error: faultOf(saving.error, field),
  });
  return (
    <FormDialog
      title={texts.edit(environment.name)}
      action={commonTexts.save}
      isBusy={saving.isPending}
      isReady={body.length > 0 && fields.name.trim() !== "" && isColour(fields.color) && areTags(fields.tags)}
      problem={remainingFault(saving.error, ...Object.keys(CHANGES))}
      onSubmit={() => saving.mutate({ params: { path }, body })}
      onClose={onClose}
    >
      <TextInput
        label={commonTexts.name}
        required
        maxLength={256}
        value={fields.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        data-autofocus
        {...shared("name")}
      />
      <ColourField value={fields.color} onChange={(color) => change({ color })} {...shared("color")} />
      <TagsField
        kind="environment"
        why={why("tags")}
        value={fields.tags}
        onChange={(tags) => change({ tags })}
        error={faultOf(saving.error, "tags")}
      />
      {SWITCHES.map(({ field, label, hint }) => (
        <Checkbox
          key={field}
          label={label}
          checked={fields[field]}
          onChange={(event) => change({ [field]: event.currentTarget.checked })}
          {...shared(field, hint)}
        />
      ))}
      <NumberInput
        label={texts.ttl}
        min={0}
        max={60}
        clampBehavior="strict"
        allowDecimal={false}
        value={fields.defaultTtl}
        onChange={(value) => change({ defaultTtl: Number(value) || 0 })}
        {...shared("defaultTtl", texts.ttlHint)}
      />
    </FormDialog>
  );
}

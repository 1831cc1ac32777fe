// Making, changing and deleting a group.
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/client.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { patchOf } from "../api/patches.ts";
import { ConfirmByKey } from "../parts/ConfirmByKey.tsx";
import { FormDialog } from "../parts/FormDialog.tsx";
import { isKey } from "../parts/keys.ts";
import { isNamed, isOfNameOrKey, NameAndKey } from "../parts/NameAndKey.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { groupTexts as texts } from "../texts/groups.ts";
import { ApplicationsField } from "./ApplicationsField.tsx";
import type { Group } from "./groups.ts";

const ONE = "/api/v2/engineering-insights/insights/groups/{insightGroupKey}";

export function NewGroupDialog({ onClose }: { onClose: () => void }) {
  const { projectKey, environment, environments } = usePlace();
  const [named, setNamed] = useState({ name: "", key: "" });
  const [environmentKey, setEnvironmentKey] = useState(environment.key);
  const [applicationKeys, setApplicationKeys] = useState<string[]>([]);
  const creation = api.useMutation("post", "/api/v2/engineering-insights/insights/group", {
    meta: { done: texts.created, showsError: true },
    onSuccess: onClose,
  });
  const error = creation.error;
  const body = { name: named.name.trim(), key: named.key, projectKey, environmentKey, applicationKeys };
  return (
    <FormDialog
      title={texts.create}
      action={commonTexts.create}
      isBusy={creation.isPending}
      isReady={isNamed(named) && applicationKeys.every(isKey)}
      problem={isOfNameOrKey(error) ? undefined : remainingFault(error, "name", "key", "applicationKeys")}
      onSubmit={() => creation.mutate({ body })}
      onClose={onClose}
    >
      <NameAndKey value={named} onChange={setNamed} error={error} placeholder={texts.placeholder} />
      <Select
        label={texts.environment}
        data={environments.map(({ key, name }) => ({ value: key, label: name }))}
        value={environmentKey}
        allowDeselect={false}
        onChange={(key) => key && setEnvironmentKey(key)}
      />
      <ApplicationsField
        environmentKey={environmentKey}
        value={applicationKeys}
        onChange={setApplicationKeys}
        error={error}
      />
    </FormDialog>
  );
}

interface Props {
  group: Group;
  onClose: () => void;
}

export function EditGroupDialog({ group, onClose }: Props) {
  const [name, setName] = useState(group.name);
  const [applicationKeys, setApplicationKeys] = useState(group.applicationKeys);
  const saving = api.useMutation("patch", ONE, {
    meta: { done: texts.saved, showsError: true },
    onSuccess: onClose,
  });
  const body = patchOf(group, { name: name.trim(), applicationKeys });
  const path = { insightGroupKey: group.key };
  return (
    <FormDialog
      title={texts.edit(group.name)}
      action={commonTexts.save}
      isBusy={saving.isPending}
      isReady={name.trim() !== "" && applicationKeys.every(isKey) && body.length > 0}
      problem={remainingFault(saving.error, "name", "applicationKeys")}
      onSubmit={() => saving.mutate({ params: { path }, body })}
      onClose={onClose}
    >
      <TextInput
        label={commonTexts.name}
        required
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={faultOf(saving.error, "name")}
        data-autofocus
      />
      <ApplicationsField
        environmentKey={group.environmentKey}
        value={applicationKeys}
        onChange={setApplicationKeys}
        error={saving.error}
      />
    </FormDialog>
  );
}

interface DeleteProps extends Props {
  /** Told when it begins, and when it has failed: what is about to go must not be asked for again. */
  onDeleting?: (isGoing: boolean) => void;
  onDeleted: () => void;
}

export function DeleteGroupDialog({ group, onClose, onDeleting, onDeleted }: DeleteProps) {
  const removal = api.useMutation("delete", ONE, {
    meta: { done: texts.removed },
    onMutate: () => onDeleting?.(true),
    onError: () => onDeleting?.(false),
    onSuccess: onDeleted,
  });
  const path = { insightGroupKey: group.key };
  return (
    <ConfirmByKey
      title={texts.remove(group.name)}
      keyToType={group.key}
      action={commonTexts.remove}
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate({ params: { path } })}
      onClose={onClose}
    >
      {texts.removeText(group.name)}
    </ConfirmByKey>
  );
}

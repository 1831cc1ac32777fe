// A kind of contexts: created, or described anew.
import { Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { usePlace } from "../../shell/place.ts";
import { kindTexts } from "../../texts/contexts.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import type { Kind } from "./ContextKinds.tsx";
import { faultOfKey } from "./keys.ts";

interface Props {
  /** The one that is edited; a new one where it is not given. */
  kind: Kind | undefined;
  taken: readonly string[];
  onClose: () => void;
}

export function KindForm({ kind, taken, onClose }: Props) {
  const { projectKey } = usePlace();
  const [name, setName] = useState(kind?.name ?? "");
  const [key, setKey] = useState(kind?.key ?? "");
  const [description, setDescription] = useState(kind?.description ?? "");
  const [isHidden, setHidden] = useState(kind?.archived ?? false);
  const [isTried, setTried] = useState(false);
  const save = api.useMutation("put", "/api/v2/projects/{projectKey}/context-kinds/{key}", {
    meta: { done: kind ? kindTexts.saved : kindTexts.created, showsError: true },
    onSuccess: onClose,
  });
  const nameFault = name.trim() ? "" : kindTexts.faults.name;
  const keyFault = kind ? "" : faultOfKey(key, taken);
  const submit = () => {
    setTried(true);
    if (nameFault || keyFault) return;
    save.mutate({
      params: { path: { projectKey, key } },
      // Whoever was faster is not overwritten: the version says what this form has seen.
      body: { name: name.trim(), description, archived: isHidden, version: kind?.version },
    });
  };
  return (
    <FormDialog
      title={kind ? kindTexts.edit(kind.name) : kindTexts.create}
      action={kind ? commonTexts.save : commonTexts.create}
      isBusy={save.isPending}
      problem={remainingFault(save.error)}
      onSubmit={submit}
      onClose={onClose}
    >
      {!kind && (
        <TextInput
          label={kindTexts.key}
          description={kindTexts.keyHint}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={isTried && keyFault}
          autoComplete="off"
          required
          data-autofocus
        />
      )}
      <TextInput
        label={commonTexts.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={isTried && nameFault}
        required
        data-autofocus={kind ? true : undefined}
      />
      <Textarea
        label={commonTexts.description}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        autosize
        minRows={2}
      />
      <Switch
        label={kindTexts.hide}
        description={kindTexts.hideAbout}
        checked={isHidden}
        onChange={(event) => setHidden(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}

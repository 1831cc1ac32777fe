// Changing a project, and doing away with it.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import { api } from "../api/client.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { patchOf } from "../api/patches.ts";
import { ConfirmByKey } from "../parts/ConfirmByKey.tsx";
import { FormDialog } from "../parts/FormDialog.tsx";
import { areTags, TagsField } from "../parts/TagsField.tsx";
import { commonTexts } from "../texts/everywhere.ts";
import { projectListTexts as texts } from "../texts/projects.ts";
import type { Project } from "./ProjectTable.tsx";

interface Props {
  project: Project;
  onClose: () => void;
}

export function EditProjectDialog({ project, onClose }: Props) {
  const [name, setName] = useState(project.name);
  const [tags, setTags] = useState(project.tags);
  const saving = api.useMutation("patch", "/api/v2/projects/{projectKey}", {
    meta: { done: texts.saved, showsError: true },
    onSuccess: onClose,
  });
  const whyNotTags = whyNot(project._access, "updateTags");
  const whyNotName = whyNot(project._access, "updateProjectName");
  const body = patchOf(project, { name: name.trim(), tags });
  return (
    <FormDialog
      title={texts.edit(project.name)}
      action={commonTexts.save}
      isBusy={saving.isPending}
      isReady={name.trim() !== "" && areTags(tags) && body.length > 0}
      problem={remainingFault(saving.error, "name", "tags")}
      onSubmit={() => saving.mutate({ params: { path: { projectKey: project.key } }, body })}
      onClose={onClose}
    >
      <TextInput
        label={commonTexts.name}
        required
        maxLength={256}
        value={name}
        disabled={whyNotName !== ""}
        description={whyNotName || undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        error={faultOf(saving.error, "name")}
        data-autofocus
      />
      <TagsField
        kind="project"
        why={whyNotTags}
        value={tags}
        onChange={setTags}
        error={faultOf(saving.error, "tags")}
      />
    </FormDialog>
  );
}

export function DeleteProjectDialog({ project, onClose }: Props) {
  const removal = api.useMutation("delete", "/api/v2/projects/{projectKey}", {
    meta: { done: texts.removed },
    onSuccess: onClose,
  });
  return (
    <ConfirmByKey
      title={texts.remove(project.name)}
      keyToType={project.key}
      action={commonTexts.remove}
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate({ params: { path: { projectKey: project.key } } })}
      onClose={onClose}
    >
      {texts.removeText(project.name)}
    </ConfirmByKey>
  );
}

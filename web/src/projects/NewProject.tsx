// Making a project: in a dialog, or right on the page where it is the first. Either way its Setting up page follows.
import { Alert, Button, Paper, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { api } from "../api/client.ts";
import { remainingFault } from "../api/faults.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { isNamed, isOfNameOrKey, NameAndKey } from "../parts/NameAndKey.tsx";
import { commonTexts } from "../texts/everywhere.ts";
import { newProjectTexts as texts } from "../texts/projects.ts";

interface Draft {
  fields: ReactNode;
  isReady: boolean;
  isBusy: boolean;
  problem: string | undefined;
  create: () => void;
}

function useNewProject(): Draft {
  const navigate = useNavigate();
  const [value, setValue] = useState({ name: "", key: "" });
  const creation = api.useMutation("post", "/api/v2/projects", {
    meta: { done: texts.created, showsError: true },
    onSuccess: ({ key }) =>
      navigate({ to: "/projects/$projectKey/setup", params: { projectKey: key }, search: {} }),
  });
  const error = creation.error;
  return {
    fields: (
      <>
        <NameAndKey value={value} onChange={setValue} error={error} placeholder={texts.placeholder} />
        <Text size="sm">{texts.environments}</Text>
      </>
    ),
    isReady: isNamed(value),
    isBusy: creation.isPending,
    problem: isOfNameOrKey(error) ? undefined : remainingFault(error, "name", "key"),
    create: () => creation.mutate({ body: { name: value.name.trim(), key: value.key } }),
  };
}

export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const { fields, create, ...rest } = useNewProject();
  return (
    <FormDialog title={texts.title} action={texts.action} onSubmit={create} onClose={onClose} {...rest}>
      {fields}
    </FormDialog>
  );
}

export function FirstProject() {
  const { fields, isReady, isBusy, problem, create } = useNewProject();
  return (
    <Paper
      component="form"
      ta="left"
      w={{ base: "100%", sm: 440 }}
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <Stack>
        {fields}
        {problem && (
          <Alert color="red" title={commonTexts.errors.notSaved}>
            {problem}
          </Alert>
        )}
        <Button type="submit" disabled={!isReady} loading={isBusy}>
          {texts.action}
        </Button>
      </Stack>
    </Paper>
  );
}

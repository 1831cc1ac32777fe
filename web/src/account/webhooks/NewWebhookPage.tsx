// Making a webhook. Its page follows, with the secret that was made up.
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { ButtonLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { commonTexts } from "../../texts/everywhere.ts";
import { webhookTexts as texts } from "../../texts/webhooks.ts";
import { WebhookFieldsForm } from "./WebhookFieldsForm.tsx";
import { bodyOf, emptyWebhook, faultOfWebhook } from "./webhook.ts";

const SHOWN = ["name", "url", "secret", "tags", "statements"];

export function NewWebhookPage() {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(emptyWebhook);
  const [showsFaults, setShowsFaults] = useState(false);
  const creation = api.useMutation("post", "/api/v2/webhooks", {
    meta: { done: texts.created, showsError: true },
    onSuccess: ({ _id }) => navigate({ to: "/settings/webhooks/$webhookId", params: { webhookId: _id } }),
  });
  const fault = faultOfWebhook(draft);
  const problem = remainingFault(creation.error, ...SHOWN) ?? (showsFaults && fault ? fault : undefined);
  const create = () => {
    setShowsFaults(true);
    if (!fault) creation.mutate({ body: bodyOf(draft) });
  };
  return (
    <Page title={texts.newTitle} about={texts.about}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack gap="lg">
          <WebhookFieldsForm
            draft={draft}
            onChange={setDraft}
            error={creation.error}
            showsFaults={showsFaults}
            isNew
          />
          {problem && (
            <Alert color="red" title={commonTexts.errors.notSaved}>
              {problem}
            </Alert>
          )}
          <Group>
            <Button type="submit" disabled={draft.url.trim() === ""} loading={creation.isPending}>
              {texts.create}
            </Button>
            <ButtonLink to="/settings/webhooks" variant="default">
              {commonTexts.cancel}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

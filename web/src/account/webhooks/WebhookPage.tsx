// One webhook: what it has sent, and what it is to send, which is changed under review.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { whyNot } from "../../api/access.ts";
import { api, client } from "../../api/client.ts";
import { Command } from "../../parts/Command.tsx";
import { ConfirmByKey } from "../../parts/ConfirmByKey.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { ReviewChange } from "../../parts/ReviewChange.tsx";
import { SaveBar } from "../../parts/SaveBar.tsx";
import { commonTexts } from "../../texts/everywhere.ts";
import { signatureTexts, webhookTexts as texts } from "../../texts/webhooks.ts";
import { useRemoval } from "../useRemoval.ts";
import { Deliveries } from "./Deliveries.tsx";
import { WebhookFieldsForm } from "./WebhookFieldsForm.tsx";
import { WebhookToRead } from "./WebhookToRead.tsx";
import { changeOf, draftOf, faultOfWebhook, type Webhook } from "./webhook.ts";

export function WebhookPage() {
  const { webhookId } = useParams({ from: "/settings/webhooks/$webhookId" });
  const webhook = api.useQuery("get", "/api/v2/webhooks/{id}", { params: { path: { id: webhookId } } });
  return (
    <Page
      title={webhook.data ? webhook.data.name || webhook.data.url : texts.title}
      about={<TextLink to="/settings/webhooks">{texts.toAll}</TextLink>}
      actions={webhook.data && <Removal webhook={webhook.data} />}
    >
      <Loaded query={webhook} height={700}>
        {(found) => (
          <Stack gap="xl">
            <Deliveries webhook={found} />
            <Fields webhook={found} />
            {found.secret && <Signature />}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

const CHANGES = ["updateName", "updateUrl", "updateStatements", "updateOn", "updateTags"];

/** To be changed by whoever may change anything of it, else to be read. */
function Fields({ webhook }: { webhook: Webhook }) {
  const refusals = CHANGES.map((action) => whyNot(webhook._access, action));
  return refusals.every(Boolean) ? (
    <WebhookToRead webhook={webhook} why={refusals[0] ?? ""} />
  ) : (
    <Editing webhook={webhook} />
  );
}

function Editing({ webhook }: { webhook: Webhook }) {
  const [draft, setDraft] = useState(() => draftOf(webhook));
  const [isReviewing, setReviewing] = useState(false);
  const saving = api.useMutation("patch", "/api/v2/webhooks/{id}", {
    meta: { done: texts.saved, showsError: true },
    onSuccess: (saved) => {
      setDraft(draftOf(saved));
      setReviewing(false);
    },
  });
  const fault = faultOfWebhook(draft);
  const { patch, words } = fault ? { patch: [], words: [] } : changeOf(webhook, draft);
  const isComplete = fault === "" && draft.url.trim() !== "" && (!draft.signs || draft.secret !== "");
  return (
    <Stack gap="lg">
      <Title order={2} fz="h4">
        {texts.settings}
      </Title>
      <WebhookFieldsForm
        draft={draft}
        onChange={setDraft}
        error={saving.error}
        showsFaults={fault !== ""}
        isNew={false}
        whyNoSecret={whyNot(webhook._access, "updateSecret")}
      />
      {fault && draft.policy.json === undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {fault}
        </Text>
      )}
      <SaveBar
        changes={Math.max(words.length, fault ? 1 : 0)}
        onReview={() => isComplete && setReviewing(true)}
        onDiscard={() => setDraft(draftOf(webhook))}
      />
      {isReviewing && (
        <ReviewChange
          heading={texts.review}
          words={words}
          patch={patch}
          needsComment={false}
          isChecking={false}
          refusal={saving.error}
          isSaving={saving.isPending}
          onSave={(comment) =>
            saving.mutate({
              params: { path: { id: webhook._id } },
              body: comment ? { comment, patch } : patch,
            })
          }
          onClose={() => {
            setReviewing(false);
            saving.reset();
          }}
        />
      )}
    </Stack>
  );
}

function Signature() {
  return (
    <details>
      <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
        {signatureTexts.title}
      </Text>
      <Text size="sm" my="xs">
        {signatureTexts.about}
      </Text>
      <Command label={signatureTexts.label}>{signatureTexts.code}</Command>
    </details>
  );
}

function Removal({ webhook }: { webhook: Webhook }) {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const removal = useRemoval({
    done: texts.removed,
    remove: () => client.DELETE("/api/v2/webhooks/{id}", { params: { path: { id: webhook._id } } }),
    leave: () => navigate({ to: "/settings/webhooks" }),
  });
  const why = whyNot(webhook._access, "deleteWebhook");
  return (
    <Group>
      <Button
        variant="light"
        color="red"
        disabled={why !== ""}
        title={why || undefined}
        onClick={() => setOpen(true)}
      >
        {texts.danger}
      </Button>
      {isOpen && (
        <ConfirmByKey
          title={texts.removeTitle}
          keyToType={webhook.name || webhook.url}
          action={commonTexts.remove}
          isBusy={removal.isPending}
          onConfirm={() => removal.mutate()}
          onClose={() => setOpen(false)}
        >
          {texts.removeText}
        </ConfirmByKey>
      )}
    </Group>
  );
}

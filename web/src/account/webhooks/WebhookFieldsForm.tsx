// Where a webhook posts and what it tells: the form of a new one and of one that is there.
import { Group, PasswordInput, Stack, Switch, TagsInput, Text, TextInput } from "@mantine/core";
import { faultOf } from "../../api/faults.ts";
import { CopyIcon } from "../../parts/Command.tsx";
import { commonTexts } from "../../texts/everywhere.ts";
import { webhookTexts as texts } from "../../texts/webhooks.ts";
import { PolicyEditor } from "../policy/PolicyEditor.tsx";
import type { WebhookDraft } from "./webhook.ts";

interface Props {
  draft: WebhookDraft;
  onChange: (draft: WebhookDraft) => void;
  error: unknown;
  showsFaults: boolean;
  isNew: boolean;
  /** Why the secret may be neither seen nor changed. */
  whyNoSecret?: string;
}

export function WebhookFieldsForm(props: Props) {
  const { draft, onChange, error, showsFaults } = props;
  return (
    <Stack gap="lg">
      <Stack maw={560}>
        <TextInput
          label={commonTexts.name}
          description={texts.nameHint}
          placeholder={texts.namePlaceholder}
          maxLength={256}
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
          error={faultOf(error, "name")}
        />
        <TextInput
          label={texts.url}
          description={texts.urlHint}
          placeholder={texts.urlPlaceholder}
          type="url"
          required
          value={draft.url}
          onChange={(event) => onChange({ ...draft, url: event.currentTarget.value })}
          error={faultOf(error, "url")}
          autoComplete="off"
        />
        <Switch
          label={texts.isOn}
          description={texts.isOnHint}
          checked={draft.on}
          onChange={(event) => onChange({ ...draft, on: event.currentTarget.checked })}
        />
        <Signing {...props} />
        <TagsInput
          label={commonTexts.tags}
          description={texts.tagsHint}
          value={draft.tags}
          onChange={(tags) => onChange({ ...draft, tags })}
          splitChars={[",", " "]}
          error={faultOf(error, "tags")}
          clearable
          clearButtonProps={{ "aria-label": texts.clearTags }}
        />
      </Stack>
      <PolicyEditor
        title={texts.statements}
        about={texts.statementsAbout}
        policy={draft.policy}
        onChange={(policy) => onChange({ ...draft, policy })}
        showsFaults={showsFaults}
        error={faultOf(error, "statements")}
        whenEmpty={texts.whenEmpty}
      />
    </Stack>
  );
}

function Signing({ draft, onChange, error, isNew, whyNoSecret }: Props) {
  if (whyNoSecret) {
    return (
      <Text size="sm" c="dimmed">
        {texts.secretHidden}
      </Text>
    );
  }
  return (
    <>
      <Switch
        label={texts.sign}
        description={texts.signHint}
        checked={draft.signs}
        onChange={(event) => onChange({ ...draft, signs: event.currentTarget.checked })}
      />
      {draft.signs && (
        <Group gap={4} align="flex-end" wrap="nowrap">
          <PasswordInput
            label={texts.secret}
            description={isNew ? texts.secretHint : texts.secretKept}
            value={draft.secret}
            onChange={(event) => onChange({ ...draft, secret: event.currentTarget.value })}
            error={faultOf(error, "secret")}
            visibilityToggleButtonProps={{ "aria-label": texts.showSecret }}
            autoComplete="off"
            required={!isNew}
            flex={1}
          />
          {draft.secret && <CopyIcon value={draft.secret} label={texts.copySecret} />}
        </Group>
      )}
    </>
  );
}

// One access token: what it is for and what it may do, to be changed; its secret is not told again.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { Ago } from "../../parts/Ago.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { commonTexts } from "../../texts/everywhere.ts";
import { tokenTexts as texts } from "../../texts/tokens.ts";
import { patchOf } from "../patches.ts";
import { isChosen } from "../people/givenRole.ts";
import { type KnownRoles, useRoles } from "../people/roles.ts";
import { RemoveTokenDialog, ResetTokenDialog } from "./TokenDialogs.tsx";
import { TokenFieldsForm } from "./TokenFieldsForm.tsx";
import { draftOf, faultOfToken, givenFields, nameOfToken, type Token, type TokenDraft } from "./token.ts";

export function TokenPage() {
  const { tokenId } = useParams({ from: "/settings/tokens/$tokenId" });
  const token = api.useQuery("get", "/api/v2/tokens/{id}", { params: { path: { id: tokenId } } });
  const roles = useRoles();
  return (
    <Page
      title={token.data ? nameOfToken(token.data) : texts.title}
      about={
        <Group gap="md">
          {token.data && <Facts token={token.data} />}
          <TextLink to="/settings/tokens">{texts.toAll}</TextLink>
        </Group>
      }
      actions={token.data && <Actions token={token.data} />}
    >
      <Loaded query={token} height={600}>
        {(found) => !roles.isLoading && <Editing key={found.lastModified} token={found} roles={roles} />}
      </Loaded>
    </Page>
  );
}

function Facts({ token }: { token: Token }) {
  const kind = token.serviceToken ? texts.service : texts.personal;
  return (
    <>
      <span>{texts.facts(kind, texts.ending(token.token))}</span>
      <span>
        {texts.columns.used}: {token.lastUsed ? <Ago at={token.lastUsed} /> : commonTexts.never}
      </span>
    </>
  );
}

function Actions({ token }: { token: Token }) {
  const navigate = useNavigate();
  const [doing, setDoing] = useState<"reset" | "remove">();
  return (
    <>
      <Button variant="default" onClick={() => setDoing("reset")}>
        {texts.resetAction}
      </Button>
      <Button variant="light" color="red" onClick={() => setDoing("remove")}>
        {commonTexts.remove}
      </Button>
      {doing === "reset" && <ResetTokenDialog token={token} onClose={() => setDoing(undefined)} />}
      {doing === "remove" && (
        <RemoveTokenDialog
          token={token}
          onClose={() => setDoing(undefined)}
          onRemoved={() => navigate({ to: "/settings/tokens" })}
        />
      )}
    </>
  );
}

const SHOWN = ["name", "description", "role", "customRoleIds", "inlineRole"];

function fieldsOf(draft: TokenDraft) {
  const { name, description, version } = draft;
  return { name: name.trim(), description, defaultApiVersion: version, ...givenFields(draft) };
}

function Editing({ token, roles }: { token: Token; roles: KnownRoles }) {
  const [draft, setDraft] = useState(() => draftOf(token, roles.keyOf));
  const saving = api.useMutation("patch", "/api/v2/tokens/{id}", {
    meta: { done: texts.saved, showsError: true },
  });
  const fault = faultOfToken(draft);
  const body = fault ? [] : patchOf(fieldsOf(draftOf(token, roles.keyOf)), fieldsOf(draft));
  const problem = remainingFault(saving.error, ...SHOWN);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ params: { path: { id: token._id } }, body });
      }}
    >
      <Stack gap="lg">
        <TokenFieldsForm draft={draft} onChange={setDraft} error={saving.error} showsFaults />
        {fault && draft.policy.json === undefined && (
          <Text size="sm" role="status">
            {fault}
          </Text>
        )}
        {problem && (
          <Alert color="red" title={commonTexts.errors.notSaved}>
            {problem}
          </Alert>
        )}
        <Group>
          <Button
            type="submit"
            disabled={body.length === 0 || !isChosen(draft.given)}
            loading={saving.isPending}
          >
            {commonTexts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

// Making an access token. Its secret takes the place of the form, as it is shown this once.
import { Alert, Button, Group, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { ButtonLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { commonTexts } from "../../texts/everywhere.ts";
import { tokenTexts as texts } from "../../texts/tokens.ts";
import { isChosen } from "../people/givenRole.ts";
import { SecretOnce } from "./SecretOnce.tsx";
import { TokenFieldsForm } from "./TokenFieldsForm.tsx";
import { emptyToken, faultOfToken, givenFields } from "./token.ts";

const SHOWN = ["name", "description", "role", "customRoleIds", "inlineRole"];

export function NewTokenPage() {
  const [draft, setDraft] = useState(emptyToken);
  const [isService, setService] = useState(false);
  const [showsFaults, setShowsFaults] = useState(false);
  const creation = api.useMutation("post", "/api/v2/tokens", {
    meta: { showsError: true },
  });
  if (creation.data) {
    return (
      <Page key="created" title={texts.created} about={creation.data.name}>
        <Stack maw={760}>
          <SecretOnce secret={creation.data.token} />
          <Group>
            <ButtonLink to="/settings/tokens">{texts.done}</ButtonLink>
          </Group>
        </Stack>
      </Page>
    );
  }
  const fault = faultOfToken(draft);
  const create = () => {
    setShowsFaults(true);
    if (fault) return;
    creation.mutate({
      body: {
        ...givenFields(draft),
        name: draft.name.trim(),
        description: draft.description,
        serviceToken: isService,
        defaultApiVersion: draft.version,
      },
    });
  };
  const problem = remainingFault(creation.error, ...SHOWN) ?? (showsFaults && fault ? fault : undefined);
  return (
    <Page key="form" title={texts.newTitle} about={texts.newAbout}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack gap="lg">
          <TokenFieldsForm draft={draft} onChange={setDraft} error={creation.error} showsFaults={showsFaults}>
            <KindChoice isService={isService} onChange={setService} />
          </TokenFieldsForm>
          {problem && (
            <Alert color="red" title={commonTexts.errors.notSaved}>
              {problem}
            </Alert>
          )}
          <Group>
            <Button type="submit" disabled={!isChosen(draft.given)} loading={creation.isPending}>
              {texts.create}
            </Button>
            <ButtonLink to="/settings/tokens" variant="default">
              {commonTexts.cancel}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

function KindChoice({ isService, onChange }: { isService: boolean; onChange: (isService: boolean) => void }) {
  const { personal, service } = texts.kinds;
  return (
    <Radio.Group
      label={texts.kind}
      value={isService ? "service" : "personal"}
      onChange={(kind) => onChange(kind === "service")}
    >
      <Stack gap="xs" mt={4}>
        <Radio value="personal" label={personal.name} description={personal.about} />
        <Radio value="service" label={service.name} description={service.about} />
      </Stack>
    </Radio.Group>
  );
}

// Making a custom role, from nothing or from an example.
import { Alert, Button, Group, Select, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { ButtonLink } from "../../parts/links.tsx";
import { isNamed, isOfNameOrKey, NameAndKey } from "../../parts/NameAndKey.tsx";
import { Page } from "../../parts/Page.tsx";
import { roleTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { policyDraft, readPolicy } from "../policy/statements.ts";
import { EXAMPLES } from "./examples.ts";
import { type RoleDraft, RoleFieldsForm } from "./RoleFieldsForm.tsx";

const NOTHING = "empty";
const SHOWN = ["name", "key", "description", "policy", "basePermissions"];

type NewRole = RoleDraft & { key: string };

function draftOf(example: string): NewRole {
  const { name, key, basePermissions, policy } = EXAMPLES[example] ?? { name: "", key: "", policy: [] };
  return {
    name,
    key,
    description: "",
    basePermissions: basePermissions ?? "reader",
    policy: policyDraft(policy),
  };
}

export function NewRolePage() {
  const { example = NOTHING } = useSearch({ from: "/settings/roles/-new" });
  // Another example is another form.
  return <NewRole key={example} example={example} />;
}

function NewRole({ example }: { example: string }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => draftOf(example));
  const [showsFaults, setShowsFaults] = useState(false);
  const creation = api.useMutation("post", "/api/v2/roles", {
    meta: { done: texts.created, showsError: true },
    onSuccess: ({ key }) => navigate({ to: "/settings/roles/$roleKey", params: { roleKey: key } }),
  });
  const { statements, fault } = readPolicy(draft.policy);
  const problem = isOfNameOrKey(creation.error) ? undefined : remainingFault(creation.error, ...SHOWN);
  const create = () => {
    setShowsFaults(true);
    if (fault) return;
    const { name, key, description, basePermissions } = draft;
    creation.mutate({
      body: {
        key,
        name: name.trim(),
        description,
        basePermissions: basePermissions === "no_access" ? "no_access" : "reader",
        policy: statements,
      },
    });
  };
  return (
    <Page title={texts.newTitle} about={texts.newAbout}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack gap="lg">
          <Select
            label={texts.example}
            data={Object.entries(texts.examples).map(([value, label]) => ({ value, label }))}
            value={example in EXAMPLES ? example : NOTHING}
            onChange={(next) =>
              navigate({
                to: "/settings/roles/-new",
                search: { example: next === NOTHING || next === null ? undefined : next },
                replace: true,
              })
            }
            allowDeselect={false}
            maw={560}
          />
          <RoleFieldsForm draft={draft} onChange={setDraft} error={creation.error} showsFaults={showsFaults}>
            <NameAndKey
              value={draft}
              onChange={({ name, key }) => setDraft({ ...draft, name, key })}
              error={creation.error}
            />
          </RoleFieldsForm>
          {(problem || (showsFaults && fault)) && (
            <Alert color="red" title={commonTexts.errors.notSaved}>
              {problem ?? fault}
            </Alert>
          )}
          <Group>
            <Button type="submit" disabled={!isNamed(draft)} loading={creation.isPending}>
              {texts.create}
            </Button>
            <ButtonLink to="/settings/roles" variant="default">
              {commonTexts.cancel}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

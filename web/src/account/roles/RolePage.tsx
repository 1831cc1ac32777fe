// One custom role: what it allows, to be changed under review, and who holds it.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { whyNot } from "../../api/access.ts";
import { api, client } from "../../api/client.ts";
import { faultOf } from "../../api/faults.ts";
import { KeyText } from "../../parts/Command.tsx";
import { ConfirmByKey } from "../../parts/ConfirmByKey.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { ReviewChange } from "../../parts/ReviewChange.tsx";
import { SaveBar } from "../../parts/SaveBar.tsx";
import { roleTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import type { CustomRole } from "../people/roles.ts";
import { policyDraft, readPolicy } from "../policy/statements.ts";
import { useRemoval } from "../useRemoval.ts";
import { changeOf } from "./fields.ts";
import { RoleFieldsForm } from "./RoleFieldsForm.tsx";
import { RoleHolders } from "./RoleHolders.tsx";
import { holdersOf } from "./RolesPage.tsx";
import { RoleToRead } from "./RoleToRead.tsx";

export function RolePage() {
  const { roleKey } = useParams({ from: "/settings/roles/$roleKey" });
  const role = api.useQuery("get", "/api/v2/roles/{customRoleKey}", {
    params: { path: { customRoleKey: roleKey } },
  });
  return (
    <Page
      title={role.data?.name ?? roleKey}
      about={
        <Group gap="md">
          <KeyText value={roleKey} />
          <TextLink to="/settings/roles">{texts.toAll}</TextLink>
        </Group>
      }
    >
      <Loaded query={role} height={700}>
        {(found) => (
          <Stack gap="xl">
            <Fields role={found} />
            <RoleHolders role={found} />
            <Removal role={found} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function draftOf(role: CustomRole) {
  const { name, description, basePermissions, policy } = role;
  return { name, description, basePermissions, policy: policyDraft(policy) };
}

const CHANGES = ["updatePolicy", "updateBasePermissions", "updateName", "updateDescription"];

/** To be changed by whoever may change anything of it, else to be read. */
function Fields({ role }: { role: CustomRole }) {
  const refusals = CHANGES.map((action) => whyNot(role._access, action));
  return refusals.every(Boolean) ? (
    <RoleToRead role={role} why={refusals[0] ?? ""} />
  ) : (
    <Editing role={role} />
  );
}

function Editing({ role }: { role: CustomRole }) {
  const [draft, setDraft] = useState(() => draftOf(role));
  const [isReviewing, setReviewing] = useState(false);
  const saving = api.useMutation("patch", "/api/v2/roles/{customRoleKey}", {
    meta: { done: texts.saved, showsError: true },
    onSuccess: (saved) => {
      setDraft(draftOf(saved));
      setReviewing(false);
    },
  });
  const { statements, fault } = readPolicy(draft.policy);
  const before = { ...role, policy: readPolicy(policyDraft(role.policy)).statements };
  const { patch, words } = changeOf(
    {
      name: before.name,
      description: before.description,
      basePermissions: before.basePermissions,
      policy: before.policy,
    },
    {
      name: draft.name.trim(),
      description: draft.description,
      basePermissions: draft.basePermissions,
      policy: fault ? before.policy : statements,
    },
  );
  const isComplete = fault === "" && draft.name.trim() !== "";
  return (
    <Stack gap="lg">
      <RoleFieldsForm draft={draft} onChange={setDraft} error={saving.error} showsFaults={fault !== ""}>
        <TextInput
          label={commonTexts.name}
          required
          maxLength={256}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          error={faultOf(saving.error, "name")}
        />
      </RoleFieldsForm>
      {fault && draft.policy.json === undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {fault}
        </Text>
      )}
      <SaveBar
        changes={Math.max(words.length, fault ? 1 : 0)}
        onReview={() => isComplete && setReviewing(true)}
        onDiscard={() => setDraft(draftOf(role))}
      />
      {isReviewing && (
        <ReviewChange
          heading={
            role.assignedTo.membersCount + role.assignedTo.teamsCount
              ? texts.reaches(holdersOf(role))
              : texts.reachesNobody
          }
          words={words}
          patch={patch}
          needsComment={false}
          isChecking={false}
          refusal={saving.error}
          isSaving={saving.isPending}
          onSave={(comment) =>
            saving.mutate({
              params: { path: { customRoleKey: role.key } },
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

function Removal({ role }: { role: CustomRole }) {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const removal = useRemoval({
    done: texts.removed,
    remove: () =>
      client.DELETE("/api/v2/roles/{customRoleKey}", { params: { path: { customRoleKey: role.key } } }),
    leave: () => navigate({ to: "/settings/roles" }),
  });
  const isHeld = role.assignedTo.membersCount + role.assignedTo.teamsCount > 0;
  const why = whyNot(role._access, "deleteRole") || (isHeld ? texts.inUse(holdersOf(role)) : "");
  return (
    <Stack gap={4} align="flex-start">
      <Button variant="light" color="red" disabled={why !== ""} onClick={() => setOpen(true)}>
        {texts.danger}
      </Button>
      {why && (
        <Text size="sm" c="dimmed">
          {why}
        </Text>
      )}
      {isOpen && (
        <ConfirmByKey
          title={texts.removeTitle(role.name)}
          keyToType={role.key}
          action={commonTexts.remove}
          isBusy={removal.isPending}
          onConfirm={() => removal.mutate()}
          onClose={() => setOpen(false)}
        >
          {texts.removeText}
        </ConfirmByKey>
      )}
    </Stack>
  );
}

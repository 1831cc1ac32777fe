// Making a team: what it is called, who is in it, what it shares. Its page follows.
import { Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { faultOf, remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { isNamed, isOfNameOrKey, NameAndKey } from "../../parts/NameAndKey.tsx";
import { teamTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { MembersField } from "../people/MembersField.tsx";
import { CustomRolesField } from "../people/RoleChoice.tsx";

const SHOWN = ["name", "key", "description", "customRoleKeys", "memberIDs"];

export function NewTeamDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ name: "", key: "", description: "" });
  const [customRoleKeys, setRoles] = useState<string[]>([]);
  const [memberIDs, setMembers] = useState<string[]>([]);
  const creation = api.useMutation("post", "/api/v2/teams", {
    meta: { done: texts.created, showsError: true },
    onSuccess: ({ key }) => navigate({ to: "/settings/teams/$teamKey", params: { teamKey: key } }),
  });
  const error = creation.error;
  return (
    <FormDialog
      title={texts.createTitle}
      action={texts.create}
      isBusy={creation.isPending}
      isReady={isNamed(draft)}
      problem={isOfNameOrKey(error) ? undefined : remainingFault(error, ...SHOWN)}
      onSubmit={() =>
        creation.mutate({ body: { ...draft, name: draft.name.trim(), customRoleKeys, memberIDs } })
      }
      onClose={onClose}
    >
      <NameAndKey
        value={draft}
        onChange={({ name, key }) => setDraft({ ...draft, name, key })}
        error={error}
        placeholder={texts.placeholder}
      />
      <Textarea
        label={commonTexts.description}
        value={draft.description}
        onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
        error={faultOf(error, "description")}
        autosize
        minRows={1}
        maxRows={4}
      />
      <CustomRolesField
        value={customRoleKeys}
        onChange={setRoles}
        description={texts.rolesAbout}
        error={faultOf(error, "customRoleKeys")}
      />
      <MembersField
        label={texts.members}
        value={memberIDs}
        onChange={setMembers}
        error={faultOf(error, "memberIDs")}
      />
    </FormDialog>
  );
}

// What a member may do: their role or custom roles, and what these are filled in with.
import { Alert } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { faultOf, remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { memberTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { AttributesField } from "../people/AttributesField.tsx";
import { areSame, attributeDrafts, attributesOf, faultOfAttributes } from "../people/attributes.ts";
import { BUILT_IN, CUSTOM, givenTo, isChosen, OWNER, rolePatch } from "../people/givenRole.ts";
import { nameOf } from "../people/names.ts";
import { RoleChoice } from "../people/RoleChoice.tsx";
import { useRoles } from "../people/roles.ts";
import { type Member, useMe } from "./member.ts";

interface Props {
  member: Member;
  onClose: () => void;
}

export function EditMemberDialog({ member, onClose }: Props) {
  const { keyOf } = useRoles();
  const me = useMe();
  const before = givenTo(member, keyOf);
  const [given, setGiven] = useState(before);
  const [attributes, setAttributes] = useState(() => attributeDrafts(member.roleAttributes));
  const saving = api.useMutation("patch", "/api/v2/members/{id}", {
    meta: { done: texts.saved, showsError: true },
    onSuccess: onClose,
  });
  const now = attributesOf(attributes);
  const hasSameAttributes = areSame(now, member.roleAttributes ?? {});
  const body = [
    ...rolePatch(before, given),
    ...(hasSameAttributes ? [] : [{ op: "replace" as const, path: "/roleAttributes", value: now }]),
  ];
  const fault = faultOfAttributes(attributes);
  const isOwnerOffered = me?.role === OWNER || member.role === OWNER;
  const choices = [...BUILT_IN, CUSTOM, ...(isOwnerOffered ? [OWNER] : [])];
  const isHandOver = given.choice === OWNER && member.role !== OWNER;
  return (
    <FormDialog
      title={texts.edit(nameOf(member))}
      action={commonTexts.save}
      isBusy={saving.isPending}
      isReady={body.length > 0 && isChosen(given) && fault === ""}
      problem={remainingFault(saving.error, "role", "customRoles", "roleAttributes")}
      onSubmit={() => saving.mutate({ params: { path: { id: member._id } }, body })}
      onClose={onClose}
    >
      <RoleChoice
        choices={choices}
        value={given}
        onChange={setGiven}
        error={faultOf(saving.error, "role")}
        rolesError={faultOf(saving.error, "customRoles")}
      />
      {isHandOver && (
        <Alert color="orange" icon={<TriangleAlert aria-hidden />}>
          {texts.handOver(nameOf(member))}
        </Alert>
      )}
      <AttributesField
        value={attributes}
        onChange={setAttributes}
        error={fault || faultOf(saving.error, "roleAttributes")}
      />
    </FormDialog>
  );
}

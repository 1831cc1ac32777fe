// Removing a member, whose email has to be typed.
import { api } from "../../api/client.ts";
import { ConfirmByKey } from "../../parts/ConfirmByKey.tsx";
import { memberTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { nameOf } from "../people/names.ts";
import type { Member } from "./member.ts";

interface Props {
  member: Member;
  onClose: () => void;
}

export function RemoveMemberDialog({ member, onClose }: Props) {
  const removal = api.useMutation("delete", "/api/v2/members/{id}", {
    meta: { done: texts.removed },
    onSuccess: onClose,
  });
  return (
    <ConfirmByKey
      title={texts.removeTitle}
      keyToType={member.email}
      action={commonTexts.remove}
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate({ params: { path: { id: member._id } } })}
      onClose={onClose}
    >
      {texts.removeText(nameOf(member))}
    </ConfirmByKey>
  );
}

// Another link for a member: an invitation for whoever has not come yet, else one that sets another password.
import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { linkTexts as texts } from "../../texts/account.ts";
import { nameOf } from "../people/names.ts";
import { LinksDialog } from "./LinksDialog.tsx";
import { type HandedLink, linksIn, type Member } from "./member.ts";

interface Props {
  member: Member;
  onClose: () => void;
}

export function NewLinkDialog({ member, onClose }: Props) {
  const [links, setLinks] = useState<HandedLink[]>([]);
  const making = api.useMutation("post", "/api/v2/members/{id}/links", {
    meta: { showsError: true },
    onSuccess: (answer) => {
      const handed = linksIn([answer]);
      setLinks(handed);
      if (handed.length > 0) return;
      notifications.show({ color: "teal", message: texts.mailed(member.email) });
      onClose();
    },
  });
  if (links.length > 0) {
    return (
      <LinksDialog kind={member._pendingInvite ? "invitation" : "reset"} links={links} onClose={onClose} />
    );
  }
  return (
    <FormDialog
      title={texts.newTitle(nameOf(member))}
      action={texts.newAction}
      isBusy={making.isPending}
      problem={remainingFault(making.error)}
      onSubmit={() => making.mutate({ params: { path: { id: member._id } } })}
      onClose={onClose}
    >
      <Text size="sm">{texts.newText(nameOf(member))}</Text>
    </FormDialog>
  );
}

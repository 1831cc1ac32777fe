// Inviting one or several people. Where the server sends no mail, their links are shown here, to be passed on.
import { TagsInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { explain, isCode } from "../../api/errors.ts";
import { faultOf, remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { linkTexts, memberTexts as texts } from "../../texts/account.ts";
import { BUILT_IN, CUSTOM, type GivenRole, isChosen } from "../people/givenRole.ts";
import { RoleChoice } from "../people/RoleChoice.tsx";
import { TeamsField } from "../teams/TeamsField.tsx";
import { isEmail, splitEmails } from "./emails.ts";
import { LinksDialog } from "./LinksDialog.tsx";
import { type HandedLink, linksIn } from "./member.ts";

const CHOICES = [...BUILT_IN, CUSTOM];
const OF_EMAILS = ["duplicate_emails", "email_already_exists_in_account"];

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [entered, setEntered] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const [given, setGiven] = useState<GivenRole>({ choice: "reader", customRoles: [] });
  const [teamKeys, setTeamKeys] = useState<string[]>([]);
  const [links, setLinks] = useState<HandedLink[]>([]);
  const invitation = api.useMutation("post", "/api/v2/members", {
    meta: { showsError: true },
    onSuccess: ({ items }) => {
      const handed = linksIn(items);
      setLinks(handed);
      if (handed.length > 0) return;
      notifications.show({
        color: "teal",
        message: linkTexts.mailed(items.map(({ email }) => email).join(", ")),
      });
      onClose();
    },
  });
  if (links.length > 0) return <LinksDialog kind="invitation" links={links} onClose={onClose} />;
  // What is still being typed counts, and is not scolded yet.
  const emails = [...new Set([...entered, ...splitEmails(typed)])];
  const odd = entered.find((email) => !isEmail(email));
  const isOfEmails = isCode(invitation.error, ...OF_EMAILS);
  const role = given.choice === CUSTOM ? { customRoles: given.customRoles } : { role: asRole(given.choice) };
  return (
    <FormDialog
      title={texts.inviteTitle}
      action={texts.inviteAction(emails.length)}
      isBusy={invitation.isPending}
      isReady={emails.length > 0 && emails.every(isEmail) && isChosen(given)}
      problem={isOfEmails ? undefined : remainingFault(invitation.error, "email", "role", "customRoles")}
      onSubmit={() => invitation.mutate({ body: emails.map((email) => ({ email, teamKeys, ...role })) })}
      onClose={onClose}
    >
      <TagsInput
        label={texts.emails}
        description={texts.emailsHint}
        placeholder={entered.length ? undefined : texts.emailsPlaceholder}
        value={entered}
        onChange={(items) => setEntered([...new Set(items.flatMap(splitEmails))])}
        searchValue={typed}
        onSearchChange={setTyped}
        splitChars={[",", ";", " ", "\n"]}
        // Else the field grows just when the button below it is clicked, which moves away.
        acceptValueOnBlur={false}
        error={
          odd !== undefined
            ? texts.oddEmail(odd)
            : isOfEmails
              ? explain(invitation.error)
              : faultOf(invitation.error, "email")
        }
        autoComplete="off"
        required
        data-autofocus
      />
      <RoleChoice
        choices={CHOICES}
        value={given}
        onChange={setGiven}
        error={faultOf(invitation.error, "role")}
        rolesError={faultOf(invitation.error, "customRoles")}
      />
      <TeamsField value={teamKeys} onChange={setTeamKeys} />
    </FormDialog>
  );
}

function asRole(choice: string): (typeof BUILT_IN)[number] | undefined {
  return BUILT_IN.find((role) => role === choice);
}

// The list of members: who they are, what they may do, when they were last here, and what can be done about it.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { KeyRound, Pencil, ScrollText, UserMinus } from "lucide-react";
import { useState } from "react";
import { Ago } from "../../parts/Ago.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { IconAction } from "../../parts/IconAction.tsx";
import { TextLink } from "../../parts/links.tsx";
import { memberTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { IconLink } from "../people/IconLink.tsx";
import { hasName, nameOf } from "../people/names.ts";
import { RoleBadges } from "../people/RoleBadges.tsx";
import { EditMemberDialog } from "./EditMemberDialog.tsx";
import { type Member, useMe } from "./member.ts";
import { NewLinkDialog } from "./NewLinkDialog.tsx";
import { RemoveMemberDialog } from "./RemoveMemberDialog.tsx";

interface Props {
  members: readonly Member[];
  sort: string;
  onSort: (sort: string) => void;
}

type Doing = "edit" | "link" | "remove";

export function MemberTable({ members, sort, onSort }: Props) {
  const [doing, setDoing] = useState<{ what: Doing; member: Member }>();
  const me = useMe();
  const names = texts.columns;
  const columns: Column<Member>[] = [
    {
      title: names.name,
      sort: "displayName",
      isEssential: true,
      cell: (member) => <Who member={member} isMe={member._id === me?._id} />,
    },
    {
      title: names.role,
      isEssential: true,
      cell: (member) => <RoleBadges role={member.role} customRoles={member.customRoles} />,
    },
    { title: names.teams, cell: (member) => <Teams member={member} /> },
    {
      title: names.seen,
      sort: "lastSeen",
      cell: ({ _lastSeen }) => (_lastSeen ? <Ago at={_lastSeen} /> : commonTexts.never),
    },
    { title: names.factor, cell: ({ mfa }) => (mfa === "enabled" ? texts.factorOn : texts.factorOff) },
    { title: names.joined, sort: "creationDate", cell: ({ creationDate }) => <Ago at={creationDate} /> },
    {
      title: names.actions,
      isEssential: true,
      cell: (member) => <Actions member={member} onDo={(what) => setDoing({ what, member })} />,
    },
  ];
  const close = () => setDoing(undefined);
  return (
    <>
      <DataTable
        caption={texts.title}
        columns={columns}
        rows={members}
        idOf={({ _id }) => _id}
        sort={sort}
        onSort={onSort}
      />
      {doing?.what === "edit" && <EditMemberDialog member={doing.member} onClose={close} />}
      {doing?.what === "link" && <NewLinkDialog member={doing.member} onClose={close} />}
      {doing?.what === "remove" && <RemoveMemberDialog member={doing.member} onClose={close} />}
    </>
  );
}

function Who({ member, isMe }: { member: Member; isMe: boolean }) {
  return (
    <Stack gap={2} align="flex-start">
      <Group gap={6}>
        <Text fw={600} style={{ overflowWrap: "anywhere" }}>
          {nameOf(member)}
        </Text>
        {isMe && <Note text={texts.you} colour="indigo" />}
        {member._pendingInvite && <Note text={texts.invited} colour="orange" />}
      </Group>
      {hasName(member) && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {member.email}
        </Text>
      )}
    </Stack>
  );
}

function Note({ text, colour }: { text: string; colour: string }) {
  return (
    <Badge size="xs" color={colour} variant="light" tt="none">
      {text}
    </Badge>
  );
}

function Teams({ member }: { member: Member }) {
  return (
    <Group gap={6}>
      {member.teams.map(({ key, name }) => (
        <TextLink key={key} to="/settings/teams/$teamKey" params={{ teamKey: key }} size="sm">
          {name}
        </TextLink>
      ))}
    </Group>
  );
}

function Actions({ member, onDo }: { member: Member; onDo: (what: Doing) => void }) {
  const name = nameOf(member);
  return (
    <Group gap={0} wrap="nowrap">
      <IconAction label={texts.edit(name)} icon={Pencil} onClick={() => onDo("edit")} />
      <IconAction label={texts.link(name)} icon={KeyRound} onClick={() => onDo("link")} />
      <IconLink
        label={texts.history(name)}
        icon={ScrollText}
        to="/settings/audit-log"
        search={{ member: member._id }}
        visibleFrom="sm"
      />
      <IconAction label={texts.remove(name)} icon={UserMinus} color="red" onClick={() => onDo("remove")} />
    </Group>
  );
}

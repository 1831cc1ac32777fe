// The list of tokens: what each is for, what it may do, whether it is used.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Ago } from "../../parts/Ago.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { IconAction } from "../../parts/IconAction.tsx";
import { TextLink } from "../../parts/links.tsx";
import { commonTexts } from "../../texts/everywhere.ts";
import { tokenTexts as texts } from "../../texts/tokens.ts";
import { nameOf } from "../people/names.ts";
import { RoleBadges } from "../people/RoleBadges.tsx";
import { RemoveTokenDialog, ResetTokenDialog } from "./TokenDialogs.tsx";
import { nameOfToken, type Token } from "./token.ts";

export function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  const [doing, setDoing] = useState<{ what: "reset" | "remove"; token: Token }>();
  const names = texts.columns;
  const columns: Column<Token>[] = [
    { title: names.name, isEssential: true, cell: (token) => <Name token={token} /> },
    { title: names.kind, cell: (token) => <Kind token={token} /> },
    { title: names.role, cell: (token) => <Role token={token} /> },
    {
      title: names.used,
      cell: ({ lastUsed }) => (lastUsed ? <Ago at={lastUsed} /> : commonTexts.never),
    },
    { title: names.created, cell: ({ creationDate }) => <Ago at={creationDate} /> },
    {
      title: names.actions,
      isEssential: true,
      cell: (token) => (
        <Group gap={4} wrap="nowrap">
          <IconAction
            label={texts.reset(nameOfToken(token))}
            icon={RotateCw}
            onClick={() => setDoing({ what: "reset", token })}
          />
          <IconAction
            label={texts.remove(nameOfToken(token))}
            icon={Trash2}
            color="red"
            onClick={() => setDoing({ what: "remove", token })}
          />
        </Group>
      ),
    },
  ];
  const close = () => setDoing(undefined);
  return (
    <>
      <DataTable caption={texts.title} columns={columns} rows={tokens} idOf={({ _id }) => _id} />
      {doing?.what === "reset" && <ResetTokenDialog token={doing.token} onClose={close} />}
      {doing?.what === "remove" && <RemoveTokenDialog token={doing.token} onClose={close} />}
    </>
  );
}

function Name({ token }: { token: Token }) {
  return (
    <Stack gap={2} align="flex-start">
      <TextLink to="/settings/tokens/$tokenId" params={{ tokenId: token._id }} fw={600}>
        {token.name || texts.unnamed}
      </TextLink>
      <Text size="sm" c="dimmed">
        {texts.ending(token.token)}
      </Text>
      {token.description && (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {token.description}
        </Text>
      )}
    </Stack>
  );
}

function Kind({ token: { serviceToken, _member } }: { token: Token }) {
  const tell = serviceToken ? texts.by : texts.of;
  return (
    <Stack gap={2} align="flex-start">
      <Badge variant="light" color={serviceToken ? "cyan" : "gray"} tt="none">
        {serviceToken ? texts.service : texts.personal}
      </Badge>
      {_member && (
        <Text size="sm" c="dimmed">
          {tell(nameOf(_member))}
        </Text>
      )}
    </Stack>
  );
}

function Role({ token: { role, customRoleIds, inlineRole } }: { token: Token }) {
  if (inlineRole) return <Text size="sm">{texts.inline(inlineRole.length)}</Text>;
  return <RoleBadges role={role} customRoles={customRoleIds ?? []} />;
}

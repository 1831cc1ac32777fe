// What somebody is given, to read: the built-in role, or the custom ones with a way to each.
import { Badge, Group } from "@mantine/core";
import { TextLink } from "../../parts/links.tsx";
import { peopleTexts as texts } from "../../texts/account.ts";
import { useRoles } from "./roles.ts";

interface Props {
  role?: string;
  /** Ids or keys. */
  customRoles: readonly string[];
}

export function RoleBadges({ role, customRoles }: Props) {
  const { keyOf, nameOf } = useRoles();
  if (customRoles.length === 0) {
    return role ? <RoleBadge role={role} /> : null;
  }
  return (
    <Group gap={6}>
      {customRoles.map((id) => (
        <TextLink key={id} to="/settings/roles/$roleKey" params={{ roleKey: keyOf(id) }} size="sm">
          {nameOf(id)}
        </TextLink>
      ))}
    </Group>
  );
}

const COLOURS: Readonly<Record<string, string>> = { owner: "violet", admin: "indigo", writer: "teal" };

export function RoleBadge({ role }: { role: string }) {
  return (
    <Badge variant="light" color={COLOURS[role] ?? "gray"} tt="none" miw="max-content">
      {texts.roles[role]?.name ?? role}
    </Badge>
  );
}

// Who is signed in, and what they may set for themselves.
import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { BookOpen, Check, CircleUserRound, LogOut, UserCog } from "lucide-react";
import { shellTexts } from "../texts/shell.ts";

const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const texts = shellTexts.account;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={texts.label}>
          <CircleUserRound aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href="/account" leftSection={<UserCog size={16} aria-hidden />}>
          {texts.settings}
        </Menu.Item>
        <Menu.Item component="a" href="/docs" leftSection={<BookOpen size={16} aria-hidden />}>
          {texts.reference}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{shellTexts.colours.label}</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={scheme === colorScheme ? <Check size={16} aria-hidden /> : undefined}
          >
            {shellTexts.colours[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <form method="post" action="/sign-out">
          <Menu.Item type="submit" leftSection={<LogOut size={16} aria-hidden />}>
            {texts.signOut}
          </Menu.Item>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}

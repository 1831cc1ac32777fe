// What stands around every page: the header with the place, the navigation, and the page itself.
import { AppShell, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { commonTexts } from "../texts/everywhere.ts";
import { shellTexts } from "../texts/shell.ts";
import { AccountMenu } from "./AccountMenu.tsx";
import { useProjects } from "./lastProject.ts";
import { Navigation } from "./Navigation.tsx";
import { EnvironmentChoice, ProjectChoice } from "./PlaceChoices.tsx";
import type { Place } from "./place.ts";

export function Frame({ place, children }: { place: Place | null; children: ReactNode }) {
  const { lastKey } = useProjects();
  // Pages of the whole account lead back to the project one came from.
  const projectKey = place?.projectKey ?? lastKey;
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const path = useLocation({ select: (location) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the navigation of a phone
  useEffect(close, [path]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <AppShell.Header>
        <a className="skip" href="#content">
          {commonTexts.skipToContent}
        </a>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-expanded={isOpen}
              aria-label={isOpen ? shellTexts.closeNavigation : shellTexts.openNavigation}
            />
            <Group
              component={Link}
              {...{ to: "/" }}
              gap={8}
              wrap="nowrap"
              visibleFrom="sm"
              td="none"
              c="inherit"
            >
              <img src="/icon.svg" alt="" width={26} height={26} />
              <Text fw={700}>{commonTexts.product}</Text>
            </Group>
            <ProjectChoice projectKey={projectKey} />
            {place && <EnvironmentChoice place={place} />}
          </Group>
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={shellTexts.navigation} style={{ overflowY: "auto" }}>
        <Navigation projectKey={projectKey} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

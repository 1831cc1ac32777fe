// The navigation: a project's insights and flags, and what concerns the whole account.
import { NavLink, type NavLinkProps, Stack, Text } from "@mantine/core";
import { createLink, type LinkProps } from "@tanstack/react-router";
import {
  Blocks,
  BookUser,
  Building2,
  ClipboardCheck,
  FlaskConical,
  Gauge,
  HeartPulse,
  KeyRound,
  Layers,
  type LucideIcon,
  PackageCheck,
  Rocket,
  ScrollText,
  Shield,
  Timer,
  ToggleRight,
  UserRound,
  Users,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { Ref } from "react";
import { shellTexts } from "../texts/shell.ts";

function PlainNavLink(props: NavLinkProps & { ref?: Ref<HTMLAnchorElement> }) {
  return <NavLink {...props} />;
}

const PageLink = createLink(PlainNavLink);

interface Entry {
  to: Exclude<LinkProps["to"], undefined>;
  page: keyof typeof shellTexts.pages;
  icon: LucideIcon;
}

const INSIGHTS: readonly Entry[] = [
  { to: "/projects/$projectKey/overview", page: "overview", icon: Gauge },
  { to: "/projects/$projectKey/deployments", page: "deployments", icon: Rocket },
  { to: "/projects/$projectKey/lead-time", page: "leadTime", icon: Timer },
  { to: "/projects/$projectKey/releases", page: "releases", icon: PackageCheck },
  { to: "/projects/$projectKey/flag-health", page: "flagHealth", icon: HeartPulse },
  { to: "/projects/$projectKey/experimentation", page: "experimentation", icon: FlaskConical },
  { to: "/projects/$projectKey/groups", page: "groups", icon: Blocks },
  { to: "/projects/$projectKey/setup", page: "setup", icon: ClipboardCheck },
];

const FLAGGING: readonly Entry[] = [
  { to: "/projects/$projectKey/flags", page: "flags", icon: ToggleRight },
  { to: "/projects/$projectKey/segments", page: "segments", icon: UsersRound },
  { to: "/projects/$projectKey/contexts", page: "contexts", icon: BookUser },
  { to: "/projects/$projectKey/environments", page: "environments", icon: Layers },
];

const ADMINISTRATION: readonly Entry[] = [
  { to: "/settings/projects", page: "projects", icon: Building2 },
  { to: "/settings/members", page: "members", icon: UserRound },
  { to: "/settings/teams", page: "teams", icon: Users },
  { to: "/settings/roles", page: "roles", icon: Shield },
  { to: "/settings/tokens", page: "tokens", icon: KeyRound },
  { to: "/settings/webhooks", page: "webhooks", icon: Webhook },
  { to: "/settings/audit-log", page: "auditLog", icon: ScrollText },
];

export function Navigation({ projectKey }: { projectKey: string | undefined }) {
  return (
    <Stack gap="md">
      {projectKey && (
        <>
          <Section title={shellTexts.insights} entries={INSIGHTS} projectKey={projectKey} />
          <Section title={shellTexts.flagging} entries={FLAGGING} projectKey={projectKey} />
        </>
      )}
      <Section title={shellTexts.administration} entries={ADMINISTRATION} projectKey={projectKey ?? ""} />
    </Stack>
  );
}

interface SectionProps {
  title: string;
  entries: readonly Entry[];
  projectKey: string;
}

function Section({ title, entries, projectKey }: SectionProps) {
  return (
    <section aria-label={title}>
      <Text size="xs" fw={700} c="dimmed" px="sm" pb={4} tt="uppercase">
        {title}
      </Text>
      {entries.map(({ to, page, icon: Icon }) => (
        <PageLink
          key={page}
          to={to}
          params={{ projectKey }}
          label={shellTexts.pages[page]}
          leftSection={<Icon size={18} aria-hidden />}
        />
      ))}
    </section>
  );
}

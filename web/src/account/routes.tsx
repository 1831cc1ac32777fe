// The pages that concern the whole account.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { settingsRoute } from "../shell/roots.tsx";
import { type Search, text, wholeNumber } from "../shell/search.ts";

const getParentRoute = () => settingsRoute;

interface ListSearch {
  query?: string;
  sort?: string;
  offset?: number;
}

function parseList(search: Search): ListSearch {
  return { query: text(search.query), sort: text(search.sort), offset: wholeNumber(search.offset) };
}

interface MemberSearch extends ListSearch {
  role?: string;
  team?: string;
}

interface AuditLogSearch {
  query?: string;
  spec?: string;
  /** Ids of whose entries are shown. */
  member?: string;
  token?: string;
  before?: number;
  after?: number;
  /** Where an older page begins: the instant and the id of the last entry before it. */
  cursor?: string;
  /** The entry whose details are open. */
  entry?: string;
}

export const accountRoutes = [
  createRoute({
    getParentRoute,
    path: "members",
    validateSearch: (search: Search): MemberSearch => ({
      ...parseList(search),
      role: text(search.role),
      team: text(search.team),
    }),
    component: lazyRouteComponent(() => import("./members/MembersPage.tsx"), "MembersPage"),
  }),
  createRoute({
    getParentRoute,
    path: "teams",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./teams/TeamsPage.tsx"), "TeamsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "teams/$teamKey",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./teams/TeamPage.tsx"), "TeamPage"),
  }),
  createRoute({
    getParentRoute,
    path: "roles",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./roles/RolesPage.tsx"), "RolesPage"),
  }),
  createRoute({
    getParentRoute,
    path: "roles/$roleKey",
    component: lazyRouteComponent(() => import("./roles/RolePage.tsx"), "RolePage"),
  }),
  // A role may have the key "new", and none begins with a hyphen.
  createRoute({
    getParentRoute,
    path: "roles/-new",
    validateSearch: (search: Search): { example?: string } => ({ example: text(search.example) }),
    component: lazyRouteComponent(() => import("./roles/NewRolePage.tsx"), "NewRolePage"),
  }),
  createRoute({
    getParentRoute,
    path: "tokens",
    validateSearch: (search: Search): { all?: boolean; offset?: number } => ({
      all: search.all === true || undefined,
      offset: wholeNumber(search.offset),
    }),
    component: lazyRouteComponent(() => import("./tokens/TokensPage.tsx"), "TokensPage"),
  }),
  createRoute({
    getParentRoute,
    path: "tokens/$tokenId",
    component: lazyRouteComponent(() => import("./tokens/TokenPage.tsx"), "TokenPage"),
  }),
  createRoute({
    getParentRoute,
    path: "tokens/new",
    component: lazyRouteComponent(() => import("./tokens/NewTokenPage.tsx"), "NewTokenPage"),
  }),
  createRoute({
    getParentRoute,
    path: "webhooks",
    component: lazyRouteComponent(() => import("./webhooks/WebhooksPage.tsx"), "WebhooksPage"),
  }),
  createRoute({
    getParentRoute,
    path: "webhooks/$webhookId",
    validateSearch: (search: Search): { offset?: number } => ({ offset: wholeNumber(search.offset) }),
    component: lazyRouteComponent(() => import("./webhooks/WebhookPage.tsx"), "WebhookPage"),
  }),
  createRoute({
    getParentRoute,
    path: "webhooks/new",
    component: lazyRouteComponent(() => import("./webhooks/NewWebhookPage.tsx"), "NewWebhookPage"),
  }),
  createRoute({
    getParentRoute,
    path: "audit-log",
    validateSearch: (search: Search): AuditLogSearch => ({
      query: text(search.query),
      spec: text(search.spec),
      member: text(search.member),
      token: text(search.token),
      before: wholeNumber(search.before),
      after: wholeNumber(search.after),
      cursor: text(search.cursor),
      entry: text(search.entry),
    }),
    component: lazyRouteComponent(() => import("./audit/AuditLogPage.tsx"), "AuditLogPage"),
  }),
] as const;

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

interface AuditLogSearch {
  query?: string;
  spec?: string;
  before?: number;
  after?: number;
}

export const accountRoutes = [
  createRoute({
    getParentRoute,
    path: "members",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./MembersPage.tsx"), "MembersPage"),
  }),
  createRoute({
    getParentRoute,
    path: "teams",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./TeamsPage.tsx"), "TeamsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "teams/$teamKey",
    component: lazyRouteComponent(() => import("./TeamPage.tsx"), "TeamPage"),
  }),
  createRoute({
    getParentRoute,
    path: "roles",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./RolesPage.tsx"), "RolesPage"),
  }),
  createRoute({
    getParentRoute,
    path: "roles/$roleKey",
    component: lazyRouteComponent(() => import("./RolePage.tsx"), "RolePage"),
  }),
  createRoute({
    getParentRoute,
    path: "tokens",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./TokensPage.tsx"), "TokensPage"),
  }),
  createRoute({
    getParentRoute,
    path: "webhooks",
    component: lazyRouteComponent(() => import("./WebhooksPage.tsx"), "WebhooksPage"),
  }),
  createRoute({
    getParentRoute,
    path: "webhooks/$webhookId",
    component: lazyRouteComponent(() => import("./WebhookPage.tsx"), "WebhookPage"),
  }),
  createRoute({
    getParentRoute,
    path: "audit-log",
    validateSearch: (search: Search): AuditLogSearch => ({
      query: text(search.query),
      spec: text(search.spec),
      before: wholeNumber(search.before),
      after: wholeNumber(search.after),
    }),
    component: lazyRouteComponent(() => import("./AuditLogPage.tsx"), "AuditLogPage"),
  }),
] as const;

// The pages about how well a project delivers.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseRange, type RangeSearch } from "../shell/range.ts";
import { projectRoute } from "../shell/roots.tsx";
import { oneOf, type Search, text, wholeNumber } from "../shell/search.ts";
import { GROUP_ORDERS, type GroupSort } from "./groups.ts";
import { METRICS, type MetricName, PILLARS } from "./scores.ts";
import { STEPS, type StepName } from "./setupFacts.ts";
import { STATUSES, type Status } from "./statuses.ts";
import type { TurnSearch } from "./turns.ts";

const getParentRoute = () => projectRoute;

const EXPLAINED: readonly MetricName[] = ["overall", ...PILLARS, ...METRICS];

/** A list whose pages are known by where they begin. */
type ListSearch = RangeSearch & TurnSearch;

function parseList(search: Search): ListSearch {
  return { ...parseRange(search), after: text(search.after), before: text(search.before) };
}

interface LeadTimeSearch extends ListSearch {
  sort?: "leadTime" | "-leadTime";
  /** What the chart shows; the stages where it says nothing. */
  show?: "percentiles";
  /** Pull requests in which state; those delivered where it says nothing. */
  state?: "merged" | "open" | "closed" | "all";
  query?: string;
}

interface ReleaseSearch extends ListSearch {
  sort?: "impact" | "-impact";
  size?: "large" | "medium" | "small" | "none";
  query?: string;
  /** Where the page begins while the list is sorted by impact. */
  offset?: number;
}

interface GroupsSearch {
  query?: string;
  sort?: GroupSort;
  offset?: number;
}

export const insightRoutes = [
  createRoute({
    getParentRoute,
    path: "overview",
    validateSearch: (search: Search): { metric?: MetricName } => ({
      metric: oneOf(search.metric, EXPLAINED),
    }),
    component: lazyRouteComponent(() => import("./OverviewPage.tsx"), "OverviewPage"),
  }),
  createRoute({
    getParentRoute,
    path: "deployments",
    validateSearch: (search: Search): ListSearch & { status?: Status } => ({
      ...parseList(search),
      status: oneOf(search.status, STATUSES),
    }),
    component: lazyRouteComponent(() => import("./DeploymentsPage.tsx"), "DeploymentsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "deployments/$deploymentId",
    component: lazyRouteComponent(() => import("./DeploymentPage.tsx"), "DeploymentPage"),
  }),
  createRoute({
    getParentRoute,
    path: "lead-time",
    validateSearch: (search: Search): LeadTimeSearch => ({
      ...parseList(search),
      sort: oneOf(search.sort, ["leadTime", "-leadTime"]),
      show: oneOf(search.show, ["percentiles"]),
      state: oneOf(search.state, ["merged", "open", "closed", "all"]),
      query: text(search.query),
    }),
    component: lazyRouteComponent(() => import("./LeadTimePage.tsx"), "LeadTimePage"),
  }),
  createRoute({
    getParentRoute,
    path: "releases",
    validateSearch: (search: Search): ReleaseSearch => ({
      ...parseList(search),
      sort: oneOf(search.sort, ["impact", "-impact"]),
      size: oneOf(search.size, ["large", "medium", "small", "none"]),
      query: text(search.query),
      offset: wholeNumber(search.offset),
    }),
    component: lazyRouteComponent(() => import("./ReleasesPage.tsx"), "ReleasesPage"),
  }),
  createRoute({
    getParentRoute,
    path: "flag-health",
    validateSearch: (search: Search): { group?: "maintainer" } => ({
      group: oneOf(search.group, ["maintainer"]),
    }),
    component: lazyRouteComponent(() => import("./FlagHealthPage.tsx"), "FlagHealthPage"),
  }),
  createRoute({
    getParentRoute,
    path: "experimentation",
    validateSearch: parseRange,
    component: lazyRouteComponent(() => import("./ExperimentationPage.tsx"), "ExperimentationPage"),
  }),
  createRoute({
    getParentRoute,
    path: "groups",
    validateSearch: (search: Search): GroupsSearch => ({
      query: text(search.query),
      sort: oneOf(search.sort, GROUP_ORDERS),
      offset: wholeNumber(search.offset),
    }),
    component: lazyRouteComponent(() => import("./GroupsPage.tsx"), "GroupsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "groups/$groupKey",
    component: lazyRouteComponent(() => import("./GroupPage.tsx"), "GroupPage"),
  }),
  createRoute({
    getParentRoute,
    path: "setup",
    validateSearch: (search: Search): { step?: StepName | "none" } => ({
      step: oneOf(search.step, [...STEPS, "none"]),
    }),
    component: lazyRouteComponent(() => import("./SetupPage.tsx"), "SetupPage"),
  }),
] as const;

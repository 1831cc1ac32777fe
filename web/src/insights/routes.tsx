// The pages about how well a project delivers.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseRange, type RangeSearch } from "../shell/range.ts";
import { projectRoute } from "../shell/roots.tsx";
import { oneOf, type Search, text } from "../shell/search.ts";
import { METRICS, type MetricName, PILLARS } from "./scores.ts";

const getParentRoute = () => projectRoute;

const EXPLAINED: readonly MetricName[] = ["overall", ...PILLARS, ...METRICS];

/** A list whose pages are known by where they begin. */
type ListSearch = RangeSearch & { after?: string; sort?: string };

function parseList(search: Search): ListSearch {
  return { ...parseRange(search), after: text(search.after), sort: text(search.sort) };
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
    validateSearch: parseList,
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
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./LeadTimePage.tsx"), "LeadTimePage"),
  }),
  createRoute({
    getParentRoute,
    path: "releases",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./ReleasesPage.tsx"), "ReleasesPage"),
  }),
  createRoute({
    getParentRoute,
    path: "flag-health",
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
    component: lazyRouteComponent(() => import("./GroupsPage.tsx"), "GroupsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "setup",
    component: lazyRouteComponent(() => import("./SetupPage.tsx"), "SetupPage"),
  }),
] as const;

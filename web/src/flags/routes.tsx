// The pages about feature flags.
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { parseRange } from "../shell/range.ts";
import { projectRoute, rootRoute } from "../shell/roots.tsx";
import { type Search, text, wholeNumber } from "../shell/search.ts";
import { parseFlagList } from "./flagFilter.ts";

const getParentRoute = () => projectRoute;

interface HistorySearch {
  /** Whether other environments are told of too. */
  everywhere?: boolean;
  /** The entry whose difference is shown. */
  entry?: string;
  before?: number;
  beforeId?: string;
}

const flagRoute = createRoute({
  getParentRoute,
  path: "flags/$flagKey",
  component: lazyRouteComponent(() => import("./FlagFrame.tsx"), "FlagFrame"),
});

const ofFlag = () => flagRoute;

const pagesOfFlag = [
  createRoute({
    getParentRoute: ofFlag,
    path: "/",
    component: lazyRouteComponent(() => import("./ToTargeting.tsx"), "ToTargeting"),
  }),
  createRoute({
    getParentRoute: ofFlag,
    path: "targeting",
    component: lazyRouteComponent(() => import("./TargetingPage.tsx"), "TargetingPage"),
  }),
  createRoute({
    getParentRoute: ofFlag,
    path: "variations",
    component: lazyRouteComponent(() => import("./VariationsPage.tsx"), "VariationsPage"),
  }),
  createRoute({
    getParentRoute: ofFlag,
    path: "insights",
    validateSearch: parseRange,
    component: lazyRouteComponent(() => import("./FlagInsightsPage.tsx"), "FlagInsightsPage"),
  }),
  createRoute({
    getParentRoute: ofFlag,
    path: "history",
    validateSearch: (search: Search): HistorySearch => ({
      everywhere: search.everywhere === true || undefined,
      entry: text(search.entry),
      before: wholeNumber(search.before),
      beforeId: text(search.beforeId),
    }),
    component: lazyRouteComponent(() => import("./FlagHistoryPage.tsx"), "FlagHistoryPage"),
  }),
  createRoute({
    getParentRoute: ofFlag,
    path: "code-references",
    component: lazyRouteComponent(() => import("./CodeReferencesPage.tsx"), "CodeReferencesPage"),
  }),
  createRoute({
    getParentRoute: ofFlag,
    path: "settings",
    component: lazyRouteComponent(() => import("./FlagSettingsPage.tsx"), "FlagSettingsPage"),
  }),
] as const;

export const flagRoutes = [
  createRoute({
    getParentRoute,
    path: "flags",
    validateSearch: parseFlagList,
    component: lazyRouteComponent(() => import("./FlagListPage.tsx"), "FlagListPage"),
  }),
  createRoute({
    getParentRoute,
    path: "flags/new",
    component: lazyRouteComponent(() => import("./NewFlagPage.tsx"), "NewFlagPage"),
  }),
  flagRoute.addChildren([...pagesOfFlag]),
] as const;

/** Where representations of flags say that people find them (`_site`). */
export const flagSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$projectKey/$environmentKey/features/$flagKey",
  beforeLoad: ({ params: { projectKey, environmentKey, flagKey } }): never => {
    throw redirect({
      to: "/projects/$projectKey/flags/$flagKey/targeting",
      params: { projectKey, flagKey },
      search: { environment: environmentKey },
      replace: true,
    });
  },
});

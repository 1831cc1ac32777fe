// The pages about projects and their environments.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { projectRoute, settingsRoute } from "../shell/roots.tsx";
import { type Search, text, wholeNumber } from "../shell/search.ts";

export const environmentRoutes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: "environments",
    component: lazyRouteComponent(() => import("./EnvironmentsPage.tsx"), "EnvironmentsPage"),
  }),
] as const;

export const projectListRoutes = [
  createRoute({
    getParentRoute: () => settingsRoute,
    path: "projects",
    validateSearch: (search: Search): { query?: string; offset?: number } => ({
      query: text(search.query),
      offset: wholeNumber(search.offset),
    }),
    component: lazyRouteComponent(() => import("./ProjectsPage.tsx"), "ProjectsPage"),
  }),
] as const;

// The pages about projects and their environments.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { projectRoute, settingsRoute } from "../shell/roots.tsx";
import { type Search, text, wholeNumber } from "../shell/search.ts";

interface ListSearch {
  query?: string;
  offset?: number;
}

function parseList(search: Search): ListSearch {
  return { query: text(search.query), offset: wholeNumber(search.offset) };
}

export const environmentRoutes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: "environments",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./EnvironmentsPage.tsx"), "EnvironmentsPage"),
  }),
] as const;

export const projectListRoutes = [
  createRoute({
    getParentRoute: () => settingsRoute,
    path: "projects",
    validateSearch: parseList,
    component: lazyRouteComponent(() => import("./ProjectsPage.tsx"), "ProjectsPage"),
  }),
] as const;

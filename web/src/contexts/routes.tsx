// The pages about contexts.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { projectRoute } from "../shell/roots.tsx";
import { type Search, text } from "../shell/search.ts";

const getParentRoute = () => projectRoute;

export const contextRoutes = [
  createRoute({
    getParentRoute,
    path: "contexts",
    validateSearch: (search: Search): { query?: string; kind?: string; after?: string } => ({
      query: text(search.query),
      kind: text(search.kind),
      after: text(search.after),
    }),
    component: lazyRouteComponent(() => import("./ContextListPage.tsx"), "ContextListPage"),
  }),
  createRoute({
    getParentRoute,
    path: "contexts/$kind/$contextKey",
    component: lazyRouteComponent(() => import("./ContextPage.tsx"), "ContextPage"),
  }),
] as const;

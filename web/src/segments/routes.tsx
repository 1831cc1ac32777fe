// The pages about segments.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { projectRoute } from "../shell/roots.tsx";
import { type Search, text, wholeNumber } from "../shell/search.ts";

const getParentRoute = () => projectRoute;

export const segmentRoutes = [
  createRoute({
    getParentRoute,
    path: "segments",
    validateSearch: (search: Search): { query?: string; sort?: string; offset?: number } => ({
      query: text(search.query),
      sort: text(search.sort),
      offset: wholeNumber(search.offset),
    }),
    component: lazyRouteComponent(() => import("./SegmentListPage.tsx"), "SegmentListPage"),
  }),
  createRoute({
    getParentRoute,
    path: "segments/$segmentKey",
    component: lazyRouteComponent(() => import("./SegmentPage.tsx"), "SegmentPage"),
  }),
] as const;

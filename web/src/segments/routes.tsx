// The pages about segments.
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { projectRoute, rootRoute } from "../shell/roots.tsx";
import { oneOf, type Search, text, wholeNumber } from "../shell/search.ts";

const getParentRoute = () => projectRoute;

interface SegmentListSearch {
  query?: string;
  tag?: string;
  kind?: "rules" | "lists";
  sort?: string;
  offset?: number;
}

export const segmentRoutes = [
  createRoute({
    getParentRoute,
    path: "segments",
    validateSearch: (search: Search): SegmentListSearch => ({
      query: text(search.query),
      tag: text(search.tag),
      kind: oneOf(search.kind, ["rules", "lists"]),
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

/** Where representations of segments say that people find them (`site`). */
export const segmentSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$projectKey/$environmentKey/segments/$segmentKey",
  beforeLoad: ({ params: { projectKey, environmentKey, segmentKey } }): never => {
    throw redirect({
      to: "/projects/$projectKey/segments/$segmentKey",
      params: { projectKey, segmentKey },
      search: { environment: environmentKey },
      replace: true,
    });
  },
});

// The pages about contexts.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { projectRoute } from "../shell/roots.tsx";
import { oneOf, type Search, text, wholeNumber } from "../shell/search.ts";
import { type ContextDocument, isObject } from "./documents.ts";

const getParentRoute = () => projectRoute;

interface ContextListSearch {
  query?: string;
  kind?: string;
  /** Where the page of the list begins, as the page before told it. */
  after?: string;
  tab?: "kinds";
}

export interface OutcomeSearch {
  /** What the flags that are shown are like. */
  query?: string;
  only?: "special" | "changed";
  offset?: number;
  /** The context as it was made up. */
  context?: ContextDocument;
}

function parseOutcome(search: Search): OutcomeSearch {
  return {
    query: text(search.query),
    only: oneOf(search.only, ["special", "changed"]),
    offset: wholeNumber(search.offset),
    context: isObject(search.context) ? search.context : undefined,
  };
}

export const contextRoutes = [
  createRoute({
    getParentRoute,
    path: "contexts",
    validateSearch: (search: Search): ContextListSearch => ({
      query: text(search.query),
      kind: text(search.kind),
      after: text(search.after),
      tab: oneOf(search.tab, ["kinds"]),
    }),
    component: lazyRouteComponent(() => import("./ContextListPage.tsx"), "ContextListPage"),
  }),
  createRoute({
    getParentRoute,
    path: "contexts/try",
    validateSearch: parseOutcome,
    component: lazyRouteComponent(() => import("./TryContextPage.tsx"), "TryContextPage"),
  }),
  createRoute({
    getParentRoute,
    path: "contexts/$kind/$contextKey",
    validateSearch: parseOutcome,
    component: lazyRouteComponent(() => import("./ContextPage.tsx"), "ContextPage"),
  }),
] as const;

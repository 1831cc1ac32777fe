// The routes that all others hang from: the whole, a project, the account's settings.
import { createRootRoute, createRoute, retainSearchParams } from "@tanstack/react-router";
import { HomePage } from "./HomePage.tsx";
import { NothingHere } from "./NothingHere.tsx";
import { ProjectFrame } from "./ProjectFrame.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";
import { type Search, text, texts } from "./search.ts";

export const rootRoute = createRootRoute({ notFoundComponent: NothingHere });

export const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: "/", component: HomePage });

interface PlaceSearch {
  /** Which environment is looked at. */
  environment?: string;
  /** Which applications insights are about; all where there are none. */
  application?: string[];
}

export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/projects/$projectKey",
  validateSearch: (search: Search): PlaceSearch => ({
    environment: text(search.environment),
    application: texts(search.application),
  }),
  search: { middlewares: [retainSearchParams(["environment"])] },
  component: ProjectFrame,
});

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: SettingsFrame,
});

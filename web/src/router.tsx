// Every page of the interface. Each area names its own; pages are loaded when they are opened.
import { createRouter } from "@tanstack/react-router";
import { accountRoutes } from "./account/routes.tsx";
import { contextRoutes } from "./contexts/routes.tsx";
import { flagRoutes, flagSiteRoute } from "./flags/routes.tsx";
import { insightRoutes } from "./insights/routes.tsx";
import { environmentRoutes, projectListRoutes } from "./projects/routes.tsx";
import { segmentRoutes, segmentSiteRoute } from "./segments/routes.tsx";
import { homeRoute, projectRoute, rootRoute, settingsRoute } from "./shell/roots.tsx";

const routes = rootRoute.addChildren([
  homeRoute,
  flagSiteRoute,
  segmentSiteRoute,
  projectRoute.addChildren([
    ...insightRoutes,
    ...flagRoutes,
    ...segmentRoutes,
    ...contextRoutes,
    ...environmentRoutes,
  ]),
  settingsRoute.addChildren([...projectListRoutes, ...accountRoutes]),
]);

export const router = createRouter({ routeTree: routes, defaultPreload: "intent", scrollRestoration: true });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

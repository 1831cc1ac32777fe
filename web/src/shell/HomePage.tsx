// The address without anything: leads to the project that was looked at last, else to the first, else to all of none.
import { Navigate } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { Loaded } from "../parts/Loaded.tsx";
import { lastProject } from "./lastProject.ts";

export function HomePage() {
  const projects = api.useQuery("get", "/api/v2/projects", { params: { query: { limit: 100 } } });
  return (
    <Loaded query={projects} height={400}>
      {({ items }) => {
        const known = items.find(({ key }) => key === lastProject.read()) ?? items[0];
        if (!known) return <Navigate to="/settings/projects" replace />;
        return <Navigate to="/projects/$projectKey/overview" params={{ projectKey: known.key }} replace />;
      }}
    </Loaded>
  );
}

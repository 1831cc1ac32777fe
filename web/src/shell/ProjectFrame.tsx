// The frame of a project's pages: finds the project and the environment, and tells of changes made elsewhere.
import { Container } from "@mantine/core";
import { Outlet, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { api, type Schemas } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { projectTexts } from "../texts/projects.ts";
import { Frame } from "./Frame.tsx";
import { lastProject } from "./lastProject.ts";
import { chooseEnvironment, type Environment, type Place, PlaceContext } from "./place.ts";

export function ProjectFrame() {
  const { projectKey } = useParams({ from: "/projects/$projectKey" });
  const query = { limit: 100 };
  const project = api.useQuery("get", "/api/v2/projects/{projectKey}", { params: { path: { projectKey } } });
  const environments = api.useQuery("get", "/api/v2/projects/{projectKey}/environments", {
    params: { path: { projectKey }, query },
  });
  if (project.data && environments.data) {
    return <Found project={project.data} environments={environments.data.items} />;
  }
  return (
    <Frame place={null}>
      <Container>
        <Loaded query={project} height={600}>
          {() => (
            <Loaded query={environments} height={600}>
              {() => null}
            </Loaded>
          )}
        </Loaded>
      </Container>
    </Frame>
  );
}

interface Props {
  project: Schemas["ProjectShape"];
  environments: readonly Environment[];
}

function Found({ project, environments }: Props) {
  const search = useSearch({ from: "/projects/$projectKey" });
  const environment = chooseEnvironment(environments, search.environment);
  useEffect(() => lastProject.keep(project.key), [project.key]);
  if (!environment) {
    return (
      <Frame place={null}>
        <Empty title={projectTexts.noEnvironment}>{projectTexts.noEnvironmentText}</Empty>
      </Frame>
    );
  }
  const place = { projectKey: project.key, projectName: project.name, project, environments, environment };
  return <Placed key={project.key} place={place} />;
}

function Placed({ place }: { place: Place }) {
  useLive(place.environment._id);
  return (
    <PlaceContext value={place}>
      <Frame place={place}>
        <Outlet />
      </Frame>
    </PlaceContext>
  );
}

// Where one is: the project of the address, and the environment that is looked at.
import { getRouteApi } from "@tanstack/react-router";
import { createContext, useContext } from "react";
import type { Schemas } from "../api/client.ts";

export type Environment = Schemas["EnvironmentShape"];

export interface Place {
  projectKey: string;
  projectName: string;
  project: Schemas["ProjectShape"];
  environments: readonly Environment[];
  environment: Environment;
}

export const PlaceContext = createContext<Place | null>(null);

/** The project and environment that pages below /projects/KEY are about. */
export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("only pages of a project have a place");
  return place;
}

/** The environment that is meant: the one of the address, else the first critical one, else the first. */
export function chooseEnvironment(
  environments: readonly Environment[],
  key: string | undefined,
): Environment | undefined {
  return (
    environments.find((each) => each.key === key) ??
    environments.find((each) => each.critical) ??
    environments[0]
  );
}

export const projectRoute = getRouteApi("/projects/$projectKey");

// What the commands of setting up are filled in for: this server, and the place that is looked at.
import { usePlace } from "../shell/place.ts";
import type { Target } from "./setupCommands.ts";

export function useTarget(): Target {
  const { projectKey, environment } = usePlace();
  return { address: location.origin, projectKey, environmentKey: environment.key };
}

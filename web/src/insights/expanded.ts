// What `expand=` adds. The API's document leaves its form open, as it depends on what was asked for; it is named here.
import type { Schemas } from "../api/client.ts";

interface Items<Item> {
  items: readonly Item[];
}

/** The items of an expansion; none where it was not asked for. */
function itemsOf<Item>(expansion: unknown): readonly Item[] {
  return (expansion as Items<Item> | undefined)?.items ?? [];
}

export function pullRequestsOf(deployment: Schemas["DeploymentShape"]) {
  return itemsOf<Schemas["PullRequestShape"]>(deployment.pullRequests);
}

export interface FlagReference {
  projectKey: string;
  flagKey: string;
  referencesAdded: number;
  referencesRemoved: number;
}

export function flagReferencesOf(deployment: Schemas["DeploymentShape"]) {
  return itemsOf<FlagReference>(deployment.flagReferences);
}

export function deploymentsOf(pullRequest: Schemas["PullRequestShape"]) {
  return itemsOf<Schemas["DeploymentShape"]>(pullRequest.deployments);
}

// Where the thing of an entry is shown. The API's path says what it is, the policy's address in which environment. Pure.
export type Place =
  | { kind: "flag"; projectKey: string; flagKey: string; environment?: string }
  | { kind: "segment"; projectKey: string; segmentKey: string; environment?: string }
  | { kind: "environments"; projectKey: string }
  | { kind: "project"; projectKey: string }
  | { kind: "deployment"; projectKey: string; deploymentId: string }
  | { kind: "groups"; projectKey: string }
  | { kind: "team"; teamKey: string }
  | { kind: "role"; roleKey: string }
  | { kind: "token"; tokenId: string }
  | { kind: "webhook"; webhookId: string }
  | { kind: "members" };

/** Nothing where no page shows it. */
export function placeOf(path: string, address: string): Place | undefined {
  const [, , , collection, ...rest] = path.split("?")[0]?.split("/").map(decodeURIComponent) ?? [];
  const [first, second, third] = rest;
  if (!first) return undefined;
  const { project, environment } = whereIs(address);
  switch (collection) {
    case "flags":
      return second ? { kind: "flag", projectKey: first, flagKey: second, environment } : undefined;
    case "flag-links":
      return flagOfLink(rest);
    case "segments":
      return third
        ? { kind: "segment", projectKey: first, segmentKey: third, environment: second }
        : undefined;
    case "projects":
      return second === "environments"
        ? { kind: "environments", projectKey: first }
        : { kind: "project", projectKey: first };
    case "engineering-insights":
      return project ? insightOf(rest, project) : undefined;
    case "teams":
      return { kind: "team", teamKey: first };
    case "roles":
      return { kind: "role", roleKey: first };
    case "tokens":
      return { kind: "token", tokenId: first };
    case "webhooks":
      return { kind: "webhook", webhookId: first };
    case "members":
      return { kind: "members" };
    default:
      return undefined;
  }
}

function flagOfLink([, projectKey, , flagKey]: string[]): Place | undefined {
  return projectKey && flagKey ? { kind: "flag", projectKey, flagKey } : undefined;
}

function insightOf([what, id]: string[], projectKey: string): Place | undefined {
  if (what === "deployments" && id) return { kind: "deployment", projectKey, deploymentId: id };
  return what === "insights" && id === "groups" ? { kind: "groups", projectKey } : undefined;
}

function whereIs(address: string): { project?: string; environment?: string } {
  const key = (type: string) => new RegExp(`(?:^|:)${type}/([^:;]+)`).exec(address)?.[1];
  const [project, environment] = [key("proj"), key("env")];
  return {
    project: project && decodeURIComponent(project),
    environment: environment && environment !== "*" ? decodeURIComponent(environment) : undefined,
  };
}

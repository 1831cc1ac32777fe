// What is pasted elsewhere so that data gets in, filled in for one project and environment.
export interface Target {
  /** The server's address, without a slash at the end. */
  address: string;
  projectKey: string;
  environmentKey: string;
}

export function importGit({ projectKey, environmentKey }: Target): string {
  return `daybreak import git PATH/TO/CLONE --project ${projectKey} --environment ${environmentKey} \\
  --application web --tags 'v*'`;
}

export function postDeployment({ address, projectKey, environmentKey }: Target): string {
  const event = {
    projectKey,
    environmentKey,
    applicationKey: "web",
    version: "v1.4.0",
    eventType: "finished",
  };
  return `curl -X POST -H "Authorization: $DAYBREAK_TOKEN" -H "Content-Type: application/json" \\
  -d '${JSON.stringify(event).replaceAll(":", ": ").replaceAll(",", ", ")}' \\
  ${address}/api/v2/engineering-insights/deployment-events`;
}

export function githubAction({ address, projectKey, environmentKey }: Target): string {
  return `- uses: launchdarkly/deployment-events-action@v1
  with:
    access-token: \${{ secrets.DAYBREAK_TOKEN }}
    base-uri: ${address}
    project-key: ${projectKey}
    environment-key: ${environmentKey}
    application-key: web
    version: \${{ github.sha }}
    event-type: finished`;
}

export function webhookAddress(provider: "github" | "gitlab", { address, projectKey }: Target): string {
  return `${address}/webhooks/${provider}/${projectKey}`;
}

export function findCodeReferences({ address, projectKey }: Target): string {
  return `ld-find-code-refs --accessToken "$DAYBREAK_TOKEN" --baseUri ${address} \\
  --projKey ${projectKey} --repoName NAME-OF-REPOSITORY --dir .`;
}

/** The scanner refuses longer project keys. */
export const LONGEST_SCANNED_KEY = 20;

export const CREATE_TOKEN = "daybreak token create --name pipeline --role writer";

/** Whether only programs on this machine reach the address. */
export function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

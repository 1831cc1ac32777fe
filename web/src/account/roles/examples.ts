// Policies to start from: those that docs/roles.md explains.
import { roleTexts } from "../../texts/account.ts";
import type { Statement } from "../policy/statements.ts";

export interface RoleExample {
  name: string;
  key: string;
  basePermissions: BasePermissions;
  policy: readonly Statement[];
}

export type BasePermissions = "reader" | "no_access";

const OF_TEAM = "proj/$" + "{roleAttribute/project}";

export const EXAMPLES: Readonly<Record<string, RoleExample>> = {
  empty: { name: "", key: "", basePermissions: "reader", policy: [] },
  production: {
    name: roleTexts.exampleNames.production,
    key: "developer",
    basePermissions: "reader",
    policy: [
      { effect: "allow", resources: ["proj/*:env/*:flag/*"], actions: ["*"] },
      { effect: "deny", resources: ["proj/*:env/production:flag/*"], notActions: ["view*"] },
    ],
  },
  team: {
    name: roleTexts.exampleNames.team,
    key: "maintainer",
    basePermissions: "no_access",
    policy: [
      { effect: "allow", resources: [OF_TEAM, `${OF_TEAM}:env/*`, `${OF_TEAM}:env/*:*/*`], actions: ["*"] },
    ],
  },
  pipeline: {
    name: roleTexts.exampleNames.pipeline,
    key: "pipeline",
    basePermissions: "no_access",
    policy: [
      {
        effect: "allow",
        resources: ["proj/*:env/*:deployment/*"],
        actions: ["createDeploymentEvent"],
      },
    ],
  },
};

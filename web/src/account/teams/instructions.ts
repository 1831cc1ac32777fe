// What a form has changed of a team, as instructions of a semantic patch. Pure.
export interface Instruction {
  kind: string;
  [member: string]: unknown;
}

interface Details {
  name: string;
  description: string;
}

export function detailInstructions(before: Details, after: Details): Instruction[] {
  return [
    ...(before.name === after.name ? [] : [{ kind: "updateName", value: after.name }]),
    ...(before.description === after.description
      ? []
      : [{ kind: "updateDescription", value: after.description }]),
  ];
}

export function roleInstructions(before: readonly string[], after: readonly string[]): Instruction[] {
  const come = after.filter((key) => !before.includes(key));
  const gone = before.filter((key) => !after.includes(key));
  return [
    ...(come.length ? [{ kind: "addCustomRoles", values: come }] : []),
    ...(gone.length ? [{ kind: "removeCustomRoles", values: gone }] : []),
  ];
}

export function maintainerInstruction(kind: "add" | "remove", memberIDs: readonly string[]): Instruction {
  return { kind: `${kind}PermissionGrants`, actionSet: "maintainTeam", memberIDs };
}

// A flag's settings while they are changed: the draft, and the instructions that make the flag so. Pure.
import { flagSettingsTexts } from "../texts/flagSettings.ts";
import type { Flag } from "./flag.ts";
import type { Instruction } from "./patching.ts";

export interface SettingsDraft {
  name: string;
  description: string;
  tags: string[];
  isTemporary: boolean;
  usingEnvironmentId: boolean;
  usingMobileKey: boolean;
  /** Who looks after it: "member:ID" or "team:KEY"; empty where nobody does. */
  maintainer: string;
}

export function settingsOf(flag: Flag): SettingsDraft {
  const { clientSideAvailability: availability, maintainerId, maintainerTeamKey } = flag;
  return {
    name: flag.name,
    description: flag.description,
    tags: [...flag.tags],
    isTemporary: flag.temporary,
    usingEnvironmentId: availability.usingEnvironmentId,
    usingMobileKey: availability.usingMobileKey,
    maintainer: maintainerId
      ? `member:${maintainerId}`
      : maintainerTeamKey
        ? `team:${maintainerTeamKey}`
        : "",
  };
}

export function settingsInstructions(before: SettingsDraft, after: SettingsDraft): Instruction[] {
  const [name, description] = [after.name.trim(), after.description];
  const added = after.tags.filter((tag) => !before.tags.includes(tag));
  const removed = before.tags.filter((tag) => !after.tags.includes(tag));
  return [
    ...(name === before.name ? [] : [{ kind: "updateName", value: name }]),
    ...(description === before.description ? [] : [{ kind: "updateDescription", value: description }]),
    ...(added.length ? [{ kind: "addTags", values: added }] : []),
    ...(removed.length ? [{ kind: "removeTags", values: removed }] : []),
    ...(after.isTemporary === before.isTemporary
      ? []
      : [{ kind: after.isTemporary ? "makeFlagTemporary" : "makeFlagPermanent" }]),
    ...availability("usingEnvironmentId", before, after),
    ...availability("usingMobileKey", before, after),
    ...(after.maintainer === before.maintainer ? [] : [maintainerInstruction(after.maintainer)]),
  ];
}

type Client = "usingEnvironmentId" | "usingMobileKey";

function availability(client: Client, before: SettingsDraft, after: SettingsDraft): Instruction[] {
  if (before[client] === after[client]) return [];
  const kind = after[client] ? "turnOnClientSideAvailability" : "turnOffClientSideAvailability";
  return [{ kind, value: client }];
}

function maintainerInstruction(maintainer: string): Instruction {
  if (maintainer === "") return { kind: "removeMaintainer" };
  const [kind, value] = splitMaintainer(maintainer);
  return { kind: kind === "team" ? "updateMaintainerTeam" : "updateMaintainerMember", value };
}

function splitMaintainer(maintainer: string): [string, string] {
  const colon = maintainer.indexOf(":");
  return [maintainer.slice(0, colon), maintainer.slice(colon + 1)];
}

/** An instruction in words; `maintainer` is the name of whoever is to look after the flag. */
export function describeSetting(instruction: Instruction, maintainer: string): string {
  const texts = flagSettingsTexts.words;
  const list = Array.isArray(instruction.values) ? instruction.values.join(", ") : "";
  switch (instruction.kind) {
    case "updateName":
      return texts.name(String(instruction.value));
    case "updateDescription":
      return instruction.value === "" ? texts.noDescription : texts.description(String(instruction.value));
    case "addTags":
      return texts.addTags(list);
    case "removeTags":
      return texts.removeTags(list);
    case "makeFlagTemporary":
      return texts.temporary;
    case "makeFlagPermanent":
      return texts.permanent;
    case "turnOnClientSideAvailability":
      return texts.open(flagSettingsTexts.clients[instruction.value as Client]);
    case "turnOffClientSideAvailability":
      return texts.shut(flagSettingsTexts.clients[instruction.value as Client]);
    case "removeMaintainer":
      return texts.nobody;
    default:
      return texts.maintainer(maintainer);
  }
}

// What can be changed of a custom role, and what a change of it says in words. Pure.
import { roleTexts } from "../../texts/account.ts";
import { patchOf, type Replacement } from "../patches.ts";
import type { Statement } from "../policy/statements.ts";
import { statementInWords } from "../policy/words.ts";

export interface RoleFields {
  name: string;
  description: string;
  basePermissions: string;
  policy: readonly Statement[];
}

export interface RoleChange {
  patch: Replacement[];
  words: string[];
}

export function changeOf(before: RoleFields, after: RoleFields): RoleChange {
  const patch = patchOf<RoleFields>(before, after);
  return { patch, words: patch.flatMap(({ path }) => wordsOf(path, before, after)) };
}

function wordsOf(path: string, before: RoleFields, after: RoleFields): string[] {
  const texts = roleTexts.words;
  if (path === "/name") return [texts.name(after.name)];
  if (path === "/description")
    return [after.description ? texts.description(after.description) : texts.undescribed];
  if (path === "/basePermissions") return [texts.base(after.basePermissions)];
  const written = (statements: readonly Statement[]) => statements.map((each) => JSON.stringify(each));
  const [old, now] = [written(before.policy), written(after.policy)];
  const gone = before.policy.filter((each) => !now.includes(JSON.stringify(each)));
  const come = after.policy.filter((each) => !old.includes(JSON.stringify(each)));
  const changes = [
    ...gone.map((each) => texts.gone(statementInWords(each))),
    ...come.map((each) => texts.come(statementInWords(each))),
  ];
  return changes.length ? changes : [texts.reordered];
}

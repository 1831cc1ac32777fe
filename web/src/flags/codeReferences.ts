// Where code mentions a flag: lines with their numbers, what to mark in them, and links to the source. Pure.
import type { Schemas } from "../api/client.ts";

export type Hunk = Pick<Schemas["HunkShape"], "startingLineNumber" | "lines" | "flagKey" | "aliases">;

export interface Line {
  number: number;
  text: string;
}

export function linesOf({ startingLineNumber, lines }: Pick<Hunk, "startingLineNumber" | "lines">): Line[] {
  return lines.split("\n").map((text, place) => ({ number: startingLineNumber + place, text }));
}

/** The number of the first line that mentions the flag; the first one where none does. */
export function mentionOf(hunk: Hunk): number {
  const words = wordsOf(hunk);
  const lines = linesOf(hunk);
  const found = lines.find(({ text }) => words.some((word) => text.includes(word)));
  return found?.number ?? hunk.startingLineNumber;
}

/** What stands for the flag in the code, the longest first. */
export function wordsOf({ flagKey, aliases }: Pick<Hunk, "flagKey" | "aliases">): string[] {
  return [...new Set([flagKey, ...aliases])].filter(Boolean).sort((one, other) => other.length - one.length);
}

export interface Part {
  text: string;
  isMention: boolean;
}

/** The line cut where a word begins and ends. */
export function partsOf(line: string, words: readonly string[]): Part[] {
  const parts: Part[] = [];
  let plain = "";
  let place = 0;
  while (place < line.length) {
    const word = words.find((each) => line.startsWith(each, place));
    if (!word) {
      plain += line[place];
      place += 1;
      continue;
    }
    if (plain) parts.push({ text: plain, isMention: false });
    parts.push({ text: word, isMention: true });
    plain = "";
    place += word.length;
  }
  return plain ? [...parts, { text: plain, isMention: false }] : parts;
}

/** A template such as `https://host/blob/${sha}/${filePath}#L${lineNumber}`, filled in; nothing where it is no such address. */
export function addressFrom(template: string, values: Readonly<Record<string, string>>): string | undefined {
  const filled = template.replace(/\$\{(\w+)\}/g, (variable, name: string) =>
    values[name] === undefined ? variable : values[name].split("/").map(encodeURIComponent).join("/"),
  );
  // Templates come from outside: only what leads to a web page becomes a link.
  return /^https?:\/\//i.test(filled) && !filled.includes("${") ? filled : undefined;
}

export function findCommand(address: string, projectKey: string): string {
  return [
    `ld-find-code-refs --accessToken "$DAYBREAK_TOKEN" --baseUri ${address} \\`,
    `  --projKey ${projectKey} --repoName NAME-OF-REPOSITORY --dir .`,
  ].join("\n");
}

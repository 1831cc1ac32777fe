// Resource specifiers, such as proj/web:env/production:flag/dark-*;beta: whether one can be read, and what it says.
import { policyTexts, resourceTexts } from "../../texts/policies.ts";

const ACCOUNT = "acct";
export const ANYTHING = "*";

interface Segment {
  type: string;
  key: string;
  tags: string[];
}

function segmentsOf(specifier: string): Segment[] {
  return specifier.split(":").map((part) => {
    const [name = "", ...tail] = part.split(";");
    const [type = "", ...key] = name.split("/");
    return { type, key: key.join("/"), tags: tail.flatMap((tags) => tags.split(",")) };
  });
}

/** What the server would say against it; an empty text where it can be read. */
export function faultOfSpecifier(specifier: string): string {
  if (specifier === ANYTHING) return "";
  const texts = policyTexts.faults;
  for (const part of specifier.split(":")) {
    if (part.split(";").length > 2) return texts.tagsTwice(specifier, part);
    const segment = segmentsOf(part)[0];
    if (!segment) continue;
    const { type, key, tags } = segment;
    if (type === "") return texts.noType(specifier);
    if (type.includes(ANYTHING) && type !== ANYTHING) return texts.oddType(specifier, type);
    if (key === "" && type !== ACCOUNT) return texts.noKey(specifier, type);
    if (tags.some((tag) => tag === "")) return texts.noTag(specifier);
    if ([type, key, ...tags].some((word) => word !== word.trim())) return texts.space(specifier);
  }
  return "";
}

/** The kinds of what it names, from the outside in: ["proj", "env", "flag"]. None for everything there is. */
export function typesOf(specifier: string): string[] {
  return specifier === ANYTHING ? [] : segmentsOf(specifier).map(({ type }) => type);
}

/** Whether two specifiers can be about resources of the same kind. */
export function areOfOneKind(one: string, other: string): boolean {
  const [mine, theirs] = [typesOf(one), typesOf(other)];
  if (mine.length === 0 || theirs.length === 0) return true;
  return (
    mine.length === theirs.length &&
    mine.every((type, place) => type === ANYTHING || theirs[place] === ANYTHING || type === theirs[place])
  );
}

/** "all flags in the environment production in all projects", of proj/*:env/production:flag/*. */
export function specifierInWords(specifier: string): string {
  if (specifier === ANYTHING) return resourceTexts.everything;
  const parts = segmentsOf(specifier).map(segmentInWords).reverse();
  return parts.join(resourceTexts.within);
}

function segmentInWords({ type, key, tags }: Segment): string {
  const [one, many] = resourceTexts.kinds[type] ?? resourceTexts.unknownKind(type);
  const tagged = tags.length ? resourceTexts.tagged(tags.join(", ")) : "";
  const name = type === ANYTHING && key === ANYTHING ? resourceTexts.everything : named(one, many, key);
  return `${name}${tagged}`;
}

function named(one: string, many: string, key: string): string {
  if (key === "") return resourceTexts.the(one);
  if (key === ANYTHING) return resourceTexts.all(many);
  const attribute = /^\$\{roleAttribute\/([^}]*)\}$/.exec(key)?.[1];
  if (attribute) return resourceTexts.ofAttribute(many, attribute);
  return key.includes(ANYTHING) ? resourceTexts.like(many, key) : resourceTexts.called(one, key);
}

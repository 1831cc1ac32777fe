// A flag that is about to be created: what its form holds, and what of it is sent.
import type { Schemas } from "../api/client.ts";
import { faultsOfValues, parseValue, type ValueType } from "./values.ts";

export interface VariationDraft {
  id: string;
  name: string;
  description: string;
  /** The value, as it is typed. */
  text: string;
}

/** The variations of one type, and which of them are served. Each type keeps its own while one looks at another. */
export interface ServedDraft {
  variations: readonly VariationDraft[];
  onId: string;
  offId: string;
}

export interface FlagDraft {
  named: { name: string; key: string };
  description: string;
  tags: string[];
  isTemporary: boolean;
  usingEnvironmentId: boolean;
  usingMobileKey: boolean;
  type: ValueType;
  served: Record<ValueType, ServedDraft>;
}

let drafts = 0;

export function emptyVariation(): VariationDraft {
  drafts += 1;
  return { id: `new-${drafts}`, name: "", description: "", text: "" };
}

/** What the project's new flags begin with. */
export function draftFrom(defaults: Schemas["FlagDefaultsShape"]): FlagDraft {
  const { booleanDefaults, defaultClientSideAvailability: availability } = defaults;
  return {
    named: { name: "", key: "" },
    description: "",
    tags: [...defaults.tags],
    isTemporary: defaults.temporary,
    usingEnvironmentId: availability.usingEnvironmentId,
    usingMobileKey: availability.usingMobileKey,
    type: "boolean",
    served: {
      string: startWith([emptyVariation(), emptyVariation()]),
      number: startWith([emptyVariation(), emptyVariation()]),
      json: startWith([emptyVariation(), emptyVariation()]),
      boolean: startWith(
        [
          {
            id: "true",
            text: "true",
            name: booleanDefaults.trueDisplayName,
            description: booleanDefaults.trueDescription,
          },
          {
            id: "false",
            text: "false",
            name: booleanDefaults.falseDisplayName,
            description: booleanDefaults.falseDescription,
          },
        ],
        booleanDefaults.onVariation,
        booleanDefaults.offVariation,
      ),
    },
  };
}

function startWith(variations: readonly VariationDraft[], on = 0, off = 1): ServedDraft {
  return { variations, onId: variations[on]?.id ?? "", offId: variations[off]?.id ?? "" };
}

/** Without the variation; where it was served, the first or the last of the others is. */
export function withoutVariation(served: ServedDraft, id: string): ServedDraft {
  const variations = served.variations.filter((each) => each.id !== id);
  return {
    variations,
    onId: served.onId === id ? (variations[0]?.id ?? "") : served.onId,
    offId: served.offId === id ? (variations.at(-1)?.id ?? "") : served.offId,
  };
}

/** What is wrong with the values, by the ids of the variations. */
export function valueFaults({ type, served }: FlagDraft): Map<string, string> {
  const { variations } = served[type];
  const faults = faultsOfValues(
    type,
    variations.map(({ text }) => text),
  );
  const found = variations.map(({ id }, place) => [id, faults[place] ?? ""] as const);
  return new Map(found.filter(([, fault]) => fault));
}

/** What the API is told. Only for drafts without faults. */
export function bodyOf(draft: FlagDraft): Schemas["NewFlag"] {
  const { variations, onId, offId } = draft.served[draft.type];
  const placeOf = (id: string) => variations.findIndex((each) => each.id === id);
  return {
    ...draft.named,
    description: draft.description,
    tags: draft.tags,
    temporary: draft.isTemporary,
    clientSideAvailability: {
      usingEnvironmentId: draft.usingEnvironmentId,
      usingMobileKey: draft.usingMobileKey,
    },
    variations: variations.map(({ name, description, text }) => {
      const parsed = parseValue(draft.type, text);
      return {
        value: "value" in parsed ? parsed.value : null,
        ...(name.trim() && { name: name.trim() }),
        ...(description.trim() && { description: description.trim() }),
      };
    }),
    defaults: { onVariation: placeOf(onId), offVariation: placeOf(offId) },
  };
}

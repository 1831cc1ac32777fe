// The targeting of a flag while somebody edits it: what is saved, what they have made of it, and what others did meanwhile.
import { useCallback, useEffect, useState } from "react";
import type { Schemas } from "../../api/client.ts";
import { type Draft, parseDraft, type VariationsOf } from "./draft.ts";
import { type Instruction, instructionsFrom } from "./instructions.ts";
import { rebase } from "./rebase.ts";

interface State {
  /** What the server has, as far as is known. */
  saved: Draft;
  draft: Draft;
  /** Somebody else has saved something since this was edited. */
  isChangedElsewhere: boolean;
  hasLost: boolean;
}

export interface Targeting extends State {
  instructions: readonly Instruction[];
  edit: (change: Partial<Draft>) => void;
  discard: () => void;
  /** Takes over what the server answered to a save. */
  settle: (flag: Schemas["FlagShape"]) => void;
  acknowledge: () => void;
}

export function useTargeting(
  flag: Schemas["FlagShape"],
  environmentKey: string,
  variationsOf: VariationsOf,
): Targeting {
  const read = useCallback(
    (from: Schemas["FlagShape"]): Draft | undefined => {
      const configuration = from.environments?.[environmentKey];
      return configuration && parseDraft(configuration, from.variations, variationsOf);
    },
    [environmentKey, variationsOf],
  );
  const [state, setState] = useState<State>(() => start(read(flag) ?? EMPTY));
  useEffect(() => {
    const theirs = read(flag);
    if (theirs) setState((now) => follow(now, theirs));
  }, [flag, read]);
  return {
    ...state,
    instructions: instructionsFrom(state.saved, state.draft),
    edit: (change) => setState((now) => ({ ...now, draft: { ...now.draft, ...change } })),
    discard: () => setState((now) => start(now.saved)),
    settle: (answer) => {
      const draft = read(answer);
      if (draft) setState(start(draft));
    },
    acknowledge: () => setState((now) => ({ ...now, isChangedElsewhere: false, hasLost: false })),
  };
}

const EMPTY: Draft = {
  on: false,
  prerequisites: [],
  targets: [],
  rules: [],
  fallthrough: { variationId: "" },
  offVariationId: undefined,
};

function start(draft: Draft): State {
  return { saved: draft, draft, isChangedElsewhere: false, hasLost: false };
}

function follow(now: State, theirs: Draft): State {
  if (instructionsFrom(now.saved, theirs).length === 0) return { ...now, saved: theirs };
  if (instructionsFrom(now.saved, now.draft).length === 0) return start(theirs);
  const { draft, lost } = rebase(now.saved, now.draft, theirs);
  // What came is what was edited here: the answer to a save may be overtaken by the news of it.
  if (instructionsFrom(theirs, draft).length === 0) return start(theirs);
  return { saved: theirs, draft, isChangedElsewhere: true, hasLost: lost.length > 0 };
}

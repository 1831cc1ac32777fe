// A segment while somebody edits it: what is saved, what they have made of it, and what others did meanwhile.
import { useEffect, useState } from "react";
import { type Change, changesFrom } from "./changes.ts";
import { type Draft, parseDraft, type Segment } from "./draft.ts";
import { rebase } from "./rebase.ts";
import { describe } from "./words.ts";

interface State {
  /** What the server has, as far as is known. */
  saved: Draft;
  version: number;
  draft: Draft;
  /** What others have saved since this was edited, in words. */
  elsewhere: readonly string[];
  hasLost: boolean;
}

export interface SegmentDraft extends State {
  changes: readonly Change[];
  edit: (change: Partial<Draft>) => void;
  discard: () => void;
  /** Takes over what the server answered to a save. */
  settle: (segment: Segment) => void;
  acknowledge: () => void;
}

export function useSegmentDraft(segment: Segment): SegmentDraft {
  const [state, setState] = useState<State>(() => start(segment));
  useEffect(() => setState((now) => follow(now, segment)), [segment]);
  return {
    ...state,
    changes: changesFrom(state.saved, state.draft),
    edit: (change) => setState((now) => ({ ...now, draft: { ...now.draft, ...change } })),
    discard: () => setState((now) => ({ ...now, draft: now.saved, elsewhere: [], hasLost: false })),
    settle: (answer) => setState(start(answer)),
    acknowledge: () => setState((now) => ({ ...now, elsewhere: [], hasLost: false })),
  };
}

function start(segment: Segment): State {
  const draft = parseDraft(segment);
  return { saved: draft, version: segment.version, draft, elsewhere: [], hasLost: false };
}

function follow(now: State, segment: Segment): State {
  // An older answer may come after a save has settled.
  if (segment.version <= now.version) return now;
  const theirs = parseDraft(segment);
  const made = changesFrom(now.saved, theirs);
  if (changesFrom(now.saved, now.draft).length === 0) return start(segment);
  const { draft, lost } = rebase(now.saved, now.draft, theirs);
  // It may be what was saved here, told before the answer to the save has come.
  if (changesFrom(theirs, draft).length === 0 && lost.length === 0) return start(segment);
  return {
    saved: theirs,
    version: segment.version,
    draft,
    elsewhere: [...now.elsewhere, ...made.map((each) => describe(each, now.saved))],
    hasLost: now.hasLost || lost.length > 0,
  };
}

// Where a list goes on: the cursors in the links of one of its pages.
export interface TurnSearch {
  /** Continues after this place of the list. */
  after?: string;
  /** Goes back before this place of the list. */
  before?: string;
}

export interface Turns {
  previous?: TurnSearch;
  next?: TurnSearch;
}

export function turnsOf(links: Readonly<Record<string, { href: string }>>): Turns {
  const before = cursorIn(links.prev?.href, "before");
  const after = cursorIn(links.next?.href, "after");
  return { previous: before ? { before } : undefined, next: after ? { after } : undefined };
}

function cursorIn(href: string | undefined, name: string): string | undefined {
  if (!href) return undefined;
  return new URL(href, "http://any").searchParams.get(name) ?? undefined;
}

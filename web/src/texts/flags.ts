// Words about feature flags.
export const statusTexts = {
  new: { name: "New", about: "Not evaluated yet" },
  active: { name: "Active", about: "Evaluated within the last seven days, with more than one answer" },
  inactive: { name: "Inactive", about: "Not evaluated for seven days" },
  launched: { name: "Launched", about: "Everybody gets the same, and it has not changed for a while" },
} as const;

export const flagListTexts = {
  title: "Flags",
  about: (environment: string) => `What the project's flags do in ${environment}.`,
  create: "Create a flag",
  search: "Search by name, key or description",
  tag: "Tag",
  archived: "Archived flags",
  emptyTitle: "No flags yet",
  emptyText:
    "A feature flag decides at run time what a program does for whom: release to a few first, and take it back within a second.",
  nothingFound: "No flag is like this",
  nothingFoundText: "Search for less, or take a filter away.",
  clear: "Take the filters away",
  columns: {
    name: "Flag",
    state: "In this environment",
    status: "Status",
    evaluations: "Last 7 days",
    changed: "Created",
  },
  on: "On",
  off: "Off",
  serves: (what: string) => `serves ${what}`,
  rollout: "a percentage rollout",
  evaluations: (count: string) => `${count} evaluations in the last 7 days`,
  temporary: "temporary",
  archivedBadge: "archived",
  turn: (key: string, to: string) => `Turn ${key} ${to}`,
};

export const flagTexts = {
  pagesOf: "Pages of the flag",
  pages: {
    targeting: "Targeting",
    variations: "Variations",
    insights: "Insights",
    history: "History",
    codeReferences: "Code references",
    settings: "Settings",
  },
  notFound: (key: string) => `There is no flag ${key}`,
  toAll: "All flags of the project",
  temporary: "Temporary",
  permanent: "Permanent",
  archived: "Archived",
  deprecated: "Deprecated",
  tag: (tag: string) => `#${tag}`,
  maintainedBy: (name: string) => `Looked after by ${name}`,
  unmaintained: "Nobody looks after it",
};

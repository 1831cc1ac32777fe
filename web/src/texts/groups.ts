// Words about insight groups.
export const groupTexts = {
  title: "Groups",
  about:
    "A group is a team's applications in one environment, or a whole environment: its scores are followed under one name.",
  ranking:
    "Compare a group with itself four weeks ago, not with other groups. What is built differs, and so does how often it has to change: a ranking of teams measures that difference, and rewards whoever games it.",
  rankingTitle: "How to read this",
  create: "Create a group",
  search: "Search by name, key or application",
  columns: {
    name: "Group",
    environment: "Environment",
    overall: "Overall",
    change: "Since the last period",
    actions: "Actions",
  },
  everything: "The whole environment",
  emptyTitle: "No groups yet",
  emptyText:
    "Make one for each team that owns some applications. Its scores are those of its applications alone, so that a team sees its own work.",
  nothingFound: "No group is like this",
  nothingFoundText: "Search for less.",
  clear: "Show all groups",
  edit: (name: string) => `Edit ${name}`,
  remove: (name: string) => `Delete ${name}`,
  removeText: (name: string) =>
    `${name} is no longer followed. Nothing that was measured is deleted: a group with the same applications has the same scores.`,
  removed: "The group is deleted.",
  saved: "The group is saved.",
  created: "The group is created.",
  placeholder: "Checkout team",
  environment: "Environment",
  applications: "Applications",
  applicationsHint:
    "Choose, or type a key and press Enter. Without any, the group covers the whole environment.",
  applicationOdd: (key: string) => `${key} is no key: letters, numbers, periods, hyphens and underscores.`,
  editAction: "Edit",
  removeAction: "Delete",
};

export const groupPageTexts = {
  all: "All groups",
  scope: (environment: string, applications: string) => `${applications} in ${environment}.`,
  overview: "How these scores came about",
  metrics: "Metrics",
  columns: { metric: "Metric", now: "Last 28 days", before: "The 28 days before", change: "Change" },
  gone: "The group's environment is not among those that you may see.",
};

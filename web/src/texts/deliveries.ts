// Words about what reached users: deployments, lead times, releases by flags, the health of flags, experiments.
const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const rangeTexts = {
  label: "Time shown",
  names: { 7: "7 days", 28: "28 days", 90: "90 days", 182: "26 weeks", 364: "52 weeks" },
  chosen: (from: string, to: string) => `${from} to ${to}`,
  clear: "Clear the dates",
};

export const turnTexts = {
  label: "Pages",
  previous: "Previous page",
  next: "Next page",
};

/** The API's own words, which begin small and end without a point. */
export const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

export const scoreCardTexts = {
  span: "Of the last 28 days, whatever is shown here.",
  how: "How this came about",
  howLabel: (metric: string) => `How this came about: ${metric.toLowerCase()}`,
};

export const impactTexts = {
  large: "Large",
  medium: "Medium",
  small: "Small",
  none: "None",
  unknown: "Not known",
} as const;

export const statusTexts = {
  finished: "Finished",
  failed: "Failed",
  started: "In progress",
  timedOut: "Never ended",
  custom: "Custom",
} as const;

/** Why a deployment counts as failed. */
export const failureTexts: Record<string, { badge: string; about: string }> = {
  event: { badge: "Failed", about: "It reported itself that it failed." },
  rolledBack: { badge: "Rolled back", about: "The next deployment went back to an older version." },
  declared: { badge: "Fixed later", about: "A later deployment says that it fixes this one." },
  reverted: {
    badge: "Reverted",
    about: "A change that it brought was reverted within 72 hours after it.",
  },
};

export const deploymentTexts = {
  title: "Deployments",
  about: (environment: string) => `What was brought to ${environment}, how often, and how well that went.`,
  chart: "How often",
  chartLabel: (width: string) => `Finished deployments ${width}, by application`,
  perDay: "a day",
  perWeek: "a week",
  perFourWeeks: "in four weeks",
  chartEmpty: "No deployment finished in this time.",
  chartNote: "Only deployments that finished are counted here.",
  others: "others",
  list: "All deployments",
  total: (count: number) => plural(count, "deployment", "deployments"),
  status: "Status",
  anyStatus: "Any status",
  columns: {
    version: "Version",
    application: "Application",
    status: "Status",
    when: "When",
    duration: "Took",
    pullRequests: "Pull requests",
    leadTime: "Lead time",
  },
  active: "Runs now",
  archived: "Archived",
  unknown: "not known",
  nothingFound: "No deployment is like this",
  nothingFoundText: "Show a longer time, or take a filter away.",
  anyway: "Show all",
  emptyTitle: "No deployments yet",
  emptyText: "A pipeline tells of a deployment by one call at its end. Tell of one now:",
  command: "Tell of a deployment",
  emptyMore: "GitHub and GitLab can tell by themselves, and a git repository's history can be imported:",
  setup: "Connect what you have",
};

export const deploymentPageTexts = {
  title: (application: string, version: string) => `${application} ${version}`,
  all: "All deployments",
  facts: "Facts",
  environment: "Environment",
  fullVersion: "Full version",
  kind: "Kind",
  started: "Started",
  ended: "Ended",
  duration: "Took",
  changes: "Brought",
  changesOf: (pullRequests: number, people: number) =>
    `${plural(pullRequests, "pull request", "pull requests")} of ${plural(people, "person", "people")}`,
  lines: "Lines",
  linesOf: (added: string, deleted: string) => `${added} added, ${deleted} removed`,
  leadTime: "Mean lead time",
  leadTimeUnknown: "not known",
  metadata: "Metadata",
  failed: "This deployment counts as failed",
  undoneBy: "The deployment that undid it",
  pullRequests: "Pull requests",
  noPullRequests: "It brought no pull request that is known here.",
  flags: "Flags",
  flagsAbout:
    "Which flags its changes brought into the code or took out of it, and how soon they were served.",
  noFlags:
    "No flag is known to have come or gone with it. Scans of the code tell, and what applications evaluate.",
  flag: "Flag",
  inCode: "In the code",
  references: (added: number, removed: number) => {
    if (added && removed) return `${added} places added, ${removed} removed`;
    return added
      ? plural(added, "place added", "places added")
      : plural(removed, "place removed", "places removed");
  },
  firstEvaluated: "first evaluated by this version",
  firstMentioned: "first mentioned by its code",
  reached: "Served to half of all",
  after: (span: string) => `after ${span}`,
  notReached: "not yet",
  archive: "Archive",
  archiveAbout: "Told by mistake? Archived, it counts in no chart and no score. It can be brought back.",
  restore: "Bring it back",
  restoreAbout: "This deployment is archived: it counts in no chart and no score.",
  archived: "Archived: it counts no more",
  restored: "Brought back: it counts again",
};

export const stageTexts = {
  coding: { name: "Coding", about: "From the first commit to ready for review" },
  review: { name: "Review", about: "From ready for review to merged" },
  wait: { name: "Wait", about: "From merged to the start of the deployment" },
  deploy: { name: "Deploy", about: "From the start of the deployment to its end" },
} as const;

export const leadTimeTexts = {
  title: "Lead time",
  about: (environment: string) =>
    `From a change's first commit until it runs in ${environment}, and where the time goes.`,
  chart: "Where the time goes",
  show: "What the chart shows",
  mean: "Stages",
  percentiles: "Percentiles",
  meanLabel: (width: string) => `Mean lead time of the changes delivered ${width}, stage by stage`,
  percentileLabel: (width: string) => `Lead times that half, 75 and 95 of 100 changes stay below, ${width}`,
  perDay: "each day",
  perWeek: "each week",
  perFourWeeks: "in four weeks",
  percentileNames: { p50: "half of the changes", p75: "75 of 100", p95: "95 of 100" } as Record<
    string,
    string
  >,
  within: "Delivered within",
  changes: (count: number) => plural(count, "change", "changes"),
  meanOf: (count: string, span: string) => `${count} took ${span} on average.`,
  partial: (stage: string, known: string, all: string) => `${stage} is known of ${known} of ${all} changes.`,
  list: "Pull requests",
  listAbout: "Those merged or opened in this time.",
  total: (count: number) => plural(count, "pull request", "pull requests"),
  search: "Search by title or author",
  state: "State",
  states: {
    deployed: "Delivered here",
    merged: "Merged, not delivered here",
    open: "Open",
    closed: "Closed",
    all: "Any state",
  },
  columns: {
    title: "Pull request",
    leadTime: "Lead time",
    deployment: "Delivered by",
    when: "Merged",
  },
  by: (id: string, author: string) => (author ? `#${id} by ${author}` : `#${id}`),
  notDelivered: "Not delivered here",
  unknown: "unknown",
  partialBadge: "Partial",
  partialWhy: (stages: string) => `Not known: ${stages}. That time is counted as coding.`,
  stages: (parts: string) => `Lead time: ${parts}`,
  emptyTitle: "No changes were delivered in this time",
  emptyText:
    "A lead time needs two things: the commits or pull requests of a repository, and the deployment that brought them here. Both can be imported:",
  command: "Import a repository's history",
  noneFound: "No pull request is like this",
  noneFoundText: "Show a longer time, search for less, or show any state.",
};

export const releaseTexts = {
  title: "Releases",
  about: (environment: string) =>
    `Flags changed in ${environment}, and how many people got something else by it.`,
  chart: "How often, and how much at once",
  chartLabel: (width: string) => `Changes of flags ${width}, by the size of their impact`,
  list: "All changes",
  total: (count: number) => plural(count, "change", "changes"),
  search: "Search by the flag's key",
  size: "Impact",
  anySize: "Any impact",
  chartEmpty: "No flag was changed in this time.",
  sizes: "Small is less than 20 % of what is served, large more than 80 %.",
  columns: { flag: "Flag", what: "What changed", impact: "Impact", when: "When", more: "More" },
  auditLog: "Audit log",
  auditLogOf: (flag: string) => `Audit log of this change of ${flag}`,
  moved: (percent: string) => `${percent} moved`,
  before: "before",
  after: "after",
  share: (value: string, before: string, after: string) => `${value}: ${before} before, ${after} after`,
  shares: "Served before and after",
  by: (who: string) => `by ${who}`,
  more: (count: number) => `and ${count} more`,
  perDay: "a day",
  perWeek: "a week",
  perFourWeeks: "in four weeks",
  tooMany: (count: number) => `Sorted are only the newest ${count.toLocaleString("en")} changes.`,
  nothingFound: "No change of a flag is like this",
  nothingFoundText: "Show a longer time, or take a filter away.",
  clear: "Take the filters away",
  emptyTitle: "No flag changed what people get",
  emptyText:
    "Turn a flag on, or change whom it serves what: the change appears here at once, and its impact a good hour later, out of what was served before and after.",
  flags: "Go to the flags",
};

export const flagHealthTexts = {
  title: "Flag health",
  about: (environment: string) =>
    `Which flags are at work in ${environment}, and which have done theirs and can go.`,
  statuses: "All flags by status",
  flags: (count: number) => plural(count, "flag", "flags"),
  list: "Stale flags",
  listAbout:
    "Temporary flags older than 30 days that serve everybody the same, or that nobody has asked for in a week. Take them out of the code, then archive them.",
  group: "Group by maintainer",
  nobody: "Nobody",
  columns: {
    flag: "Flag",
    why: "Why it is stale",
    maintainer: "Maintainer",
    created: "Created",
    act: "Archive",
  },
  launched: (since: string) => `Everybody gets the same, unchanged since ${since}.`,
  inactive: (since: string) => `No application has asked for it since ${since}.`,
  neverAsked: "No application has ever asked for it.",
  noneTitle: "No flag is stale",
  noneText: "Every temporary flag is younger than 30 days, or still at work.",
  notVisible: "Your role does not show this flag.",
  emptyTitle: "No temporary flags yet",
  emptyText:
    "Flags made for one release are temporary. Once they have done their work, they are listed here.",
  truncated: "Only the first of them are listed.",
  toFlags: "Go to the flags",
  archive: "Archive",
  archiveOf: (flag: string) => `Archive ${flag}`,
  archiving: {
    title: (flag: string) => `Archive ${flag}?`,
    what: "SDKs no longer receive the flag, in any environment: each call of it answers with the default that stands in the code.",
    still: (when: string) =>
      `Applications still ask for it (${when}): what they get changes at once, wherever that default differs.`,
    back: "Nothing is lost: targeting is kept, and the flag can be restored at any time.",
    needed: "Other flags need it",
    neededBy: (flags: string) => `It is a prerequisite of ${flags}. Take it out there first.`,
  },
  archived: (flag: string) => `${flag} is archived.`,
  undo: "Undo",
  undoOf: (flag: string) => `Undo: restore ${flag}`,
  restored: "Restored",
};

export const experimentationTexts = {
  title: "Experimentation",
  about: "How many changes of flags were measured by an experiment.",
  emptyTitle: "Not calculated: experiments cannot be made here yet",
  emptyText:
    "This metric is the share of flag changes whose flag had a running experiment. As there can be none, it has no score and is left out of efficiency and of the overall score: it costs nobody anything.",
  meaning: "What the score means",
  meaningText: "The score is read off this scale; what lies between two steps is a straight line.",
  scaleShare: "Changes with an experiment",
  scaleScore: "Score",
  chart: "Changes of flags",
  chartLabel: (width: string) => `Changes of flags ${width}, with and without a running experiment`,
  with: "with an experiment",
  without: "without",
  rate: (share: string, withOne: string, all: string) => `${share}: ${withOne} of ${all}`,
  noChanges: "No flag was changed in this time.",
};

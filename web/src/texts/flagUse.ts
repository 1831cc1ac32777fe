// Words about how flags are used: by programs that ask for them, and in code.
export const evaluationTexts = {
  title: "Evaluations",
  about: (environment: string) =>
    `How often programs asked for the flag in ${environment}, and what they got.`,
  range: "Time shown",
  ranges: { 1: "24 hours", 7: "7 days", 28: "28 days", 90: "90 days" },
  chart: (environment: string, range: string) => `Evaluations in ${environment}, ${range}, by variation`,
  chosen: "a chosen time",
  shares: "What was served",
  columns: { variation: "Variation", count: "Evaluations", share: "Share" },
  total: "Together",
  empty: "Nobody asked for the flag in this time",
  emptyText: (environment: string) =>
    `SDKs report a moment after they evaluated it. Ask for it in a program that uses the SDK key of ${environment}:`,
  code: "Asking for the flag in a program",
};

export const everywhereTexts = {
  title: "In every environment",
  about: "Where the flag is asked for, and where it has done its work.",
  here: "shown here",
  columns: { environment: "Environment", status: "Status", requested: "Last asked for" },
};

export const flagReleaseTexts = {
  title: "Releases",
  about: (environment: string) =>
    `Changes that may have reached people in ${environment} in this time, and how many got something else by them.`,
  list: "Releases of the flag",
  columns: { what: "What changed", impact: "Impact", when: "When", more: "More" },
  sizes: { large: "Large", medium: "Medium", small: "Small", none: "None", unknown: "Not known" },
  moved: (percent: string) => `${percent} moved`,
  difference: "Difference",
  differenceOf: (what: string, when: string) => `Difference that ${what} made, ${when}`,
  cut: "Only the newest are shown.",
  empty: "No release in this time",
  emptyText: "Turn the flag on, or change whom it serves what. The impact is known a good hour later.",
};

export const codeReferenceTexts = {
  title: "Code references",
  about: "Where the code mentions the flag. Once nothing does any more, it can be archived.",
  repository: (name: string, type: string) =>
    type === "custom" ? name : `${name} on ${TYPES[type] ?? type}`,
  branch: (repository: string) => `Branch of ${repository}`,
  defaultBranch: (name: string) => `${name} (default)`,
  scanned: "Scanned",
  commit: (revision: string) => `commit ${revision}`,
  mentions: (hunks: number, files: number) =>
    `${hunks} ${hunks === 1 ? "mention" : "mentions"} in ${files} ${files === 1 ? "file" : "files"}`,
  noMention: "This branch does not mention it.",
  line: (number: number) => `Line ${number}`,
  open: (path: string, number: number) => `Open ${path}, line ${number}, in the repository`,
  openShort: "Open",
  without: (names: string) => `Scanned, without a mention of the flag on the default branch: ${names}.`,
  extinctions: "Taken out of the code",
  extinctionsAbout: "The commits with which the last mention of the flag went from a default branch.",
  columns: { when: "When", revision: "Commit", message: "Message" },
  empty: "No repository has been scanned yet",
  emptyText:
    "Run this in a repository, by hand or in its pipeline. Every mention of every flag appears here.",
  nowhere: "No default branch mentions the flag",
  nowhereText: "If it was taken out on purpose, archive it in its settings.",
  command: "Scanning a repository",
  token: "A token with the role writer lets it in: see Access tokens.",
};

const TYPES: Readonly<Record<string, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  bitbucket: "Bitbucket",
};

// Words about scores: what each metric is, and what each indicator means.
export const metricTexts = {
  overall: { name: "Overall", about: "The mean of the pillars that have a score; two of three are needed." },
  velocity: { name: "Velocity", about: "How often and how fast changes reach users." },
  risk: { name: "Risk", about: "How often deployments fail, and how much each flag change moves at once." },
  efficiency: {
    name: "Efficiency",
    about: "How clean the flags are, and how often releases are experiments.",
  },
  deploymentFrequency: {
    name: "Deployment frequency",
    about: "Distinct versions deployed successfully, for each live application.",
  },
  leadTime: {
    name: "Lead time",
    about: "Half of the changes took less than this from their first commit to their deployment.",
  },
  deploymentFailureRate: {
    name: "Failure rate",
    about: "Deployments that failed, or were rolled back, fixed or reverted later.",
  },
  impactSize: {
    name: "Impact size",
    about: "How much of what is served a flag change moves at once, on average. Small steps score well.",
  },
  experimentationCoverage: {
    name: "Experimentation",
    about: "The share of flag changes whose flag had a running experiment.",
  },
  flagHealth: { name: "Flag health", about: "The share of temporary flags that are stale." },
  creationRatio: {
    name: "Creation ratio",
    about: "Temporary flags created for each one that was retired. Counts in no pillar.",
  },
} as const;

export const indicatorTexts = {
  excellent: "Excellent",
  good: "Good",
  fair: "Fair",
  needsAttention: "Needs attention",
  notCalculated: "Not calculated",
  unknown: "Unknown",
} as const;

export const overviewTexts = {
  title: "Overview",
  about: "How well this project delivers, out of the last 28 days. Every number opens what it was made of.",
  period: (from: string, to: string) => `${from} to ${to}`,
  allApplications: "All applications",
  applications: "Applications",
  change: {
    up: (points: number) => `+${points} on the 28 days before`,
    down: (points: number) => `−${points} on the 28 days before`,
    same: "As in the 28 days before",
    none: "No earlier score to compare with",
  },
  trend: "The last year",
  trendLabel: "Scores of the last year, at the end of each 28 days",
  pillars: "Pillars",
  metrics: "Metrics",
  madeOf: (parts: string) => `Mean of ${parts}`,
  notKnown: "Nothing is guessed: what cannot be known is left out of every mean.",
};

export const explanationTexts = {
  raw: "Measured",
  scale: "Where that stands on the scale",
  scaleLabel: (score: number, value: string) => `Score ${score}, of ${value}`,
  sample: "Out of",
  sampleOf: (size: number) => `${size.toLocaleString("en")} rows`,
  covered: "Days covered",
  coveredOf: (days: string) => `${days} of 28`,
  lowSample: "Few rows: one more may change the score a lot.",
  excluded: "Left out",
  nextTier: "To reach the next tier",
  nextTierText: (value: string, points: number) => `${value} would be ${points} points more.`,
  topTier: "This is the highest tier.",
  reason: "Why there is no score",
  behind: "The rows behind it",
  deployments: (count: number) => `${count} deployments`,
  pullRequests: (count: number) => `${count} pull requests`,
  commits: (count: number) => `${count} commits in no pull request`,
  flagEvents: (count: number) => `${count} flag changes`,
  flags: (count: number) => `${count} flags`,
  truncated: "Only the first of them are listed.",
  formula: "Formula",
};

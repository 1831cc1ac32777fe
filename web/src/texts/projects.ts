// Words about projects and environments.
export const projectTexts = {
  noEnvironment: "There is no environment that you may see",
  noEnvironmentText:
    "Ask an admin for a role that shows one, or create one with POST /api/v2/projects/KEY/environments.",
};

export const projectListTexts = {
  title: "Projects",
  about: "A project holds the flags, environments and scores of one product.",
  create: "Create a project",
  search: "Search by name or key",
  columns: { name: "Project", environments: "Environments", tags: "Tags", actions: "Actions" },
  setUp: "Setting up",
  setUpOf: (name: string) => `Setting up ${name}`,
  more: (count: number) => `and ${count} more`,
  nothingFound: "No project is like this",
  nothingFoundText: "Search for a part of its name or key.",
  clear: "Show all projects",
  edit: (name: string) => `Edit ${name}`,
  remove: (name: string) => `Delete ${name}`,
  removeText: (name: string) =>
    `${name} goes with its environments, flags, segments, contexts, deployments and scores. Programs that use its keys get nothing but their fallback values.`,
  last: "This is the last project. Create another one first.",
  removed: "The project is deleted.",
  saved: "The project is saved.",
};

export const newProjectTexts = {
  welcome: "Create your first project",
  welcomeText:
    "A project is one product: its flags, its environments, and how well it is delivered. Name it; the next page shows step by step how data gets in.",
  created: "The project is created.",
  placeholder: "Web shop",
  environments:
    "It begins with the environments Test and Production. They can be changed, and others added, at any time.",
  action: "Create the project",
  title: "Create a project",
};

export const environmentListTexts = {
  title: "Environments",
  about: "Where the code runs. Each has its own keys, its own state of every flag, its own scores.",
  create: "Create an environment",
  search: "Search by name or key",
  nothingFound: "No environment is like this",
  nothingFoundText: "Search for a part of its name or key.",
  clear: "Show all environments",
  looked: "Shown now",
  look: (name: string) => `Show ${name}`,
  critical: "Critical",
  edit: (name: string) => `Edit ${name}`,
  remove: (name: string) => `Delete ${name}`,
  removeText: (name: string) =>
    `${name} goes with its keys, what its flags are set to, its contexts, deployments and scores. Programs that use its keys get nothing but their fallback values.`,
  last: "This is the project's last environment. Create another one first.",
  removed: "The environment is deleted.",
  keys: (name: string) => `Keys of ${name}`,
  key: "Key",
  value: "Value",
  usedBy: "Used by",
  actions: "Actions",
  settings: {
    requireComments: "Changes need a comment",
    confirmChanges: "Changes are confirmed",
    secureMode: "Secure mode",
    defaultTrackEvents: "New flags send full events",
    ttl: (minutes: number) => `PHP keeps flags ${minutes} min`,
  },
};

export const keyTexts = {
  sdk: { name: "SDK key", usedBy: "Servers. Secret: keep it out of code and browsers." },
  mobile: { name: "Mobile key", usedBy: "Mobile and desktop apps." },
  client: {
    name: "Client-side ID",
    usedBy: "Browsers. Not a secret: every visitor can read it. It never changes.",
  },
  of: (key: string, environment: string) => `${key} of ${environment}`,
  reset: (key: string, environment: string) => `Reset the ${key} of ${environment}`,
  resetAction: "Reset",
  done: "There is a new key. Copy it to the programs that need it.",
  sdkBreaks:
    "A new SDK key is made. Servers and Relay Proxies that still use the present one when it stops working are disconnected: they keep what they last knew, and after a restart serve fallback values only. Hashes for secure mode are made with the new key at once.",
  mobileBreaks:
    "A new mobile key is made, and the present one stops working at once: apps that people have installed get no changes, and new starts serve what they kept or fallback values, until a version with the new key is installed.",
  old: "How long the present key goes on working",
  oldHint: "Long enough to give every program the new key, one after the other.",
  lives: {
    none: "Not at all: the key has leaked",
    hour: "1 hour",
    day: "1 day",
    week: "7 days",
    month: "30 days",
  },
};

export const environmentFormTexts = {
  create: "Create an environment",
  edit: (name: string) => `Edit ${name}`,
  placeholder: "Staging",
  colour: "Colour",
  colourHint: "Six hexadecimal digits. It marks the environment in the header.",
  colourOdd: "Six hexadecimal digits, such as 417505.",
  source: "Start as a copy of",
  sourceHint: "Takes over its settings, and what every flag and segment is set to there.",
  sourceNone: "Nothing: all flags are off",
  critical: "Critical",
  criticalHint:
    "The one people depend on, as production. It is the one shown first, and roles can treat it apart.",
  requireComments: "Changes need a comment",
  requireCommentsHint: "Whoever changes a flag or segment here is asked why.",
  confirmChanges: "Changes are confirmed",
  confirmChangesHint: "Before a change is saved here, it is shown and has to be confirmed.",
  secureMode: "Secure mode",
  secureModeHint:
    "Browsers have to prove with a hash, made by your server with the SDK key, that a context is the one it says.",
  defaultTrackEvents: "New flags send full events",
  defaultTrackEventsHint: "SDKs send every single evaluation of flags made from now on, not only counts.",
  ttl: "Minutes that PHP keeps flags",
  ttlHint: "0 to 60. With 0, PHP asks each time; every other SDK is told of changes at once.",
  created: "The environment is created.",
  saved: "The environment is saved.",
  more: "More settings",
};

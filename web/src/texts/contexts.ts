// Words about contexts: who and what flags are evaluated for.
export const contextListTexts = {
  title: "Contexts",
  about: (environment: string) =>
    `Who and what flags have been evaluated for in ${environment}: users, devices, organizations. Look one up to see what it gets, and why.`,
  tryOne: "Try a context",
  tabs: { contexts: "Contexts", kinds: "Kinds" },
  tabsLabel: "What is listed",
  search: "Search by key or attribute",
  kind: "Kind",
  everyKind: "Every kind",
  caption: "Contexts",
  columns: {
    context: "Context",
    attributes: "Attributes",
    application: "Application",
    seen: "Last seen",
  },
  more: (count: number) => `and ${count} more`,
  total: (count: string) => `${count} in all, those seen last first`,
  noApplication: "not told",
  newest: "Seen last",
  older: "Seen before",
  pages: "Pages",
  emptyTitle: "No contexts yet",
  emptyText:
    "Contexts are learnt from what SDKs send: as soon as a program evaluates a flag for somebody, they appear here. Connect an SDK with this environment's key, or try a context that nobody has seen yet.",
  emptyCode: "What a program does, in Node",
  nothingFound: "No context is like this",
  nothingFoundText: "Search for a part of a key, a name or another attribute, or take the filters away.",
  clear: "Take the filters away",
};

export const kindTexts = {
  caption: "Kinds of contexts",
  about:
    "A kind says what contexts are: a user, a device, an organization. New kinds are added by themselves when SDKs send them; name them here so that everybody understands them.",
  create: "Create a kind",
  edit: (name: string) => `Edit ${name}`,
  columns: { kind: "Kind", description: "Description", from: "How it came", seen: "Last seen" },
  from: { default: "there from the start", manual: "created by hand", "auto-add": "sent by an SDK" },
  unseen: "never sent",
  hidden: "not offered",
  hide: "Do not offer it where targeting is edited",
  hideAbout: "Rules and targets that use it keep working.",
  saved: "The kind is saved",
  created: "The kind is created",
  key: "Key",
  keyHint:
    "What SDKs send as kind. Letters, numbers, periods, hyphens and underscores; it cannot be changed later.",
  faults: {
    name: "Give it a name.",
    key: "Only letters, numbers, periods, hyphens and underscores.",
    reserved: (key: string) => `${key} is a word that SDKs use for something else.`,
    taken: "There is a kind with this key already.",
  },
};

export const contextTexts = {
  about: (kind: string) => `A context of the kind ${kind}.`,
  aboutSeen: (kind: string, key: string) => `A context of the kind ${kind} with the key ${key}, last seen`,
  unseen: "Nobody has seen this context in this environment. What it would get is shown all the same.",
  ofApplication: (application: string) => `sent by ${application}`,
  otherApplications: "As another application told it",
  attributes: "Attributes",
  private: "private",
  privateAbout: "The SDK kept the value to itself",
  privateWarning:
    "Some attributes are private: their values are not known here, so rules that ask for them may decide otherwise. Give them values under “What if”.",
  noAttributes: "It has no attributes besides its key.",
  instances: "Seen together with",
  instancesAbout: "SDKs evaluate several contexts at once. Choose a combination to see what it gets.",
  segments: "Segments",
  noSegments: "It belongs to no segment.",
  listed: "listed in it",
  byRule: "by a rule",
  copyJson: "Copy as JSON",
};

export const tryTexts = {
  title: "Try a context",
  about:
    "Describe somebody whom no SDK has told of, and see what every flag would serve and why. Nothing of it is counted or kept.",
  whatIf: "What if",
  whatIfAbout: "Change its attributes to see what would be different. Nothing of it is kept.",
  open: "Try other attributes",
  close: "Back to what was seen",
  editor: "Description of the context",
  mode: "How to describe it",
  modes: { form: "Attributes", json: "JSON" },
  kind: "Kind",
  key: "Key",
  attribute: "Attribute",
  value: "Value",
  valueHint: "Texts as they are; numbers, true, false and lists as in JSON",
  add: "Add an attribute",
  remove: (name: string) => `Take ${name} away`,
  attributeAt: (place: number) => `Attribute ${place}`,
  valueAt: (place: number) => `Value ${place}`,
  json: "Context as JSON",
  evaluate: "See what it gets",
  severalKinds: "Several contexts at once are described as JSON.",
  faults: {
    json: (reason: string) => `This is no JSON: ${reason}`,
    object: 'A context is an object, such as {"kind": "user", "key": "ann"}.',
    kind: 'Say of which kind it is: "kind": "user".',
    key: "Give it a key.",
  },
};

export const outcomeTexts = {
  title: (environment: string) => `What it gets in ${environment}`,
  titleWhatIf: (environment: string) => `What it would get in ${environment}`,
  search: "Search flags",
  onlySpecial: "Only where more than the default decides",
  onlyChanged: "Only what would be different",
  caption: "What every flag serves, and why",
  columns: { flag: "Flag", value: "Gets", why: "Why", action: "Target" },
  counts: (shown: string, all: string) => `${shown} of ${all} flags`,
  was: (value: string) => `instead of ${value}`,
  noFlags: "The project has no flags yet.",
  nothing: "Of all flags, none is like this.",
  target: "Target…",
  targetLabel: (flag: string) => `Target this context in ${flag}`,
  noValue: "the default in the code",
};

export const reasonTexts = {
  off: "The flag is off",
  fallthrough: "Default rule: no target or rule matched",
  fallthroughRollout: (shares: string) => `Default rule: a rollout of ${shares}`,
  target: "It is targeted individually",
  rule: (number: number) => `Rule ${number} matched`,
  ruleNamed: (number: number, name: string) => `Rule ${number} matched, “${name}”`,
  ruleBecause: (rule: string, clauses: string) => `${rule}: ${clauses}`,
  rollout: (why: string, shares: string) => `${why}; a rollout of ${shares}`,
  prerequisite: (key: string) => `Off, as its prerequisite ${key} does not serve what it needs`,
  error: (kind: string) => `It could not be evaluated: ${kind}`,
  errors: {
    MALFORMED_FLAG: "the flag's configuration does not fit together",
    FLAG_NOT_FOUND: "there is no such flag",
    WRONG_TYPE: "the value is of another type",
    USER_NOT_SPECIFIED: "the context has no key",
    EXCEPTION: "something unexpected happened",
  },
};

export const targetTexts = {
  title: (flag: string) => `Target in ${flag}`,
  about: (context: string, environment: string) =>
    `What ${context} gets in ${environment}, before any rule is asked.`,
  who: "Whom",
  serve: "Serve",
  none: "No individual target: let the rules decide",
  off: "The flag is off in this environment: targets take effect once it is on.",
  commentRequired: "This environment asks for a comment with every change.",
  saved: "The target is saved",
};

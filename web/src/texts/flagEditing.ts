// Words of the pages on which flags are made and changed.
export const valueTexts = {
  types: {
    boolean: { name: "Boolean", about: "True or false: something is there, or it is not." },
    string: {
      name: "String",
      about: "One of several texts, such as a headline or the name of an algorithm.",
    },
    number: { name: "Number", about: "One of several numbers, such as a limit or a number of retries." },
    json: { name: "JSON", about: "One of several JSON values, such as settings that belong together." },
  },
  missing: "A value is needed.",
  noNumber: "This is no number. Write it like 12 or 0.5.",
  noBoolean: "This is neither true nor false.",
  noJson: 'This is no JSON. Texts and names of members stand in double quotes: {"limit": 5}',
  twice: "There is a variation with this value already.",
  value: "Value",
  empty: "(empty text)",
};

export const newFlagTexts = {
  title: "Create a flag",
  about: "It begins switched off everywhere: nothing changes for anybody until you turn it on.",
  namePlaceholder: "New checkout",
  descriptionHint: "What it is for, and when it can go. Everybody who finds it will read this.",
  variations: "What it serves",
  type: "Type",
  ofVariation: (number: number) => `Variation ${number}`,
  variationNameHint: "What people call it",
  addVariation: "Add a variation",
  removeVariation: (number: number) => `Take variation ${number} away`,
  onVariation: "When it is on",
  onHint: "What contexts get whom no target and no rule names",
  offVariation: "When it is off",
  offHint: "What everybody gets",
  lifetime: "How long it lives",
  temporary: "Temporary",
  temporaryAbout: "For a release: once everybody has it, the flag is taken out of the code.",
  permanent: "Permanent",
  permanentAbout: "Stays as long as the product does: for plans, limits, or to switch something off in need.",
  availability: "Who may ask for it",
  availabilityAbout: "Servers always may. What clients may ask for, anybody who looks closely can see.",
  usingEnvironmentId: "Client-side SDKs, with the environment's id",
  usingMobileKey: "Mobile SDKs, with the mobile key",
  create: "Create the flag",
  created: "The flag is created",
};

export const editingTexts = {
  commentHint: "Why you change it. It stands in the history.",
};

export const variationsTexts = {
  title: "Variations",
  about: "What the flag can serve, in every environment.",
  add: "Add a variation",
  edit: (name: string) => `Change ${name}`,
  remove: (name: string) => `Delete ${name}`,
  columns: { name: "Variation", value: "Value", uses: (environment: string) => `Used in ${environment}` },
  uses: {
    fallthrough: "by default",
    off: "when off",
    rules: (count: number) => (count === 1 ? "by 1 rule" : `by ${count} rules`),
    targets: (count: number) => (count === 1 ? "for 1 target" : `for ${count} targets`),
    none: "not used",
  },
  booleanOnly:
    "A boolean flag has these two variations. For more than two, create a flag of another type and let it take over.",
  atLeastTwo: "A flag has at least two variations.",
  valueWarning:
    "A new value is served at once, wherever this variation is served, to programs that may not know it.",
  added: "The variation is added",
  changed: "The variation is changed",
  removed: "The variation is deleted",
  removeText: (name: string) =>
    `${name} will be gone from every environment. That works once nothing serves it any more.`,
  defaults: "New environments",
  defaultsAbout: "What the flag begins with in an environment that is created from now on.",
  saveDefaults: "Save the defaults",
  defaultsSaved: "The defaults are saved",
};

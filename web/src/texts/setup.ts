// Words about getting data in, step by step.
export const setupTexts = {
  title: "Setting up",
  about: (project: string, environment: string) =>
    `What ${project} still needs for ${environment}. Each step turns to done by itself as soon as something arrives.`,
  progress: (done: number, all: number) => `${done} of ${all}`,
  progressLabel: "Steps that are done",
  next: (step: string) => `Next: ${step}`,
  complete: "Everything is connected. The scores fill as your team works.",
  states: { done: "Done", partly: "Half done", waiting: "Waiting", hidden: "Not visible to you" },
  cannotSee: (why: string) => `Whether this is done cannot be seen: ${why}`,
  seen: "Seen on",
  needsToken: "It needs an access token in DAYBREAK_TOKEN:",
  makeToken: "make one",
  numbered: (number: number, title: string) => `${number}. ${title}`,
};

export const stepTexts = {
  deployments: {
    title: "Record deployments",
    why: "How often you deploy and how often it fails come from these. Choose what suits you; one is enough.",
    waiting: "No deployment in this environment yet.",
    fact: (count: string, version: string, application: string) =>
      `${count} recorded. The last is ${version} of ${application}, `,
    seen: "Deployments",
  },
  pullRequests: {
    title: "Link pull requests",
    why: "How long a change takes, from first commit to users, comes from these. They are linked to deployments by the commit graph.",
    waiting: "No pull request of this project is known yet.",
    partly: (count: string) =>
      `${count} known, but none is in a deployment of this environment yet. Deploy one; the version has to be its commit or a tag. What does not fit is told by:`,
    fact: (count: string) => `${count} delivered to this environment.`,
    seen: "Lead time",
  },
  flag: {
    title: "Make a flag",
    why: "A flag lets you release to a few first, and take it back within a second. Releases and impact are measured by flags.",
    waiting: "The project has no flag yet.",
    fact: (count: string) => `Flags: ${count}.`,
    action: "Create a flag",
    seen: "Flags",
  },
  sdk: {
    title: "Connect an SDK",
    why: "Your program asks the SDK for a flag, and changes reach it within a second. Any of LaunchDarkly's SDKs works; only its addresses change.",
    waiting: "No program has asked for a flag in this environment yet.",
    fact: "A flag was last asked for ",
    seen: "Flags, with what they are used for",
  },
  codeReferences: {
    title: "Find flags in code",
    why: "A scan of the repository tells where each flag is used, and which are ready to be removed.",
    waiting: "No scan has found a flag of this project yet.",
    fact: (flags: string, repositories: string) =>
      `Flags mentioned in code: ${flags}. Repositories: ${repositories}.`,
    seen: "Flags, each with its code references",
  },
  token: {
    title: "Give the pipeline a token",
    why: "Pipelines and scanners prove with an access token that they may send. Give them one of their own, with the role writer.",
    waiting: "There is no service token that a pipeline should use: those of admins may do too much.",
    fact: (name: string) => `${name} `,
    used: "was last used ",
    unused: "has not been used yet.",
    seen: "Access tokens",
  },
} as const;

export const guideTexts = {
  ways: "Ways to do it",
  git: {
    tab: "Git history",
    before: "Run this where the server runs, with the same settings. Every tag that matches is a deployment.",
    command: "Import a git history",
    after:
      "Without tags, --every-commit takes every commit of the main branch. Run it again whenever there is something new. Pull requests are read from the merges.",
  },
  action: {
    tab: "GitHub Actions",
    before:
      "Add this step after the one that deploys. The token is a secret of the repository, DAYBREAK_TOKEN.",
    command: "Step of a workflow",
    after: "Another step with event-type: failed and if: failure() tells of deployments that fail.",
  },
  curl: {
    tab: "curl",
    before: "From any pipeline, once the deployment has ended. The version is a commit or a tag.",
    command: "Send a deployment",
    after: "The other types of events are started and failed.",
  },
  webhook: {
    github: "GitHub",
    gitlab: "GitLab",
    where: {
      github: "In the repository: Settings, Webhooks, Add webhook.",
      gitlab: "In the project: Settings, Webhooks, Add new webhook.",
    },
    url: { github: "Payload URL", gitlab: "URL" },
    contentType: "Content type",
    json: "application/json",
    secret: { github: "Secret", gitlab: "Secret token" },
    secretText: "The value of this setting of the server. Without the setting, webhooks are refused.",
    events: "Events",
    names: {
      github: "Pull requests, Pushes, Deployment statuses",
      gitlab: "Merge request events, Push events, Tag push events, Deployment events",
    },
    setting: { github: "DAYBREAK_GITHUB_WEBHOOK_SECRET", gitlab: "DAYBREAK_GITLAB_WEBHOOK_TOKEN" },
    local: (address: string) =>
      `${address} is reached from this machine alone. Open this page at the address under which the provider reaches the server.`,
    history: "What was merged before is read by the import of the git history, in the first step.",
  },
  sdk: {
    languages: {
      python: "Python",
      node: "Node.js",
      browser: "JavaScript in the browser",
      go: "Go",
      java: "Java",
    },
    label: "Languages",
    install: "Install it",
    program: "A program that asks for one flag",
    key: { secret: "SDK key", public: "Client-side ID" },
    keyHint: {
      secret:
        "The key is covered up here and copied in full. In your own code, read it from an environment variable.",
      public:
        "The ID is no secret. Browsers see only flags that are made available to client-side SDKs in the flag's settings.",
    },
    noFlag: "my-flag",
    flagFirst: "Make a flag first. Until there is one, the programs ask for my-flag, which nobody knows.",
    others: "Every other SDK takes the same address in its options.",
  },
  references: {
    before: "Run this in a clone of the repository, best in the pipeline after every merge.",
    command: "Scan a repository",
    install:
      "ld-find-code-refs is LaunchDarkly's own scanner, a single program: github.com/launchdarkly/ld-find-code-refs.",
    tooLong: (longest: number) =>
      `The scanner refuses keys of projects longer than ${longest} characters, as this one is.`,
  },
  token: {
    page: "Make it on the page of access tokens: a service token with the role writer.",
    shell: "Or where the server runs. It is printed once:",
    command: "Make a token",
    open: "Open access tokens",
  },
  doctor: "daybreak doctor",
  doctorLabel: "Ask which deployments belong to no known commit",
};

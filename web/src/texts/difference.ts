// Words about what a change made different.
export const differenceTexts = {
  none: "Nothing that can be seen is different.",
  everything: "All of it",
  of: (what: string) => `What is different: ${what}`,
  before: "Before:",
  after: "After:",
};

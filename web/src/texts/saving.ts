// Words about changes on their way to be saved.
export const saveTexts = {
  label: "Changes that are not saved",
  changes: (count: number) => (count === 1 ? "1 change" : `${count} changes`),
  review: "Review and save",
  discard: "Discard",
  leave: "Leave this page? What you have changed is not saved.",
  title: "Review the change",
  commentRequired: "This environment asks for a comment.",
  commentHint: "Why? It stands in the history.",
  save: "Save the change",
  checking: "The server checks the change.",
  asPatch: "The same as a request",
};

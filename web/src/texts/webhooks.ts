// Words about webhooks and what they have sent.
export const webhookTexts = {
  title: "Webhooks",
  about:
    "Each posts entries of the audit log to a URL as they are made: to a chat, a build, a record of changes.",
  create: "Create a webhook",
  emptyTitle: "No webhooks yet",
  emptyText: "Let a chat know when a flag in production changes, or a build when a segment does.",
  columns: { name: "Webhook", tells: "What it tells", on: "State", tags: "Tags" },
  on: "On",
  off: "Off",
  tellsAll: "Every entry of the audit log",
  settings: "Where it posts",
  newTitle: "Create a webhook",
  nameHint: "What it is for. Without one it is known by its URL.",
  namePlaceholder: "Releases chat",
  url: "URL",
  urlHint: "Posts go to public addresses only, unless the server was told of networks inside.",
  urlPlaceholder: "https://hooks.example/daybreak",
  isOn: "Send entries",
  isOnHint: "While it is off nothing is kept for later.",
  sign: "Sign what is sent",
  signHint: "So that the receiver can tell that it comes from here.",
  secret: "Secret",
  secretHint: "Leave it empty, and one is made up.",
  showSecret: "Show the secret",
  copySecret: "Copy the secret",
  secretKept: "The receiver has to know the same one.",
  secretHidden: "Whether and by which secret it signs is told to those who may change that.",
  tags: "Tags",
  tagsHint: "Policies may name webhooks by their tags.",
  clearTags: "Take all tags away",
  statements: "What it tells",
  statementsAbout: "An entry is sent where these allow one of its actions on what it was done to.",
  whenEmpty: "No statement: every entry of the audit log is sent.",
  created: "The webhook is created",
  saved: "The webhook is changed",
  removed: "The webhook is deleted",
  danger: "Delete the webhook",
  removeTitle: "Delete the webhook",
  removeText: "What waits to be sent is forgotten.",
  toAll: "All webhooks",
  review: "From the next entry on.",
  words: {
    name: (name: string) => (name ? `Call it ${name}` : "Take its name away"),
    url: (url: string) => `Post to ${url}`,
    on: "Turn it on",
    off: "Turn it off: what waits to be sent is forgotten",
    secret: "Sign with another secret: the receiver has to know it",
    unsigned: "Sign no longer",
    tags: (tags: string) => (tags ? `Tag it ${tags}` : "Take its tags away"),
    tellsAll: "Tell every entry of the audit log",
    tells: (statement: string) => `Tell what this allows: ${statement}`,
  },
};

export const deliveryTexts = {
  title: "Deliveries",
  about: "The last hundred, newest first. One that fails is tried again for a day; those after it wait.",
  none: "Nothing has been sent yet",
  noneText: "The next entry of the audit log that it is told of appears here.",
  columns: { at: "When", state: "State", answer: "Answer", entry: "Entry", actions: "Actions" },
  states: {
    waiting: "waiting",
    delivered: "delivered",
    failed: "failed",
  },
  status: (status: number, duration: string) => `${status} in ${duration}`,
  noAnswer: "no answer",
  attempts: (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`),
  next: "next attempt",
  entry: "What was sent",
  resend: (when: string) => `Send the entry of ${when} again`,
  resent: "It is sent again, after all that waits",
};

export const signatureTexts = {
  title: "How the receiver checks the signature",
  about: "The header X-LD-Signature holds the HMAC-SHA256 of the body. In Python:",
  label: "Checking the signature",
  code: `import hashlib
import hmac


def is_from_daybreak(secret: str, body: bytes, signature: str) -> bool:
    return hmac.compare_digest(hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(), signature)`,
};

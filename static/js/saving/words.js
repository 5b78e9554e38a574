/** What the state of an outbox is called, by its name; `n` changes wait. */

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

export const STATES = {
  saved: () => "Saved",
  saving: () => "Saving…",
  waiting: (n) => `${n} waiting: the server does not answer`,
  offline: (n) => (n ? `Offline, ${n} waiting` : "Offline"),
  trouble: (n) => `${plural(n, "change")} not saved: look`,
  "shut-out": (n) => `You are no longer in this project, or it is gone: ${plural(n, "change")} not saved`,
  "signed-out": (n) => `Signed out, ${n} waiting: sign in again`,
};

/** What the server refused, in words for the person who asked for it. */

const NAMES = { label: "Label", date: "Date", date_words: "Date", place: "Place", type: "Type", name: "Name", kind: "Kind",
  naming: "Naming", paraphrase: "Paraphrase", role_at_time: "Speaker’s role then", said_on: "Said on", told_on: "Told on", period: "Speaks of", topics: "Topics",
  cues: "Cue", sources: "Speaker", chains: "Speaker", quotes: "Words", extent: "Words", quotation_type: "Quotation",
  polarity: "Polarity", voice: "Voice", act: "Act", basis: "Basis of the attribution", actor: "Actor", event: "Event", latitude: "Latitude", longitude: "Longitude", note: "Note", slots: "Words", participants: "Who took part", factuality: "Told as", factuality_words: "Told as" };

/** The last part of a field's path that has a name for people: "date" of "event.new_event.date". */
export function fieldIn(path) {
  const name = path.split(".").findLast((part) => Object.hasOwn(NAMES, part)) ?? "";
  return name === "said_on" && path.includes(".chains.") ? "told_on" : name; // a link's own date
}

const sentence = (text) => text && `${text.replace(/[.\s]+$/, "")}.`;

/** One refusal of {field, message}. */
export function inWords({ field, message }) {
  const name = NAMES[fieldIn(field ?? "")];
  const whole = /^[“"]/.test(message); // quotes what was written: needs no name before it
  return sentence(name && !whole ? `${name} ${message}` : message.charAt(0).toUpperCase() + message.slice(1));
}

/** All that a problem document says; its fields, or its own words where it names none. */
export function reasonsOf(problem) {
  if (problem?.errors?.length) return problem.errors.map(inWords).join(" ");
  return sentence(problem?.detail || problem?.title || "The server refused it");
}

/** What the codes of a claim are called: the same words as in the record and on every other page. */

export const VOICES = [["attributed", "Attributed"], ["own", "The article’s own voice"], ["agentless", "Agentless"],
  ["unknown", "Unknown"]];
export const QUOTATIONS = [["direct", "Direct"], ["indirect", "Indirect"], ["mixed", "Mixed"],
  ["free_indirect", "Free indirect"], ["reported", "Reported"]];
export const POLARITIES = [["asserted", "Asserted"], ["denied", "Denied"], ["declined", "Declined to comment"],
  ["questioned", "Questioned"]];
export const ACTS = [["says", "Says"], ["thinks", "Thinks"], ["wants", "Wants"], ["decides", "Decides"], ["shows", "Shows"]];
export const BASES = [["stated", "Stated"], ["carried_over", "Carried over"], ["inferred", "Inferred"],
  ["record", "From the record"]];
/** What a link may be said to rest on: only what follows from the article's record rests on the record. */
export const basesFor = (now) => BASES.filter(([key]) => key !== "record" || key === now);
export const ROLES = [["said", "Said by"], ["relayed", "Relayed by"], ["reported", "Reported by"],
  ["reprinted", "Reprinted by"]];
export const JOINTLY = [["one", "One of them"], ["together", "Together"], ["each", "Each"]];
export const RESTS = [["textual", "In the text"], ["interpretive", "Interpreted"], ["inferential", "Inferred"]];
export const CONFIDENCES = [["certain", "Certain"], ["probable", "Probable"], ["possible", "Possible"]];
export const ASSESSMENTS = [["confirmed", "Confirmed"], ["plausible", "Plausible"], ["open", "Open"], ["doubtful", "Doubtful"],
  ["false", "False"]];
export const WHOSE = [["speaker", "The speaker’s"], ["reporter", "The reporter’s"]];
export const USES = [["speaker", "The speaker’s words"], ["another", "Another’s words"], ["scare", "Scare quotes"],
  ["word", "The word itself"]];
export const QUALIFIERS = [["exactly", "Exactly"], ["about", "About"], ["at_least", "At least"], ["more_than", "More than"],
  ["at_most", "At most"], ["fewer_than", "Fewer than"], ["range", "From – to"]];
export const FACTUALITIES = [["happened", "Happened"], ["ongoing", "Ongoing"], ["planned", "Planned"],
  ["hypothetical", "Hypothetical"], ["denied", "Denied"]];
export const NAMINGS = [["named", "Named"], ["by_office", "By office"], ["unnamed", "Unnamed"],
  ["anonymous", "Anonymous"], ["collective", "Collective"]];
export const PARTICIPANT_ROLES = [["actor", "Actor"], ["recipient", "Recipient"], ["victim", "Victim"], ["party", "Party"],
  ["mediator", "Mediator"], ["organiser", "Organiser"], ["supporter", "Supporter"], ["witness", "Witness"], ["other", "Other"]];
export const PARTICIPANT_BASES = [["textual", "In the text"], ["interpretive", "Interpreted"], ["inferential", "Inferred"]];

export const NAMELESS = new Set(["unnamed", "anonymous"]); // of whom it is asked whether they are one or several
export const NUMBERS = [["", "Not said"], ["one", "One"], ["several", "Several"]];

/** What somebody is called here: those whom nobody names are told apart by their number. */
export const calledOf = (actor) => actor.label ?? actor.name;

/** The label of a code; the code itself where it has none. */
export const labelOf = (labels, code) => labels.find(([key]) => key === code)?.[1] ?? code;

/** Two versions of the same thing side by side, in words, with what tells them apart marked. */
import { calledOf, FACTUALITIES, labelOf, POLARITIES, QUOTATIONS, VOICES } from "./labels.js";
import { h } from "../forms/dom.js";
import { when } from "./dates.js";

function claimRows({ claim }, room) {
  const { codebook } = room.data;
  const named = (facet, key) => codebook[facet]?.find((code) => code.key === key)?.name ?? key;
  const told = claim.chains.map((links) => links.map(({ sources }) => sources.map(({ actor, name }) =>
    calledOf(room.store.actors.get(actor) ?? { name })).join(", ")).filter(Boolean).join(" ← ")).filter(Boolean).join("; ");
  return [["Said by", told || labelOf(VOICES, claim.voice)], ["Type", named("claim_type", claim.type)],
    ["Quotation", labelOf(QUOTATIONS, claim.quotation_type)], ["Polarity", labelOf(POLARITIES, claim.polarity)],
    ["Paraphrase", claim.paraphrase], ["Topics", claim.topics.map((key) => named("topic", key)).join(", ")],
    ["Positions", (claim.positions ?? []).map(({ concept, stand }) => `${stand}: ${named("concept", concept)}`).join("; ")],
    ["Said on", claim.said_on && when(claim.said_on)], ["Speaks of", claim.period && when(claim.period)], ["Status", claim.status]];
}

/** [name, words] of all that is shown of a version; words that are empty stand for nothing said. */
function rowsOf(one, room) {
  const { kind, claim, actor, event, role, masked, words, name, quotes } = one;
  if (room.changes.forAll.has(one)) return [[kind === "watch" ? "Watch term" : "Codebook", kind === "watch" ? words : name]];
  if (role) return [["This part", `${room.blocks.roleName(role)}${masked ? ", masked" : ""}`]];
  const said = claim ? claimRows(one, room) : [];
  if (actor) said.push(["Means", calledOf(room.store.actors.get(actor.actor) ?? actor)]);
  if (event) said.push(["Means", room.store.events.get(event.event)?.label ?? event.label], ["Told as", labelOf(FACTUALITIES, event.factuality ?? "happened")]);
  return [["Words", quotes.join(" … ")], ...said];
}

function version(title, one, rows, other) {
  const differs = ([name, words]) => other && (other.find(([key]) => key === name)?.[1] || "") !== (words || "");
  const shown = rows?.filter(([name, words]) => words || other?.find(([key]) => key === name)?.[1]);
  return h("section.version", { "data-kind": one?.kind }, h("h3", null, title), shown ? h("dl", null, shown.map((row) =>
    h("div", { "data-differs": differs(row) ? "" : null }, h("dt", null, row[0], differs(row) ? h("span.visually-hidden", null, " (differs)") : null),
      h("dd", { dir: "auto", class: row[0] === "Words" ? "words" : false }, row[1] || "—")))) : h("p", null, "Deleted"));
}

/** @param {Array} sides one or two of [title, what it is or null for nothing] */
export function versions(room, sides) {
  const rows = sides.map(([, one]) => one && rowsOf(one, room));
  const both = rows.length === 2 && rows.every(Boolean);
  const alike = both && JSON.stringify(rows[0].map(([, words]) => words || "")) === JSON.stringify(rows[1].map(([, words]) => words || ""));
  return [h("div.versions", null, sides.map(([title, one], i) => version(title, one, rows[i], both ? rows[1 - i] : null))),
    alike ? h("p.field-hint", null, "They differ in something that is not shown here.") : null];
}

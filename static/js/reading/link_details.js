/** What may be said of a link and of who speaks in it, beyond their names. */
import { datedBy } from "./date_field.js";
import { choice, field, h } from "../forms/dom.js";
import { ACTS, basesFor, JOINTLY, NAMELESS, NAMINGS, NUMBERS, QUOTATIONS } from "./labels.js";
import { occasionOf } from "./occasion_field.js";
import { saidTo } from "./parties_field.js";
import { spanOf } from "./parts.js";

/** Several people in one link: one of them, all together, or each. */
export function jointly(link) {
  if (link.sources.length < 2) {
    for (const source of link.sources) delete source.jointly; // who is left says it alone
    return null;
  }
  return choice(JOINTLY, link.sources[0].jointly ?? "one", { class: "select", "aria-label": "How they speak", onchange: ({ target }) => {
    for (const source of link.sources) source.jointly = target.value;
  } });
}

/** Of two in one link each speaks until it is said otherwise; a third does as they do. */
export function alsoSpeaks({ sources }) {
  const how = sources.length === 2 ? "each" : sources[0].jointly;
  if (sources.length > 1 && how) for (const source of sources) source.jointly = how;
}

/** One mention in two links: a speaker who passes on what it says itself (“citing itself”, “its own news agency”). */
export function ownRelay({ sources }, take) {
  if (sources.length !== 1) return null;
  const [{ actor, name, mention }] = sources;
  return h("button.button.button-quiet.button-small", { type: "button", title: "The text names it once, as who says it and as who passes it on",
    onclick: () => take([{ actor, name, mention, role_at_time: "" }]) }, "+ by its own relay");
}

/** Whether the text says that it was told more than once. */
export function repeatedly(link) {
  const box = h("input", { type: "checkbox", checked: Boolean(link.repeated), onchange: () => { link.repeated = box.checked || undefined; } });
  return h("label.checkbox", null, box, "Told repeatedly (“again”, “keeps saying”)");
}

/** How much of the words is the link's own: of what somebody is quoted as saying of others nothing is theirs. */
export function quotationOf(link, name = "Quotation") {
  return field(name, choice([["", "as the claim"], ...QUOTATIONS], link.quotation_type, { class: "select",
    onchange: ({ target }) => { link.quotation_type = target.value; } }));
}

/** How a link renders the words, what is done in it, whether the text states it, when, how often and to whom it was told. */
export function linkDetails(room, extent, link, bases) {
  const select = (options, name) => choice(options, link[name], { class: "select", onchange: ({ target }) => { link[name] = target.value; } });
  const said = link.addressees?.length || link.occasion || link.said_on || link.time_span || link.repeated;
  return h("details.link-more", { open: Boolean(said) }, h("summary", null, "Quotation, act, basis, when, said to"), h("div.grid", null,
    quotationOf(link), field("Act", select(ACTS, "act")),
    field("Basis", choice(basesFor(link.basis), link.basis, { class: "select", onchange: ({ target }) => bases.choose(link, target.value) }))),
  datedBy(room, link, { name: "said_on", span: "time_span", label: "Told on", ask: "when it was told" }), repeatedly(link),
  occasionOf(room, link),
  h("div.field", null, h("span.label", null, "Said to"), saidTo(room, extent, link, "This link said to").element));
}

/** A speaker named for the first time is asked for kind and naming, with good guesses in place. */
export function freshFields({ data }, actor, redraw) {
  return h("div.chip-fresh", null,
    choice(data.codebook.actor_kind, actor.kind, { class: "select", "aria-label": `Kind of ${actor.name}`,
      onchange: ({ target }) => { actor.kind = target.value; } }),
    choice(NAMINGS, actor.naming, { class: "select", "aria-label": `How ${actor.name} is named`,
      onchange: ({ target }) => {
        actor.naming = target.value;
        redraw();
      } }),
    NAMELESS.has(actor.naming) ? choice(NUMBERS, actor.number, { class: "select", "aria-label": `How many ${actor.name} are`,
      onchange: ({ target }) => { actor.number = target.value; } }) : null);
}

/** The role that the text gives a speaker at the time, with its words. */
export function roleOf(room, source, redraw) {
  const remove = () => {
    delete source.role_span;
    source.role_at_time = "";
    redraw();
  };
  const pick = async () => {
    const picked = await room.form.pick("Select the words of the role (“a spokesman for …”) and press Enter", false);
    if (picked) {
      source.role_span = spanOf(room, picked.extent);
      source.role_at_time = source.role_span.quotes.join(" … ").slice(0, 300);
    }
    redraw();
  };
  if (!source.role_span) return h("button.button.button-quiet.button-small.chip-pick", { type: "button", onclick: pick }, "+ role from the text");
  return h("span.cue-chip", null, h("small", null, "then: "), h("span", { dir: "auto" }, source.role_at_time),
    h("button.chip-remove", { type: "button", "aria-label": `Remove the role: ${source.role_at_time}`, onclick: remove }, "×"));
}

const MOST_REASONS = 3;

/** Words by which this text says already why somebody is not named: of those in the store, and of other new speakers here. */
function reasonsKnown({ store }, actor, links) {
  const fresh = links.flatMap(({ sources }) => sources).map(({ actor: uuid }) => store.actors.get(uuid))
    .filter((other) => other && other.uuid !== actor.uuid && other.reason_span).map(({ reason_span: span }) => span);
  const found = new Map([...fresh, ...store.ofKind("reason")].map((span) => [String(span.extent), span]));
  return [...found.values()].slice(0, MOST_REASONS);
}

/** Why a new speaker is not named, as the text says it, however far from the claim. Several may have the same reason: each has its own row on the same words. */
export function reasonOf(room, actor, redraw, links = []) {
  if (actor.naming !== "anonymous") return null;
  const take = (extent) => {
    actor.reason_span = spanOf(room, extent);
    actor.stated_reason = actor.reason_span.quotes.join(" … ");
    redraw();
  };
  const remove = () => {
    delete actor.reason_span;
    delete actor.stated_reason;
    redraw();
  };
  const pick = async () => {
    const picked = await room.form.pick("Select why the speaker is not named and press Enter", false);
    if (picked) take(picked.extent);
    else redraw();
  };
  if (!actor.reason_span) {
    return h("div.chain-cues", null, h("button.button.button-quiet.button-small.chip-pick", { type: "button", onclick: pick }, "+ why not named, from the text"),
      reasonsKnown(room, actor, links).map(({ extent, quotes }) => h("button.button.button-quiet.button-small", { type: "button", dir: "auto",
        onclick: () => take(extent) }, `+ not named: “${quotes.join(" … ").slice(0, 60)}”`)));
  }
  return h("span.cue-chip", null, h("small", null, "not named: "), h("span", { dir: "auto" }, actor.stated_reason),
    h("button.chip-remove", { type: "button", "aria-label": `Remove the reason: ${actor.stated_reason}`, onclick: remove }, "×"));
}

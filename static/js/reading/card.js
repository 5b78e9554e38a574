import { noteOf } from "./actors.js";
import { OWNED } from "./bodies.js";
import { typeOf } from "./cue_chip.js";
import { when } from "./dates.js";
import { h } from "../forms/dom.js";
import { submitDraft } from "./drafts.js";
import { KIND_NAMES } from "./form_frame.js";
import { stretchList } from "./stretch_list.js";
import { calledOf, FACTUALITIES, labelOf, POLARITIES, QUOTATIONS, ROLES } from "./labels.js";

const short = (text, most = 180) => (text.length > most ? `${text.slice(0, most).replace(/\s+\S*$/, "")} …` : text);

const namesOf = (parties, store) => parties.map(({ actor, name, words }) =>
  (actor ? calledOf(store.actors.get(actor) ?? { name }) : `“${words}”`)).join(", ");

function spokenTo({ addressees }, store) {
  return addressees?.length ? h("small.chain-to", { dir: "auto" }, `to ${namesOf(addressees, store)}`) : null;
}

/** When a link told it, where it has a date of its own, and whether more than once. */
function toldWhen({ said_on: date, repeated }) {
  const said = [date && when(date), repeated && "repeatedly"].filter(Boolean).join(" · ");
  return said ? h("small", null, said) : null;
}

/** The source line of a claim, from the mouth to the page. */
export function chainOf(claim, room) {
  const { store, data } = room;
  const stations = claim.chains.flat().map((link) => {
    const anonymous = link.sources.some(({ actor }) => store.actors.get(actor)?.naming === "anonymous");
    const cues = link.cues.map((uuid) => store.get(uuid)).filter(Boolean);
    return h(`li${anonymous ? ".chain-anonymous" : ""}`, null,
      h("span.chain-link", null, labelOf(ROLES, link.role).toLowerCase()),
      h("div.chain-who", null, link.sources.map(({ actor: uuid, name, mention, role_at_time: role }) => {
        const actor = store.actors.get(uuid) ?? { name, naming: "named" };
        const at = store.get(mention)?.sentence;
        const note = [role || noteOf(actor, data.codebook.actor_kind), at && `sentence ${at}`].filter(Boolean).join(" · ");
        return h("p", null, h("a", { href: `${data.urls.speaker}${uuid}/` }, calledOf(actor)), h("small", null, note));
      }), spokenTo(link, store), link.occasion ? h("small", { dir: "auto" }, `occasion: ${link.occasion}`) : null, toldWhen(link), cues.map((cue) => h("small", null, h("span.cue-words", { dir: "auto" }, cue.quotes.join(" … ")), typeOf(room, cue)))));
  });
  const record = [...(data.article.outlets ?? [])].map(({ link, name, date }) => h("li.chain-record", null,
    h("span.chain-link", null, link), h("div.chain-who", null, h("p", null, h("b", null, name), h("small", null, date && when(date))))));
  return h("ol.chain", { "aria-label": "Source line" }, stations, record);
}

function facts(annotation, room) {
  const { codebook } = room.data;
  const { claim } = annotation;
  const named = (facet, key) => codebook[facet].find((code) => code.key === key)?.name ?? key;
  return h("p.card-facts", null, [named("claim_type", claim.type), labelOf(QUOTATIONS, claim.quotation_type),
    claim.polarity !== "asserted" && labelOf(POLARITIES, claim.polarity), ...claim.topics.map((topic) => named("topic", topic)),
    claim.period && `speaks of ${when(claim.period)}`].filter(Boolean).map((fact) => h("span.tag", null, fact)));
}

function directedAt({ claim: { targets } }, { store }) {
  return targets ? h("p.card-facts", { dir: "auto" }, h("small", null, `directed at ${namesOf(targets, store)}`)) : null;
}

function positions({ claim }, { data }) {
  return (claim.positions ?? []).map(({ concept, stand }) => h("p.position", null, h(`span.pill.stand-${stand}`, null, stand), " ",
    h("bdi", null, data.codebook.concept.find(({ key }) => key === concept)?.name ?? concept)));
}

/** How many claims it stands in which relation to; its page says to which. */
function relations({ uuid, relations: counted }, { data }) {
  if (!counted?.length) return null;
  const said = counted.map(({ words, count }) => `${words} ${count} other${count === 1 ? "" : "s"}`).join(", ");
  return h("p.card-relations", null, h("a", { href: `${data.urls.claim}${uuid}/#relations` }, said));
}

/** What an event is, when and where it happened. */
function eventFacts({ event }, { store, data }) {
  const { type, date, place } = store.events.get(event.event) ?? event;
  const name = data.codebook.event_type.find(({ key }) => key === type)?.name;
  const said = [name, date && when(date), place].filter(Boolean).join(" · ");
  const told = event.factuality && event.factuality !== "happened"
    ? h(`span.pill.pill-${event.factuality}`, null, labelOf(FACTUALITIES, event.factuality).toLowerCase()) : null;
  return said || told ? h("small.mini-facts", { dir: "auto" }, told, told && said ? " " : null, said) : null;
}

/** What unfolds when a card is chosen. */
function details(annotation, room) {
  const { uuid, kind, claim, actor } = annotation;
  const acts = [];
  if (room.data.can_annotate && ["claim", "actor", "event"].includes(kind)) {
    if (claim?.status === "draft") {
      acts.push(h("button.button.button-small", { type: "button", onclick: () => submitDraft(room, uuid), "aria-keyshortcuts": "Shift+S" },
        "Submit ", h("kbd", null, "Shift S")));
    }
    acts.push(h("button.button.button-small", { type: "button", onclick: () => room.form.edit(uuid) }, "Edit"),
      h("button.button.button-small.button-quiet", { type: "button", onclick: () => room.erase(uuid) }, "Delete"));
  }
  if (kind === "claim" && annotation.version) {
    const said = room.data.discussed?.claims[uuid];
    acts.push(h("a.button.button-small.button-quiet", { href: `${room.data.urls.claim}${uuid}/` }, "Its page"));
    if (room.data.discussed) {
      acts.push(h("a.button.button-small.button-quiet", { href: `${room.data.urls.claim}${uuid}/#discussions`, "data-discussed": `claim:${uuid}`, "data-none": "Discuss" },
        said ? `${said[0]} discussion${said[0] === 1 ? "" : "s"}${said[1] ? `, ${said[1]} open` : ""}` : "Discuss"));
    }
  }
  if (kind === "actor") acts.push(h("a.button.button-small.button-quiet", { href: `${room.data.urls.speaker}${actor.actor}/` }, "Speaker’s page"));
  if (kind !== "claim" && annotation.version && room.data.urls.history) {
    acts.push(h("a.button.button-small.button-quiet", { href: `${room.data.urls.history}?mark=${uuid}` }, "History"));
  }
  return h("div.card-more", null, stretchList(annotation, room),
    claim ? [claim.paraphrase ? h("p.paraphrase", { dir: "auto" }, claim.paraphrase) : null, chainOf(claim, room), facts(annotation, room), directedAt(annotation, room), positions(annotation, room), relations(annotation, room)] : null,
    h("footer", null, acts, annotation.author ? h("small.push", null, annotation.author) : null));
}

/** What heads a card: whom it means; of words that only support something, which they are and of whom. */
function nameOf(annotation, { store }) {
  const name = KIND_NAMES[annotation.kind];
  if (!OWNED.has(annotation.kind)) return [h("span.visually-hidden", null, `${name}: `), h("b", null, store.titleOf(annotation))];
  const owner = store.get(annotation.support?.of);
  return [h("b", null, name), owner ? h("small", null, ` · ${store.titleOf(owner)}`) : ""];
}

/** One line of the list: who, in which state, where; the words; all of it when chosen. */
export function card(annotation, room) {
  const { uuid, kind, quotes, sentence, claim, actor } = annotation;
  const current = room.current === uuid;
  const who = kind === "actor" ? room.store.actors.get(actor.actor) : null;
  const speaker = claim && room.store.actors.get(claim.chains[0]?.[0]?.sources[0]?.actor);
  const naming = (who ?? speaker)?.naming;
  return h("div.mini", { role: "listitem", id: `card-${uuid}`, "data-kind": kind, "data-current": current && "true" },
    h("button.mini-main", { type: "button", "aria-expanded": String(current), onclick: () => room.choose(current ? null : uuid, { from: "list" }) },
      h("span.mini-head", null,
        h(`span.kind.kind-${kind}${OWNED.has(kind) ? ".kind-support" : ""}`, { "aria-hidden": "true" }),
        h("span.mini-who", null, nameOf(annotation, room),
          naming === "anonymous" ? [" ", h("span.pill.pill-anonymous", null, "anonymous")] : null,
          claim ? [" ", h(`span.pill.pill-${claim.status}`, null, claim.status)] : null),
        h("span.where", { title: `sentence ${sentence}` }, h("span.visually-hidden", null, "sentence "), String(sentence))),
      kind === "event" ? eventFacts(annotation, room) : null,
      h("span.mini-words", { dir: "auto" }, short(quotes.join(" … "), current ? 1000 : 180))),
    current ? details(annotation, room) : null);
}

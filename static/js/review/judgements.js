import { newUuid } from "../saving/identifiers.js";
import { Outbox } from "../saving/outbox.js";
import { cardOf } from "./cards.js";

/** Tells the card's forms too on the sight of what they would decide. */
function nowSeen(card, seen) {
  for (const [name, value] of Object.entries(seen)) {
    card.dataset[name] = value;
    for (const field of card.querySelectorAll(`input[name="${name}"]`)) field.value = value;
  }
}

/**
 * What is decided on claims, handed in, corrected in them and related here. Each lies in the outbox until the server has
 * answered; a decision names the one before it, so the later of two made without a network knows the earlier.
 */
export class Judgements {
  #urls;
  #token;

  /** @param {{me, project, urls}} data as the page gives it */
  constructor({ me, project, urls }) {
    this.#urls = urls;
    this.#token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    this.outbox = new Outbox(`${me}:review:${project}`, (entry) => this.#send(entry),
      (uuid) => Number(cardOf(uuid)?.dataset.version) || undefined);
    this.outbox.onEvent((event, entry, data) => { if (event === "saved") this.#saved(entry, data); });
  }

  decide(card, uuid, decision, reason = "") {
    const made = newUuid();
    const body = { decision, reason, review: card.dataset.review };
    nowSeen(card, { review: made });
    return this.outbox.add({ action: "decide", uuid, made, body, local: { decision } });
  }

  /** Hands a draft to the reviewers. */
  submit(uuid) {
    return this.outbox.add({ action: "submit", uuid, body: {}, local: { says: "submitting it for review" } });
  }

  /** @param {object} body {type} or {speaker, mention?} */
  correct(uuid, body, says) {
    return this.outbox.add({ action: "correct", uuid, body, local: { says } });
  }

  /** `claim` does `kind` to `other`. */
  relate(body) {
    return this.outbox.add({ action: "relate", uuid: newUuid(), body, local: {} });
  }

  /** What waits for that claim, the latest last. */
  waitingFor(uuid) {
    return this.outbox.entries.filter((entry) => entry.uuid === uuid);
  }

  #saved({ uuid }, data) {
    const version = (data?.claim ?? data?.annotation)?.version;
    const card = cardOf(uuid);
    if (card && version) nowSeen(card, { version });
    const bar = document.getElementById("waiting");
    if (!bar || data?.waiting === undefined) return;
    const most = Number(bar.dataset.most);
    bar.firstChild.textContent = data.waiting > most ? `${most}+` : data.waiting;
    bar.hidden = !data.waiting;
  }

  #send({ action, uuid, made, body, base }) {
    const headers = { "X-CSRFToken": this.#token, Accept: "application/json", "Content-Type": "application/json" };
    const { claims, relations } = this.#urls;
    const ask = (method, url, sent) => fetch(url, { method, headers, body: JSON.stringify(sent), keepalive: true, credentials: "same-origin" });
    if (action === "decide") return ask("PUT", `${claims}${uuid}/reviews/${made}/`, { ...body, version: base });
    if (action === "submit") return ask("PUT", `${claims}${uuid}/submission/`, { version: base });
    if (action === "relate") return ask("PUT", `${relations}${uuid}/`, body);
    if (base) headers["If-Match"] = `"${base}"`;
    return ask("PATCH", `${claims}${uuid}/`, body);
  }
}

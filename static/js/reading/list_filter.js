import { byId, h } from "../forms/dom.js";
import { calledOf } from "./labels.js";

const KINDS = [["claim", "Claims"], ["actor", "Actors"], ["event", "Events"], ["", "All"]];

const actorsOf = ({ claim, actor }) => (claim ? claim.chains.flat().flatMap(({ sources }) => sources.map((one) => one.actor))
  : actor ? [actor.actor] : []);

/** Which annotations the list shows: of which kind, of whom, made by whom. */
export class ListFilter {
  #store;
  #tabs = byId("room-filter");
  #pending = 0;
  kind = "claim";

  /** @param {() => void} changed called after each choice */
  constructor(store, changed) {
    this.#store = store;
    this.#tabs.append(...KINDS.map(([kind, name]) => h("button", {
      type: "button", "aria-pressed": String(kind === this.kind), "data-kind": kind,
      onclick: () => { this.choose(kind); changed(); },
    }, `${name} `, h("em", null))));
    const select = (name) => h("select.select", { "aria-label": name, onchange: changed });
    this.speaker = select("Speaker");
    this.author = select("Author");
    this.row = h("div.list-filters", null, this.speaker, this.author);
    this.#tabs.after(this.row);
    this.#offer();
    store.onChange(() => {
      cancelAnimationFrame(this.#pending);
      this.#pending = requestAnimationFrame(() => this.#offer());
    });
  }

  /** Whether less than a whole kind is listed. */
  get narrow() {
    return Boolean(this.speaker.value || this.author.value);
  }

  /** What it is narrowed to: "of Ilse Brandt, by Ada". */
  get inWords() {
    const named = (select) => select.value && select.selectedOptions[0].textContent;
    const [speaker, author] = [named(this.speaker), named(this.author)];
    return [speaker && `of ${speaker}`, author && `by ${author}`].filter(Boolean).join(", ");
  }

  /** What annotations of a kind are called: "claims"; those without a tab of their own are just annotations. */
  nameOf(kind) {
    const [, name] = KINDS.find(([key]) => key && key === kind) ?? ["", "annotations"];
    return name.toLowerCase();
  }

  choose(kind) {
    this.kind = kind;
    for (const tab of this.#tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.kind === kind));
  }

  widen() {
    this.speaker.value = "";
    this.author.value = "";
  }

  accepts(annotation) {
    return (!this.kind || annotation.kind === this.kind) && this.byWhom(annotation);
  }

  /** Whether it is of the speaker and by the author that the list is narrowed to. */
  byWhom(annotation) {
    return (!this.author.value || annotation.author === this.author.value)
      && (!this.speaker.value || actorsOf(annotation).includes(this.speaker.value));
  }

  count() {
    const counts = new Map([["", 0]]);
    for (const one of this.#store.inOrder()) {
      if (!this.byWhom(one)) continue;
      counts.set("", counts.get("") + 1);
      counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
    }
    for (const tab of this.#tabs.children) tab.lastChild.textContent = String(counts.get(tab.dataset.kind) ?? 0);
  }

  /** Offers who speaks and who annotated here. What is chosen stays, also while an open list shows it. */
  #offer() {
    const all = this.#store.inOrder();
    const speakers = new Map(all.filter(({ claim }) => claim).flatMap(actorsOf)
      .map((uuid) => [uuid, this.#store.actors.has(uuid) && calledOf(this.#store.actors.get(uuid))]));
    const authors = new Map(all.filter(({ author }) => author).map(({ author }) => [author, author]));
    this.#fill(this.speaker, "Every speaker", speakers);
    this.#fill(this.author, "Every author", authors);
    this.author.hidden = authors.size < 2 && !this.author.value;
    this.row.hidden = speakers.size < 2 && this.author.hidden && !this.speaker.value;
  }

  #fill(select, everyone, choices) {
    const wanted = [["", everyone], ...[...choices].filter(([, name]) => name).sort((a, b) => a[1].localeCompare(b[1]))];
    if (select.value && !choices.has(select.value)) wanted.push([select.value, select.selectedOptions[0].textContent]);
    const now = [...select.options].map(({ value, textContent }) => [value, textContent]);
    if (JSON.stringify(now) === JSON.stringify(wanted)) return;
    const { value } = select;
    select.replaceChildren(...wanted.map(([key, name]) => h("option", { value: key }, name)));
    select.value = value;
  }
}

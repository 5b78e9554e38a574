import { byId, h } from "../forms/dom.js";
import { fieldIn, reasonsOf } from "../forms/refusals.js";
import { STATES } from "../saving/words.js";
import { versions } from "./versions.js";

const FORMS = new Set(["claim", "actor", "event"]);

/** The state of saving, always in sight, and the dialog in which a refusal or a conflict is decided. */
export class SaveState {
  #room;
  #button = byId("room-state");
  #dialog = null;
  #said = "Saved";

  constructor(room) {
    this.#room = room;
    this.#button.addEventListener("click", () => this.#clicked());
    room.outbox.onEvent((event, entry) => {
      if (event === "state") this.draw();
      if (event === "conflict" || (event === "refused" && !this.#correctedAtOnce(entry))) this.open();
    });
    addEventListener("beforeunload", (event) => {
      if (room.outbox.state.name === "shut-out") return; // it can be saved nowhere: nothing holds anybody here
      if (room.outbox.entries.length || room.form.isOpen) event.preventDefault();
    });
  }

  draw() {
    const { name, waiting } = this.#room.outbox.state;
    this.#button.dataset.state = name;
    this.#button.lastChild.textContent = STATES[name](waiting);
    this.#say(name === "saving" ? "" : STATES[name](waiting));
  }

  /** Tells whoever hears the page what became of the changes, beside what the room says of each. */
  #say(words) {
    if (words === this.#said) return;
    this.#said = words;
    byId("room-saved").textContent = words;
  }

  #clicked() {
    const { name } = this.#room.outbox.state;
    if (name === "signed-out") location.assign(`/sign-in/?next=${encodeURIComponent(location.pathname)}`);
    else if (name === "trouble") this.open();
    else this.#room.outbox.flush();
  }

  /** Opens the form again with what is wrong at its field, unless something else was begun meanwhile. */
  #correctedAtOnce(entry) {
    const { outbox, form } = this.#room;
    const { local, problem } = entry;
    const alone = outbox.entries.every((other) => other === entry || (!other.trouble && other.uuid !== entry.uuid));
    if (!alone || form.isOpen || document.querySelector("dialog[open]")) return false;
    if (!FORMS.has(local.after?.kind) || !problem?.errors?.some(({ field }) => fieldIn(field ?? ""))) return false;
    form.correct(entry);
    return true;
  }

  open() {
    const held = this.#room.outbox.entries.filter(({ trouble }) => trouble);
    this.#dialog?.remove();
    if (!held.length) return;
    this.#dialog = h("dialog.troubles", { "aria-labelledby": "troubles-title" },
      h("h2", { id: "troubles-title", tabindex: "-1", autofocus: true }, "Not saved yet"), held.map((entry) => this.#trouble(entry)));
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #settle(work) {
    work();
    this.#dialog.close();
    this.open();
  }

  #trouble(entry) {
    const { local, problem, trouble } = entry;
    const mine = local.after ?? local.before;
    const { outbox } = this.#room;
    const current = problem?.current && entry.thing ? { ...mine, ...problem.current } : problem?.current;
    const stored = current?.claim?.withdrawn ? null : current ?? null;
    const give = () => this.#settle(() => {
      if (trouble === "refused") return this.#room.giveUp(entry);
      outbox.discard(entry);
      this.#room.undoing.forget(mine.uuid);
      return this.#room.revert(mine.uuid, stored);
    });
    if (trouble === "conflict") {
      return h("section.trouble", null, h("p", null, `It was ${stored ? "changed" : "deleted"} elsewhere meanwhile. Which one stays?`),
        versions(this.#room, [["Yours", local.after], ["As it is stored now", stored]]),
        h("div.actions", null,
          h("button.button.button-primary", { type: "button",
            onclick: () => this.#settle(() => outbox.overwrite(entry, problem?.current)) }, "Keep mine"),
          h("button.button", { type: "button", onclick: give }, stored ? "Take the stored one" : "Leave it deleted")));
    }
    return h("section.trouble", null, versions(this.#room, [[local.after ? "This change was refused" : "Deleting this was refused", mine]]),
      h("p.field-error", null, reasonsOf(problem)),
      h("div.actions", null,
        FORMS.has(local.after?.kind) ? h("button.button.button-primary", { type: "button",
          onclick: () => {
            this.#dialog.close();
            if (this.#room.form.mayClose()) this.#room.form.correct(entry);
          } }, "Correct it") : null,
        h("button.button", { type: "button", onclick: give }, "Give it up")));
  }
}

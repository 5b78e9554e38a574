import { byId, h } from "./dom.js";
import { reasonsOf } from "./refusals.js";

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const WORDS = {
  saved: () => "Saved",
  saving: () => "Saving…",
  waiting: (n) => `${n} waiting: the server does not answer`,
  offline: (n) => (n ? `Offline, ${n} waiting` : "Offline"),
  trouble: (n) => `${plural(n, "change")} not saved: look`,
  "signed-out": (n) => `Signed out, ${n} waiting: sign in again`,
};

/** The state of saving, always in sight, and the dialog in which a refusal or a conflict is decided. */
export class SaveState {
  #room;
  #button = byId("room-state");
  #dialog = null;
  #last = "saved";

  constructor(room) {
    this.#room = room;
    this.#button.addEventListener("click", () => this.#clicked());
    room.outbox.onEvent((event) => {
      if (event === "state") this.draw();
      if (event === "conflict" || event === "refused") this.open();
    });
    addEventListener("beforeunload", (event) => {
      if (room.outbox.entries.length || room.form.isOpen) event.preventDefault();
    });
  }

  draw() {
    const { name, waiting } = this.#room.outbox.state;
    this.#button.dataset.state = name;
    this.#button.lastChild.textContent = WORDS[name](waiting);
    if (name !== this.#last && !["saved", "saving"].includes(name)) this.#room.announce(WORDS[name](waiting));
    this.#last = name;
  }

  #clicked() {
    const { name } = this.#room.outbox.state;
    if (name === "signed-out") location.assign(`/sign-in/?next=${encodeURIComponent(location.pathname)}`);
    else if (name === "trouble") this.open();
    else this.#room.outbox.flush();
  }

  open() {
    const held = this.#room.outbox.entries.filter(({ trouble }) => trouble);
    this.#dialog?.remove();
    if (!held.length) return;
    this.#dialog = h("dialog.troubles", { "aria-labelledby": "troubles-title" },
      h("h2", { id: "troubles-title" }, "Not saved yet"), held.map((entry) => this.#trouble(entry)));
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
    const give = () => this.#settle(() => {
      outbox.discard(entry);
      this.#room.revert(mine.uuid, trouble === "conflict" ? problem?.current : local.before);
    });
    if (trouble === "conflict" && problem?.current) {
      return h("section.trouble", null, h("p", null, "It was changed elsewhere meanwhile. Which one stays?"),
        h("div.versions", null, this.#version("Yours", local.after), this.#version("As it is stored now", problem.current)),
        h("div.actions", null,
          h("button.button.button-primary", { type: "button",
            onclick: () => this.#settle(() => outbox.overwrite(entry, problem.current.version)) }, "Keep mine"),
          h("button.button", { type: "button", onclick: give }, "Take the stored one")));
    }
    return h("section.trouble", null, this.#version("This change was refused", mine),
      h("p.field-error", null, reasonsOf(problem)),
      h("div.actions", null,
        local.after && ["claim", "actor", "event"].includes(mine.kind) ? h("button.button.button-primary", { type: "button",
          onclick: () => {
            this.#dialog.close();
            if (!this.#room.form.mayClose()) return;
            outbox.discard(entry);
            this.#room.form.correct(local, problem?.errors);
          } }, "Correct it") : null,
        h("button.button", { type: "button", onclick: give }, "Give it up")));
  }

  #version(title, annotation) {
    if (!annotation) return h("div.version", null, h("h3", null, title), h("p", null, "Deleted"));
    if (annotation.role) {
      const masked = annotation.masked ? ", masked" : "";
      return h("div.version", null, h("h3", null, title), h("p", null, `${this.#room.blocks.roleName(annotation.role)}${masked}`));
    }
    const { claim } = annotation;
    return h("div.version", null, h("h3", null, title),
      h("p", null, h("b", null, this.#room.store.titleOf(annotation))),
      h("p.words", { dir: "auto" }, annotation.quotes.join(" … ")),
      claim ? h("p", null, [claim.type, claim.quotation_type, claim.polarity, claim.paraphrase].filter(Boolean).join(" · ")) : null);
  }
}

import { h } from "../forms/dom.js";

/** The topics of a claim, ticked. */
export class TopicsField {
  #boxes = [];

  constructor(topics, taken) {
    this.element = h("fieldset.field", null, h("legend", null, "Topics"));
    for (const code of topics.filter(({ key, retired }) => !retired || taken.includes(key))) this.#add(code, taken.includes(code.key));
    this.element.hidden = !this.#boxes.length;
  }

  #add({ key, name, definition }, checked) {
    const box = h("input", { type: "checkbox", value: key, checked });
    this.#boxes.push(box);
    this.element.append(h("label.checkbox", { title: definition, dir: "auto" }, box, name));
    return box;
  }

  /** Ticks a topic, which may be new to the codebook. */
  take(code) {
    const box = this.#boxes.find(({ value }) => value === code.key) ?? this.#add(code, true);
    box.checked = true;
    this.element.hidden = false;
  }

  get value() {
    return this.#boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }
}

/** Builds elements without ever parsing markup: the policy of the page forbids it, and names are hostile. */

/**
 * @param {string} tag "div" or "div.card.open"
 * @param {object|null} props attributes; functions become listeners ("onclick"); true sets, false leaves out
 * @param {...(Node|string|null|false|Array)} children
 */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A labelled field; `control` gets an id when it has none. */
let fields = 0;
export function field(label, control, hint) {
  control.id ||= `room-field-${fields += 1}`;
  if (hint) control.setAttribute("aria-describedby", `${control.id}-hint`);
  return h("div.field", null, h("label", { for: control.id }, label), control,
    hint ? h("p.field-hint", { id: `${control.id}-hint` }, hint) : null);
}

/** A select over [{key, name, definition, retired}] or [key, name] pairs. */
export function choice(options, value, props = {}) {
  const listed = options.map((option) => (Array.isArray(option) ? { key: option[0], name: option[1] } : option));
  return h("select", props, listed
    .filter((option) => !option.retired || option.key === value)
    .map((option) => h("option", { value: option.key, title: option.definition, selected: option.key === value },
      option.name)));
}

/** True while keys belong to a field, so that no shortcut may fire. */
export function typingIn(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
}

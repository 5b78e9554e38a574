import { latinKey } from "../forms/latin_key.js";
import { blockAtCursor } from "./blocks.js";
import { h } from "../forms/dom.js";

/** The menu that says what a part of the text is: by key, from the margin, from the outline, by touch. */
export class BlockMenu {
  #room;
  #dialog = null;
  #handle;
  #hovered = null;

  constructor(room, host) {
    this.#room = room;
    this.#handle = h("button.block-handle", { type: "button", tabindex: "-1", hidden: true, title: "What is this part? (b)",
      "aria-label": "What is this part?", onclick: () => this.open(this.#hovered) }, "¶");
    host.append(this.#handle);
    if (!room.data.can_annotate) return;
    room.map.root.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") this.#hover(room.blocks.of(event.target));
    });
    host.addEventListener("pointerleave", () => { this.#handle.hidden = true; });
  }

  #hover(block) {
    if (!block) return;
    this.#hovered = block.uuid;
    const rect = this.#room.blocks.elementOf(block.uuid).getBoundingClientRect();
    const origin = this.#handle.parentElement.getBoundingClientRect();
    this.#handle.hidden = false;
    this.#handle.style.setProperty("top", `${rect.top - origin.top}px`);
    const rtl = getComputedStyle(this.#room.map.root).direction === "rtl";
    const { offsetWidth: wide } = this.#handle;
    const left = rtl ? rect.right - origin.left + 10 : rect.left - origin.left - wide - 10;
    // where the margin is narrower than the button, it stays within the sheet
    this.#handle.style.setProperty("left", `${Math.max(0, Math.min(left, origin.width - wide))}px`);
  }

  /** Opens on the block of that name, else on the one at the cursor; `beside` an element of the outline or the text. */
  open(uuid = blockAtCursor(this.#room)?.uuid, beside = null) {
    const { blocks, data } = this.#room;
    const block = blocks.get(uuid);
    if (!block) return;
    if (!data.can_annotate) {
      this.#room.announce("You may read here, not annotate.");
      return;
    }
    this.#room.toolbar.hide();
    this.#dialog?.remove();
    const choose = (role) => this.#judge(block, role, role === "boilerplate" || (block.masked && block.role !== "boilerplate"));
    const roles = data.block_roles.map(([role, name], i) => h("button", { type: "button", "data-role": role,
      "aria-pressed": String(role === block.role), autofocus: role === block.role, onclick: () => choose(role) },
    h("span", null, name), h("kbd", null, String(i + 1))));
    const mask = () => this.#judge(block, block.role, !block.masked);
    this.#dialog = h("dialog.block-menu", { "aria-labelledby": "block-menu-title",
      onclose: () => {
        if (beside) this.#room.outline.focus(uuid);
        else this.#room.map.root.focus({ preventScroll: true });
      },
      onclick: (event) => { if (event.target === this.#dialog) this.#dialog.close(); },
      onkeydown: (event) => this.#key(event, roles, mask) },
    h("h2", { id: "block-menu-title" }, "This part is a"), h("div.block-roles", { role: "group", "aria-label": "Role" }, roles),
    h("button.block-mask", { type: "button", "aria-pressed": String(block.masked), onclick: mask },
      h("span", null, block.masked ? "Show it again" : "Mask it", h("small", null, "outside counts and suggestions")), h("kbd", null, "m")));
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#place(beside ?? blocks.elementOf(uuid));
  }

  /** Masks the part at the cursor, or takes it back; at the head of a fold all that is folded there. */
  turn() {
    const { blocks, data } = this.#room;
    if (!data.can_annotate) {
      this.#room.announce("You may read here, not annotate.");
      return;
    }
    const fold = document.activeElement.closest?.(".fold > summary")?.parentElement;
    const parts = fold ? blocks.within(fold) : [blockAtCursor(this.#room)].filter(Boolean);
    if (!parts.length) return;
    const masked = !parts[0].masked;
    const role = (part) => ({ true: { paragraph: "boilerplate" }, false: { boilerplate: "paragraph" } }[masked][part.role] ?? part.role);
    const label = `${parts.length > 1 ? `${parts.length} lines` : blocks.roleName(role(parts[0]))}${masked ? ", masked" : ""}`;
    this.#room.change(label, parts.map((part) => ({ before: { ...part }, after: { ...part, role: role(part), masked, reason: "" } })));
    this.#room.announce(`${masked ? "Masked" : "Taken back"}: ${label}`);
    if (fold) this.#room.map.root.focus({ preventScroll: true });
  }

  #place(element) {
    if (matchMedia("(max-width: 56rem)").matches) return; // a sheet at the foot of the screen
    const rect = element.getBoundingClientRect();
    const { offsetHeight: height } = this.#dialog;
    const top = Math.max(64, Math.min(rect.top, innerHeight - height - 16));
    this.#dialog.style.setProperty("inset", `${top}px auto auto ${Math.max(16, rect.left - 8)}px`);
  }

  #key(event, roles, mask) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) roles.at((roles.indexOf(document.activeElement) + way) % roles.length).focus();
    else if (roles[Number(latinKey(event)) - 1]) roles[Number(latinKey(event)) - 1].click();
    else if (latinKey(event) === "m") mask();
    else return;
    event.preventDefault();
  }

  #judge(block, role, masked) {
    this.#dialog.close();
    if (role === block.role && masked === block.masked) return;
    const name = this.#room.blocks.roleName(role);
    const after = { ...block, role, masked, reason: "" };
    const label = `${name}${masked ? ", masked" : ""}`;
    this.#room.change(label, [{ before: { ...block }, after }]);
    this.#room.announce(`This part: ${label}`);
  }
}

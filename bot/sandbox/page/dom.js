// Everything foreign enters the page here, and only ever as text.

import { sign } from "./icons.js";

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [kind, listener] of Object.entries(value)) node.addEventListener(kind, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Change only the children that differ, so that focus, open menus and half-made clicks survive.
export function sync(box, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...box.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (box.childNodes[at] !== node) box.insertBefore(node, box.childNodes[at] || null);
  });
}

export const $ = (id) => document.getElementById(id);

export function button(label, action, attributes = {}) {
  return el("button", { type: "button", on: { click: action }, ...attributes }, label);
}

export function icon(drawing, name, action, attributes = {}) {
  return button(sign(drawing), action, { class: "icon", "aria-label": name, title: name, ...attributes });
}

export function toast(text) {
  const box = el("div", { class: "toast" }, text);
  $("toasts").append(box);
  setTimeout(() => box.remove(), 4500);
}

export function dialog(content, buttons, attributes = {}) {
  return new Promise((resolve) => {
    const box = el("dialog", attributes, content);
    const finish = (value) => {
      box.close();
      box.remove();
      resolve(value);
    };
    const row = buttons.map(([label, value, looks]) =>
      button(label, () => finish(typeof value === "function" ? value() : value), { class: looks }));
    box.append(el("div", { class: "dialog-row" }, ...row));
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      finish(null);
    });
    box.addEventListener("click", (event) => {
      if (event.target === box) finish(null);
    });
    document.body.append(box);
    box.showModal();
  });
}

let opened = null;

export function closeMenu() {
  if (opened) {
    opened.menu.remove();
    opened.anchor.setAttribute("aria-expanded", "false");
    opened = null;
  }
}

export function menu(anchor, entries, attributes = {}) {
  const same = opened && opened.anchor === anchor;
  closeMenu();
  if (same) return;
  const items = entries.map(([label, action, looks]) =>
    button(label, () => {
      closeMenu();
      action();
    }, { role: "menuitem", class: looks }));
  const box = el("div", { class: "menu", role: "menu", ...attributes }, ...items);
  box.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      items[(at + step + items.length) % items.length].focus();
    } else if (event.key === "Escape") {
      closeMenu();
      anchor.focus();
    }
  });
  anchor.setAttribute("aria-expanded", "true");
  (anchor.closest(".holds-menu") || anchor.parentElement).append(box);
  opened = { menu: box, anchor };
  if (items.length) items[0].focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  if (opened && !opened.menu.contains(event.target) && !opened.anchor.contains(event.target)) {
    closeMenu();
  }
});

export function size(bytes, language) {
  const units = ["B", "KB", "MB", "GB"];
  let step = 0;
  let amount = bytes;
  while (amount >= 1024 && step < units.length - 1) {
    amount /= 1024;
    step += 1;
  }
  const digits = amount < 10 && step > 0 ? 1 : 0;
  return `${amount.toLocaleString(language, { maximumFractionDigits: digits })} ${units[step]}`;
}

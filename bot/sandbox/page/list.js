// The list of people and groups.

import { hours } from "./clock.js";
import { fullName } from "./bubbles.js";
import { $, el, sync } from "./dom.js";
import { t } from "./words.js";

const rows = new Map();

export function initials(name) {
  const words = name.split(/[\s.,]+/).filter((word) => /^\p{L}/u.test(word));
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
}

export const hue = (id) => `hue-${Math.abs(id) % 6}`;

export function avatar(name, id) {
  return el("span", { class: `avatar ${hue(id)}`, "aria-hidden": "true" }, initials(name));
}

export function drawList(state, seen, current, open) {
  const wanted = $("search").value.trim().toLowerCase();
  const chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  const people = state.people.filter((person) =>
    `${fullName(person)} ${person.note} ${person.username}`.toLowerCase().includes(wanted));
  const groups = state.chats.filter((chat) =>
    chat.id < 0 && chat.title.toLowerCase().includes(wanted));
  const nodes = people.map((person) =>
    row(chats.get(person.id), fullName(person), person.note, { seen, current, open }));
  if (groups.length) nodes.push(el("h2", {}, t("groups")));
  nodes.push(...groups.map((chat) => row(chat, chat.title, "", { seen, current, open })));
  if (!nodes.length) nodes.push(el("p", { class: "about" }, t("nobody")));
  sync($("people"), nodes);
}

function row(chat, name, note, { seen, current, open }) {
  const last = chat.last;
  const fresh = last && last.from_bot && chat.id !== current && last.id > (seen.get(chat.id) || 0);
  const words = last ? last.text || t(last.kind) : note ? "" : t("none");
  const time = last ? hours(new Date(last.date * 1000)) : "";
  const looks = JSON.stringify([name, note, words, time, fresh, chat.id === current, t("unread")]);
  const old = rows.get(chat.id);
  if (old && old.looks === looks) return old.node;
  const node = el("button", {
    type: "button", class: `row${chat.id === current ? " current" : ""}`,
    data: { chat: chat.id }, "aria-current": chat.id === current ? "true" : null,
    on: { click: () => open(chat.id) } },
    avatar(name, chat.id),
    el("span", { class: "row-words" },
      el("span", { class: "row-top" }, el("strong", {}, name),
        last ? el("time", {}, time) : null),
      note ? el("span", { class: "note" }, note) : null,
      words ? el("span", { class: "last" }, words.replace(/\s+/g, " ")) : null),
    fresh ? el("span", { class: "dot", role: "img", "aria-label": t("unread") }) : null);
  rows.set(chat.id, { looks, node });
  return node;
}

// Telegram's entities as elements. JavaScript counts text as Telegram does, in UTF-16 units.

import { button, el } from "./dom.js";
import { locale, t } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};
const OPENED = new Set(["http:", "https:", "mailto:", "tel:"]);

export function safe(address) {
  try {
    const url = new URL(address);
    return OPENED.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function startCode(address, username) {
  const matched = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)\?start=([\w-]{1,64})$/.exec(address);
  if (matched && matched[1].toLowerCase() === username.toLowerCase()) return matched[2];
  const scheme = /^tg:\/\/resolve\?domain=(\w+)&start=([\w-]{1,64})$/.exec(address);
  return scheme && scheme[1].toLowerCase() === username.toLowerCase() ? scheme[2] : null;
}

export function rich(text, entities, deeds) {
  const holder = document.createDocumentFragment();
  fill(holder, text, [...(entities || [])], 0, text.length, deeds);
  return holder;
}

function fill(holder, text, entities, from, to, deeds) {
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    if (start > at) holder.append(text.slice(at, start));
    const inside = [];
    while (entities.length && entities[0].offset < end) inside.push(entities.shift());
    const node = element(entity, text.slice(start, end), deeds);
    fill(node.inner || node, text, inside, start, end, deeds);
    holder.append(node);
    at = end;
  }
  if (at < to) holder.append(text.slice(at, to));
}

function element(entity, text, deeds) {
  if (TAGS[entity.type]) return el(TAGS[entity.type]);
  if (entity.type === "expandable_blockquote") return expandable();
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "text_link") return link(entity.url, deeds);
  if (entity.type === "url") return link(/^\w+:/.test(text) ? text : `http://${text}`, deeds);
  if (entity.type === "email") return link(`mailto:${text}`, deeds);
  if (entity.type === "bot_command") {
    return button("", () => deeds.say(text), { class: "as-link" });
  }
  if (entity.type === "date_time") {
    const moment = new Date(entity.unix_time * 1000);
    const full = moment.toLocaleString(locale(), { dateStyle: "full", timeStyle: "short" });
    return el("time", { datetime: moment.toISOString(), title: full });
  }
  return el("span", { class: `entity-${entity.type}` });
}

function link(address, deeds) {
  const code = startCode(address, deeds.username);
  if (code) return button("", () => deeds.start(code), { class: "as-link" });
  const href = safe(address);
  return href
    ? el("a", { href, target: "_blank", rel: "noopener noreferrer" })
    : el("span", {});
}

function spoiler() {
  const node = el("button", { type: "button", class: "spoiler", "aria-label": t("reveal") });
  node.addEventListener("click", () => {
    node.classList.add("shown");
    node.removeAttribute("aria-label");
  });
  return node;
}

function expandable() {
  const node = el("blockquote", { class: "folded", tabindex: "0" });
  const toggle = () => node.classList.toggle("folded");
  node.addEventListener("click", toggle);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter") toggle();
  });
  return node;
}

// One message as a bubble.

import { hours } from "./clock.js";
import { button, dialog, el, icon, menu, size } from "./dom.js";
import { rich } from "./entities.js";
import { sign } from "./icons.js";
import { copy, inlineKeyboard } from "./keyboards.js";
import { pollBody } from "./polls.js";
import { locale, t } from "./words.js";

const fileAddress = (id) => `/control/files/${encodeURIComponent(id)}`;

export function summary(message) {
  const text = message.text || message.caption;
  if (text) return text;
  const kind = ["photo", "document", "voice", "video", "poll", "contact"].find((one) => message[one]);
  if (kind === "document") return message.document.file_name;
  if (kind === "poll") return message.poll.question;
  return kind ? t(kind) : "…";
}

export const fullName = (user) =>
  user.last_name ? `${user.first_name} ${user.last_name}` : user.first_name;

export function bubble(message, context) {
  const own = message.from.id === context.person.id;
  const body = el("div", { class: "bubble holds-menu" });
  if (context.group && !own) body.append(el("div", { class: "sender" }, fullName(message.from)));
  if (message.reply_to_message) body.append(quote(message.reply_to_message, context));
  body.append(...media(message, context));
  const text = message.text ?? message.caption;
  if (text) {
    const entities = message.text ? message.entities : message.caption_entities;
    body.append(el("div", { class: "text" }, rich(text, entities, context.deeds)));
  }
  body.append(foot(message, own, context));
  const keys = inlineKeyboard(message, context.deeds);
  return el("article", {
    class: `message ${own ? "own" : "other"}${message.from.is_bot ? " from-bot" : ""}`,
    id: `message-${message.message_id}`,
    "aria-label": `${fullName(message.from)}, ${hours(new Date(message.date * 1000))}`,
    data: { id: message.message_id },
  }, body, keys);
}

function foot(message, own, context) {
  const marks = [];
  if (message.silent) marks.push(el("span", { title: t("silent") }, sign("silent")));
  if (message.edit_date) marks.push(el("span", { class: "edited" }, t("edited")));
  marks.push(el("time", {}, hours(new Date(message.date * 1000))));
  const more = icon("options", t("more"), () => menu(more, entries(message, own, context)), {
    class: "icon more", "aria-haspopup": "menu" });
  const reaction = message.reaction
    ? el("span", { class: "reaction" }, message.reaction) : null;
  return el("div", { class: "foot" }, reaction, ...marks, more);
}

function entries(message, own, context) {
  const found = [[t("reply"), () => context.deeds.reply(message)]];
  if (own && (message.text || message.photo || message.document)) {
    found.push([t("edit"), () => context.deeds.edit(message)]);
  }
  if (message.text || message.caption) {
    found.push([t("copy"), () => copy(message.text || message.caption)]);
  }
  return found;
}

function quote(message, context) {
  const go = () => {
    const there = document.getElementById(`message-${message.message_id}`);
    if (there) {
      there.scrollIntoView({ block: "center", behavior: "smooth" });
      there.classList.add("found");
      setTimeout(() => there.classList.remove("found"), 1500);
    }
  };
  const name = message.from.id === context.person.id ? fullName(context.person) : fullName(message.from);
  return el("button", { type: "button", class: "quote", on: { click: go } },
    el("strong", {}, name), el("span", {}, summary(message).slice(0, 120)));
}

function media(message, context) {
  if (message.photo) return [photo(message)];
  if (message.document) return [file(message.document, message.document.file_name)];
  if (message.video) return [file(message.video, message.video.file_name || t("video"))];
  if (message.voice) return [voice(message.voice)];
  if (message.contact) return [contact(message.contact)];
  if (message.poll) return [pollBody(message, context)];
  return [];
}

function photo(message) {
  const largest = message.photo[message.photo.length - 1];
  const address = fileAddress(largest.file_id);
  const words = message.caption || t("photo");
  const show = () => dialog(el("img", { src: address, alt: words, class: "large" }), [
    [t("close"), null]], { class: "viewer", "aria-label": t("photo") });
  const picture = el("img", {
    src: address, alt: words, loading: "lazy", width: largest.width, height: largest.height });
  return el("button", { type: "button", class: "photo", "aria-label": `${t("openPhoto")}: ${words}`, on: { click: show } }, picture);
}

function file(told, name) {
  return el("a", {
    class: "file", href: fileAddress(told.file_id), download: name, "aria-label": `${t("download")} ${name}` },
    el("span", { class: "file-sign", "aria-hidden": "true" }, sign("file")),
    el("span", { class: "file-words" }, el("strong", {}, name),
      el("span", {}, size(told.file_size || 0, locale()))));
}

function voice(told) {
  return el("audio", { controls: true, preload: "none", src: fileAddress(told.file_id), "aria-label": t("voice") });
}

function contact(told) {
  return el("div", { class: "file" },
    el("span", { class: "file-sign", "aria-hidden": "true" }, sign("person")),
    el("span", { class: "file-words" }, el("strong", {}, fullName(told)),
      el("span", {}, told.phone_number)));
}

export function typingBubble() {
  return el("div", { class: "message other typing", "aria-label": t("typing") },
    el("div", { class: "bubble" }, el("i", {}), el("i", {}), el("i", {})));
}

export function commandEntries(commands, run) {
  return commands.map((one) => button("", () => run(`/${one.command}`), { class: "command", role: "menuitem" }))
    .map((node, at) => {
      node.append(el("strong", {}, `/${commands[at].command}`), el("span", {}, commands[at].description));
      return node;
    });
}

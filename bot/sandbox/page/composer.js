// Where a person writes: text, attachments, reply, edit, commands, keyboards.

import { commandEntries, fullName, summary } from "./bubbles.js";
import { act, bytes } from "./control.js";
import { $, button, closeMenu, dialog, el, icon, menu } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { t } from "./words.js";

let chosen = [];
let answering = null;
let changing = null;
let keysShown = true;
let drawn = "";
let deeds = null;
let view = null;
let person = null;

export function resetComposer() {
  chosen = [];
  answering = changing = null;
  keysShown = true;
  drawn = "";
}

export function drawComposer(newView, newPerson, newDeeds, everybody) {
  [view, person, deeds] = [newView, newPerson, newDeeds];
  const state = JSON.stringify([view.chat.id, person.id, view.blocked, view.started, view.keyboard, view.commands.length, answering && answering.message_id, changing && changing.message_id, chosen.length, keysShown, t("send")]);
  if (state === drawn) return;
  const old = $("text");
  const kept = drawn.startsWith(`[${view.chat.id},`) && old ? old.value : "";
  const focus = document.activeElement === old;
  drawn = state;
  closeMenu();
  $("composer").replaceChildren(...parts(everybody));
  if ($("text")) {
    $("text").value = kept;
    grow();
    if (focus) $("text").focus();
  }
}

function parts(everybody) {
  if (view.blocked) {
    return [el("p", { class: "about" }, t("blocked")),
      button(t("unblock"), () => deeds.unblock(), { class: "wide" })];
  }
  if (!view.started) {
    return [el("p", { class: "about" }, t("startHint")),
      button(t("start"), () => deeds.start(person.start), { class: "wide main", id: "start" })];
  }
  const keys = keysShown ? replyKeyboard(view.keyboard, person, deeds) : null;
  return [bar(), strip(), el("div", { class: "suggestions", id: "suggestions", role: "menu", hidden: true }),
    line(everybody), keys].filter(Boolean);
}

function bar() {
  const about = changing || answering;
  if (!about) return null;
  const title = changing ? t("editing") : `${t("replyTo")} ${fullName(about.from)}`;
  return el("div", { class: "bar" },
    el("span", { class: "bar-words" }, el("strong", {}, title), el("span", {}, summary(about).slice(0, 80))),
    icon("close", t("cancel"), () => {
      if (changing) $("text").value = "";
      answering = changing = null;
      deeds.redraw();
    }));
}

function strip() {
  if (!chosen.length) return null;
  return el("div", { class: "strip" }, ...chosen.map((one, at) =>
    el("span", { class: "chip" }, one.file.name, icon("close", `${t("cancel")} ${one.file.name}`, () => {
      chosen.splice(at, 1);
      deeds.redraw();
    }))));
}

function line(everybody) {
  const hint = (view.keyboard || {}).input_field_placeholder || t("message");
  const text = el("textarea", { id: "text", rows: "1", placeholder: hint, "aria-label": t("message") });
  text.addEventListener("input", () => {
    grow();
    suggest();
  });
  text.addEventListener("keydown", key);
  text.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (files.length) {
      event.preventDefault();
      add(files, files.every((one) => one.type.startsWith("image/")) ? "photo" : "document");
    }
  });
  const attach = icon("attach", t("attach"), () => menu(attach, attachments(everybody), { class: "menu up" }), { "aria-haspopup": "menu", id: "attach" });
  const commands = view.commands.length ? icon("commands", t("commands"), () => allCommands(), { class: "icon commands", id: "commands" }) : null;
  const toggle = view.keyboard && view.keyboard.keyboard
    ? icon("keyboard", t("keyboard"), () => {
      keysShown = !keysShown;
      deeds.redraw();
    }, { "aria-pressed": String(keysShown) }) : null;
  return el("div", { class: "line holds-menu" }, commands, attach,
    picker("photo", "image/*", true), picker("document", null, false), text, toggle,
    icon("send", t("send"), send, { class: "icon send", id: "send" }));
}

function attachments(everybody) {
  const found = [
    [t("attachPhoto"), () => $("pick-photo").click()],
    [t("attachFile"), () => $("pick-document").click()],
  ];
  if (person.phone) found.push([t("attachContact"), () => deeds.contact()]);
  found.push([t("attachOther"), () => otherContact(everybody)]);
  return found;
}

async function otherContact(everybody) {
  const choice = el("select", { "aria-label": t("contact") }, ...everybody
    .filter((one) => one.phone && one.id !== person.id)
    .map((one) => el("option", { value: one.id }, `${fullName(one)} · ${one.phone}`)));
  const who = await dialog(choice, [[t("cancel"), null], [t("share"), () => choice.value, "main"]]);
  if (who) deeds.contact(Number(who));
}

function picker(kind, accept, several) {
  const input = el("input", { type: "file", id: `pick-${kind}`, accept, multiple: several, hidden: true });
  input.addEventListener("change", () => add([...input.files], kind));
  return input;
}

function add(files, kind) {
  chosen.push(...files.map((file) => ({ file, kind })));
  deeds.redraw();
  if ($("text")) $("text").focus();
}

function grow() {
  const text = $("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 140)}px`;
  text.style.overflowY = text.scrollHeight > 140 ? "auto" : "hidden";
}

function key(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape") {
    answering = changing = null;
    closeMenu();
    hideSuggestions();
    deeds.redraw();
  } else if (event.key === "ArrowUp" && !$("text").value) {
    const mine = view.messages.filter((one) => one.from.id === person.id && one.text && !one.deleted);
    if (mine.length) edit(mine[mine.length - 1]);
  } else if (event.key === "ArrowDown" && !$("suggestions").hidden) {
    event.preventDefault();
    $("suggestions").querySelector("button").focus();
  }
}

function hideSuggestions() {
  if ($("suggestions")) $("suggestions").hidden = true;
}

function suggest() {
  const typed = $("text").value;
  const wanted = typed.startsWith("/") && !/\s/.test(typed)
    ? view.commands.filter((one) => `/${one.command}`.startsWith(typed.toLowerCase())) : [];
  showCommands(wanted);
}

function allCommands() {
  if ($("suggestions").hidden) {
    showCommands(view.commands);
    $("suggestions").querySelector("button").focus();
  } else {
    hideSuggestions();
  }
}

function showCommands(commands) {
  $("suggestions").replaceChildren(...commandEntries(commands, (text) => {
    $("text").value = "";
    hideSuggestions();
    deeds.say(text);
    $("text").focus();
  }));
  $("suggestions").hidden = !commands.length;
}

async function send() {
  const text = $("text").value;
  if (changing) {
    await act("edit", { chat: view.chat.id, message_id: changing.message_id, text });
  } else if (chosen.length) {
    await sendFiles(text);
  } else if (text.trim()) {
    const sent = await deeds.say(text, answering && answering.message_id);
    if (!sent) return;
  } else {
    return;
  }
  chosen = [];
  answering = changing = null;
  $("text").value = "";
  hideSuggestions();
  deeds.redraw();
  if ($("text")) {
    grow();
    $("text").focus();
  }
}

async function sendFiles(caption) {
  for (const kind of ["photo", "document"]) {
    const these = chosen.filter((one) => one.kind === kind);
    if (!these.length) continue;
    const files = await Promise.all(these.map(async ({ file }) => ({
      name: file.name, mime: file.type || "application/octet-stream", data: await bytes(file) })));
    await act("media", {
      chat: view.chat.id, person: person.id, kind, caption, files,
      reply_to: answering ? answering.message_id : null });
  }
}

export function reply(message) {
  answering = message;
  changing = null;
  deeds.redraw();
  $("text").focus();
}

export function edit(message) {
  changing = message;
  answering = null;
  deeds.redraw();
  $("text").value = message.text || message.caption || "";
  grow();
  $("text").focus();
}

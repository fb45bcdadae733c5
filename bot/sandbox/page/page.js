// The page: one state, one open chat, drawn again whenever the server says that something changed.

import { bubble, fullName, summary, typingBubble } from "./bubbles.js";
import { dayName, drawClock, setClock, setHome, setZone, tick } from "./clock.js";
import { drawComposer, edit, reply, resetComposer } from "./composer.js";
import { act, listen, look } from "./control.js";
import { $, closeMenu, dialog, el, icon, menu, sync, toast } from "./dom.js";
import { avatar, drawList } from "./list.js";
import { choices, otherLanguage, setLanguage, t } from "./words.js";

const LAST = 200;
const seen = new Map();
const taps = new Map();
let state = null;
let view = null;
let chatId = null;
let actor = null;
let bubbles = new Map();
let typingEnds = null;
let headLooks = "";

const person = () => state.people.find((one) => one.id === actor);

const deeds = {
  get username() {
    return state.bot.username;
  },
  say: (text, replyTo = null) =>
    act("say", { chat: chatId, person: actor, text, reply_to: replyTo }),
  start: (payload) => act("start", { person: actor, payload: payload || "" }),
  contact: (of = null) => act("contact", { chat: chatId, person: actor, of }),
  vote: (messageId, options) =>
    act("vote", { chat: chatId, person: actor, message_id: messageId, options }),
  unblock: async () => {
    await act("unblock", { person: actor });
    await act("start", { person: actor, payload: "" });
  },
  tap: async (messageId, data, done) => {
    const made = await act("tap", { chat: chatId, person: actor, message_id: messageId, data });
    if (!made) return done();
    taps.set(made.callback_id, done);
    setTimeout(() => settle(made.callback_id, null), 20000);
    return refreshChat();
  },
  reply,
  edit,
  redraw: () => drawComposer(view, person(), deeds, state.people),
};

function settle(id, answer) {
  const done = taps.get(id);
  if (!done) return;
  taps.delete(id);
  done();
  if (answer && answer.text) {
    if (answer.show_alert) dialog(el("p", { class: "long" }, answer.text), [[t("alertOk"), null, "main"]], { class: "alert" });
    else toast(answer.text);
  }
}

async function refreshState() {
  const told = await look("state");
  if (!told) return;
  state = told;
  setClock(state.clock);
  if (setHome(state.people)) drawClock(redrawAll);
  if (view && chatId !== null) drawHead();
  $("title").textContent = state.title;
  document.title = state.title;
  drawList(state, seen, chatId, open);
}

async function refreshChat() {
  if (chatId === null) return;
  const asked = chatId;
  const told = await look(`chats/${asked}?person=${actor}&last=${LAST}`);
  if (!told || asked !== chatId) return;
  view = told;
  drawChat();
  for (const [id, answer] of Object.entries(view.taps)) if (answer) settle(id, answer);
}

function open(id) {
  chatId = id;
  const line = state.chats.find((chat) => chat.id === id);
  actor = id > 0 ? id : line.members[0];
  bubbles = new Map();
  view = null;
  headLooks = "";
  resetComposer();
  document.documentElement.dataset.view = "chat";
  if (setZone(person().zone)) drawClock(redrawAll);
  $("messages").replaceChildren();
  history.replaceState(null, "", `#${id}`);
  refreshChat().then(() => {
    if (matchMedia("(min-width: 800px)").matches && $("text")) $("text").focus();
  });
}

function close() {
  chatId = null;
  document.documentElement.dataset.view = "list";
  history.replaceState(null, "", "#");
  drawList(state, seen, chatId, open);
}

function drawHead() {
  const who = person();
  const group = chatId < 0;
  const more = icon("more", t("more"), () => menu(more, moreEntries()), { "aria-haspopup": "menu", id: "more" });
  const name = group ? view.chat.title : state.bot.first_name;
  const line = group
    ? el("span", { class: "as" }, `${t("as")} `, actorChoice())
    : el("span", { class: "as" }, `${t("as")} ${fullName(who)}`);
  const pinned = view.pinned.length
    ? view.messages.find((one) => one.message_id === view.pinned[view.pinned.length - 1]) : null;
  const looks = JSON.stringify([
    name, who, view.members, view.typing, state.receiver, pinned && summary(pinned), t("bot")]);
  if (looks === headLooks) return;
  headLooks = looks;
  closeMenu();
  $("head").replaceChildren(...[
    el("div", { class: "head-line holds-menu" },
      icon("back", t("back"), close, { class: "icon back" }),
      avatar(name, group ? chatId : 0),
      el("div", { class: "head-words" }, el("strong", {}, name),
        status(line, group)),
      more),
    pinned ? el("div", { class: "pinned" }, el("strong", {}, t("pinned")), ` ${summary(pinned).slice(0, 90)}`) : null,
  ].filter(Boolean));
}

function status(line, group) {
  if (view.typing) return el("span", { class: "status typing-now" }, t("typing"));
  if (state.receiver === "none" && !group) return el("span", { class: "status warns" }, t("receiver"));
  return el("span", { class: "status" }, `${t("bot")} · `, line);
}

function actorChoice() {
  const choice = el("select", { "aria-label": t("as"), on: { change: () => {
    actor = Number(choice.value);
    bubbles = new Map();
    refreshChat();
  } } }, ...view.members.map((id) => {
    const one = state.people.find((who) => who.id === id);
    return el("option", { value: id }, fullName(one));
  }));
  choice.value = String(actor);
  return choice;
}

function moreEntries() {
  const found = [[t("deepLink"), askCode]];
  if (chatId > 0 && !view.blocked) found.push([t("block"), () => act("block", { person: actor }), "danger"]);
  return found;
}

async function askCode() {
  const field = el("input", { "aria-label": t("code"), placeholder: t("code"), maxlength: "300", autocomplete: "off" });
  const given = await dialog(field, [[t("cancel"), null], [t("start"), () => field.value, "main"]]);
  const code = given && given.trim().replace(/^.*[?&]start=/, "");
  if (code) deeds.start(code);
}

let atEnd = true;
function toEnd() {
  atEnd = true;
  $("messages").scrollTop = $("messages").scrollHeight;
}

function drawChat() {
  const box = $("messages");
  const first = bubbles.size === 0;
  drawHead();
  const context = { person: person(), group: chatId < 0, deeds };
  const nodes = [];
  let day = "";
  let ownNew = false;
  const kept = new Map();
  for (const message of view.messages.filter((one) => !one.deleted)) {
    const label = dayName(new Date(message.date * 1000));
    if (label !== day) nodes.push(el("div", { class: "day" }, el("span", {}, label)));
    day = label;
    const old = bubbles.get(message.message_id);
    const same = old && old.version === message.version;
    if (!old && message.from.id === actor) ownNew = true;
    const node = same ? old.node : bubble(message, context);
    kept.set(message.message_id, { version: message.version, node });
    nodes.push(node);
    seen.set(chatId, Math.max(seen.get(chatId) || 0, message.message_id));
  }
  bubbles = kept;
  if (!nodes.length) nodes.push(el("p", { class: "empty" }, view.description || t("none")));
  if (view.typing) nodes.push(typingBubble());
  sync(box, nodes);
  clearTimeout(typingEnds);
  if (view.typing) typingEnds = setTimeout(refreshChat, 5200);
  deeds.redraw();
  if (atEnd || ownNew || first) toEnd();
}

function drawWords() {
  document.documentElement.lang = choices.language;
  $("about").textContent = t("about");
  $("search").placeholder = t("search");
  $("search-label").textContent = t("search");
  $("people").setAttribute("aria-label", t("people"));
  $("messages").setAttribute("aria-label", t("messages"));
  $("language").textContent = otherLanguage() === "en" ? "English" : "Indonesia";
  $("language").lang = otherLanguage();
  if (chatId === null) $("messages").replaceChildren(el("p", { class: "empty" }, t("choose")));
}

function redrawAll() {
  bubbles = new Map();
  closeMenu();
  drawClock(redrawAll);
  drawWords();
  if (state) drawList(state, seen, chatId, open);
  if (view) drawChat();
}

let queued = false;
function changed(told) {
  if (told.all || told.chats.includes(chatId)) refreshChat();
  if (queued) return;
  queued = true;
  setTimeout(() => {
    queued = false;
    refreshState();
  }, 150);
}

$("messages").addEventListener("scroll", () => {
  const box = $("messages");
  atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
});
$("messages").addEventListener("load", () => {
  if (atEnd) toEnd();
}, true);
new ResizeObserver(() => {
  if (atEnd) toEnd();
}).observe($("messages"));
$("language").addEventListener("click", () => {
  setLanguage(otherLanguage());
  redrawAll();
});
$("search").addEventListener("input", () => drawList(state, seen, chatId, open));
setInterval(tick, 1000);
setInterval(refreshState, 10000);
drawClock(redrawAll);
drawWords();
refreshState().then(() => {
  const wanted = Number(location.hash.slice(1));
  if (state && state.chats.some((chat) => chat.id === wanted)) open(wanted);
  else if (state && state.people.length === 1) open(state.people[0].id);
  listen(changed);
});

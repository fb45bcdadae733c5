// Buttons under a message, and the keyboard under the text field.

import { button, dialog, el, toast } from "./dom.js";
import { safe, startCode } from "./entities.js";
import { sign } from "./icons.js";
import { t } from "./words.js";

const STYLES = new Set(["success", "danger", "primary"]);

const looks = (style) => `key${STYLES.has(style) ? ` ${style}` : ""}`;

export function inlineKeyboard(message, deeds) {
  const rows = (message.reply_markup || {}).inline_keyboard || [];
  if (!rows.length) return null;
  return el("div", { class: "keys" }, ...rows.map((row) =>
    el("div", { class: "keys-row" }, ...row.map((one) => inlineButton(message, one, deeds)))));
}

function inlineButton(message, one, deeds) {
  const key = button(one.text, () => press(message, one, key, deeds), { class: looks(one.style) });
  if (one.url) key.append(sign("out"));
  if (one.copy_text) key.append(sign("copy"));
  return key;
}

async function press(message, one, key, deeds) {
  if (one.callback_data !== undefined) {
    key.classList.add("waiting");
    key.setAttribute("aria-busy", "true");
    deeds.tap(message.message_id, one.callback_data, () => {
      key.classList.remove("waiting");
      key.removeAttribute("aria-busy");
    });
  } else if (one.copy_text) {
    copy(one.copy_text.text);
  } else if (one.url) {
    const code = startCode(one.url, deeds.username);
    if (code) deeds.start(code);
    else await openLink(one.url);
  } else {
    toast(t("unsupported"));
  }
}

export async function openLink(address) {
  const href = safe(address);
  if (href && (await dialog(el("p", { class: "long" }, address), [
    [t("cancel"), false], [t("go"), true, "main"]]))) {
    window.open(href, "_blank", "noopener,noreferrer");
  }
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch {
    const field = el("textarea", { readonly: true, rows: "6", class: "long" });
    field.value = text;
    await dialog(field, [[t("close"), null]]);
  }
}

export function replyKeyboard(keyboard, person, deeds) {
  if (!keyboard || !keyboard.keyboard) return null;
  const rows = keyboard.keyboard.map((row) => el("div", { class: "keys-row" }, ...row.map((one) =>
    button(one.text, () => replyPress(one, person, deeds), { class: looks(one.style) }))));
  return el("div", { class: "reply-keys", role: "group", "aria-label": t("keyboard") }, ...rows);
}

async function replyPress(one, person, deeds) {
  if (one.request_contact) {
    const text = [el("p", {}, t("shareAsk")), el("p", { class: "phone-number" }, person.phone || "–")];
    if (await dialog(el("div", {}, ...text), [[t("cancel"), false], [t("share"), true, "main"]])) {
      deeds.contact();
    }
  } else if (one.request_location || one.request_poll || one.request_users) {
    toast(t("unsupported"));
  } else {
    deeds.say(one.text);
  }
}

// The page's only line to the outside: the control side of the same local server.

import { toast } from "./dom.js";
import { t } from "./words.js";

export async function act(verb, body) {
  try {
    const answer = await fetch(`/control/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    if (answer.ok) return said;
    toast(said.problem || t("trouble"));
  } catch {
    toast(t("away"));
  }
  return null;
}

export async function look(path) {
  try {
    const answer = await fetch(`/control/${path}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// A browser opens six lines to one server: a page that is left or not looked at gives its own back.
export function listen(changed) {
  let source = null;
  const close = () => {
    if (source) source.close();
    source = null;
  };
  const open = () => {
    close();
    source = new EventSource("/control/events");
    source.onmessage = (event) => changed(JSON.parse(event.data));
    source.onopen = () => changed({ all: true, chats: [] });
  };
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  open();
}

export function bytes(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",", 2)[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

// The strip that shows the bot's time and moves it.

import { act } from "./control.js";
import { $, button, el } from "./dom.js";
import { choices, locale, remember, t } from "./words.js";

const ZONES = [["Asia/Jakarta", "WIB"], ["Asia/Makassar", "WITA"], ["Asia/Jayapura", "WIT"]];
const HOUR = 3600;
let offset = 0;
let own = "";
let home = "";

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const zone = () => choices.zone || own || home || here();

export const now = () => new Date(Date.now() + offset * 1000);

function parts(date) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone(), hourCycle: "h23", weekday: "short", year: "numeric", month: "numeric",
    day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  return Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
}

function behind(date) {
  const read = parts(date);
  const wall = Date.UTC(read.year, read.month - 1, read.day, read.hour, read.minute, read.second);
  return wall - Math.floor(date.getTime() / 1000) * 1000;
}

// Find the next moment after now at this wall time; weekday 0 is Sunday, null any day.
function next(hour, minute, weekday = null, skip = 0) {
  const moment = now();
  const read = parts(moment);
  for (let ahead = skip; ahead <= skip + 8; ahead += 1) {
    const wall = Date.UTC(read.year, read.month - 1, Number(read.day) + ahead, hour, minute);
    const found = new Date(wall - behind(new Date(wall - behind(moment))));
    const fits = weekday === null || new Date(wall).getUTCDay() === weekday;
    if (fits && found > moment) return found;
  }
  return moment;
}

const to = (moment) => act("clock", { to: moment.toISOString() });

const MOVES = [
  ["hour", () => act("clock", { add: HOUR })],
  ["to1545", () => to(next(15, 45))],
  ["to1615", () => to(next(16, 15))],
  ["tomorrow", () => to(next(8, 0, null, 1))],
  ["fridayClose", () => to(next(16, 15, 5))],
  ["mondayMorning", () => to(next(8, 0, 1))],
  ["now", () => act("clock", { offset: 0 })],
];

function zoneChoice(changed) {
  const known = ZONES.map(([name, label]) => el("option", { value: name }, label));
  const choice = el("select", { class: "zone", "aria-label": t("zone"), on: { change: () => {
    choices.zone = choice.value;
    remember("zone", choice.value);
    changed();
  } } }, el("option", { value: "" }, t("zoneHere")), ...known);
  choice.value = choices.zone;
  choice.hidden = Boolean(own || home) && !choices.zone;
  return choice;
}

export function drawClock(changed) {
  const buttons = MOVES.map(([key, move]) =>
    button(t(key), move, { class: key === "now" ? "chip now" : "chip", id: `clock-${key}` }));
  $("clock").replaceChildren(
    el("div", { class: "time" },
      el("span", { class: "time-label" }, t("clock")),
      el("time", { id: "time", class: "time-value" }),
      el("span", { id: "moved", class: "moved" })),
    el("div", { class: "moves", role: "group", "aria-label": t("clockTools") }, ...buttons),
    zoneChoice(changed));
  $("clock").setAttribute("aria-label", t("clock"));
  tick();
}

export function setClock(told) {
  offset = told.offset;
  tick();
}

// Where no chat is open, the zone that all people share is the agency's.
export function setHome(people) {
  const before = zone();
  const zones = new Set(people.map((one) => one.zone).filter(Boolean));
  home = zones.size === 1 ? [...zones][0] : "";
  return before !== zone();
}

export function setZone(name) {
  const before = zone();
  own = name || "";
  return before !== zone();
}

function zoneName() {
  const known = ZONES.find(([name]) => name === zone());
  return known ? ` ${known[1]}` : "";
}

export function tick() {
  if (!$("time")) return;
  const moment = now();
  const day = moment.toLocaleDateString(locale(), {
    timeZone: zone(), weekday: "short", day: "numeric", month: "short", year: "numeric" });
  $("time").textContent = `${day}, ${hours(moment)}${zoneName()}`;
  $("time").setAttribute("datetime", moment.toISOString());
  $("moved").textContent = Math.abs(offset) > 1 ? t("clockMoved") : "";
  $("clock-now").disabled = Math.abs(offset) <= 1;
}

export function hours(date) {
  return date.toLocaleTimeString(locale(), {
    timeZone: zone(), hour: "2-digit", minute: "2-digit" });
}

export function dayName(date) {
  const key = (moment) => moment.toLocaleDateString("en-CA", { timeZone: zone() });
  if (key(date) === key(now())) return t("today");
  if (key(date) === key(new Date(now() - 24 * HOUR * 1000))) return t("yesterday");
  return date.toLocaleDateString(locale(), {
    timeZone: zone(), weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

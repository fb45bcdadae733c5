// Polls and quizzes inside a bubble.

import { button, el } from "./dom.js";
import { rich } from "./entities.js";
import { locale, t } from "./words.js";

export function pollBody(message, context) {
  const poll = message.poll;
  const mine = (message.votes || {})[context.person.id] || [];
  const open = !poll.is_closed && (!mine.length || poll.allows_revoting);
  const kind = poll.is_closed ? t("pollClosed") : poll.type === "quiz" ? t("quiz") : t("poll");
  const parts = [
    el("div", { class: "poll-question" }, rich(poll.question, poll.question_entities, context.deeds)),
    el("div", { class: "poll-kind" }, kind),
  ];
  const showing = mine.length > 0 || poll.is_closed;
  const several = poll.allows_multiple_answers && open && !showing;
  parts.push(...poll.options.map((option, at) => line(message, option, at, { mine, open, showing, several, context })));
  if (several) {
    parts.push(button(t("vote"), (event) => {
      const boxes = event.target.closest(".poll").querySelectorAll("input:checked");
      const chosen = [...boxes].map((box) => Number(box.value));
      if (chosen.length) context.deeds.vote(message.message_id, chosen);
    }, { class: "chip main" }));
  }
  if (showing && poll.explanation) {
    parts.push(el("div", { class: "poll-why" }, rich(poll.explanation, poll.explanation_entities, context.deeds)));
  }
  const count = poll.total_voter_count.toLocaleString(locale());
  parts.push(el("div", { class: "poll-kind" }, `${count} ${t("votes")}`));
  return el("div", { class: "poll", role: "group", "aria-label": poll.question }, ...parts);
}

function line(message, option, at, { mine, open, showing, several, context }) {
  const poll = message.poll;
  if (several) {
    const box = el("input", { type: "checkbox", value: at });
    return el("label", { class: "option" }, box, el("span", {}, option.text));
  }
  const share = poll.total_voter_count ? option.voter_count / poll.total_voter_count : 0;
  const right = showing && (poll.correct_option_ids || []).includes(at);
  const wrong = showing && poll.type === "quiz" && mine.includes(at) && !right;
  const sign = right ? "✓ " : wrong ? "✗ " : mine.includes(at) ? "● " : "";
  const words = [el("span", { class: "option-text" }, `${sign}${option.text}`)];
  if (showing) {
    words.push(el("span", { class: "option-share" },
      share.toLocaleString(locale(), { style: "percent", maximumFractionDigits: 0 })));
    words.push(el("progress", { max: "1", value: String(share), "aria-hidden": "true" }));
  }
  const looks = `option${right ? " right" : ""}${wrong ? " wrong" : ""}`;
  return el("button", {
    type: "button", class: looks, disabled: !open,
    on: { click: () => context.deeds.vote(message.message_id, [at]) } }, ...words);
}

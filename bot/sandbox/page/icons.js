// Signs drawn as lines, so that they look alike on machines without emoji.

const SPACE = "http://www.w3.org/2000/svg";
const PATHS = {
  attach: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.3a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  commands: "M4 7h16M4 12h16M4 17h10",
  copy: "M8 8h11v11H8zM5 15V5h10",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  out: "M8 16L17 7M9 7h8v8",
  options: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  send: "M4 12l16-7-5 15-4-6zM11 14l9-9",
  silent: "M9.5 5.2A6 6 0 0 1 18 10.5V15M6.3 8.5A6 6 0 0 0 6 10.5V15l-2 2h13M10 20h4M3 3l18 18",
};

export function sign(name) {
  const drawing = document.createElementNS(SPACE, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "sign");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SPACE, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}

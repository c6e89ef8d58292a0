// The shapes of the names in code: one at a time on hover, focus or tap, all at the ends of lines by a switch.
(() => {
  const { dataset } = document.currentScript;
  const root = document.documentElement;
  const tip = document.createElement("div");
  const NAME = "[data-shape]";
  const SWITCH = ".code-shapes-switch";
  const ALL = "code-shapes";
  let shown;

  function hide() {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  }

  function show(target) {
    const { shape } = target.dataset;
    hide();
    shown = target;
    tip.textContent = shape ? `${target.textContent}: ${shape.replaceAll("; ", "\n  ")}` : dataset.keys;
    tip.hidden = false;
    target.setAttribute("aria-describedby", tip.id);
    const block = target.closest(".highlight");
    block.append(tip);
    const { left, top, bottom } = target.getBoundingClientRect();
    const { x, y } = block.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = tip;
    tip.style.left = `${Math.max(0, Math.min(left, root.clientWidth - offsetWidth)) - x}px`;
    tip.style.top = `${(bottom + offsetHeight < innerHeight ? bottom : top - offsetHeight) - y - block.clientTop}px`;
  }

  // In symbols where there are any, layers last. A name that has another shape further on in the line is there twice.
  function note(line) {
    const found = [...line.matchAll(/data-shape="([^"]*)"[^>]*>([^<]*)/g)];
    const texts = found.map(([, shape, name]) => `${name} ${shape.replace(/ = [^;]*/g, "")}`);
    const notes = [...new Set(texts)].sort((a, b) => a.includes(":") - b.includes(":"));
    return found[0] ? `${line}<i data-shapes="${notes.join("  ").replace(/(: .{40}).+/, "$1…")}"></i>` : line;
  }

  function showAll(on) {
    root.classList.toggle(ALL, on);
    document.querySelectorAll(SWITCH).forEach((button) => (button.ariaPressed = on));
    if (!on || document.querySelector("[data-shapes]")) return;
    for (const code of document.querySelectorAll(`pre:has(${NAME})`)) {
      code.innerHTML = code.innerHTML.split("\n").map(note).join("\n");
    }
  }

  function start() {
    for (const name of document.querySelectorAll(".highlight [title]")) {
      name.dataset.shape = name.title.replaceAll("\n", "; ");
      name.removeAttribute("title");
      name.tabIndex = -1;
    }
    tip.id = tip.className = "code-shapes-tip";
    tip.role = "tooltip";
    tip.hidden = true;
    for (const code of document.querySelectorAll(`pre:has(${NAME})`)) {
      const button = document.createElement("button");
      button.className = SWITCH.slice(1);
      button.textContent = dataset.switch;
      button.ariaLabel = dataset.label;
      code.before(button);
    }
    showAll(root.classList.contains(ALL));
  }

  const on = (kind, act) => document.addEventListener(kind, act);
  on("pointerover", ({ target }) => {
    if (target.matches(NAME)) show(target);
    else if (target !== tip && shown !== document.activeElement) hide(); // the tip touches its name
  });
  on("focusin", ({ target }) => (target.matches(`${NAME}, ${SWITCH}:focus-visible`) ? show(target) : hide()));
  on("click", ({ target }) => {
    if (target.matches(NAME)) show(target);
    else if (target.matches(SWITCH)) {
      showAll(!root.classList.contains(ALL));
      try {
        localStorage.setItem(ALL, root.classList.contains(ALL));
      } catch {} // the choice holds for this page only
    } else if (target !== tip) hide();
  });
  // One tab stop for a block of code: from its switch, the arrow keys go through the names.
  on("keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape") hide();
    if (!key.startsWith("Arrow") || !target.matches(`${NAME}, ${SWITCH}`)) return;
    event.preventDefault();
    const stops = [...target.closest(".highlight").querySelectorAll(`${NAME}, ${SWITCH}`)];
    stops[stops.indexOf(target) + (/Right|Down/.test(key) ? 1 : -1)]?.focus();
  });

  try {
    root.classList.toggle(ALL, localStorage.getItem(ALL) === "true");
  } catch {}
  document.addEventListener("DOMContentLoaded", start);
})();

// 수 하나의 식: 더한 항을 모두 실제 수로 적는다. 입력과 가중치, 편향은 그 자리에서 고친다.
(() => {
  const { valueOf, multiply, SHORT, WORDS, NAMES } = liveCell;

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  const show = (value, digits = 2) => value.toFixed(digits).replace(/^-(?=[0.]+$)/, "").replace("-", "\u2212");

  /** 수의 글. 처음과 다르면 굵게 쓰고 밑줄을 긋는다. */
  function number(value, before, digits) {
    const text = show(value, digits);
    return Math.abs(value - before) > 5e-7 ? element("ins", { title: show(before, 4) }, text) : text;
  }

  /** 벡터 하나. */
  const vector = (values, before) => values.flatMap((value, index) => [...(index ? [", "] : []), number(value, before[index])]);

  function symbol(factor, { kind, reset_after, b }) {
    if (typeof factor === "number") return show(factor, 0);
    const [name, ...indices] = factor;
    const letter = { g: kind === "LSTM" ? "c̃" : "h̃", ru: reset_after ? "r×u" : "r×h" }[name] ?? SHORT[name] ?? name;
    const shown = name === "b" && b.length === 1 ? indices.slice(1) : indices; // Keras의 편향처럼 한 행이면 자리도 하나
    return `${letter}[${shown.join(", ")}]`;
  }

  /** 고칠 수 있는 것이면 자료 안의 자리. */
  function pathOf([name, ...indices], t, way) {
    if (name === "x") return `inputs.${t}.${indices[0]}`;
    return ["W", "U", "b"].includes(name) ? `ways.${way}.${name}.${indices.join(".")}` : "";
  }

  function field(factor, scope, before, path, label, edit) {
    const value = valueOf(factor, scope);
    if (!path) return number(value, valueOf(factor, before), 4);
    const input = element("input", { type: "number", step: "any", value: String(value), "aria-label": label, "data-path": path });
    if (value !== valueOf(factor, before)) input.className = "live-edited";
    input.addEventListener("change", () => edit(path, input));
    return input;
  }

  /** 식의 화면. ``edit(자리, 칸)``은 독자가 수를 고쳤을 때 불린다. */
  function formula(way, { t, scope }, before, [name, activation, terms], unit, number_of_way, edit) {
    const { kind } = way;
    const list = terms(unit);
    const total = (inside) => list.reduce((sum, term) => sum + multiply(term, inside), 0);
    const rows = list.map((term) => {
      const names = term.map((factor) => symbol(factor, way));
      const parts = term.flatMap((factor, index) => {
        const path = typeof factor === "number" ? "" : pathOf(factor, t, number_of_way);
        return [...(index ? [" × "] : []), field(factor, scope, before, path, names[index], edit)];
      });
      const product = number(multiply(term, scope), multiply(term, before), 4);
      const title = element("span", {}, names.join(" × "));
      return element("tr", {}, element("th", { scope: "row" }, title, ...parts), element("td", {}, product));
    });
    const line = (title, ...value) => element("tr", { class: "live-total" }, element("th", { scope: "row" }, title), element("td", {}, ...value));
    if (list.length > 1) rows.push(line(WORDS.total, number(total(scope), total(before), 4)));
    const named = activation === "linear" ? "" : `${activation}(${show(total(scope), 4)})`;
    rows.push(line(`${symbol([name, unit], way)} = ${named}`.replace(/ = $/, ""), number(scope[name][unit], before[name][unit], 4)));
    const heads = WORDS.terms.map((title) => element("th", { scope: "col" }, title));
    return element(
      "table",
      {},
      element("caption", {}, `${NAMES[kind][name]}, ${WORDS.unit} ${unit}`),
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows),
    );
  }

  Object.assign(liveCell, { element, show, number, vector, formula });
})();

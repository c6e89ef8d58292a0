// 고른 층의 그림을 골라 이름표를 갈아 끼운다. 그림은 페이지를 만들 때 모두 그려 두었다.
(() => {
  const { parse, tensors, brackets } = shapeExplorer;
  const MISSING = "없음";
  const MERGES = { concat: "이어 붙이기", sum: "더하기", ave: "평균하기", mul: "곱하기", None: "따로 두기" };

  /** 설정에 맞는 그림의 이름. */
  function choose(contract, { layer, wrap, reset_after }) {
    const { step, stack, both_ways } = contract.wraps[wrap];
    const { states, family } = contract.layers[layer];
    if (both_ways) return "bidirectional";
    if (stack && contract.wraps[wrap].code.includes("{other}")) return "stack";
    if (step) return { SimpleRNN: "simple", LSTM: "lstm", GRU: reset_after ? "gru" : "gru-before" }[layer];
    return family === "recurrent" ? "layer" : states.length ? "recurrent" : "plain";
  }

  /** 그림의 이름표마다 적을 형태. */
  function labelsOf(contract, config, answer) {
    const { step, stack, both_ways } = contract.wraps[config.wrap];
    const recurrent = contract.layers[config.layer].states.length > 0;
    const found = [...tensors(parse(answer.returns))];
    const unknown = contract.inputs[config.inputs];
    const letters = contract.axes(config).map((name, axis) => (unknown.includes(axis) ? "None" : contract.names[name]));
    const one = step ? letters : [letters[0], ...letters.slice(2)];
    const outputs = found[0][1].text;
    const weights = Object.fromEntries(answer.weights.map(([, name, text]) => [name, text]));
    const all = { return_sequences: true, return_state: true };
    const alone = recurrent ? contract.answer({ ...config, ...all, wrap: "layer", merge_mode: "concat" }).returns : answer.returns;
    const [sequence, h, c] = [...tensors(parse(alone))].map(([, { text }]) => text);
    const labels = {
      inputs: brackets(letters),
      x: brackets(one),
      outputs,
      h,
      c,
      h_previous: h,
      c_previous: c,
      W: weights.kernel,
      U: weights.recurrent_kernel,
      b: weights.bias,
      level1: stack ? (step ? h : sequence) : outputs,
      level2: outputs,
      name1: config.layer,
      name2: config.layer,
      merge: MERGES[config.merge_mode ?? "None"],
      ...weights,
    };
    if (both_ways) {
      const both = contract.answer({ ...config, return_state: true });
      const texts = [...tensors(parse(both.returns))].map(([, { text }]) => text);
      for (const way of ["forward", "backward"]) {
        labels[`${way}_state`] = texts[both.meanings.findLastIndex((word) => word.startsWith(way) && word.endsWith(" h"))];
      }
    }
    return labels;
  }

  class Pictures {
    constructor(explorer) {
      this.drawings = Object.fromEntries([...explorer.querySelectorAll("[data-drawing]")].map((node) => [node.dataset.drawing, node]));
      this.drawn = new Map();
      for (const drawing of Object.values(this.drawings)) {
        drawing.setAttribute("tabindex", "0");
        drawing.setAttribute("role", "group");
        drawing.setAttribute("aria-label", "고른 층의 그림");
      }
    }

    show(contract, config, answer) {
      const name = choose(contract, config);
      for (const [key, drawing] of Object.entries(this.drawings)) drawing.hidden = key !== name;
      const labels = labelsOf(contract, config, answer);
      for (const label of this.drawings[name].querySelectorAll("[data-label]")) this.#write(label, labels[label.dataset.label]);
    }

    #write(label, shape) {
      if (label.tagName === "text") {
        label.textContent = shape ?? MISSING;
        return;
      }
      const [box, text] = label.children;
      // 그릴 때의 상자와 글에서 한 글자의 너비를 안다.
      if (!this.drawn.has(label)) this.drawn.set(label, box.getAttribute("width") / text.textContent.length);
      text.textContent = shape ? `${shape} ✓` : MISSING;
      const width = text.textContent.length * this.drawn.get(label);
      box.setAttribute("width", width);
      box.setAttribute("x", text.getAttribute("x") - width / 2);
    }
  }

  shapeExplorer.Pictures = Pictures;
})();

// 형태 탐색기. 설정을 고르면 코드와 돌려받는 것, 가중치, 그림을 바로 보인다.
//
// 여기에는 결과가 하나도 없다. 모두 요소 안의 JSON에 있고, 그것은 실제 Keras를 재어 만든 것이다
// (rnn_shapes/explorer.py의 Table.compact). 찾는 법은 Table.look_up과 같고, 브라우저 시험이 둘을 견준다.

"use strict";
{
  const DEFAULT_SIZES = { N: 5, T: 7, D: 11, H: 13, G: 17, O: 19, V: 23, E: 29, C: 3, F: 31, P: 3, Y: 11, X: 17, Z: 19 };
  const LARGEST = 9999;
  const STATE = /tf\.random\.normal\(\[batch_size, ([^\]]+)\]\)/g;

  /** 파이썬이 적는 대로 적은 값. */
  const python = (value) =>
    value === true ? "True" : value === false ? "False" : value === null ? "None" : String(value);
  const literal = (value) => (typeof value === "string" ? `'${value}'` : python(value));

  /** 태그와 속성과 자식으로 요소를 만든다. 글은 언제나 글로만 들어간다. */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  }

  /** 적힌 형태를 읽는다. 텐서는 {axes}, 묶음은 {items, list}다. */
  function parse(text) {
    const inside = text.slice(1, -1);
    if (/^\([^()[\]]*\)$/.test(text)) return { text, axes: inside.split(",").map((axis) => axis.trim()).filter(Boolean) };
    const parts = [""];
    let depth = 0;
    for (const letter of inside) {
      depth += "([".includes(letter) - ")]".includes(letter);
      if (letter === "," && !depth) parts.push("");
      else parts[parts.length - 1] += letter;
    }
    return { list: text[0] === "[", items: parts.map((part) => part.trim()).filter(Boolean).map(parse) };
  }

  /** 텐서를 하나씩, 돌려받은 값에서의 자리와 함께 내놓는다. */
  function* tensors(tree, place = "outputs") {
    if (tree.axes) yield [place, tree];
    else for (const [index, item] of tree.items.entries()) yield* tensors(item, `${place}[${index}]`);
  }

  /** 축 하나의 크기. 크기를 모르는 축은 None이다. */
  function size(axis, sizes) {
    if (axis === "None") return axis;
    let total = 0;
    let sign = 1;
    for (const term of axis.split(" ")) {
      if (term === "+" || term === "-") sign = term === "+" ? 1 : -1;
      else {
        const [, factor, letter] = /^(\d*)([A-Z]?)$/.exec(term);
        total += sign * (factor === "" ? 1 : Number(factor)) * (letter ? sizes[letter] : 1);
      }
    }
    return total;
  }

  const numbers = (axes, sizes) => {
    const written = axes.map((axis) => size(axis, sizes));
    return `(${written.join(", ")}${written.length === 1 ? "," : ""})`;
  };

  /** 설정 하나의 답을 자료에서 찾는다. 화면과 상관없는 부분은 모두 여기 있다. */
  class Contract {
    constructor(data) {
      Object.assign(this, data);
      this.names = Object.fromEntries(Object.entries(data.letters).map(([letter, [name]]) => [name, letter]));
    }

    initial() {
      return { keras: 3, layer: "LSTM", wrap: "layer", inputs: "tensor", mask: false, initial_state: false, ...this.defaults };
    }

    #matches(rules, config) {
      const facts = { ...config, initial_state: config.initial_state ? "list" : "" };
      return rules.find(([when]) => Object.entries(when).every(([name, values]) => values.includes(facts[name])));
    }

    refusal(config) {
      return this.#matches(this.rules, config);
    }

    trap(config) {
      return this.#matches(this.traps, config);
    }

    /** 이 설정에서는 뜻이 없는 옵션이면 그 까닭. */
    absence(name, config) {
      const { layer, wrap } = config;
      const recurrent = this.layers[layer].states.length > 0;
      const step = this.steps.includes(wrap);
      if (name === "initial_state" || name === "mask") {
        if (step) return "셀은 한 타임스텝만 계산하므로 받지 않습니다.";
        if (!recurrent && (name === "initial_state" || layer !== "TimeDistributed")) return `${layer}에는 없습니다.`;
        return "";
      }
      if (!this.layers[layer].options.includes(name)) return `${layer}에는 없는 옵션입니다.`;
      if (name === "merge_mode") return this.wraps[wrap].includes("{merge}") ? "" : "Bidirectional의 옵션입니다.";
      if (step && !this.of_cell.includes(name)) return "셀이 아니라 층의 옵션입니다.";
      if (name === "go_backwards" && wrap === "backward_layer") return "역방향 층에 이미 있습니다.";
      return "";
    }

    /** 값을 이것으로 바꿀 수 없으면 그 까닭. */
    obstacle(name, value, config) {
      const absent = this.absence(name, config);
      if (absent) return absent;
      const refused = config[name] !== value && this.refusal({ ...config, [name]: value });
      return refused ? refused[1] : "";
    }

    /** 있을 수 없는 옵션을 기본값으로 돌린다. 돌린 옵션의 이름도 알려 준다. */
    settle(config, kept = "") {
      const settled = { ...config };
      const dropped = [];
      const reset = (name) => {
        const value = this.initial()[name];
        if (settled[name] === value) return false;
        settled[name] = value;
        dropped.push(name);
        return true;
      };
      if (!this.layers[settled.layer].wraps.includes(settled.wrap)) settled.wrap = "layer";
      for (const name of [...Object.keys(this.defaults), "mask", "initial_state"]) {
        if (this.absence(name, settled)) reset(name);
      }
      if (this.steps.includes(settled.wrap) && settled.inputs === "any_length") settled.inputs = "input";
      for (let refused = this.refusal(settled); refused; refused = this.refusal(settled)) {
        const blamed = Object.keys(refused[0]).filter((name) => name !== kept && !["keras", "layer", "wrap"].includes(name));
        if (!blamed.some(reset) && !reset(kept)) break;
      }
      return [settled, dropped];
    }

    written(tree, config) {
      let text = tree;
      for (const axis of this.inputs[config.inputs]) text = text.replace(new RegExp(`\\b${"NT"[axis]}\\b`, "g"), "None");
      if (config.inputs !== "tensor" && config.keras === this.misread[0] && config.wrap === this.misread[1]) {
        text = text.replace("H + G", "2H").replace(/\bG\b/g, "H");
      }
      return config.padding === "same" ? text.replaceAll(" - P + 1", "") : text;
    }

    answer(config) {
      const { keras, layer, wrap } = config;
      const rows = this.returns[`${layer} ${wrap} ${python(config.merge_mode)}`];
      const [newer, number] = [rows[0], rows[3 - keras]].map((row) => row[2 * config.return_sequences + config.return_state]);
      const [tree, meanings] = this.trees[number < 0 ? newer : number];
      let returns = this.written(number < 0 ? `[${tree.slice(1, -1)}]` : tree, config);
      if (config.inputs !== "tensor" && this.bare.includes(`${layer} ${wrap} ${keras}`)) {
        returns = returns.replace(/\[(\([^()]*\))\]/g, "$1");
      }
      const [weights, parameters] = this.sets[
        this.weights[`${layer} ${wrap}`].find(([bias, after]) => bias === config.use_bias && after === config.reset_after)[2]
      ];
      const recurrent = this.layers[layer].states.length > 0;
      const plain = ["SimpleRNN", "GRU", "LSTM"].includes(layer);
      const masks = [plain ? "" : layer, config.return_sequences, config.mask_zero];
      const both = this.wraps[wrap].includes("{merge}");
      const masked = [keras, plain, both, config.return_sequences, config.zero_output_for_mask];
      const found = (table, key) => table[key.map(python).join(" ")] ?? "";
      return {
        returns,
        meanings,
        weights,
        parameters,
        initial_state: this.written(found(this.initial_states, [keras, layer, wrap]) || "None", config),
        mask: config.mask || layer === "Embedding" || layer === "Masking" ? this.written(found(this.masks, masks), config) : "",
        masked_output: config.mask && recurrent ? found(this.masked, masked) : "",
      };
    }

    korean(meaning) {
      return meaning.split(" ").map((word) => this.words[word]).join(" ");
    }

    construction(config) {
      const parts = { cell: "", options: "", merge: "" };
      const inside = this.wraps[config.wrap].includes("{k}.{layer}Cell") ? "cell" : "options";
      for (const [name, value] of Object.entries(this.defaults)) {
        if (config[name] === value) continue;
        const part = name === "merge_mode" ? "merge" : this.of_cell.includes(name) ? inside : "options";
        parts[part] += `, ${name}=${literal(config[name])}`;
      }
      const k = `${this.keras[config.keras]}.layers`;
      const sizes = this.layers[config.layer].sizes.replaceAll("{k}", k);
      const filled = { k, layer: config.layer, sizes, other: "other_dim", ...parts };
      return this.wraps[config.wrap].replace(/\{(\w+)\}/g, (_, name) => filled[name]).replace("(, ", "(");
    }

    code(config) {
      const { keras, layer, wrap, inputs } = config;
      const { axes, kind } = this.layers[layer];
      const step = this.steps.includes(wrap);
      const used = step ? [axes[0], ...axes.slice(2)] : axes;
      const unknown = step ? [] : this.inputs[inputs];
      const Input = `${this.keras[keras]}.Input`;
      const batch = inputs === "batch_input" ? ", batch_size=batch_size" : "";
      const lines = [];
      const given = ["inputs"];
      if (inputs === "tensor") {
        const shape = `[${used.join(", ")}]`;
        lines.push(
          kind === "ids"
            ? `inputs = tf.random.uniform(${shape}, maxval=vocab_size, dtype=tf.int32)`
            : `inputs = tf.random.normal(${shape})`,
        );
      } else {
        const rest = used.map((name, axis) => (unknown.includes(axis) ? "None" : name)).slice(1);
        lines.push(`inputs = ${Input}([${rest.join(", ")}]${batch}${kind === "ids" ? ', dtype="int32"' : ""})`);
      }
      if (config.mask) {
        const length = unknown.includes(1) ? "None" : "seq_length";
        lines.push(
          inputs === "tensor"
            ? "mask = tf.sequence_mask(tf.range(1, batch_size + 1), seq_length)"
            : `mask = ${Input}([${length}]${batch}, dtype="bool")`,
        );
        given.push("mask=mask");
      }
      if (step || config.initial_state) {
        let states = this.states[`${layer} ${wrap} ${keras}`];
        if (config.padding === "same") states = states.replaceAll(" - kernel_size + 1", "");
        if (inputs !== "tensor") states = states.replace(STATE, (_, rest) => `${Input}([${rest}]${batch})`);
        lines.push(`states = ${states}`);
        given.push(step ? "states" : "initial_state=states");
      }
      lines.push(`layer = ${this.construction(config)}`, `outputs = layer(${given.join(", ")})`);
      return lines.join("\n");
    }

    /** 이름을 크기로 바꾼다. 인자의 이름(batch_size=)은 그대로 둔다. */
    numbered(code, sizes) {
      return code.replace(/\b[a-z]\w*\b(?!=)/g, (name) => (name in this.names ? sizes[this.names[name]] : name));
    }

    /** 이 설정의 코드에 쓰이는 기호. */
    used(config) {
      const words = new Set(this.code(config).match(/\w+/g));
      return Object.keys(this.letters).filter((letter) => words.has(this.letters[letter][0]));
    }
  }

  class ShapeExplorer extends HTMLElement {
    connectedCallback() {
      if (this.contract) return;
      const data = JSON.parse(this.querySelector("script").textContent);
      this.contract = new Contract(data);
      this.config = this.contract.initial();
      this.sizes = { ...DEFAULT_SIZES };
      this.controls = {};
      this.querySelector(".explorer-fallback")?.remove();
      this.#build();
      addEventListener("hashchange", () => this.#open());
      this.#open();
    }

    // --- 화면 만들기: 한 번만 -------------------------------------------------

    #build() {
      const { contract } = this;
      const choose = (name, label, values) => {
        const options = values.map((value) =>
          element("option", { value: python(value) }, contract.labels[value] ?? python(value)),
        );
        const control = element("select", {}, ...options);
        control.values = values;
        control.addEventListener("change", () => this.#set(name, values[control.selectedIndex]));
        return this.#labelled(name, label, control);
      };
      const toggle = (name) => {
        const control = element("input", { type: "checkbox" });
        control.addEventListener("click", (event) => {
          if (control.getAttribute("aria-disabled") === "true") event.preventDefault();
          else this.#set(name, control.checked);
        });
        return this.#labelled(name, name, control);
      };
      const toggles = Object.keys(contract.defaults).filter((name) => !(name in contract.choices));
      this.form = element(
        "form",
        { class: "explorer-form" },
        element(
          "fieldset",
          { class: "explorer-what" },
          element("legend", {}, "층과 입력"),
          choose("layer", "층", Object.keys(contract.layers)),
          choose("wrap", "감싸는 법", Object.keys(contract.wraps)),
          choose("inputs", "입력", Object.keys(contract.inputs)),
          choose("keras", "Keras", [3, 2]),
        ),
        element(
          "fieldset",
          { class: "explorer-options" },
          element("legend", {}, "옵션"),
          ...Object.entries(contract.choices).map(([name, values]) => choose(name, name, values)),
          ...[...toggles, "mask", "initial_state"].map(toggle),
        ),
        element(
          "fieldset",
          { class: "explorer-sizes" },
          element("legend", {}, "크기"),
          ...Object.keys(contract.letters).filter((letter) => letter in DEFAULT_SIZES).map((letter) => this.#sizeField(letter)),
        ),
      );
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.copy = element("button", { type: "button", class: "explorer-copy" }, "복사");
      this.copy.addEventListener("click", () => this.#copyCode());
      this.code = element("code", {});
      this.said = element("p", { class: "explorer-said", role: "status" });
      this.heard = element("p", { class: "explorer-hidden", role: "status" });
      this.rows = element("tbody");
      this.weightRows = element("tbody");
      this.facts = element("dl", { class: "explorer-facts" });
      this.total = element("p", { class: "explorer-total" });
      const head = (...titles) => element("thead", {}, element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title))));
      const framed = (label, ...children) =>
        element("div", { class: "explorer-frame", tabindex: "0", role: "group", "aria-label": label }, ...children);
      this.result = element(
        "section",
        { class: "explorer-result", "aria-label": "고른 설정의 결과" },
        element("div", { class: "explorer-code" }, element("pre", { tabindex: "0", "aria-label": "실행할 코드" }, this.code), this.copy),
        framed("돌려받는 것", element("table", {}, element("caption", {}, "돌려받는 것"), head("자리", "뜻", "형태", "수로 적은 형태"), this.rows)),
        this.facts,
        framed("가중치", element("table", {}, element("caption", {}, "가중치"), head("이름", "형태", "수로 적은 형태"), this.weightRows)),
        this.total,
      );
      this.prepend(this.form, this.said, this.heard, this.result);
      this.pictures = Object.fromEntries([...this.querySelectorAll("[data-drawing]")].map((node) => [node.dataset.drawing, node]));
      for (const picture of Object.values(this.pictures)) {
        picture.setAttribute("tabindex", "0");
        picture.setAttribute("role", "group");
        picture.setAttribute("aria-label", "고른 층의 그림");
      }
    }

    #labelled(name, label, control) {
      const reason = element("small", { id: `explorer-why-${name}`, class: "explorer-why" });
      control.id = `explorer-${name}`;
      control.name = name;
      control.setAttribute("aria-describedby", reason.id);
      this.controls[name] = { control, reason };
      const title = element("label", { for: control.id }, name === label ? element("code", {}, label) : label);
      const field = element("div", { class: "explorer-field" });
      field.append(...(control.type === "checkbox" ? [control, title] : [title, control]), reason);
      this.controls[name].field = field;
      return field;
    }

    #sizeField(letter) {
      const [name, meaning] = this.contract.letters[letter];
      const control = element("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: "5" });
      const field = this.#labelled(letter, `${letter} ${meaning}`, control);
      control.title = name;
      control.addEventListener("input", () => this.#resize(letter, control.value.trim()));
      return field;
    }

    // --- 설정 바꾸기 ----------------------------------------------------------

    #set(name, value) {
      const wished = { ...this.config, [name]: value };
      const [settled, dropped] = this.contract.settle(wished, name);
      this.config = settled;
      this.#say(dropped.length ? `함께 쓸 수 없어 ${dropped.join(", ")}의 값을 되돌렸습니다.` : "");
      this.#show();
      this.#remember();
    }

    #resize(letter, text) {
      const { control, reason } = this.controls[letter];
      const value = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
      const small = value && this.#tooSmall({ ...this.sizes, [letter]: value });
      reason.textContent = value ? small : `1에서 ${LARGEST}까지의 정수를 적으세요.`;
      control.setAttribute("aria-invalid", String(Boolean(reason.textContent)));
      if (reason.textContent) return;
      this.sizes[letter] = value;
      this.#show();
      this.#remember();
    }

    /** 커널이 입력보다 크면 합성곱을 할 자리가 없다. */
    #tooSmall(sizes) {
      const used = this.contract.used(this.config);
      const short = used.includes("P") && ["Y", "X", "Z"].find((axis) => used.includes(axis) && sizes[axis] < sizes.P);
      return short ? `커널의 한 변 P는 ${short}보다 클 수 없습니다.` : "";
    }

    #say(text) {
      this.said.textContent = text;
    }

    async #copyCode() {
      const text = this.code.textContent;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // file://에서는 클립보드를 막는 브라우저가 있다. 그때는 예전 방법으로 복사한다.
        const area = element("textarea", { class: "explorer-hidden", "aria-hidden": "true" });
        area.value = text;
        this.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
        this.copy.focus();
      }
      this.#say("코드를 복사했습니다.");
    }

    // --- 주소 -----------------------------------------------------------------

      get address() {
      const first = this.contract.initial();
      const parts = [["layer", this.config.layer]];
      for (const [name, value] of Object.entries(this.config)) {
        if (name !== "layer" && value !== first[name]) parts.push([name, python(value)]);
      }
      for (const letter of this.contract.used(this.config)) {
        if (this.sizes[letter] !== DEFAULT_SIZES[letter]) parts.push([letter, this.sizes[letter]]);
      }
      return parts.map(([name, value]) => `${name}=${value}`).join("&");
    }

    #remember() {
      history.replaceState(null, "", `#${this.address}`);
    }

    /** 주소에 적힌 설정을 연다. 읽을 수 없는 것은 버리고 그렇다고 말한다. */
    #open() {
      const hash = decodeURIComponent(location.hash.slice(1));
      const ours = /^layer=/.test(hash);
      const config = this.contract.initial();
      const sizes = { ...DEFAULT_SIZES };
      const bad = [];
      for (const [name, text] of ours ? new URLSearchParams(hash) : []) {
        const values = this.controls[name]?.control.values ?? [true, false];
        const value = values.find((one) => python(one) === text);
        if (name in sizes && /^[1-9]\d{0,3}$/.test(text)) sizes[name] = Number(text);
        else if (name in config && value !== undefined) config[name] = value;
        else bad.push(`${name}=${text}`);
      }
      const [settled, dropped] = this.contract.settle(config);
      this.config = settled;
      this.sizes = sizes;
      if (this.#tooSmall(sizes)) this.sizes = { ...DEFAULT_SIZES };
      const ignored = [...bad, ...dropped];
      this.#say(ignored.length ? `주소에서 쓸 수 없는 것을 뺐습니다: ${ignored.join(", ")}` : "");
      this.#show();
      if (ours) this.scrollIntoView();
    }

    // --- 보이기 ---------------------------------------------------------------

    #show() {
      const { contract, config, sizes } = this;
      this.#showControls();
      this.code.textContent = contract.numbered(contract.code(config), sizes);
      const answer = contract.answer(config);
      const tree = parse(answer.returns);
      const shape = (text, kind = "") => element("code", { class: `explorer-shape ${kind}`.trim() }, text);
      this.rows.replaceChildren(
        ...[...tensors(tree)].map(([place, { text, axes }], index) =>
          element(
            "tr",
            {},
            element("td", {}, element("code", {}, place)),
            element("td", {}, contract.korean(answer.meanings[index])),
            element("td", {}, shape(text, "returned")),
            element("td", {}, element("code", {}, numbers(axes, sizes))),
          ),
        ),
      );
      this.weightRows.replaceChildren(
        ...answer.weights.map(([owner, name, text]) =>
          element(
            "tr",
            {},
            element("td", {}, owner ? `${contract.korean(owner)} ` : "", element("code", {}, name)),
            element("td", {}, shape(text)),
            element("td", {}, element("code", {}, numbers(parse(text).axes, sizes))),
          ),
        ),
      );
      const count = answer.weights
        .map(([, , text]) => parse(text).axes.reduce((product, axis) => product * size(axis, sizes), 1))
        .reduce((sum, one) => sum + one, 0);
      this.total.replaceChildren("매개변수 ", element("code", {}, answer.parameters), ` = ${count.toLocaleString("ko")}개`);
      // 화면을 보지 않는 사람은 바뀐 결과를 귀로 듣는다.
      this.heard.textContent = `결과 ${answer.returns}, 매개변수 ${count.toLocaleString("ko")}개`;
      const container = tree.axes ? "텐서 하나" : tree.list ? "리스트(list)" : "튜플(tuple)";
      const facts = [["묶음", container], ["적은 그대로", shape(answer.returns)]];
      if (answer.initial_state !== "None") facts.push(["get_initial_state", shape(answer.initial_state)]);
      if (answer.mask) facts.push(["출력의 마스크", answer.mask === "None" ? "없음" : shape(answer.mask)]);
      if (answer.masked_output) facts.push(["빈자리의 출력", contract.korean(answer.masked_output)]);
      const other = contract.refusal({ ...config, keras: 5 - config.keras }) ? null : contract.answer({ ...config, keras: 5 - config.keras });
      const name = `Keras ${5 - config.keras}의 결과`;
      if (!other) facts.push([name, "거절"]);
      else facts.push([name, other.returns === answer.returns ? "같음" : shape(other.returns)]);
      this.facts.replaceChildren(...facts.flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
      const trap = contract.trap(config);
      this.facts.classList.toggle("explorer-trap", Boolean(trap));
      if (trap) this.facts.prepend(element("dt", {}, "주의"), element("dd", {}, trap[1]));
      this.#showPicture(answer, [...tensors(tree)]);
    }

    #showControls() {
      const { contract, config } = this;
      const used = contract.used(config);
      for (const [name, { control, reason, field }] of Object.entries(this.controls)) {
        if (name in this.sizes) {
          field.hidden = !used.includes(name);
          if (control.value !== String(this.sizes[name])) control.value = this.sizes[name];
          reason.textContent = "";
          control.removeAttribute("aria-invalid");
          continue;
        }
        // 그 층에 아예 없는 옵션은 감춘다. 있지만 지금 쓸 수 없는 것은 까닭과 함께 남긴다.
        field.hidden = name in contract.defaults && !contract.layers[config.layer].options.includes(name);
        if (control.type === "checkbox") {
          control.checked = config[name];
          const why = contract.obstacle(name, !config[name], config);
          reason.textContent = why;
          control.setAttribute("aria-disabled", String(Boolean(why)));
        } else this.#showChoices(name);
      }
    }

    #showChoices(name) {
      const { contract, config } = this;
      const { control, reason } = this.controls[name];
      const reasons = control.values.map((value) => {
        if (name === "layer" || name === "keras") return "";
        if (name === "wrap") return contract.layers[config.layer].wraps.includes(value) ? "" : "이 층은 이렇게 감쌀 수 없습니다.";
        if (value === "any_length" && contract.steps.includes(config.wrap)) return "셀의 입력에는 길이가 없습니다.";
        if (name === "inputs") return contract.refusal({ ...config, inputs: value })?.[1] ?? "";
        return contract.obstacle(name, value, config);
      });
      control.values.forEach((value, index) => {
        control.options[index].disabled = value !== config[name] && Boolean(reasons[index]);
      });
      control.selectedIndex = control.values.indexOf(config[name]);
      reason.textContent = [...new Set(reasons)].filter(Boolean).join(" ");
    }

    /** 고른 층의 그림을 골라 이름표를 갈아 끼운다. */
    #showPicture(answer, found) {
      const { contract, config } = this;
      const { layer, wrap } = config;
      const cells = { SimpleRNN: "simple", LSTM: "lstm", GRU: config.reset_after ? "gru" : "gru-before" };
      const kinds = { cell: cells[layer], StackedRNNCells_step: "stack", RNN_list: "stack", StackedRNNCells: "stack" };
      let name = kinds[wrap] ?? (contract.wraps[wrap].includes("{merge}") ? "bidirectional" : layer in cells ? "layer" : "");
      if (!name) name = contract.layers[layer].states.length ? "recurrent" : "plain";
      for (const [key, picture] of Object.entries(this.pictures)) picture.hidden = key !== name;
      const labels = this.#labels(answer, found);
      for (const group of this.pictures[name].querySelectorAll("[data-label]")) {
        const written = labels[group.dataset.label] ?? "없음";
        if (group.tagName === "text") {
          group.textContent = written;
          continue;
        }
        const [box, text] = group.children;
        text.textContent = written === "없음" ? written : `${written} ✓`;
        const width = text.textContent.length * 8.4 + 14;
        box.setAttribute("width", width);
        box.setAttribute("x", text.getAttribute("x") - width / 2);
      }
    }

    /** 그림의 이름표마다 적을 형태. */
    #labels(answer, found) {
      const { contract, config } = this;
      const step = contract.steps.includes(config.wrap);
      const { axes } = contract.layers[config.layer];
      const letters = axes.map((name, axis) => (contract.inputs[config.inputs].includes(axis) ? "None" : contract.names[name]));
      const one = [letters[0], ...letters.slice(2)];
      const brackets = (parts) => `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
      const outputs = found[0][1].text;
      const weights = Object.fromEntries(answer.weights.map(([, name, text]) => [name, text]));
      const alone = (more) => contract.answer({ ...config, wrap: "layer", merge_mode: "concat", return_state: true, return_sequences: true, ...more });
      const states = (more) => [...tensors(parse(alone(more).returns))].map(([, { text }]) => text);
      const recurrent = contract.layers[config.layer].states.length > 0;
      const [sequence, h, c] = recurrent ? states({}) : [outputs];
      const side = (way) => {
        const both = contract.answer({ ...config, return_state: true, stateful: false });
        const index = both.meanings.findLastIndex((meaning) => meaning.startsWith(way) && meaning.endsWith(" h"));
        return index < 0 ? undefined : [...tensors(parse(both.returns))][index][1].text;
      };
      const labels = {
        inputs: brackets(step ? one : letters),
        x: brackets(one),
        outputs,
        h,
        c,
        h_previous: h,
        c_previous: c,
        W: weights.kernel,
        U: weights.recurrent_kernel,
        b: weights.bias,
        level1: found.length && contract.wraps[config.wrap].includes("{other}") ? (step ? h : sequence) : outputs,
        level2: outputs,
        name1: config.layer,
        name2: config.layer,
        merge: { concat: "이어 붙이기", sum: "더하기", ave: "평균하기", mul: "곱하기" }[config.merge_mode] ?? "따로 두기",
        ...weights,
      };
      if (contract.wraps[config.wrap].includes("{merge}")) {
        labels.forward_state = side("forward");
        labels.backward_state = side("backward");
      }
      return labels;
    }
  }

  customElements.define("shape-explorer", ShapeExplorer);
}

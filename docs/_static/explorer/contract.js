// 설정 하나의 답을 자료에서 찾는다. 화면과 상관없는 것은 모두 여기 있다.
//
// 여기에는 결과가 하나도 없다. 모두 페이지 안의 JSON(rnn_shapes/contract/shipped.py)에 있고, 그것은 실제 Keras를 재어
// 만든 것이다. 무엇으로 찾는지(keys)도 자료에 있고, 브라우저 시험이 파이썬의 Table.look_up과 비교한다.
const shapeExplorer = {};

(() => {
  const DEFAULT_SIZES = { N: 5, T: 7, D: 11, H: 13, G: 17, O: 19, V: 23, E: 29, C: 3, F: 31, P: 3, Y: 11, X: 17, Z: 19 };
  const LARGEST = 9999;
  const STATE = /tf\.random\.normal\(\[batch_size, ([^\]]+)\]\)/g;

  /** 파이썬이 적는 대로 적은 값. */
  const python = (value) =>
    value === true ? "True" : value === false ? "False" : value === null ? "None" : String(value);
  const literal = (value) => (typeof value === "string" ? `'${value}'` : python(value));
  const matches = (when, facts) => Object.entries(when).every(([name, values]) => values.includes(facts[name]));

  /** 적은 글이 1에서 LARGEST까지의 정수이면 그 수, 아니면 0. */
  const readSize = (text) => (/^[1-9]\d*$/.test(text) && Number(text) <= LARGEST ? Number(text) : 0);

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

  const brackets = (parts) => `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
  const numbers = (axes, sizes) => brackets(axes.map((axis) => size(axis, sizes)));

  class Contract {
    constructor(data) {
      Object.assign(this, data);
      this.names = Object.fromEntries(Object.entries(data.letters).map(([letter, [name]]) => [name, letter]));
    }

    initial() {
      return { keras: 3, layer: "LSTM", wrap: "layer", inputs: "tensor", mask: false, initial_state: false, ...this.defaults };
    }

    /** 설정 하나가 가질 수 있는 값. */
    choicesOf(name) {
      if (name === "keras") return [3, 2];
      const named = { layer: this.layers, wrap: this.wraps, inputs: this.inputs }[name];
      return named ? Object.keys(named) : this.choices[name] ?? [true, false];
    }

    /** 설정을 적은 주소의 꼬리. 처음 값과 다른 것만 적는다. */
    address(config, sizes) {
      const first = this.initial();
      const changed = Object.keys(first).filter((name) => name !== "layer" && config[name] !== first[name]);
      const resized = this.used(config).filter((letter) => sizes[letter] !== DEFAULT_SIZES[letter]);
      const parts = [["layer", config.layer], ...changed.map((name) => [name, python(config[name])])];
      return [...parts, ...resized.map((letter) => [letter, sizes[letter]])].map((pair) => pair.join("=")).join("&");
    }

    /** 주소의 꼬리에 적힌 것. 읽을 수 없는 것은 bad에 모은다. 탐색기의 것이 아니면 처음 값 그대로다. */
    read(hash) {
      const found = { config: this.initial(), sizes: { ...DEFAULT_SIZES }, bad: [] };
      for (const [name, text] of new URLSearchParams(hash.startsWith("#layer=") ? hash.slice(1) : "")) {
        const known = Object.hasOwn(found.config, name);
        const value = known ? this.choicesOf(name).find((one) => python(one) === text) : undefined;
        if (Object.hasOwn(found.sizes, name) && readSize(text)) found.sizes[name] = readSize(text);
        else if (value !== undefined) found.config[name] = value;
        else found.bad.push(`${name}=${text}`);
      }
      return found;
    }

    /** 크기에 달린 것까지 적은 설정. */
    sized(config, sizes) {
      return { ...config, same_units: sizes.H === sizes.G };
    }

    /** 규칙과 표가 보는 것. 파이썬의 Case.facts와 같다. */
    facts(config) {
      const { family } = this.layers[config.layer];
      const both_ways = Boolean(this.wraps[config.wrap].both_ways);
      return { ...config, initial_state: config.initial_state ? "list" : "", family, both_ways };
    }

    refusal(config) {
      return this.rules.find(({ when }) => matches(when, this.facts(config)));
    }

    /** 오류 없이 틀리거나 조건이 있는 것 모두. 이유가 같은 것은 하나만 둔다. */
    trapsOf(config) {
      const facts = this.facts(config);
      const found = this.traps.filter(({ when }) => matches(when, facts));
      return found.filter(({ why }, index) => found.findIndex((one) => one.why === why) === index);
    }

    /** 이 설정의 층을 내보내면 어떻게 되는지 적은 곳. */
    exportingOf(config) {
      return this.exporting.find(({ when }) => matches(when, this.facts(config)));
    }

    /** 이 층을 이렇게 감쌌을 때 뜻이 없는 설정이나 입력이면 그 이유. */
    absence(name, { layer, wrap }) {
      if (!(name in this.inputs) && !this.layers[layer].settings.includes(name)) return `${layer}에는 없습니다.`;
      return this.absences.find(({ wraps, settings }) => wraps.includes(wrap) && settings.includes(name))?.why ?? "";
    }

    /** 값을 이것으로 바꿀 수 없으면 그 이유. */
    obstacle(name, value, config) {
      if (name === "layer" || name === "keras") return "";
      if (name === "wrap") return this.layers[config.layer].wraps.includes(value) ? "" : "이 층은 이렇게 감쌀 수 없습니다.";
      const absent = this.absence(name === "inputs" ? value : name, config);
      if (absent) return absent;
      const refused = config[name] !== value && this.refusal({ ...config, [name]: value });
      return refused ? refused.why : "";
    }

    /** 있을 수 없는 설정을 기본값으로 돌린다. 돌린 것의 이름도 알려 준다. */
    settle(config, kept = "") {
      const settled = { ...config };
      const dropped = [];
      const first = this.initial();
      const reset = (name) => {
        if (settled[name] === first[name]) return false;
        settled[name] = first[name];
        dropped.push(name);
        return true;
      };
      if (!this.layers[settled.layer].wraps.includes(settled.wrap)) reset("wrap");
      for (const name of [...Object.keys(this.defaults), "mask", "initial_state"]) {
        if (this.absence(name, settled)) reset(name);
      }
      if (this.absence(settled.inputs, settled)) reset("inputs");
      for (let refused = this.refusal(settled); refused; refused = this.refusal(settled)) {
        const blamed = Object.keys(refused.when).filter((name) => name !== kept && !["keras", "layer", "wrap", "same_units"].includes(name));
        if (!blamed.some(reset) && !reset(kept)) break;
      }
      return [settled, dropped];
    }

    /** 결과의 한 부분. 그것을 정하는 것의 이름을 따라 찾아간다. 가지 대신 이름이 있으면 그 형제와 같다. */
    find(part, config) {
      const facts = this.facts(config);
      const names = this.keys[part];
      return names.reduce((branch, name, index) => {
        const inside = branch?.[python(facts[name])];
        return index < names.length - 1 && typeof inside === "string" ? branch[inside] : inside;
      }, this.parts[part]);
    }

    written(tree, config) {
      let text = tree;
      for (const axis of this.inputs[config.inputs]) text = text.replace(new RegExp(`\\b${"NT"[axis]}\\b`, "g"), "None");
      if (matches(this.misread, this.facts(config))) text = text.replace("H + G", "2H").replace(/\bG\b/g, "H");
      return config.padding === "same" ? text.replaceAll(" - P + 1", "") : text;
    }

    answer(config) {
      const { states, own_mask } = this.layers[config.layer];
      const [weights, parameters] = this.find("weights", config);
      let returns = this.written(this.find("returns", config), config);
      if (config.inputs !== "tensor" && this.find("bare", config)) returns = returns.replace(/\[(\([^()]*\))\]/g, "$1");
      const known = !this.inputs[config.inputs].includes(0);
      const wrong = [...new Set(this.trapsOf(config).map((trap) => trap.wrong))].filter(Boolean);
      const right = !wrong.some((fault) => this.wrong_values.includes(fault));
      return {
        returns,
        meanings: this.find("meanings", config),
        weights,
        parameters,
        initial_state: known || this.find("unknown_batch", config) ? this.written(this.find("initial_state", config), config) : "",
        mask: config.mask || own_mask ? this.written(this.find("mask", config), config) : "",
        masked_output: config.mask && states.length && right ? this.find("masked_output", config) : [],
        wrong,
      };
    }

    /** 빈자리의 출력을 적은 글. 자리마다 다르면 자리를 함께 적는다. */
    gaps({ masked_output }) {
      const kinds = [...new Set(masked_output)].filter(Boolean);
      const where = (kind) => this.places.filter((_, index) => masked_output[index] === kind);
      const all = kinds.length === 1 && where(kinds[0]).length === this.places.length;
      const named = (kind) => (all ? [] : [where(kind).join(", ")]);
      return kinds.map((kind) => [...named(kind), this.korean(kind)].join(": ")).join("; ");
    }

    korean(meaning) {
      return meaning.split(" ").map((word) => this.words[word]).join(" ");
    }

    construction(config) {
      const parts = { cell: "", options: "", merge: "" };
      const template = this.wraps[config.wrap].code;
      const inside = template.includes("{k}.{layer}Cell") ? "cell" : "options";
      for (const [name, value] of Object.entries(this.defaults)) {
        if (config[name] === value) continue;
        const part = name === "merge_mode" ? "merge" : this.of_cell.includes(name) ? inside : "options";
        parts[part] += `, ${name}=${literal(config[name])}`;
      }
      const k = `${this.keras[config.keras]}.layers`;
      const sizes = this.layers[config.layer].sizes.replaceAll("{k}", k);
      const filled = { k, layer: config.layer, sizes, other: "other_dim", ...parts };
      return template.replace(/\{(\w+)\}/g, (_, name) => filled[name]).replace("(, ", "(");
    }

    /** 입력의 축마다 크기의 이름. 한 타임스텝의 입력에는 시간 축이 없다. */
    axes({ layer, wrap }) {
      const { axes } = this.layers[layer];
      return this.wraps[wrap].step ? [axes[0], ...axes.slice(2)] : axes;
    }

    code(config) {
      const { keras, layer, wrap, inputs } = config;
      const axes = this.axes(config);
      const unknown = this.inputs[inputs];
      const ids = this.layers[layer].kind === "ids";
      const Input = `${this.keras[keras]}.Input`;
      const batch = inputs === "batch_input" ? ", batch_size=batch_size" : "";
      const lines = [];
      const given = ["inputs"];
      if (inputs === "tensor") {
        const shape = `[${axes.join(", ")}]`;
        const made = ids ? `uniform(${shape}, maxval=vocab_size, dtype=tf.int32)` : `normal(${shape})`;
        lines.push(`inputs = tf.random.${made}`);
      } else {
        const rest = axes.map((name, axis) => (unknown.includes(axis) ? "None" : name)).slice(1);
        lines.push(`inputs = ${Input}([${rest.join(", ")}]${batch}${ids ? ', dtype="int32"' : ""})`);
      }
      if (config.mask) {
        const made = `${Input}([${unknown.includes(1) ? "None" : "seq_length"}]${batch}, dtype="bool")`;
        lines.push(`mask = ${inputs === "tensor" ? "tf.sequence_mask(tf.range(1, batch_size + 1), seq_length)" : made}`);
        given.push("mask=mask");
      }
      if (this.wraps[wrap].step || config.initial_state) {
        let states = this.find("states", config);
        if (config.padding === "same") states = states.replaceAll(" - kernel_size + 1", "");
        if (inputs !== "tensor") states = states.replace(STATE, (_, rest) => `${Input}([${rest}]${batch})`);
        lines.push(`states = ${states}`);
        given.push(this.wraps[wrap].step ? "states" : "initial_state=states");
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

  Object.assign(shapeExplorer, { Contract, DEFAULT_SIZES, LARGEST, readSize, python, parse, tensors, size, brackets, numbers });
})();

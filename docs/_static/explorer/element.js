// 형태 탐색기의 화면: 설정을 고르면 코드와 돌려받는 것, 가중치, 그림을 바로 보이고, 설정을 주소에 적는다.
(() => {
  const { Contract, Pictures, DEFAULT_SIZES, LARGEST, readSize, python, parse, tensors, size, numbers } = shapeExplorer;

  /** 태그와 속성과 자식으로 요소를 만든다. 글은 언제나 글로만 들어간다. */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  const row = (...cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, ...[cell].flat())));
  const code = (text) => element("code", {}, text);
  const shape = (text, kind = "") => element("code", { class: `explorer-shape ${kind}`.trim() }, text);

  /** 머리글과 빈 몸을 가진 표와, 그것을 옆으로 밀 수 있는 틀. */
  function table(title, ...titles) {
    const head = element("tr", {}, ...titles.map((one) => element("th", { scope: "col" }, one)));
    const body = element("tbody");
    const inside = element("table", {}, element("caption", {}, title), element("thead", {}, head), body);
    return [element("div", { class: "explorer-frame", tabindex: "0", role: "group", "aria-label": title }, inside), body];
  }

  class ShapeExplorer extends HTMLElement {
    connectedCallback() {
      if (this.contract) return;
      this.contract = new Contract(JSON.parse(this.querySelector("script").textContent));
      this.controls = {};
      this.querySelector(".explorer-fallback")?.remove();
      this.#build();
      addEventListener("hashchange", () => this.#open());
      this.#open();
    }

    // --- 화면 만들기: 한 번만 -------------------------------------------------

    #build() {
      this.said = element("p", { class: "explorer-said", role: "status" });
      this.heard = element("p", { class: "explorer-hidden", role: "status" });
      this.prepend(this.#form(), this.said, this.heard, this.#result());
      siteCopy.addButton(this.code.parentNode);
      this.pictures = new Pictures(this);
    }

    #form() {
      const { contract } = this;
      const fields = (name, title, ...inside) =>
        element("fieldset", { class: `explorer-${name}` }, element("legend", {}, title), ...inside);
      const toggles = Object.keys(contract.defaults).filter((name) => !(name in contract.choices));
      const form = element(
        "form",
        { class: "explorer-form" },
        fields(
          "what",
          "층과 입력",
          this.#choice("layer", "층"),
          this.#choice("wrap", "감싸는 법"),
          this.#choice("inputs", "입력"),
          this.#choice("keras", "Keras"),
        ),
        fields(
          "options",
          "옵션",
          ...Object.keys(contract.choices).map((name) => this.#choice(name, name)),
          ...[...toggles, "mask", "initial_state"].map((name) => this.#toggle(name)),
        ),
        fields(
          "sizes",
          "크기",
          ...Object.keys(contract.letters).filter((letter) => letter in DEFAULT_SIZES).map((letter) => this.#sizeField(letter)),
        ),
      );
      form.addEventListener("submit", (event) => event.preventDefault());
      return form;
    }

    #choice(name, label) {
      const values = this.contract.choicesOf(name);
      const options = values.map((value) => element("option", { value: python(value) }, this.contract.labels[value] ?? python(value)));
      const control = element("select", {}, ...options);
      control.values = values;
      control.addEventListener("change", () => this.#set(name, values[control.selectedIndex]));
      return this.#labelled(name, label, control);
    }

    #toggle(name) {
      const control = element("input", { type: "checkbox" });
      control.addEventListener("click", (event) => {
        if (control.getAttribute("aria-disabled") === "true") event.preventDefault();
        else this.#set(name, control.checked);
      });
      return this.#labelled(name, name, control);
    }

    #sizeField(letter) {
      const [name, meaning] = this.contract.letters[letter];
      const control = element("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: "5" });
      const field = this.#labelled(letter, `${letter} ${meaning}`, control);
      control.title = name;
      control.addEventListener("input", () => this.#resize(letter, control.value.trim()));
      return field;
    }

    #labelled(name, label, control) {
      const reason = element("small", { id: `explorer-why-${name}`, class: "explorer-why" });
      control.id = `explorer-${name}`;
      control.name = name;
      control.setAttribute("aria-describedby", reason.id);
      const title = element("label", { for: control.id }, name === label ? code(label) : label);
      const inside = control.type === "checkbox" ? [control, title] : [title, control];
      const field = element("div", { class: "explorer-field" }, ...inside, reason);
      this.controls[name] = { control, reason, field, label };
      return field;
    }

    #result() {
      this.code = element("code");
      this.facts = element("dl", { class: "explorer-facts" });
      this.total = element("p", { class: "explorer-total" });
      const [returned, rows] = table("돌려받는 것", "자리", "뜻", "형태", "수로 적은 형태");
      const [weights, weightRows] = table("가중치", "이름", "형태", "수로 적은 형태");
      Object.assign(this, { rows, weightRows });
      const block = element("pre", { tabindex: "0", "aria-label": "실행할 코드" }, this.code);
      return element(
        "section",
        { class: "explorer-result", "aria-label": "고른 설정의 결과" },
        element("div", { class: "highlight explorer-code" }, block),
        returned,
        this.facts,
        weights,
        this.total,
      );
    }

    // --- 설정 바꾸기 ----------------------------------------------------------

    #set(name, value) {
      const said = [this.#settle({ ...this.config, [name]: value }, name), this.#fit(this.sizes)];
      this.#say(said.filter(Boolean).join(" "));
      this.#show();
      this.#remember();
    }

    #resize(letter, text) {
      const { control, reason } = this.controls[letter];
      const value = readSize(text);
      reason.textContent = value ? this.#tooSmall({ ...this.sizes, [letter]: value }) : `1에서 ${LARGEST}까지의 정수를 적으세요.`;
      control.setAttribute("aria-invalid", String(Boolean(reason.textContent)));
      if (reason.textContent) return;
      this.sizes[letter] = value;
      this.#say(this.#settle(this.config));
      this.#show();
      this.#remember();
    }

    /** 있을 수 있는 설정으로 고치고, 되돌린 것을 말하는 글을 돌려준다. */
    #settle(config, kept) {
      const [settled, dropped] = this.contract.settle(this.contract.sized(config, this.sizes), kept);
      this.config = settled;
      const names = dropped.map((one) => this.controls[one].label);
      return names.length ? `함께 쓸 수 없어 ${names.join(", ")}의 값을 되돌렸습니다.` : "";
    }

    /** 크기를 정한다. 지금 설정에 맞지 않으면 처음 크기로 되돌리고 그 이유를 돌려준다. */
    #fit(sizes) {
      const small = this.#tooSmall(sizes);
      this.sizes = small ? { ...DEFAULT_SIZES } : sizes;
      return small && `${small} 크기를 되돌렸습니다.`;
    }

    /** 채우지 않으면, 커널이 입력보다 클 때 합성곱을 할 자리가 없다. */
    #tooSmall(sizes) {
      const used = this.contract.used(this.config);
      const short = used.includes("P") && this.config.padding === "valid" && ["Y", "X", "Z"].find((axis) => used.includes(axis) && sizes[axis] < sizes.P);
      return short ? `커널의 한 변 P는 ${short}보다 클 수 없습니다.` : "";
    }

    #say(text) {
      this.said.textContent = text;
    }

    // --- 주소 -----------------------------------------------------------------

    #remember() {
      history.replaceState(null, "", `#${this.contract.address(this.config, this.sizes)}`);
    }

    /** 주소에 적힌 설정을 연다. 읽을 수 없는 것은 버리고 그렇다고 말한다. */
    #open() {
      const { config, sizes, bad } = this.contract.read(location.hash);
      const [settled, dropped] = this.contract.settle(this.contract.sized(config, sizes));
      this.config = settled;
      const small = this.#fit(sizes);
      const ignored = [...bad, ...dropped.map((name) => this.controls[name].label)];
      const said = [ignored.length ? `주소에서 쓸 수 없는 것을 뺐습니다: ${ignored.join(", ")}` : "", small];
      this.#say(said.filter(Boolean).join(". "));
      this.#show();
      if (location.hash.startsWith("#layer=")) this.scrollIntoView({ behavior: "instant" });
    }

    // --- 보이기 ---------------------------------------------------------------

    #show() {
      const { contract, config, sizes } = this;
      this.#showControls();
      this.code.textContent = contract.numbered(contract.code(config), sizes);
      const answer = contract.answer(config);
      const found = [...tensors(parse(answer.returns))];
      const returned = found.map(([place, { text, axes }], index) =>
        row(code(place), contract.korean(answer.meanings[index]), shape(text, "returned"), code(numbers(axes, sizes))),
      );
      const weights = answer.weights.map(([owner, name, text]) =>
        row([owner ? `${contract.korean(owner)} ` : "", code(name)], shape(text), code(numbers(parse(text).axes, sizes))),
      );
      this.rows.replaceChildren(...returned);
      this.weightRows.replaceChildren(...weights);
      const counts = answer.weights.map(([, , text]) => parse(text).axes.reduce((product, axis) => product * size(axis, sizes), 1));
      const count = counts.reduce((sum, one) => sum + one, 0).toLocaleString("ko");
      this.total.replaceChildren("매개변수 ", code(answer.parameters), ` = ${count}개`);
      // 화면을 보지 않는 사람은 바뀐 결과를 귀로 듣는다.
      this.heard.textContent = `결과 ${answer.returns}, 매개변수 ${count}개`;
      this.#showFacts(answer);
      this.pictures.show(contract, config, answer);
    }

    #showFacts(answer) {
      const { contract, config } = this;
      const tree = parse(answer.returns);
      const facts = [
        ["묶음", tree.axes ? "텐서 하나" : tree.list ? "리스트(list)" : "튜플(tuple)"],
        ["적은 그대로", shape(answer.returns)],
      ];
      if (answer.initial_state) facts.push(["get_initial_state", shape(answer.initial_state)]);
      if (answer.mask) facts.push(["출력의 마스크", answer.mask === "None" ? "없음" : shape(answer.mask)]);
      if (answer.masked_output.length) facts.push(["빈자리의 출력", contract.gaps(answer)]);
      facts.push(this.#elsewhere(answer));
      const exporting = contract.exportingOf(config);
      if (exporting) facts.push(["내보내기", element("a", { href: exporting.href }, exporting.said)]);
      facts.unshift(...contract.trapsOf(config).map(({ why }) => ["주의", why, { class: "explorer-trap" }]));
      const rows = facts.flatMap(([term, value, marks]) => [element("dt", marks, term), element("dd", {}, value)]);
      this.facts.replaceChildren(...rows);
    }

    /** 다른 판의 Keras에서 다른 것. */
    #elsewhere(answer) {
      const { contract, config } = this;
      const elsewhere = { ...config, keras: contract.other[config.keras] };
      const name = `Keras ${elsewhere.keras}의 결과`;
      if (contract.refusal(elsewhere)) return [name, "거절"];
      const other = contract.answer(elsewhere);
      if (other.returns !== answer.returns) return [name, shape(other.returns)];
      const here = contract.trapsOf(config).map(({ why }) => why);
      const warned = contract.trapsOf(elsewhere).filter(({ why }) => !here.includes(why));
      const gaps = contract.gaps(other);
      const said = warned.map(({ why }) => `주의: ${why}`);
      if (gaps !== contract.gaps(answer)) said.push(`빈자리의 출력: ${gaps}`);
      return [name, said.join(" ") || "같음"];
    }

    #showControls() {
      const used = this.contract.used(this.config);
      for (const [name, { control, reason, field }] of Object.entries(this.controls)) {
        if (name in this.sizes) {
          field.hidden = !used.includes(name);
          if (control.value !== String(this.sizes[name])) control.value = this.sizes[name];
          reason.textContent = "";
          control.removeAttribute("aria-invalid");
          continue;
        }
        // 그 층에 아예 없는 옵션은 감춘다. 있지만 지금 쓸 수 없는 것은 이유와 함께 남긴다.
        field.hidden = name in this.contract.defaults && !this.contract.layers[this.config.layer].settings.includes(name);
        if (control.type === "checkbox") this.#showToggle(name);
        else this.#showChoices(name);
      }
    }

    #showToggle(name) {
      const { control, reason } = this.controls[name];
      control.checked = this.config[name];
      reason.textContent = this.contract.obstacle(name, !this.config[name], this.config);
      control.setAttribute("aria-disabled", String(Boolean(reason.textContent)));
    }

    #showChoices(name) {
      const { control, reason } = this.controls[name];
      const reasons = control.values.map((value) => this.contract.obstacle(name, value, this.config));
      control.values.forEach((value, index) => {
        control.options[index].disabled = value !== this.config[name] && Boolean(reasons[index]);
      });
      control.selectedIndex = control.values.indexOf(this.config[name]);
      reason.textContent = [...new Set(reasons)].filter(Boolean).join(" ");
    }
  }

  customElements.define("shape-explorer", ShapeExplorer);
})();

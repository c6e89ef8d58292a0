// 살아 있는 셀의 화면: 타임스텝과 계산을 하나씩 넘기고, 수 하나의 식을 펼치고, 고친 것과 보는 자리를 주소에 적는다.
(() => {
  const { run, quantities, look, apply, write, read, element, show, vector, number, formula, drawStep, NAMES, WORDS } = liveCell;
  const BEAT = 1100;

  class LiveCell extends HTMLElement {
    // 짓는 데 드는 시간은 독자가 다가올 때 쓴다: 화면 하나만큼 앞에 왔을 때나, 글쇠로 다니기 시작할 때.
    // 주소가 페이지의 한 자리를 가리키면 바로 짓는다. 나중에 지으면 그 자리가 밀린다.
    connectedCallback() {
      if (this.original) return;
      this.original = JSON.parse(this.querySelector("script").textContent);
      const come = (seen) => seen.some((one) => one.isIntersecting) && this.#start();
      this.near = new IntersectionObserver(come, { rootMargin: "100% 0px" });
      this.near.observe(this);
      addEventListener("keydown", () => this.#start(), { once: true });
      addEventListener("hashchange", () => (this.initial ? this.#open() : this.#addressed() && this.#start()));
      if (location.hash) this.#start();
    }

    #start() {
      if (this.initial) return;
      this.near.disconnect();
      this.initial = run(this.original);
      for (const title of this.querySelectorAll(".live-way")) title.remove(); // 방향은 단추로 고른다
      this.pictures = [...this.querySelectorAll(".drawing")];
      this.#build();
      this.#reset();
      this.#open();
    }

    get steps() {
      return this.traces[this.way];
    }

    get names() {
      return this.lists[this.way].map(([name]) => name);
    }

    // --- 화면 만들기: 한 번만 -------------------------------------------------

    #build() {
      const button = (name, act) => {
        const made = element("button", { type: "button" }, WORDS[name]);
        made.addEventListener("click", act);
        this[`${name}Button`] = made;
        return made;
      };
      const { ways, words } = this.original;
      this.slider = element("input", { type: "range", min: "0", max: String(words.length - 1), "aria-label": WORDS.step });
      this.slider.addEventListener("input", () => this.#go({ step: Number(this.slider.value) }));
      this.word = element("b", { class: "live-word" });
      this.said = element("p", { class: "live-said", role: "status" });
      this.note = element("p", { class: "live-note" });
      this.numbers = element("div", { class: "live-numbers" });
      this.formula = element("div", { class: "live-formula" });
      this.timeline = this.querySelector(".live-frame");
      this.caption = this.timeline.querySelector("caption");
      this.measured = this.caption.textContent;
      const bar = element(
        "div",
        { class: "live-bar" },
        ...(ways.length > 1 ? [this.#directions()] : []),
        element("span", { class: "live-steps" }, this.slider, this.word),
        button("previous", () => this.#move(-1)),
        button("next", () => this.#move(1)),
        button("play", () => this.#play(!this.timer)),
        button("undo", () => this.#edit(this.edits.slice(0, -1))),
        button("reset", () => this.#edit([])),
      );
      this.prepend(bar);
      this.pictures.at(-1).after(element("div", { class: "live-panes" }, this.numbers, this.formula));
      this.append(this.note, this.said);
      for (const picture of this.pictures) picture.addEventListener("click", (event) => this.#pick(event));
      this.addEventListener("keydown", (event) => this.#key(event));
      for (const kind of ["pointerdown", "keydown"]) {
        this.addEventListener(kind, ({ target }) => target !== this.playButton && this.#play(false));
      }
    }

    #directions() {
      const choices = WORDS.ways.map((title, way) => {
        const choice = element("input", { type: "radio", name: `${this.id}-way` });
        choice.addEventListener("change", () => this.#go({ way }));
        return choice;
      });
      this.choices = choices;
      const labels = choices.map((choice, way) => element("label", {}, choice, WORDS.ways[way]));
      return element("fieldset", {}, element("legend", {}, WORDS.way), ...labels);
    }

    // --- 움직이기 -------------------------------------------------------------

    /** 처음 보일 자리로 간다. */
    #reset() {
      this.edits = [];
      this.#calculate();
      this.#place(this.original.show.split(/[\s.]+/));
    }

    /** 있는 자리로만 옮긴다. 적지 않은 것은 마지막 계산과 첫 유닛이다. */
    #place([step, name, unit, way]) {
      const within = (text, length) => (Number.isInteger(Number(text)) && Number(text) >= 0 && Number(text) < length ? Number(text) : 0);
      this.way = within(way ?? 0, this.traces.length);
      this.step = within(step || 0, this.steps.length);
      this.quantity = this.names.includes(name) ? this.names.indexOf(name) : this.names.length - 1;
      this.unit = within(unit ?? 0, this.steps[0].output.length);
    }

    #calculate() {
      this.data = apply(this.original, this.edits);
      Object.assign(this, run(this.data));
      this.lists = this.data.ways.map((way) => quantities(way));
    }

    #go(place) {
      Object.assign(this, place);
      this.#show();
      const { t, states, skipped } = this.steps[this.step];
      const name = this.names[this.quantity];
      const value = this.steps[this.step].scope[name].map((one) => show(one)).join(", ");
      const h = states[0].map((one) => show(one)).join(", ");
      const kind = this.data.ways[this.way].kind;
      const told = skipped ? [WORDS.skipped, "h", h] : [NAMES[kind][name], value];
      this.#say([`${this.#wordAt(t)}.`, ...told].join(" "));
      this.#remember();
    }

    /** 계산 하나를 넘긴다. 그 타임스텝의 계산이 끝나면 다음 타임스텝으로 간다. */
    #move(by) {
      const count = this.names.length;
      const skipped = (step) => this.steps[step]?.skipped;
      let [step, quantity] = [this.step, this.quantity + by];
      if (skipped(step) || quantity < 0 || quantity >= count) {
        step += by;
        quantity = by > 0 && !skipped(step) ? 0 : count - 1;
      }
      if (step < 0 || step >= this.steps.length) return false;
      this.#go({ step, quantity });
      return true;
    }

    #play(on) {
      clearInterval(this.timer);
      this.timer = on ? setInterval(() => this.#move(1) || this.#play(false), BEAT) : 0;
      this.playButton.textContent = on ? WORDS.pause : WORDS.play;
    }

    #pick(event) {
      const group = event.target.closest("[data-quantity]");
      if (group) this.#go({ quantity: this.names.indexOf(group.dataset.quantity) });
    }

    #key(event) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const sideways = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const place = event.target.dataset;
      if (!place.quantity || !(by || sideways)) return;
      event.preventDefault();
      const quantity = Math.min(this.names.length - 1, Math.max(0, this.quantity + (by ?? 0)));
      const unit = Math.min(this.steps[0].output.length - 1, Math.max(0, this.unit + (sideways ?? 0)));
      this.#go({ quantity, unit });
      this.numbers.querySelector("[aria-pressed=true]")?.focus();
    }

    // --- 고치기 ---------------------------------------------------------------

    #change(path, field) {
      const value = field.type === "checkbox" ? field.checked : field.valueAsNumber;
      field.setAttribute("aria-invalid", String(Number.isNaN(value)));
      if (Number.isNaN(value)) this.#say(WORDS.notNumber);
      // Tab으로 옮겨 가는 중이면, 옮겨 간 다음에 화면을 다시 그려야 옮겨 간 자리를 잃지 않는다.
      else setTimeout(() => this.#edit([...this.edits, [path, value]]));
    }

    #edit(edits) {
      this.edits = edits;
      this.#calculate();
      this.#show();
      const moved = this.steps.filter((step, order) =>
        step.states.some((state, kind) => state.some((one, unit) => Math.abs(one - this.initial.traces[this.way][order].states[kind][unit]) > 5e-7)),
      );
      this.#say(`${WORDS.later} ${moved.map(({ t }) => this.#wordAt(t)).join(", ") || WORDS.nowhere}`);
      this.#remember();
    }

    #say(text) {
      this.said.textContent = text;
    }

    // --- 주소 -----------------------------------------------------------------

    #remember() {
      const { step, quantity, unit, way } = this;
      history.replaceState(null, "", write(this.id, [step, this.names[quantity], unit, way], this.edits));
    }

    /** 주소가 이 셀을 가리키면, 거기 적힌 것. */
    #addressed() {
      return read(this.id, location.hash, this.original);
    }

    #open() {
      const found = this.#addressed();
      if (found) {
        this.edits = found.edits;
        this.#calculate();
        this.#place(found.at);
      }
      this.#show();
      if (found) this.#come();
      if (found?.bad.length) this.#say(`${WORDS.ignored} ${found.bad.join(", ")}`);
    }

    /** 화면을 이 셀로 옮긴다. 아직 받는 중이면, 다 받아 자리가 잡힌 다음에 다시 옮긴다. */
    #come() {
      this.scrollIntoView({ behavior: "instant" });
      if (document.readyState !== "complete") addEventListener("load", () => this.#come(), { once: true });
    }

    // --- 보이기 ---------------------------------------------------------------

    #wordAt(t) {
      return `${t} ${this.data.words[t] || WORDS.blank}`;
    }

    #show() {
      const focused = this.contains(document.activeElement) ? { ...document.activeElement.dataset } : {};
      const step = this.steps[this.step];
      const before = this.initial.traces[this.way][this.step];
      this.pictures.forEach((picture, way) => { picture.hidden = way !== this.way; });
      this.choices?.forEach((choice, way) => { choice.checked = way === this.way; });
      this.slider.value = this.step;
      this.slider.setAttribute("aria-valuetext", this.#wordAt(step.t));
      this.word.textContent = this.data.words[step.t] || WORDS.blank;
      this.undoButton.disabled = this.resetButton.disabled = !this.edits.length;
      drawStep(this.pictures[this.way], this.names, this.quantity, step, before);
      this.#showNumbers(step, before);
      this.#showTimeline();
      const chosen = this.lists[this.way][this.quantity];
      const panel = step.skipped
        ? element("p", {}, WORDS.skipped)
        : formula(this.data.ways[this.way], step, before.scope, chosen, this.unit, this.way, (path, field) => this.#change(path, field));
      this.formula.replaceChildren(panel);
      this.caption.textContent = this.edits.length ? WORDS.states : this.measured;
      this.note.textContent = this.edits.length ? WORDS.edited : `${WORDS.same} ${this.#gap().toFixed(8)}`;
      const again = Object.entries(focused).map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`).join("");
      if (again) this.querySelector(`:is(input, button)${again}`)?.focus({ preventScroll: true });
    }

    /** 스크립트가 계산한 상태와 Keras가 낸 상태의 가장 큰 차이. */
    #gap() {
      const gaps = this.original.ways.flatMap(({ states }, way) =>
        states.flatMap((kinds, order) => kinds.flatMap((state, kind) =>
          state.map((one, unit) => Math.abs(one - this.initial.traces[way][order].states[kind][unit])))));
      return Math.max(...gaps);
    }

    #showNumbers({ scope, skipped }, before) {
      const { kind, U } = this.data.ways[this.way];
      const units = U.map((_, unit) => unit);
      const rows = this.names.map((name, quantity) => {
        const cells = units.map((unit) => {
          const pressed = quantity === this.quantity && unit === this.unit;
          const attributes = { type: "button", "data-quantity": name, "data-unit": unit, "aria-pressed": String(pressed), tabindex: pressed ? "0" : "-1" };
          const label = `${NAMES[kind][name]}, ${WORDS.unit} ${unit}: ${show(scope[name][unit])}`;
          const made = element("button", { ...attributes, "aria-label": label }, number(scope[name][unit], before.scope[name][unit]));
          made.addEventListener("click", () => this.#go({ quantity, unit }));
          return element("td", {}, made);
        });
        return element("tr", quantity === this.quantity ? { class: "on" } : {}, element("th", { scope: "row" }, NAMES[kind][name]), ...cells);
      });
      const heads = [WORDS.quantity, ...units.map((unit) => `${WORDS.unit} ${unit}`)].map((title) => element("th", { scope: "col" }, title));
      const table = element("table", {}, element("caption", {}, WORDS.numbers), element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
      table.classList.toggle("off", skipped);
      this.numbers.replaceChildren(table);
    }

    #showTimeline() {
      const { words, inputs, mask } = this.data;
      const here = this.steps[this.step].t;
      const rows = words.map((_, t) => {
        const word = element("button", { type: "button", "data-t": t }, words[t] || WORDS.blank);
        word.addEventListener("click", () => this.#go({ step: this.steps.findIndex((step) => step.t === t) }));
        const cells = [vector(inputs[t], this.original.inputs[t])];
        if (mask) cells.push([this.#toggle(t)]);
        this.traces.forEach((trace, way) => {
          const order = trace.findIndex((step) => step.t === t);
          trace[order].states.forEach((state, kind) => cells.push(vector(state, this.initial.traces[way][order].states[kind])));
        });
        const current = t === here ? { "aria-current": "step" } : {};
        return element("tr", current, element("th", { scope: "row" }, word), ...cells.map((cell) => element("td", {}, ...cell)));
      });
      this.timeline.querySelector("tbody").replaceChildren(...rows);
    }

    #toggle(t) {
      const path = `mask.${t}`;
      const box = element("input", { type: "checkbox", "data-path": path });
      box.checked = look(this.data, path);
      box.addEventListener("change", () => this.#change(path, box));
      return element("label", {}, box, WORDS.read);
    }
  }

  customElements.define("live-cell", LiveCell);
})();

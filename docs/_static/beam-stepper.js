// 빔 탐색을 한 타임스텝씩: 나무는 거기까지만 보이고, 아래에는 그때 견준 후보의 표가 있다. 말과 수는 페이지에 있다.
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  class BeamStepper extends HTMLElement {
    connectedCallback() {
      if (this.parents) return;
      this.parents = JSON.parse(this.querySelector("script").textContent);
      this.steps = [...this.querySelectorAll("section")];
      this.range = this.querySelector("input");
      this.drawing = this.querySelector(".drawing");
      [this.back, this.next] = this.querySelectorAll("button");
      this.words = [this.next.textContent, this.next.dataset.again];
      this.name = this.closest("figure")?.id;
      // 타임스텝마다의 글을 접지 않고 하나씩 보인다. 바뀐 글은 소리로도 알린다.
      this.heard = document.createElement("p");
      this.heard.className = "beam-heard";
      this.heard.setAttribute("role", "status");
      this.querySelector("details").replaceWith(this.heard, ...this.steps);
      this.querySelector(".beam-controls").hidden = false;
      this.range.addEventListener("input", () => this.#go(this.range.valueAsNumber));
      for (const button of [this.back, this.next]) {
        button.addEventListener("click", () => this.#go(this.step + Number(button.dataset.by)));
      }
      addEventListener("hashchange", () => this.#open());
      this.#show(this.steps.length - 1);
      this.#open();
    }

    /** 주소에 적힌 타임스텝을 연다. */
    #open() {
      const [name, step] = location.hash.slice(1).split("=");
      if (!this.name || name !== this.name || !(Number(step) in this.steps)) return;
      this.#show(Number(step));
      this.#reveal();
      this.scrollIntoView({ behavior: "instant" });
    }

    /** 마지막에서 더 가면 처음으로 돌아간다. */
    #go(step) {
      this.#show(Math.max(0, step) % this.steps.length);
      this.#reveal();
      this.heard.textContent = this.steps[this.step].querySelector("p").textContent;
      if (this.name) history.replaceState(null, "", `#${this.name}=${this.step}`);
    }

    #show(step) {
      const last = this.steps.length - 1;
      this.step = step;
      this.range.value = step;
      this.range.setAttribute("aria-valuetext", this.steps[step].dataset.title);
      this.steps.forEach((section, number) => { section.hidden = number !== step; });
      this.back.disabled = step === 0;
      this.next.textContent = this.words[Number(step === last)];
      this.querySelector("[data-part=result]").classList.toggle("beam-later", step < last);
      this.#draw(Math.min(step, last - 1));
    }

    /** 나무를 이 타임스텝까지만 보인다. 굵은 길과 뒤가 끊긴 빔도 이때의 것이다. */
    #draw(until) {
      const path = [];
      for (let step = until, beam = 0; step >= 0; beam = this.parents[step][beam], step -= 1) path[step] = beam;
      let alive = new Set(this.parents[until].keys());
      for (let step = this.parents.length - 1; step >= 0; step -= 1) {
        this.parents[step].forEach((parent, beam) => {
          const part = this.querySelector(`[data-part="${step}-${beam}"]`);
          const best = path[step] === beam;
          part.classList.toggle("beam-later", step > until);
          part.querySelector("polyline").setAttribute("class", best ? "line thick" : "line");
          part.querySelector("rect").setAttribute("class", best ? "box mark" : alive.has(beam) ? "box" : "box off");
          part.querySelector("text").setAttribute("class", best ? "strong" : "");
        });
        if (step <= until) alive = new Set([...alive].map((beam) => this.parents[step][beam]));
      }
    }

    /** 좁은 화면에서 이 타임스텝의 빔이 보이도록 나무를 옆으로 민다. */
    #reveal() {
      const until = Math.min(this.step, this.parents.length - 1);
      const place = this.querySelector(`[data-part="${until}-0"] rect`).getBoundingClientRect();
      const left = this.drawing.scrollLeft + place.right - this.drawing.getBoundingClientRect().right + 24;
      this.drawing.scrollTo({ left: Math.max(0, left), behavior: still.matches ? "auto" : "smooth" });
    }
  }

  customElements.define("beam-stepper", BeamStepper);
})();

// 영향의 그림: 고르거나 가리킨 출력이 입력마다 얼마나 달라지는지 막대와 수로 보인다. 말과 수는 페이지에 있다.
(() => {
  const text = (share) => share.toFixed(2);

  class InfluenceMap extends HTMLElement {
    connectedCallback() {
      if (this.rows) return;
      this.rows = JSON.parse(this.querySelector("script").textContent);
      this.columns = [...this.querySelectorAll(".influence-column")];
      this.said = this.querySelector(".influence-said");
      this.choices = [...this.querySelectorAll("input")];
      for (const choice of this.choices) {
        const label = choice.parentNode;
        choice.addEventListener("change", () => this.#show(choice.value));
        label.addEventListener("pointerenter", () => this.#show(choice.value));
        label.addEventListener("pointerleave", () => this.#show(this.chosen));
      }
      const last = this.choices.at(-1);
      if (!this.choices.some((choice) => choice.checked)) last.checked = true;
      this.#show(this.chosen);
      this.querySelector(".influence-live").hidden = false;
      this.querySelector("details").open = false;
    }

    get chosen() {
      return this.choices.find((choice) => choice.checked).value;
    }

    #show(output) {
      const { shares, said } = this.rows[output];
      this.columns.forEach((column, place) => {
        const own = shares.map((row) => row[place]);
        const bars = column.querySelectorAll(".influence-bar");
        const numbers = column.querySelectorAll(".influence-number");
        column.classList.toggle("influence-later", own[0] === undefined);
        own.forEach((share, kind) => {
          bars[kind].style.setProperty("--share", share ?? 0);
          numbers[kind].textContent = share === undefined ? "" : text(share);
          numbers[kind].classList.toggle("influence-largest", share === Math.max(...shares[kind]));
        });
      });
      for (const choice of this.choices) choice.parentNode.classList.toggle("influence-shown", choice.value === output);
      if (this.said.textContent !== said) this.said.textContent = said;
    }
  }

  customElements.define("influence-map", InfluenceMap);
})();

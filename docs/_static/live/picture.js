// 셀의 그림에 적힌 수를 갈아 끼운다. 고른 것까지만 적어, 수가 차례로 흘러가는 것이 보이게 한다.
(() => {
  const { show } = liveCell;
  const SPACE = "http://www.w3.org/2000/svg";

  /** 글 하나에 수를 나란히 적는다. 처음과 다른 수는 굵게 쓰고 밑줄을 긋는다. */
  function write(text, values, before) {
    const parts = values.map((value, index) => {
      const part = document.createElementNS(SPACE, "tspan");
      part.textContent = (index ? "\u2002" : "") + show(value);
      if (Math.abs(value - before[index]) > 5e-7) part.setAttribute("class", "live-changed");
      return part;
    });
    text.replaceChildren(...parts);
  }

  /** 한 타임스텝을 그린다. ``selected``는 고른 것의 번호다. */
  liveCell.drawStep = (drawing, names, selected, step, before) => {
    const { scope, states, skipped } = step;
    for (const group of drawing.querySelectorAll("[data-quantity]")) {
      const order = names.indexOf(group.dataset.quantity);
      const shown = order <= selected && !skipped;
      group.classList.toggle("on", order === selected && !skipped);
      [...group.querySelectorAll("text")].forEach((text, unit) => {
        const name = names[order];
        if (shown) write(text, [scope[name][unit]], [before.scope[name][unit]]);
        else text.replaceChildren();
      });
    }
    const [h, c] = states;
    const [h0, c0] = before.states;
    const values = { ...scope, h, c };
    const old = { ...before.scope, h: h0, c: c0 };
    for (const label of drawing.querySelectorAll("[data-label]")) {
      const { label: name } = label.dataset;
      label.classList.toggle("on", names.indexOf(name) === selected && !skipped);
      const waiting = !skipped && names.indexOf(name) > selected;
      write(label.querySelector("text"), waiting ? [] : values[name], old[name]);
    }
    // 좁은 화면에서는 고른 연산이 보이도록 옆으로 민다.
    const [here, frame] = [drawing.querySelector(".on .live-hit") ?? drawing, drawing].map((one) => one.getBoundingClientRect());
    drawing.scrollLeft += here.x + here.width / 2 - frame.x - frame.width / 2;
  };
})();

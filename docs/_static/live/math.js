// 셀이 하는 계산. 셀마다 무엇을 어떤 차례로 구하는지 적어 두고, 값도 화면의 식도 같은 항에서 만든다.
const liveCell = {};
(() => {
  const ACTIVATIONS = {
    linear: (x) => x,
    tanh: Math.tanh,
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    relu: (x) => Math.max(0, x),
  };

  const range = (count) => Array.from({ length: count }, (_, index) => index);

  // 항은 곱할 것의 목록이고, 곱할 것은 수이거나 [이름, 자리...]이다. 항을 더해 활성화 함수에 넣으면 값이 된다.
  const product = (...names) => (unit) => [names.map((name) => [name, unit])];
  const sum = (...names) => (unit) => names.map((name) => [[name, unit]]);

  /** 그 층이 차례로 구하는 것: [이름, 활성화 함수, 유닛마다의 항을 만드는 함수]. */
  function quantities({ kind, reset_after, activation, recurrent_activation: gate, W, U, b }) {
    const units = U.length;
    const times = (from, weights, block, count) => (unit) =>
      range(count).map((k) => [[from, k], [weights, k, block * units + unit]]);
    const x = (block) => times("x", "W", block, W.length);
    const h = (block, from = "h_previous") => times(from, "U", block, units);
    const bias = (block, row = 0) => (unit) => (b.length > row ? [[["b", row, block * units + unit]]] : []);
    const all = (...parts) => (unit) => parts.flatMap((part) => part(unit));
    const affine = (block) => all(x(block), h(block), bias(block), bias(block, 1));
    if (kind === "SimpleRNN") {
      return [
        ["xW", "linear", x(0)],
        ["hU", "linear", h(0)],
        ["h", activation, all(sum("xW", "hU"), bias(0))],
      ];
    }
    if (kind === "LSTM") {
      return [
        ["f", gate, affine(1)],
        ["fc", "linear", product("f", "c_previous")],
        ["i", gate, affine(0)],
        ["g", activation, affine(2)],
        ["ig", "linear", product("i", "g")],
        ["c", "linear", sum("fc", "ig")],
        ["o", gate, affine(3)],
        ["s", activation, sum("c")],
        ["h", "linear", product("o", "s")],
      ];
    }
    const reset = reset_after
      ? [["u", "linear", all(h(2), bias(2, 1))], ["ru", "linear", product("r", "u")]]
      : [["ru", "linear", product("r", "h_previous")], ["u", "linear", h(2, "ru")]];
    return [
      ["r", gate, affine(1)],
      ...reset,
      ["g", activation, all(x(2), bias(2), sum(reset_after ? "ru" : "u"))],
      ["z", gate, affine(0)],
      ["keep", "linear", product("z", "h_previous")],
      ["rest", "linear", (unit) => [[1], [-1, ["z", unit]]]],
      ["new", "linear", product("rest", "g")],
      ["h", "linear", sum("keep", "new")],
    ];
  }

  const valueOf = (factor, scope) =>
    typeof factor === "number" ? factor : factor.slice(1).reduce((value, index) => value[index], scope[factor[0]]);
  const multiply = (term, scope) => term.reduce((value, factor) => value * valueOf(factor, scope), 1);

  /** 한 방향의 층으로 읽는다. 읽은 차례대로, 타임스텝마다 그때 있던 모든 값을 담아 돌려준다. */
  function read(way, inputs, mask) {
    const { W, U, b } = way;
    const steps = quantities(way);
    const order = range(inputs.length);
    if (way.backwards) order.reverse();
    const zeros = U.map(() => 0);
    let states = way.initial;
    let output = zeros;
    return order.map((t) => {
      const [h_previous, c_previous] = states;
      const scope = { x: inputs[t], W, U, b, h_previous, c_previous };
      for (const [name, activation, terms] of steps) {
        scope[name] = zeros.map((_, unit) =>
          ACTIVATIONS[activation](terms(unit).reduce((total, term) => total + multiply(term, scope), 0)),
        );
      }
      const skipped = Boolean(mask) && !mask[t];
      // 건너뛴 타임스텝은 상태를 그대로 넘기고, 앞서 낸 출력을 되풀이하거나 0을 낸다.
      if (!skipped) states = way.kind === "LSTM" ? [scope.h, scope.c] : [scope.h];
      output = skipped ? (way.zero ? zeros : output) : scope.h;
      return { t, scope, skipped, states, output };
    });
  }

  const MERGES = {
    concat: (a, b) => [...a, ...b],
    sum: (a, b) => a.map((one, unit) => one + b[unit]),
    ave: (a, b) => a.map((one, unit) => (one + b[unit]) / 2),
    mul: (a, b) => a.map((one, unit) => one * b[unit]),
  };

  /** 층 전체를 읽는다: 방향마다의 기록과, 낱말의 자리를 따라 놓은 출력. */
  function run({ ways, inputs, mask, merge }) {
    const traces = ways.map((way) => read(way, inputs, mask));
    const placed = traces.map((trace) => inputs.map((_, t) => trace.find((step) => step.t === t).output));
    const outputs = placed.length < 2 ? placed[0] : merge && placed[0].map((one, t) => MERGES[merge](one, placed[1][t]));
    return { traces, outputs };
  }

  Object.assign(liveCell, { run, quantities, valueOf, multiply });
})();

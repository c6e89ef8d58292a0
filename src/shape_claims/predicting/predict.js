// Predictions: what a reader types is compared with what was measured. The build writes the words before this.
// Shapes and numbers are read as in claimed.py, and more generously: brackets of all kinds, factors in any order,
// the names that the code has for the sizes. Nothing is stored.
const shapePrediction = (() => {
  const words = shapePredictionWords;
  const fill = (text, part, more) => text.replace("{0}", part).replace("{1}", more);
  const nth = (index) => words.nth.split(" ")[index];
  const ending = new RegExp(words.ending, "i");
  const same = (a, b) => a.join() === b.join();
  const sorted = (list) => [...list].sort();

  /** Full-width signs, other dashes and quotes: as on a keyboard. */
  const plain = (text) =>
    text.replaceAll("²", "^2").replaceAll("³", "^3").normalize("NFKC").replaceAll("**", "^").replaceAll("×", "*")
      .replace(/[−–]/g, "-").replace(/[、，]/g, ",").replace(/["`‘’“”]/g, "'");

  const OPERATORS = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "//": (a, b) => (b ? Math.floor(a / b) : -1),
    "^": (a, b) => a ** b,
  };

  /** A shape, a container of shapes, or arithmetic. An axis has its size here and its size were the letters others. */
  function read(text, letters) {
    const apart = (name) => (letters[name] || ![...name].every((one) => letters[one]) ? name : [...name].join("*"));
    const found = plain(text).replace(/[A-Za-z_]\w*/g, apart).match(/\d*\.?\d+|[A-Za-z_]\w*|\/\/|\S/g) ?? [];
    const follows = (token, index) => /[\w)]$/.test(found[index - 1] ?? "") && /^[\w(]/.test(token);
    const tokens = found.flatMap((token, index) => (follows(token, index) ? ["*", token] : token));
    let at = 0;
    const fail = (problem) => {
      throw problem;
    };
    const take = (...some) => (some.includes(tokens[at]) ? tokens[at++] : "");

    function join(sign, a, b) {
      if (a.map || b.map) fail();
      return { here: OPERATORS[sign](a.here, b.here), there: OPERATORS[sign](a.there, b.there) };
    }

    function letter(name) {
      const [here, there] = letters[name] ?? letters[name.toUpperCase()] ?? fail(name);
      return { here, there };
    }

    function items(close) {
      const inside = [];
      while (tokens[at] !== close) {
        inside.push(sum());
        if (tokens[at] === close) break;
        inside.several = take(",") || fail();
      }
      at++;
      return close === "]" || inside.several || !inside.length ? inside : inside[0];
    }

    function atom() {
      const token = tokens[at++] ?? fail();
      if (token === "-") return join("-", { here: 0, there: 0 }, atom());
      if (token === "[") return items("]");
      if (token === "(") return items(")");
      if (/^[\d.]/.test(token)) return { here: +token, there: +token };
      return /^\w/.test(token) ? letter(token) : fail();
    }

    const level = (next, ...signs) => () => {
      let left = next();
      for (let sign; (sign = take(...signs)); ) left = join(sign, left, next());
      return left;
    };
    const sum = level(level(level(atom, "^"), "*", "/", "//"), "+", "-");
    return tokens.length ? items() : fail();
  }

  // --- comparing: "" is right, everything else is what to say

  const isLucky = (a, b) => a.there !== b.there && a.here !== a.there && b.here !== b.there;

  function compareAxes(typed, key, factors) {
    const [a, b] = [typed, key].map((axes) => axes.map((axis) => axis.here));
    const spare = (long, short) => long.findIndex((_, index) => same(long.toSpliced(index, 1), short));
    if (b.length === a.length + 1 && spare(b, a) >= 0) return fill(words.missing, key[spare(b, a)].name || nth(spare(b, a)));
    if (a.length === b.length + 1 && spare(a, b) >= 0) return fill(words.extra, nth(spare(a, b)));
    if (a.length !== b.length) return words.rank;
    const wrong = [...b.keys()].filter((index) => a[index] !== b[index]);
    const lucky = key.findIndex((axis, index) => isLucky(typed[index], axis));
    const [first] = wrong;
    if (!wrong.length) return lucky < 0 ? "" : words.lucky;
    if (same(sorted(a), sorted(b))) return words.swapped;
    const isFactor = (x, y) => !wrong[1] && factors.some((factor) => x[first] * factor === y[first]);
    if (isFactor(a, b)) return fill(words.times, nth(first));
    if (isFactor(b, a)) return fill(words.over, nth(first));
    return fill(words.axes, wrong.map(nth).join(", "));
  }

  function compareTrees(typed, key, factors) {
    const [a, b] = [typed, key].map((tree) => (tree.map ? tree : [tree]));
    const [isTensor, isKeyTensor] = [a, b].map((tree) => !tree.some((item) => item.map));
    if (isTensor && isKeyTensor) return compareAxes(a, b, factors);
    if (isKeyTensor) return words.single;
    if (isTensor) return b[1] || compareTrees(a, b[0], factors) ? words.count : words.held;
    if (a.length !== b.length) return words.count;
    for (const [index, item] of b.entries()) {
      const said = compareTrees(a[index], item, factors);
      if (said) return fill(words.within, nth(index), said);
    }
    return "";
  }

  const compact = (text) => plain(text).replace(/['\s]/g, "").toLowerCase();
  const isWord = (text, also) => [text, text.replace(ending, "")].some((one) => also.map(compact).includes(compact(one)));

  function compareNumber(text, { also, key, letters, step }) {
    if (isWord(text, also)) return "";
    const digits = plain(text).replace(ending, "").replace(/(\d),(?=\d{3})/g, "$1").replace("%", "/100");
    const typed = read(digits, letters);
    const near = (number, reach) => Math.abs(number - key.here) <= reach + 1e-9;
    const decimals = digits.match(/\.(\d+)/)?.[1].length;
    if (near(typed.here, step)) return isLucky(typed, key) ? words.lucky : "";
    if (near(-typed.here, step)) return words.sign;
    if (decimals && near(typed.here, 0.5 / 10 ** decimals)) return words.precise;
    return typed.here < key.here ? words.more : typed.here > key.here ? words.less : words["no-number"];
  }

  function compareNames(text, { items }) {
    const keys = items.map(compact);
    const bare = (one) => (keys.includes(one) ? one : one.replace(/(와|과|나)$/, ""));
    const typed = compact(plain(text).replace(/[\s,]+/g, "|")).split(/[|·]/).map(bare).filter((one) => one && one !== "and");
    if (same(typed, keys)) return "";
    if (same(sorted(typed), sorted(keys))) return words.order;
    return typed.every((one) => keys.includes(one)) ? words.some : words["some-wrong"];
  }

  /** What is to be said of a text that is not the key. */
  function compare(text, answer) {
    if (!text.trim()) return words.empty;
    try {
      if (answer.kind === "shape") return compareTrees(read(text, answer.letters), answer.key, answer.factors);
      if (answer.kind === "number") return compareNumber(text, answer);
      if (answer.kind === "names") return compareNames(text, answer);
      return isWord(text.replace(/.*\.(?=\w)/, ""), answer.also) ? "" : words.other;
    } catch (problem) {
      return problem ? fill(words["no-letter"], problem, answer.said) : words[`no-${answer.kind}`];
    }
  }

  // --- the form

  function check(form) {
    const answer = JSON.parse(form.dataset.prediction);
    const { answer: field, choice } = form.elements;
    const chosen = choice?.value;
    const wrong = field ? compare(field.value, answer) : !chosen ? words.empty : chosen === answer.right ? "" : choice[2] ? words.other : words.reason;
    const mark = document.createElement("strong");
    mark.textContent = wrong ? words.wrong : words.right;
    form.lastElementChild.replaceChildren(mark, ` ${wrong || `${answer.right}. ${words.reason}`}`);
    form.dataset.reply = wrong ? "wrong" : "right";
    field?.setAttribute("aria-invalid", !!wrong);
    if (!wrong || wrong === words.reason) form.nextElementSibling.open = true;
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".prediction-form")) return;
    event.preventDefault();
    check(event.target);
  });

  return { compare, read };
})();

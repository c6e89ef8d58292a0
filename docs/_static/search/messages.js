// 사이트에 적힌 오류 메시지 가운데, 붙여 넣은 글과 낱말과 그 차례가 맞는 것을 찾는다.
// 적힌 메시지의 ⟨이름⟩은 독자마다 다른 것이 놓이는 자리라서 무엇과도 맞는다.
siteSearch.Messages = (() => {
  const { brief, called, isNumber, looks, plain, raised, wordsOf } = siteSearch.pasted;
  const BLANK = /⟨[^⟨⟩]*⟩/u;
  // 맞은 낱말의 무게가 적힌 메시지나 붙여 넣은 글의 이만큼은 되어야 한다. 예외의 이름이 없으면 더 맞아야 한다.
  const ENOUGH = { whole: 0.65, part: 0.6 };
  // 가장 잘 맞은 것만큼 맞은 것을 함께 보인다.
  const ALIKE = 0.95;
  const OTHER_KIND = 0.9;
  // 맞지 않은 낱말은 무게의 얼마를, 사이에 끼어든 낱말은 얼마를 깎는가. 자리에 놓인 낱말은 거의 깎지 않는다.
  const LOST = 0.25;
  const BETWEEN = 1;
  const INSIDE = 0.02;
  // 수는 독자마다 다르지만 ndim=3과 ndim=4를 가려 준다. 이름이 다르면 문장이 같아도 다른 메시지다.
  const OF_NUMBER = 2;
  const OF_NAME = 2;
  // 적힌 메시지가 정해진 층을 부르다가 난 것이면, 그 층에서 난 것과 더 맞고 다른 층에서 난 것과는 덜 맞는다.
  const SAME_LAYER = 1.1;
  const OTHER_LAYER = 0.7;
  // 짧은 메시지는 다 맞아야 한다.
  const EXACT = 0.95;
  const SHORTEST = 1.05;
  const LONG = 1.8;
  const ADDRESS = 1500;

  const sum = (numbers) => numbers.reduce((whole, number) => whole + number, 0);

  function read(section, line, text) {
    const [head] = raised(text).slice(-1);
    const { names, rest } = called(head?.body ?? text);
    const parts = rest.split(BLANK).flatMap((piece, index) => (
      wordsOf(piece).map((word, order) => ({ word, open: index > 0 && order === 0 }))
    ));
    const layer = names.find((name) => !BLANK.test(name));
    return { section, line, message: text, kind: head?.kind, layer, parts, inExample: section.text.split("\n")[line] !== text };
  }

  // 두 줄의 낱말에서 차례가 맞는 것의 무게. 글의 어느 부분과 맞아도 되지만, 바로 앞뒤에 있어야 할 낱말이 다르면 그만큼 깎는다.
  function overlap(parts, typed) {
    const costs = typed.map((word) => (isNumber(word) ? INSIDE : BETWEEN));
    let best = 0;
    let row = new Float64Array(typed.length + 1);
    for (let index = 0; index < parts.length; index += 1) {
      const { word, weight } = parts[index];
      const before = index && !parts[index].open ? parts[index - 1].weight : 0;
      const after = parts[index + 1] && !parts[index + 1].open ? parts[index + 1].weight : 0;
      const next = new Float64Array(typed.length + 1);
      for (let at = 0; at < typed.length; at += 1) {
        const met = word === typed[at] ? weight + (row[at] || (at ? -before : 0)) : 0;
        next[at + 1] = Math.max(0, met, row[at + 1] - LOST * weight, next[at] - (after ? costs[at] : INSIDE));
        best = Math.max(best, at < typed.length - 1 ? met - after : met);
      }
      row = next;
    }
    return best;
  }

  return class Messages {
    // 절의 messages에는 [줄의 번호, 적힌 메시지]가 있다.
    constructor(sections) {
      this.patterns = sections.flatMap((section) => section.messages.map(([line, text]) => read(section, line, text)));
      this.counts = new Map();
      for (const { parts } of this.patterns) {
        for (const word of new Set(parts.map(({ word }) => word))) this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
      }
      for (const pattern of this.patterns) {
        for (const part of pattern.parts) part.weight = this.weightOf(part.word);
        pattern.weight = sum(pattern.parts.map(({ weight }) => weight));
      }
    }

    weightOf(word) {
      const rarity = Math.log(1 + this.patterns.length / (this.counts.get(word) ?? 1));
      if (isNumber(word)) return OF_NUMBER;
      return this.counts.has(word) && word.includes("_") ? OF_NAME * rarity : rarity;
    }

    // { certain: 메시지가 틀림없는가, pasted: 메시지로 보이는가, essence: 그 메시지, found: 맞은 곳 }
    find(query) {
      const text = plain(query);
      const heads = raised(text);
      if (heads.length) {
        const tried = heads.map(({ kind, body, whole }) => ({ essence: whole, found: this.rank(body, kind, ENOUGH.whole) }));
        // 무엇이 틀렸는지를 예외의 이름 앞에 적는 도구도 있다: TensorFlow Lite의 변환기
        const before = text.slice(0, text.indexOf(heads.at(-1).whole));
        const fitting = tried.find(({ found }) => found.length) ?? { ...tried[0], found: this.rank(before, "", ENOUGH.part) };
        return { certain: true, pasted: true, ...fitting };
      }
      const { isPart, isProse, isPlain } = looks(text);
      const found = isPart ? this.rank(text, "", ENOUGH.part) : [];
      return { certain: isProse && isPlain, pasted: isProse || found.length > 0, essence: query, found };
    }

    // 주소에 담을 만큼 줄인 글.
    essenceOf(query) {
      return query.length > ADDRESS ? brief(this.find(query).essence, ADDRESS) : query;
    }

    rank(text, kind, enough) {
      const { names, rest } = called(text);
      // 메시지를 둘러싼 우리말은 독자의 물음이다.
      const typed = wordsOf(rest).filter((word) => this.counts.has(word) || !/[가-힣]/u.test(word));
      const all = sum(typed.filter((word) => !isNumber(word)).map((word) => this.weightOf(word)));
      const unit = this.weightOf("");
      const written = new Set(typed);
      const ranked = [];
      for (const pattern of this.patterns) {
        const fits = (weight) => {
          if (weight < LONG * unit) return weight >= SHORTEST * unit && weight >= EXACT * pattern.weight;
          return Math.max(weight / pattern.weight, weight / all) >= enough;
        };
        const most = sum(pattern.parts.filter(({ word }) => written.has(word)).map(({ weight }) => weight));
        if (!fits(most)) continue;
        const matched = overlap(pattern.parts, typed);
        if (!fits(matched)) continue;
        const agrees = !kind || !pattern.kind || kind === pattern.kind;
        // 메시지를 설명하는 자리가 예제에서 어쩌다 난 예외보다 먼저다. 예제에 보인 메시지는 줄인 것이라 다 맞기 쉽다.
        const share = matched / all + (pattern.inExample ? 0 : matched / pattern.weight);
        const inLayer = !pattern.layer ? 1 : names.includes(pattern.layer) ? SAME_LAYER : OTHER_LAYER;
        const score = matched * share * (agrees ? 1 : OTHER_KIND) * inLayer;
        ranked.push({ ...pattern, score, weight: matched });
      }
      ranked.sort((a, b) => b.score - a.score);
      const least = ALIKE * (ranked[0]?.weight ?? 0);
      const seen = new Set();
      return ranked.filter(({ weight, section }) => weight >= least && !seen.has(section) && seen.add(section));
    }
  };
})();

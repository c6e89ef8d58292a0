// 물음을 견줄 조각으로 나눈다. 낱말의 조각에 더해, 같은 뜻으로 쓰는 말(느려요, 빠르게)을 조각 하나로 본다.
siteSearch.Meanings = (() => {
  const { isAsked, isHangul, stem } = siteSearch.hangul;
  const { pairs, parts, words } = siteSearch.tokens;
  // 뜻의 조각은 낱말에 나오지 않는 글자로 시작한다.
  const MARK = "≈";

  // 말 하나를 적을 수 있는 글들. 띄어 쓴 말은 붙여 적기도 한다.
  const written = (word) => word.split(" ").reduce((texts, part) => (
    texts.flatMap((text) => (text ? [`${text} ${part}`, text + part] : [part]))
  ), [""]);

  // 로마자의 말은 다른 이름의 일부가 아니어야 한다. 한글은 활용하므로 앞부분만 맞아도 된다.
  const standsAlone = (text, start, end) => !/[a-z_]/u.test((text[start - 1] ?? "") + (text[end] ?? ""));

  function tokensOfWord(word) {
    if (!isHangul(word)) return [word.toLowerCase(), ...parts(word)];
    const root = stem(word).length > 1 ? stem(word) : word;
    return root.length === 1 ? [root] : pairs(root);
  }

  // 띄어 쓴 두 낱말 사이의 조각. 붙여 쓴 물음과 견줄 수 있게 한다: 상태 초기화, 상태초기화
  const jointOf = (before, word) => (isHangul(before) && isHangul(word) ? [before.at(-1) + word[0]] : []);

  return class Meanings {
    // groups: 같은 뜻으로 보는 말의 묶음.
    constructor(groups) {
      // 말의 첫 글자에서 그 말들로 가는 표. 물음의 자리마다 묶음을 다 견주지 않게 한다.
      this.known = new Map();
      groups.forEach((group, order) => group.flatMap((word) => written(word.toLowerCase())).forEach((word) => {
        this.known.set(word[0], [...this.known.get(word[0]) ?? [], { word, order }]);
      }));
    }

    // 글에 나온 묶음의 번호들.
    meantBy(text) {
      const found = new Set();
      for (let at = 0; at < text.length; at += 1) {
        for (const { word, order } of this.known.get(text[at]) ?? []) {
          if (text.startsWith(word, at) && (isHangul(word) || standsAlone(text, at, at + word.length))) found.add(order);
        }
      }
      return [...found].sort((a, b) => a - b);
    }

    // 서로 다른 조각들. 묻는 투의 말은 무엇을 묻는지 말하지 않으므로 뺀다.
    tokensOf(text) {
      const whole = text.normalize("NFC");
      const told = words(whole).filter((word) => !isAsked(word));
      const tokens = told.flatMap((word, order) => [...tokensOfWord(word), ...(order ? jointOf(told[order - 1], word) : [])]);
      const meant = this.meantBy(whole.toLowerCase()).map((order) => MARK + order);
      return [...new Set([...tokens, ...meant])];
    }

    // 조각이 뜻이면 meaning, 로마자의 이름이면 named, 나머지는 1.
    static weigh(token, { meaning, named }) {
      if (token.startsWith(MARK)) return meaning;
      return /^[a-z]/u.test(token) ? named : 1;
    }
  };
})();

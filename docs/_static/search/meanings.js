// 물음을 견줄 조각으로 나눈다. 낱말의 조각에 더해, 같은 뜻으로 쓰는 말(느려요, 빠르게)을 조각 하나로 본다.
siteSearch.Meanings = (() => {
  const { isAsked, isHangul, stem } = siteSearch.hangul;
  const { pairs, parts, words } = siteSearch.tokens;
  // 뜻의 조각은 낱말에 나오지 않는 글자로 시작한다.
  const MARK = "≈";

  // 말 하나를 찾는 정규식의 글. 로마자는 이름의 일부가 아니어야 하고, 한글은 활용하므로 앞부분만 맞아도 된다.
  function patternOf(word) {
    const literal = word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replaceAll(" ", " ?");
    return isHangul(word) ? literal : `(?<![a-z_])${literal}(?![a-z_])`;
  }

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
      this.groups = groups.map((group) => new RegExp(group.map(patternOf).join("|"), "u"));
    }

    // 서로 다른 조각들. 묻는 투의 말은 무엇을 묻는지 말하지 않으므로 뺀다.
    tokensOf(text) {
      const whole = text.normalize("NFC");
      const plain = whole.toLowerCase();
      const told = words(whole).filter((word) => !isAsked(word));
      const tokens = told.flatMap((word, order) => [...tokensOfWord(word), ...(order ? jointOf(told[order - 1], word) : [])]);
      const meant = this.groups.flatMap((group, order) => (group.test(plain) ? [MARK + order] : []));
      return [...new Set([...tokens, ...meant])];
    }

    // 조각이 뜻이면 meaning, 로마자의 이름이면 named, 나머지는 1.
    static weigh(token, { meaning, named }) {
      if (token.startsWith(MARK)) return meaning;
      return /^[a-z]/u.test(token) ? named : 1;
    }
  };
})();

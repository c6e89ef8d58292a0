// 절마다 적어 둔 물음과 독자의 물음이 얼마나 가까운지 잰다. 글에 없는 말로 물어도 답이 있는 절을 찾게 한다.
// 낱말의 조각에 더해, 같은 뜻으로 묻는 말(느려요, 빠르게)을 조각 하나로 보고 견준다.
siteSearch.Questions = (() => {
  const { isAsked, isHangul, stem } = siteSearch.hangul;
  const { pairs, parts, words } = siteSearch.tokens;
  // 뜻이 같다는 것이 조각 하나가 같은 것보다 무겁고, 아무 물음에도 없는 조각은 흔한 조각만큼만 센다.
  const MEANING = 2.5;
  const NAMED = 1.8;
  const UNHEARD = 0.35;
  const LEAST = 0.2;

  const literal = (word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");

  function tokensOfWord(word) {
    if (!isHangul(word)) return [word.toLowerCase(), ...parts(word)];
    const root = stem(word).length > 1 ? stem(word) : word;
    return root.length === 1 ? [root] : pairs(root);
  }

  return class Questions {
    // asked: [절의 번호, 물음…]. alike: 같은 말로 보는 말의 묶음.
    constructor(asked, alike) {
      this.alike = alike.map((group) => group.map((word) => (
        new RegExp(isHangul(word) ? literal(word) : `(?<![a-z])${literal(word)}(?![a-z])`, "u")
      )));
      this.rows = asked.flatMap(([id, ...texts]) => texts.map((text) => ({ id, tokens: this.tokensOf(text) })));
      const counts = new Map();
      for (const { tokens } of this.rows) for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
      const rarity = (count) => Math.log(1 + this.rows.length / count);
      this.rarities = new Map([...counts].map(([token, count]) => [
        token, rarity(count) * (token.startsWith("≈") ? MEANING : /^[a-z]/u.test(token) ? NAMED : 1),
      ]));
      this.unheard = UNHEARD * rarity(1);
      for (const row of this.rows) row.size = this.sizeOf(row.tokens);
    }

    tokensOf(text) {
      const plain = text.normalize("NFC").toLowerCase();
      const meanings = this.alike.flatMap((group, order) => (group.some((word) => word.test(plain)) ? [`≈${order}`] : []));
      return new Set([...words(text.normalize("NFC")).filter((word) => !isAsked(word)).flatMap(tokensOfWord), ...meanings]);
    }

    weightOf(token) {
      return this.rarities.get(token) ?? this.unheard;
    }

    sizeOf(tokens) {
      return Math.hypot(...[...tokens].map((token) => this.weightOf(token)));
    }

    // 절의 번호에서, 그 절의 물음 가운데 가장 가까운 것이 가까운 정도(0에서 1)로 가는 표.
    near(text) {
      const tokens = this.tokensOf(text);
      const size = this.sizeOf(tokens);
      const found = new Map();
      for (const row of this.rows) {
        let shared = 0;
        for (const token of tokens) if (row.tokens.has(token)) shared += this.weightOf(token) ** 2;
        const closeness = shared / (size * row.size);
        if (closeness > LEAST) found.set(row.id, Math.max(closeness, found.get(row.id) ?? 0));
      }
      return found;
    }
  };
})();

// 한 페이지나 한 절에 적어 둔 물음과 제목을 모두 모아 글 하나로 보고, 독자의 물음이 그 글과 얼마나 맞는지 잰다.
// 물음 하나와는 멀어도, 낱말마다 그 페이지의 물음 어딘가에 나오면 그 페이지가 답일 때가 많다.
siteSearch.Topics = (() => {
  const { weigh } = siteSearch.Meanings;
  const KINDS = { meaning: 1.5, named: 1.8 };
  // 제목은 물음의 반만 센다. 독자의 말이 아니라 사이트의 말이다.
  const HEADING = 0.5;
  // BM25의 두 상수: 같은 조각이 거듭 나오는 것을 얼마나 더 세는가, 긴 글을 얼마나 깎는가.
  const AGAIN = 4;
  const LONG = 0.3;

  return class Topics {
    // asked, headings: 물음마다, 제목마다 { [whole]: 모을 글의 이름, tokens: 조각들 }.
    constructor(asked, headings, whole) {
      this.sizes = new Map();
      this.having = new Map();
      asked.forEach((one) => this.add(one[whole], one.tokens, 1));
      headings.forEach((one) => this.add(one[whole], one.tokens, HEADING));
      this.usual = [...this.sizes.values()].reduce((sum, size) => sum + size, 0) / this.sizes.size;
    }

    add(name, tokens, weight) {
      this.sizes.set(name, (this.sizes.get(name) ?? 0) + weight * tokens.length);
      for (const token of tokens) {
        if (!this.having.has(token)) this.having.set(token, new Map());
        const counts = this.having.get(token);
        counts.set(name, (counts.get(name) ?? 0) + weight);
      }
    }

    // 적은 글에만 나오는 조각일수록 무겁다.
    weightOf(token) {
      const wholes = this.having.get(token)?.size ?? 0;
      return Math.log(1 + (this.sizes.size - wholes + 0.5) / (wholes + 0.5)) * weigh(token, KINDS);
    }

    // 글의 이름에서, 물음의 조각이 그 글에 나오는 정도로 가는 표. 모두 흔하게 나오면 1을 넘는다.
    near(tokens) {
      const weights = tokens.map((token) => this.weightOf(token));
      const all = weights.reduce((sum, weight) => sum + weight, 0) || 1;
      const found = new Map();
      tokens.forEach((token, order) => {
        for (const [name, count] of this.having.get(token) ?? []) {
          const usual = AGAIN * (1 - LONG + (LONG * this.sizes.get(name)) / this.usual);
          const hit = (weights[order] * count * (AGAIN + 1)) / (count + usual);
          found.set(name, (found.get(name) ?? 0) + hit / all);
        }
      });
      return found;
    }
  };
})();

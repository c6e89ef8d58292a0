// 한 페이지에 적어 둔 물음과 제목을 모두 모아 글 하나로 보고, 독자의 물음이 그 글과 얼마나 맞는지 잰다.
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
    // asked, headings: 물음마다, 제목마다 { page: 페이지의 주소, tokens: 조각들 }.
    constructor(asked, headings) {
      this.pages = new Map();
      asked.forEach((one) => this.add(one, 1));
      headings.forEach((one) => this.add(one, HEADING));
      const sizes = [...this.pages.values()].map(({ size }) => size);
      this.usual = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    }

    add({ page, tokens }, weight) {
      if (!this.pages.has(page)) this.pages.set(page, { size: 0, counts: new Map() });
      const whole = this.pages.get(page);
      whole.size += weight * tokens.length;
      for (const token of tokens) whole.counts.set(token, (whole.counts.get(token) ?? 0) + weight);
    }

    // 적은 페이지에만 나오는 조각일수록 무겁다.
    weightOf(token) {
      const pages = [...this.pages.values()].filter(({ counts }) => counts.has(token)).length;
      return Math.log(1 + (this.pages.size - pages + 0.5) / (pages + 0.5)) * weigh(token, KINDS);
    }

    // 페이지의 주소에서, 물음의 조각이 그 페이지에 나오는 정도로 가는 표. 모두 흔하게 나오면 1을 넘는다.
    near(tokens) {
      const weights = tokens.map((token) => this.weightOf(token));
      const all = weights.reduce((sum, weight) => sum + weight, 0) || 1;
      return new Map([...this.pages].map(([page, { size, counts }]) => {
        const usual = AGAIN * (1 - LONG + (LONG * size) / this.usual);
        const hit = tokens.reduce((sum, token, order) => {
          const count = counts.get(token) ?? 0;
          return sum + (weights[order] * count * (AGAIN + 1)) / (count + usual);
        }, 0);
        return [page, hit / all];
      }));
    }
  };
})();

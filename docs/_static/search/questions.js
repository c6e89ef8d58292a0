// 절마다 적어 둔 물음 가운데, 독자의 물음과 가장 가까운 것이 얼마나 가까운지 잰다.
siteSearch.Questions = (() => {
  const { weigh } = siteSearch.Meanings;
  // 뜻이 같다는 것이 조각 하나가 같은 것보다 무겁고, 아무 물음에도 없는 조각은 흔한 조각만큼만 센다.
  const KINDS = { meaning: 2.5, named: 1.8 };
  const UNHEARD = 0.35;
  // 이만큼도 가깝지 않은 것은 두 음절이 어쩌다 겹친 것이다.
  const LEAST = 0.2;

  return class Questions {
    // asked: 물음마다 { id: 절의 번호, tokens: 조각들 }.
    constructor(asked) {
      const rarity = (count) => Math.log(1 + asked.length / count);
      this.having = new Map();
      asked.forEach(({ tokens }, row) => tokens.forEach((token) => {
        if (!this.having.has(token)) this.having.set(token, []);
        this.having.get(token).push(row);
      }));
      this.weights = new Map([...this.having].map(([token, { length }]) => [token, rarity(length) * weigh(token, KINDS)]));
      this.unheard = UNHEARD * rarity(1);
      this.rows = asked.map(({ id, tokens }) => ({ id, size: this.sizeOf(tokens) }));
    }

    weightOf(token) {
      return this.weights.get(token) ?? this.unheard;
    }

    sizeOf(tokens) {
      return Math.hypot(...tokens.map((token) => this.weightOf(token)));
    }

    // 절의 번호에서, 그 절의 물음 가운데 가장 가까운 것이 가까운 정도(0에서 1)로 가는 표.
    near(tokens) {
      const shared = new Map();
      for (const token of tokens) {
        for (const row of this.having.get(token) ?? []) shared.set(row, (shared.get(row) ?? 0) + this.weightOf(token) ** 2);
      }
      const size = this.sizeOf(tokens);
      const found = new Map();
      for (const [row, sum] of shared) {
        const { id, size: other } = this.rows[row];
        const closeness = sum / (size * other);
        if (closeness > LEAST) found.set(id, Math.max(closeness, found.get(id) ?? 0));
      }
      return found;
    }
  };
})();

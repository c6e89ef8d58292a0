// 조각이 적힌 절을 찾고, 얼마나 맞는지 BM25+로 잰다(Lv와 Zhai, 2011). 적힌 그대로의 조각만 찾으므로 표 하나면 된다.
siteSearch.Texts = (() => {
  const { tokensOf } = siteSearch.tokens;
  // 세 상수: 같은 조각이 거듭 나오는 것을 얼마나 더 세는가, 긴 글을 얼마나 깎는가, 아무리 긴 글이라도 남기는 몫.
  const AGAIN = 1.2;
  const LONG = 0.7;
  const LEAST = 0.5;

  return class Texts {
    // documents: 글들. fields: 글의 어느 부분을 얼마나 무겁게 볼지.
    constructor(documents, fields) {
      this.size = documents.length;
      this.weights = Object.values(fields);
      this.lengths = this.weights.map(() => []);
      // 조각에서, 부분마다 [글의 번호, 나온 횟수, …]로 가는 표.
      this.places = new Map();
      this.counts = new Map();
      this.total = 0;
      documents.forEach((document, id) => (
        Object.keys(fields).forEach((name, field) => this.add(id, field, tokensOf(document[name])))
      ));
      this.usual = this.lengths.map((list) => list.reduce((sum, length) => sum + length, 0) / list.length);
    }

    add(id, field, tokens) {
      const counts = new Map();
      for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
      for (const [token, count] of counts) {
        let places = this.places.get(token);
        if (!places) this.places.set(token, places = this.weights.map(() => []));
        places[field].push(id, count);
        this.counts.set(token, (this.counts.get(token) ?? 0) + count);
      }
      this.lengths[field].push(counts.size);
      this.total += tokens.length;
    }

    // weights: 조각에서 그 무게로 가는 표. 돌려주는 것은 글의 번호에서 { score, tokens: 맞은 조각들 }로 가는 표.
    search(weights) {
      const found = new Map();
      for (const [token, weight] of weights) {
        this.places.get(token)?.forEach((places, field) => this.mark(found, token, weight, places, field));
      }
      // 여러 조각이 맞을수록 낫다.
      for (const result of found.values()) result.score *= result.tokens.size;
      return found;
    }

    mark(found, token, weight, places, field) {
      const having = places.length / 2;
      const rarity = Math.log(1 + (this.size - having + 0.5) / (having + 0.5));
      for (let at = 0; at < places.length; at += 2) {
        const [id, count] = [places[at], places[at + 1]];
        const usual = AGAIN * (1 - LONG + (LONG * this.lengths[field][id]) / this.usual[field]);
        const score = rarity * (LEAST + (count * (AGAIN + 1)) / (count + usual));
        if (!found.has(id)) found.set(id, { score: 0, tokens: new Set() });
        const result = found.get(id);
        result.score += weight * this.weights[field] * score;
        result.tokens.add(token);
      }
    }
  };
})();

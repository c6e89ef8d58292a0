// 독자들이 적을 만한 물음으로 결과를 올린다. 글에 없는 말로 물어도 답이 있는 절을 찾게 한다.
siteSearch.Asked = (() => {
  // 물음의 몫은 글이 가장 잘 맞은 절의 점수에 견주어 정한다. 이름만 적은 검색어는 글로 찾고, 낱말이 늘 때마다 each씩 most까지 오른다.
  const SHARE = { each: 0.7, most: 3.5 };
  // 그 가운데 절의 가장 가까운 물음, 절의 물음 모두, 페이지의 물음 모두의 몫. 조금 가까운 것은 여럿이므로 power로 낮춘다.
  const NEAREST = { share: 0.5, power: 2 };
  const SECTION = { share: 0.3, power: 1.5 };
  const WHOLE = 0.45;
  // 물음이 이만큼은 올려야, 글이 하나도 맞지 않은 절도 보인다. 가장 잘 맞은 글의 점수에 견준 몫이다.
  const LEAST = 0.05;

  return class Asked {
    // sections: 절들, questions: [절의 번호, 물음…], groups: 같은 뜻으로 보는 말의 묶음.
    constructor(sections, questions, groups) {
      this.sections = sections;
      this.meanings = new siteSearch.Meanings(groups);
      const read = (id, text) => ({ id, page: sections[id].url, tokens: this.meanings.tokensOf(text) });
      const asked = questions.flatMap(([id, ...texts]) => texts.map((text) => read(id, text)));
      const headings = sections.map(({ id, heading }) => read(id, heading));
      this.questions = new siteSearch.Questions(asked);
      this.ofSections = new siteSearch.Topics(asked, headings, "id");
      this.ofPages = new siteSearch.Topics(asked, headings, "page");
    }

    // 물음이 가까운 절을 올린다. 글이 하나도 맞지 않은 절도 들어간다.
    lift(ranked, query, length) {
      const tokens = this.meanings.tokensOf(query);
      const top = ranked.reduce((most, { score }) => Math.max(most, score), 0) || 1;
      const share = top * Math.min(SHARE.most, SHARE.each * length);
      const [nearest, whole] = [this.questions.near(tokens), this.ofSections.near(tokens)];
      const part = (near, kind, id) => kind.share * (near.get(id) ?? 0) ** kind.power;
      const lifted = (id) => share * (part(nearest, NEAREST, id) + part(whole, SECTION, id));
      for (const result of ranked) result.score += lifted(result.section.id);
      const found = new Set(ranked.map(({ section }) => section.id));
      for (const id of new Set([...nearest.keys(), ...whole.keys()])) {
        const score = lifted(id);
        if (!found.has(id) && score > LEAST * top) ranked.push({ section: this.sections[id], score, matched: [] });
      }
      this.liftPages(ranked, tokens, WHOLE * share);
    }

    // 물음들이 맞는 페이지에서는, 가장 잘 맞은 절 하나를 올린다.
    liftPages(ranked, tokens, share) {
      const best = new Map();
      for (const result of ranked) {
        const { url } = result.section;
        if (!(best.get(url)?.score >= result.score)) best.set(url, result);
      }
      const near = this.ofPages.near(tokens);
      for (const [url, result] of best) result.score += share * (near.get(url) ?? 0);
    }
  };
})();

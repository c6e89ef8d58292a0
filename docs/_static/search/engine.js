// 절마다 점수를 매긴다. 조각을 세고 비교하는 일은 Texts가 하고, 여기서는 무엇을 얼마나 무겁게 찾을지 정한다.
siteSearch.Engine = (() => {
  const { isAsked, isHangul, isInitials, noun, stem } = siteSearch.hangul;
  const { brief, isNumber, isSaid, wordsOf } = siteSearch.pasted;
  const { pairs, parts, placedWords, words } = siteSearch.tokens;
  const FIELDS = { heading: 3, title: 1.5, text: 1 };
  // 글에는 사이트의 말이 쓰이므로, 다른 말로 물으면 사이트의 말이 더 무겁다. 영어 이름의 소리는 글에 없다.
  const WEIGHT = { word: 1, term: 1, alias: 0.5, sound: 0.1, english: 0.4, guess: 0.7, joint: 0.5 };
  // 가장 잘 맞은 절의 몇 분의 일도 맞지 않은 절은 보이지 않는다. 두 음절이 어쩌다 겹친 것이 대부분이다.
  const TAIL = 0.05;
  // 같은 페이지의 다음 결과는 조금씩 뒤로 간다. 낱말이 촘촘한 표와 목록이 결과를 다 차지하지 않게 한다.
  const REPEATED = 0.85;
  const AIMED = 0.3;
  // 묻는 투의 말은 거의 세지 않고, 코드의 이름은 여느 낱말보다 무겁다: recurrent_dropout 쓰면 왜 느려져요
  const ASKED = 0.15;
  const NAMED = 3;
  // 연습에는 그 페이지의 낱말이 다 나오지만, 찾는 사람이 바라는 것은 설명이다.
  const EXERCISE = 0.7;
  // 메시지가 맞은 곳의 차례에서, 낱말이 맞은 정도의 몫.
  const NEARBY = 0.03;
  // 모르는 메시지이면, 그 드문 낱말의 무게가 이만큼 나오는 줄이 있는 절만 보인다.
  const QUOTED = 0.9;
  const FEWEST = 3;
  // 메시지를 둘러싼 우리말이 이만큼이면 물음이다. 메시지는 몰라도 물음에는 답이 있을 수 있다.
  const ASKING = 5;
  // 붙여 넣은 글에서 낱말로 찾을 만큼.
  const LONGEST = 400;
  const byScore = (a, b) => b.score - a.score || a.section.id - b.section.id;

  // 절에 메시지를 설명하는 줄이 있는가.
  const explains = ({ text, messages }) => messages.some(([line, message]) => text.split("\n")[line] === message);

  // 예제의 목록에는 낱말만 있고 답은 그 예제에 있다.
  // 차례로 읽는 글이 찾아보는 표나 대조표보다, 그것이 사이트를 만드는 코드의 설명보다 먼저다. 같은 말이 나와도 설명은 거기에 있다.
  const KINDS = [[/^gallery\/index/u, 0.5], [/^learn\//u, 1.5], [/^howto\//u, 1.2], [/^reference\/api/u, 0.7], [/^/u, 1]];

  // 페이지의 주소에서 무게로 가는 표. 절마다 메시지를 하나씩 다루는 페이지는 메시지로 찾는다.
  function weightsOf(sections) {
    const counts = new Map();
    for (const section of sections) {
      const [whole, aimed] = counts.get(section.url) ?? [0, 0];
      counts.set(section.url, [whole + 1, aimed + explains(section)]);
    }
    return new Map([...counts].map(([url, [whole, aimed]]) => (
      [url, aimed * 2 > whole ? AIMED : KINDS.find(([kind]) => kind.test(url))[1]]
    )));
  }

  return class Engine {
    constructor({ pages, sections, terms, questions = [], alike = [] }) {
      this.sections = sections.map(([page, anchor, heading, text, places, messages], id) => (
        { id, url: pages[page][0], title: pages[page][1], anchor, heading, text, places, messages }
      ));
      this.weights = weightsOf(this.sections);
      this.texts = new siteSearch.Texts(this.sections, FIELDS);
      this.vocabulary = new siteSearch.Vocabulary(this.sections.flatMap(({ heading, text }) => [heading, text]), terms);
      this.messages = new siteSearch.Messages(this.sections);
      // 용어의 다른 말도 뜻이 같은 말이다.
      this.asked = new siteSearch.Asked(this.sections, questions, [...alike, ...terms]);
    }

    // 검색어에 보일 것. typing이면 마지막 낱말은 아직 치는 중이다.
    // { unknown: 적힌 곳이 없는 메시지인가, asking: 그래도 물음으로 찾았는가, messages: 메시지가 적힌 곳, others: 낱말이 맞는 곳 }
    answer(query, { typing = false, limit = 50 } = {}) {
      const { certain, essence, found, pasted } = this.messages.find(query);
      if (!pasted) return { unknown: false, asking: false, messages: [], others: this.rank(query, typing).slice(0, limit) };
      // 예외의 이름이 없고 사이트에 있는 말뿐이면, 적힌 데가 없어도 메시지라고 잘라 말할 수 없다.
      const unknown = !found.length && (certain || this.hasStrangers(essence));
      const asking = unknown && words(query).filter(isHangul).length >= ASKING;
      const ranked = this.rank(this.withoutStrangers(brief(asking ? query : essence, LONGEST)), false);
      const messages = ordered(found, ranked).slice(0, limit);
      const taken = new Set(found.map(({ section }) => section));
      const near = unknown && !asking ? this.quoting(essence, ranked) : ranked;
      const others = near.filter(({ section }) => !taken.has(section));
      return { unknown, asking, messages, others: others.slice(0, limit - messages.length) };
    }

    // 메시지의 낱말. 문장을 이루는 말과 수, 예외의 이름은 뺀다.
    telling(message) {
      const names = /(error|exception|warning)$/u;
      return [...new Set(wordsOf(message))].filter((word) => !isNumber(word) && !isSaid(word) && !names.test(word));
    }

    hasStrangers(message) {
      return this.telling(message).some((word) => !this.texts.counts.has(word));
    }

    // 독자가 지은 이름은 무엇인지 짐작하지 않는다.
    withoutStrangers(message) {
      return message.replace(/[a-z_]\w*/giu, (word) => (this.texts.counts.has(word.toLowerCase()) || parts(word).length ? word : " "));
    }

    // 결과 가운데, 메시지의 드문 낱말이 거의 다 한 줄에 나오는 것.
    quoting(message, results) {
      const rarities = new Map(this.telling(message).map((word) => [word, Math.log(1 + this.texts.total / (this.texts.counts.get(word) ?? 1))]));
      if (rarities.size < FEWEST) return [];
      const weigh = (list) => list.reduce((whole, word) => whole + (rarities.get(word) ?? 0), 0);
      const least = QUOTED * weigh([...rarities.keys()]);
      return results.filter(({ section }) => (
        section.text.split("\n").some((line) => weigh([...new Set(wordsOf(line))]) >= least)
      ));
    }

    // 맞는 절을 잘 맞는 것부터.
    search(query, options) {
      const { messages, others } = this.answer(query, options);
      return [...messages, ...others];
    }

    rank(query, typing) {
      const plan = this.plan(query, typing);
      const weights = new Map();
      for (const { choices, share } of plan) {
        for (const { tokens, weight } of choices) {
          for (const token of tokens) weights.set(token, Math.max(share * weight, weights.get(token) ?? 0));
        }
      }
      const found = this.texts.search(weights);
      const rarities = plan.map(({ choices, share }) => (
        share * Math.max(...choices[0].tokens.map((token) => this.rarityOf(token)))
      ));
      // 오류를 묻는 말이면 메시지의 페이지도 여느 페이지다.
      const asked = /오류|에러/u.test(query);
      const weightOf = ({ url, heading }) => (
        (asked && this.weights.get(url) === AIMED ? 1 : this.weights.get(url)) * (heading === "연습" ? EXERCISE : 1)
      );
      const whole = rarities.reduce((sum, rarity) => sum + rarity, 0);
      const ranked = [...found].map(([id, { score, tokens: hit }]) => {
        const best = plan.map(({ choices }) => bestOf(choices, hit));
        const covered = best.reduce((sum, { share }, index) => sum + share * rarities[index], 0) / whole;
        const section = this.sections[id];
        // 낱말 하나만 여러 번 나온 절보다 여러 낱말이 다 나온 절이 앞선다. 드문 낱말일수록 빠지면 안 된다.
        return { section, score: score * covered * weightOf(section), matched: best.map(({ tokens }) => tokens) };
      });
      this.asked.lift(ranked, query, plan.length);
      ranked.sort(byScore);
      const fromPage = new Map();
      for (const result of ranked) {
        const earlier = fromPage.get(result.section.url) ?? 0;
        result.score *= REPEATED ** earlier;
        fromPage.set(result.section.url, earlier + 1);
      }
      ranked.sort(byScore);
      return ranked.filter(({ score }) => score > ranked[0].score * TAIL);
    }

    rarityOf(token) {
      return Math.log(1 + this.texts.total / (this.texts.counts.get(token) ?? this.texts.total / 1000));
    }

    // 낱말마다, 그 낱말 대신 찾을 수 있는 것들과 검색어에서 차지하는 몫: { choices: [{ 조각, 무게 }], share }
    plan(query, typing) {
      const list = this.split(query.normalize("NFC"));
      const guesses = list.map(({ word }, index) => this.guess(word, typing && index === list.length - 1));
      // 점으로 이은 이름의 앞부분은 뜻으로 쓴 말이 아니다: tf.keras.layers.GRU의 layers
      const spoken = list.map(({ word, dotted }, index) => (dotted ? "." : guesses[index][0] ?? word));
      const terms = this.vocabulary.termsFor(spoken);
      return list.map(({ word }, index) => {
        const found = terms[index];
        const other = isHangul(found?.term ?? "") ? WEIGHT.alias : WEIGHT.sound;
        const choices = [{ tokens: this.tokensOfQuery(word), weight: found?.other ? other : WEIGHT.word }];
        guesses[index].forEach((guess, rank) => (
          choices.push({ tokens: this.tokensOfQuery(guess), weight: WEIGHT.guess / (1 + rank) })
        ));
        // 한 음절만 남는 어미는 말의 일부일 때가 많다: 쌓기, 초기
        if (stem(word).length === 1) choices.push({ tokens: [stem(word)], weight: WEIGHT.guess });
        if (found) {
          const tokens = words(found.term).flatMap((name) => this.tokensOfQuery(name));
          choices.push({ tokens, weight: found.other ? WEIGHT.term : WEIGHT.english });
        }
        const before = list[index - 1]?.word;
        if (before && isHangul(before) && isHangul(word)) {
          choices.push({ tokens: [before.at(-1) + word[0]], weight: WEIGHT.joint });
        }
        const named = /^[a-z]*_|^[A-Z]?[a-z]+[A-Z]/u.test(word) ? NAMED : 1;
        return { choices, share: isAsked(word) ? ASKED : named };
      });
    }

    // 검색어의 낱말. 초성은 띄어 적어도 하나로 보고, 사이트에 없는 긴 이름은 부분으로 나눈다.
    split(query) {
      const list = [];
      for (const { word, start } of placedWords(query)) {
        const last = list.at(-1);
        if (isInitials(word) && last && isInitials(last.word)) last.word += word;
        else if (parts(word).length && !this.texts.counts.has(word.toLowerCase()) && !this.guess(word, false).length) {
          list.push(...parts(word).map((part) => ({ word: part, dotted: false })));
        } else list.push({ word, dotted: /^\.\w/u.test(query.slice(start + word.length)) });
      }
      return list;
    }

    // 조사는 떼고 찾는다. 글에 있는 말이면 조사처럼 보이는 끝도 말의 일부다: 크기, 결과
    tokensOfQuery(word) {
      if (!isHangul(word)) return [word.toLowerCase()];
      let root = word;
      if (!this.vocabulary.has(word)) root = stem(word).length > 1 ? stem(word) : noun(word);
      return root.length === 1 ? [root] : pairs(root);
    }

    guess(word, typing) {
      if (isInitials(word)) return this.vocabulary.withInitials(word);
      const typed = isHangul(word) ? word : word.toLowerCase();
      const known = this.tokensOfQuery(word).every((token) => this.texts.counts.has(token));
      // 다 친 한글은 두 음절의 조각으로 이미 앞부분을 찾는다.
      // 글에 잘못 적은 이름을 보인 곳이 있어도, 바른 이름을 함께 찾는다: return_sequence
      const plural = typed.includes("_") && this.vocabulary.has(`${typed}s`) ? [`${typed}s`] : [];
      const longer = typing && !(known && isHangul(word)) ? this.vocabulary.startingWith(typed) : [];
      if (known || longer.length) return longer.length ? longer : plural;
      return this.vocabulary.near(isHangul(word) ? stem(word) : typed);
    }
  };

  // 메시지가 맞은 곳을 잘 맞은 것부터. 똑같이 맞았으면 낱말이 더 잘 맞는 절이 먼저다.
  function ordered(found, ranked) {
    const near = new Map(ranked.map(({ section, score }) => [section, score / ranked[0].score]));
    const total = ({ section, score }) => score * (1 + NEARBY * (near.get(section) ?? 0));
    return [...found].sort((a, b) => total(b) - total(a));
  }

  // 가장 많이 맞은 선택과, 그 조각 가운데 맞은 것.
  function bestOf(choices, matched) {
    let best = { share: 0, tokens: [] };
    for (const { tokens, weight } of choices) {
      const hit = tokens.filter((token) => matched.has(token));
      const share = tokens.length ? (weight * hit.length) / tokens.length : 0;
      if (share > best.share) best = { share, tokens: hit };
    }
    return best;
  }
})();

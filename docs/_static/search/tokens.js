// 글을 찾을 수 있는 조각으로 나눈다. 한글은 두 음절씩, 로마자는 이름과 이름의 부분으로 나눈다.
// 띄어쓰기와 조사가 제멋대로라도 두 음절의 조각은 같다: 은닉 상태를, 은닉상태.
siteSearch.tokens = (() => {
  const { isParticle, isHangul, stem } = siteSearch.hangul;
  const WORD = /[가-힣ㄱ-ㅎㅏ-ㅣ]+|[a-z_][a-z0-9_]*|\d+/giu;
  const PART = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/gu;

  // 글의 낱말과 자리. 로마자에 붙은 조사는 낱말이 아니다: LSTM과
  function placedWords(text) {
    return Array.from(text.matchAll(WORD), (match) => ({ word: match[0], start: match.index }))
      .filter(({ word, start }) => !isParticle(word) || !/[a-z0-9_]/iu.test(text[start - 1] ?? ""));
  }

  const words = (text) => placedWords(text).map(({ word }) => word);

  // 신경망 -> 신경, 경망
  const pairs = (word) => [...word.slice(1)].map((letter, index) => word[index] + letter);

  // LSTMCell -> lstm, cell. 파이썬의 예외는 나누지 않는다. attribute를 찾는 사람은 AttributeError를 찾는 것이 아니다.
  function parts(name) {
    const found = /^(Attribute|Index|Key|Name|Type|Value)Error$/u.test(name) ? [] : name.match(PART) ?? [];
    return found.length > 1 ? found.map((part) => part.toLowerCase()) : [];
  }

  // 같은 낱말이 거듭 나오므로 한 번 나눈 것은 적어 둔다.
  const split = new Map();

  function tokensOfWord(word) {
    if (!split.has(word)) split.set(word, isHangul(word) ? ofHangul(word) : [word.toLowerCase(), ...parts(word)]);
    return split.get(word);
  }

  // 한 음절인 말은 조사를 떼고도 찾을 수 있게 한다: 셀을 -> 셀을, 셀
  function ofHangul(word) {
    const root = stem(word);
    return word.length === 1 ? [word] : [...pairs(word), ...(root.length === 1 ? [root] : [])];
  }

  // 조각과 그 자리를 앞에서부터. 한 칸 띄어 쓴 두 낱말 사이에도 조각을 두어, 붙여 쓴 말로 띄어 쓴 말을 찾게 한다.
  function* placedTokens(text) {
    let before = null;
    for (const { word, start } of placedWords(text)) {
      const hangul = isHangul(word);
      if (before && hangul && before.hangul && start === before.end + 1 && text[before.end] === " ") {
        yield { token: text[before.end - 1] + word[0], start: before.end - 1, end: start + 1 };
      }
      for (const [index, token] of tokensOfWord(word).entries()) {
        if (!hangul) yield { token, start, end: start + word.length };
        else if (token.length === 1) yield { token, start, end: start + 1 };
        else yield { token, start: start + index, end: start + index + 2 };
      }
      before = { hangul, end: start + word.length };
    }
  }

  const tokensOf = (text) => Array.from(placedTokens(text), ({ token }) => token);

  return { pairs, parts, placedTokens, placedWords, tokensOf, words };
})();

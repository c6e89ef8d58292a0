// 검색 결과 하나의 겉모습: 가는 곳, 제목, 맞은 글의 앞뒤.
siteSearch.describe = (() => {
  const { placedTokens } = siteSearch.tokens;
  const LENGTH = 110;
  const BEFORE = 30;
  const MESSAGE = 220;

  // 조각마다 바로 앞에 와야 하는 조각. 양방향을 찾을 때 '방향'은 '양방' 다음에 온 것만 맞은 것이다.
  function chainOf(matched) {
    const before = new Map();
    for (const tokens of matched) {
      tokens.forEach((token, index) => {
        const previous = tokens[index - 1];
        const chained = token.length === 2 && previous?.length === 2 && previous[1] === token[0];
        if (!chained) before.set(token, null);
        else if (!before.has(token)) before.set(token, previous);
      });
    }
    return before;
  }

  // 맞은 조각과 그 자리.
  function hitsOf(text, chain) {
    const hits = [];
    let last = null;
    for (const placed of placedTokens(text)) {
      const needed = chain.get(placed.token);
      const hit = needed === null || (needed !== undefined && needed === last);
      if (hit) hits.push(placed);
      last = hit ? placed.token : null;
    }
    return hits;
  }

  // 맞은 자리 [처음, 끝]을 앞에서부터. 겹치거나 이어진 것은 하나로 본다.
  function rangesOf(text, chain) {
    const ranges = [];
    for (const { start, end } of hitsOf(text, chain)) {
      const last = ranges.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else ranges.push([start, end]);
    }
    return ranges;
  }

  // [글, 맞았는가]를 차례로.
  function marked(text, chain) {
    const pieces = [];
    let end = 0;
    for (const [from, to] of rangesOf(text, chain)) {
      pieces.push([text.slice(end, from), false], [text.slice(from, to), true]);
      end = to;
    }
    return [...pieces, [text.slice(end), false]].filter(([piece]) => piece);
  }

  // 맞은 것이 많은 줄. 여러 가지가 맞은 줄이 같은 것이 여러 번 맞은 줄보다 낫다.
  function bestLine(lines, chain) {
    let best = { line: 0, kinds: 0 };
    lines.forEach((text, line) => {
      const kinds = new Set(hitsOf(text, chain).map(({ token }) => token)).size;
      if (kinds > best.kinds) best = { line, kinds };
    });
    return best;
  }

  // 줄이 길면 맞은 것이 가장 많이 보이는 데를 자른다.
  function cut(text, chain) {
    if (text.length <= LENGTH) return text;
    const ranges = rangesOf(text, chain);
    const seen = (start) => ranges.filter(([from, to]) => from >= start && to <= start + LENGTH).length;
    const starts = ranges.map(([from]) => Math.max(0, Math.min(from - BEFORE, text.length - LENGTH)));
    const start = starts.reduce((best, next) => (seen(next) > seen(best) ? next : best), starts[0] ?? 0);
    // 낱말 가운데서 자르지 않는다.
    const from = start && text.indexOf(" ", start) + 1;
    const to = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
    return `${from ? "… " : ""}${text.slice(from, to > from ? to : start + LENGTH)}${to < text.length ? " …" : ""}`;
  }

  // 그 줄 바로 위에 이름이 있으면 절의 머리보다 그리로 간다.
  function address({ url, anchor, places }, line) {
    const place = line === null ? null : places.filter(([at]) => at <= line).at(-1)?.[1];
    const part = place ?? anchor;
    return new URL(url + (part && `#${part}`), siteSearch.root).href;
  }

  // 메시지가 맞은 결과. 거의 다 맞았을 테니 강조하지 않고 메시지를 그대로 보인다.
  function ofMessage({ section, line, message }) {
    const text = message.replaceAll("⟨…⟩", "…");
    return {
      url: address(section, line),
      heading: [[section.heading, false]],
      page: section.anchor ? section.title : "",
      snippet: [[text.length > MESSAGE ? `${text.slice(0, text.lastIndexOf(" ", MESSAGE))} …` : text, false]],
    };
  }

  return (result) => {
    if (result.message) return ofMessage(result);
    const { section, matched } = result;
    const chain = chainOf(matched);
    const lines = section.text.split("\n");
    const { line, kinds } = bestLine(lines, chain);
    const text = section.text.length <= LENGTH ? lines.join(" ") : lines[line];
    return {
      url: address(section, kinds ? line : null),
      heading: marked(section.heading, chain),
      page: section.anchor ? section.title : "",
      snippet: marked(cut(text, chain), chain),
    };
  };
})();

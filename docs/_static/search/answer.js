// 검색어 하나에 보일 것을 묶음으로 나눈다: 붙여 넣은 메시지를 설명하는 곳과 그 밖의 곳.
(() => {
  const GUIDE = "read-an-error";
  const UNKNOWN = "이 메시지는 아직 색인에 없습니다. 메시지의 첫 줄이나 층의 이름만 적어 다시 찾아보세요.";
  const LONGEST = 60;

  // 길게 붙여 넣은 글은 앞만 보인다.
  siteSearch.short = (query) => (query.length > LONGEST ? `${query.slice(0, LONGEST)}…` : query);

  // { told: 결과의 수 대신 할 말, groups: [{ label: 묶음의 이름. 첫 묶음이 무엇인지는 told가 말한다, results }] }
  siteSearch.answer = (engine, query, options) => {
    if (!query) return { told: "", groups: [] };
    const { unknown, asking, messages, others } = engine.answer(query, options);
    const guide = unknown ? engine.sections.filter(({ anchor }) => anchor === GUIDE) : [];
    const near = unknown ? (asking ? "적은 물음에 가까운 곳" : "드문 낱말이 같은 곳") : messages.length ? "그 밖에 맞는 곳" : "";
    // 읽는 법도 결과 하나다.
    const rest = { label: near, results: guide.length ? others.slice(0, options.limit - 1) : others };
    const reading = { label: "메시지를 읽는 방법", results: guide.map((section) => ({ section, matched: [] })) };
    const groups = [{ label: "", results: messages }, ...(asking ? [rest, reading] : [reading, rest])];
    const told = unknown ? UNKNOWN : messages.length ? `이 메시지가 나오는 곳 ${messages.length}개` : "";
    return { told, groups: groups.filter(({ results }) => results.length) };
  };
})();

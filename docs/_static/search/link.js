// 검색 결과 하나의 링크. 글은 모두 텍스트 노드로 넣으므로 검색어나 색인에 든 태그는 글자 그대로 보인다.
siteSearch.link = (() => {
  function line(name, pieces) {
    const span = document.createElement("span");
    span.className = name;
    for (const [text, matched] of pieces) {
      if (!matched) span.append(text);
      else span.appendChild(document.createElement("mark")).append(text);
    }
    return span;
  }

  return (result) => {
    const { url, heading, page, snippet } = siteSearch.describe(result);
    const link = document.createElement("a");
    link.href = url;
    link.append(line("search-heading", heading));
    if (page) link.append(" ", line("search-of", [[page, false]]));
    if (snippet.length) link.append(" ", line("search-snippet", snippet));
    return link;
  };
})();

// search.html: 주소의 ?q=를 찾아 모두 보이고, 고쳐 칠 때마다 다시 찾는다.
siteSearch.openPage = (input, engine) => {
  const status = document.getElementById("search-page-status");
  const list = document.getElementById("search-page-results");

  function show() {
    const query = input.value.trim();
    const results = query ? engine.search(query, { typing: document.activeElement === input }) : [];
    list.replaceChildren(...results.map((result) => {
      const item = document.createElement("li");
      item.append(siteSearch.link(result));
      return item;
    }));
    if (!query) status.textContent = "찾을 말을 적으세요.";
    else if (results.length) status.textContent = `‘${query}’ 검색 결과 ${results.length}개`;
    else status.textContent = `‘${query}’에 맞는 곳이 없습니다. 낱말을 줄이거나 다른 말로 적어 보세요.`;
  }

  input.value ||= new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => {
    const address = new URL(location.href);
    address.searchParams.set("q", input.value);
    history.replaceState(null, "", address); // 새로 고치거나 돌아와도 같은 결과를 본다
    show();
  });
  show();
};

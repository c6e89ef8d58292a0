// search.html: 주소의 ?q=를 찾아 모두 보이고, 고쳐 칠 때마다 다시 찾는다.
siteSearch.openPage = (input, engine) => {
  const SHOWN = 50;
  const status = document.getElementById("search-page-status");
  const list = document.getElementById("search-page-results");

  function show() {
    const query = input.value.trim();
    const { told, groups } = siteSearch.answer(engine, query, { typing: document.activeElement === input, limit: SHOWN });
    const count = groups.reduce((sum, { results }) => sum + results.length, 0);
    list.replaceChildren(...groups.map(({ label, results }) => {
      const group = document.createElement("section");
      if (label) group.appendChild(document.createElement("h2")).append(label);
      group.appendChild(document.createElement("ol")).append(...results.map((result) => {
        const item = document.createElement("li");
        item.append(siteSearch.link(result));
        return item;
      }));
      return group;
    }));
    if (!query) status.textContent = "찾을 말을 적으세요.";
    else if (told) status.textContent = told;
    else if (count) status.textContent = `‘${siteSearch.short(query)}’ 검색 결과 ${count}개`;
    else status.textContent = `‘${siteSearch.short(query)}’에 맞는 곳이 없습니다. 낱말을 줄이거나 다른 말로 적어 보세요.`;
  }

  input.value ||= new URLSearchParams(location.search).get("q") ?? "";
  input.form.addEventListener("submit", (event) => event.preventDefault()); // 결과는 이미 보인다
  input.addEventListener("input", () => {
    const address = new URL(location.href);
    address.searchParams.set("q", engine.messages.essenceOf(input.value));
    history.replaceState(null, "", address); // 새로 고치거나 돌아와도 같은 결과를 본다
    show();
  });
  show();
};

// 검색의 입구. 모든 페이지에 실리므로 작게 두고, 나머지와 색인은 검색 칸을 처음 쓸 때 읽는다.
const siteSearch = { root: new URL(document.documentElement.dataset.content_root, location.href) };

(() => {
  const FILES = [
    "search/hangul", "search/tokens", "search/texts", "search/vocabulary", "search/pasted", "search/messages",
    "search/meanings", "search/questions", "search/topics", "search/asked", "search/engine",
    "search/snippet", "search/link", "search/answer", "search/box", "search/page",
  ].map((name) => `_static/${name}.js`);
  const FAILED = "검색을 불러오지 못했습니다. 페이지를 새로 고치고 다시 해 보세요.";
  const field = document.querySelector(".sidebar-search");
  const page = document.getElementById("search-page-query");
  let loading = null;

  // 서버 없이 연 페이지에서 fetch와 모듈은 막히지만 script 요소는 읽힌다.
  const read = (file) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.async = false; // 적은 차례로 실행한다
    script.onload = resolve;
    script.onerror = () => reject(new Error(file));
    script.src = new URL(file, siteSearch.root);
    document.head.append(script);
  });

  // 엔진을 준비한다. 몇 번을 불러도 한 번만 읽는다.
  siteSearch.load = () => {
    loading ??= Promise.all([...FILES, "search-index.js"].map(read)).then(() => new siteSearch.Engine(siteSearchIndex));
    return loading;
  };

  function reveal() {
    const drawer = document.getElementById("__navigation");
    if (drawer && field.getBoundingClientRect().right <= 0) drawer.checked = true; // 좁은 화면에서는 차례에 숨어 있다
    field.focus();
    field.select();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!slash && !chord) return;
    event.preventDefault();
    (page ?? field).focus();
    if (!page) reveal();
  });

  // 검색 칸 하나를 움직이게 한다. 읽지 못하면 그 아래에 이유와 할 일을 적는다.
  async function open(input, how) {
    try {
      const engine = await siteSearch.load();
      siteSearch[how](input, engine);
    } catch {
      const told = document.createElement("p");
      told.className = "search-failed";
      told.setAttribute("role", "alert");
      told.textContent = FAILED;
      input.form.after(told);
    }
  }

  field.addEventListener("focus", () => open(field, "openBox"), { once: true });
  if (page) open(page, "openPage");
})();

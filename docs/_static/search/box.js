// 검색 칸 아래의 목록. ARIA의 combobox 방식을 따른다: 초점은 늘 칸에 있고, 고른 결과만 옮겨 간다.
siteSearch.openBox = (() => {
  const SHOWN = 8;

  function element(tag, attributes) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  return (input, engine) => {
    const panel = element("section", { class: "search-panel", "aria-label": "검색 결과" });
    const list = element("div", { id: "search-options", role: "listbox", "aria-label": "맞는 곳" });
    let options = [];
    const status = element("p", { class: "search-status", role: "status" });
    const keys = element("p", { class: "search-keys", "aria-hidden": "true" });
    keys.textContent = "↑ ↓ 고르기 · Enter 열기 · Esc 닫기";
    const head = element("div", { class: "search-head" });
    head.append(status, keys);
    panel.append(head, list);
    panel.hidden = true;
    document.body.append(panel);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
    })) input.setAttribute(name, value);

    let active = -1;

    function choose(next) {
      options[active]?.setAttribute("aria-selected", "false");
      active = next;
      const option = options[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      return input.setAttribute("aria-activedescendant", option.id);
    }

    // 칸보다 넓게, 화면에 드는 만큼 편다.
    function place() {
      const { left, bottom } = input.getBoundingClientRect();
      const room = document.documentElement.clientWidth;
      const start = Math.max(8, left);
      panel.style.left = `${start}px`;
      panel.style.top = `${bottom + 4}px`;
      panel.style.width = `${Math.min(608, room - start - 8)}px`;
      panel.style.maxHeight = `${window.innerHeight - bottom - 16}px`;
    }

    function show() {
      choose(-1);
      const query = input.value.trim();
      const { told, groups } = siteSearch.answer(engine, query, { typing: true, limit: SHOWN });
      list.replaceChildren(...groups.map(({ label, results }) => {
        const group = element("div", label ? { role: "group", "aria-label": label, class: "search-group" } : { role: "presentation" });
        group.append(...results.map(siteSearch.link));
        return group;
      }));
      options = [...list.querySelectorAll("a")];
      options.forEach((option, index) => {
        option.id = `search-option-${index}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
      });
      if (told) status.textContent = told;
      else if (!options.length) status.textContent = `‘${siteSearch.short(query)}’에 맞는 곳이 없습니다.`;
      else status.textContent = options.length < SHOWN ? `결과 ${options.length}개` : `가장 잘 맞는 곳 ${SHOWN}개`;
      list.hidden = keys.hidden = !options.length;
      panel.hidden = !query;
      input.setAttribute("aria-expanded", String(options.length > 0));
      if (query) place();
    }

    function hide() {
      panel.hidden = true;
      choose(-1);
      input.setAttribute("aria-expanded", "false");
    }

    // 화살표는 끝에서 칸으로, 칸에서 처음으로 돈다.
    function move(step) {
      if (panel.hidden) return show();
      const places = options.length + 1;
      return choose(((active + 1 + step + places) % places) - 1);
    }

    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // 한글을 조합하는 글쇠다
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Enter" && active >= 0) options[active].click();
      else if (event.key === "Escape" && !panel.hidden) hide();
      else return;
      event.preventDefault();
    });
    // 주소에 다 담기지 않을 만큼 길게 붙여 넣었으면 메시지만 넘긴다.
    input.form.addEventListener("submit", () => { input.value = engine.messages.essenceOf(input.value); });
    input.addEventListener("input", show);
    input.addEventListener("focus", show);
    input.addEventListener("blur", hide);
    window.addEventListener("resize", () => panel.hidden || place());
    panel.addEventListener("mousedown", (event) => event.preventDefault()); // 누르는 동안 칸이 초점을 잃지 않게 한다
    list.addEventListener("click", () => {
      hide();
      const drawer = document.getElementById("__navigation");
      if (drawer) drawer.checked = false; // 같은 페이지로 가면 열어 둔 차례가 글을 가린다
    });
    show();
  };
})();

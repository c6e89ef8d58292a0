// 코드마다 복사 단추를 단다. 출력에는 달지 않고, 프롬프트가 있는 코드에서는 프롬프트와 출력을 뺀다.
const siteCopy = (() => {
  const PROMPT = /^(?:>>>|\.\.\.)(?: |$)/;

  const codeOf = (block) => {
    const lines = block.textContent.trimEnd().split("\n");
    const typed = lines.filter((line) => PROMPT.test(line)).map((line) => line.replace(PROMPT, ""));
    return (typed.length ? typed : lines).join("\n");
  };

  // 안전하지 않은 연결이나 폴더에서 연 페이지에는 클립보드가 없기도 하고, 있어도 거절하기도 한다. 그때는 예전 방법을 쓴다.
  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.ariaHidden = "true";
      Object.assign(area.style, { position: "fixed", opacity: "0" });
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      button.focus();
      return copied;
    }
  }

  function addButton(block) {
    const button = document.createElement("button");
    const name = (text) => {
      button.textContent = text;
      button.ariaLabel = text === "복사" ? "코드 복사" : text;
    };
    button.type = "button";
    button.className = "copy";
    button.ariaLive = "polite";
    name("복사");
    button.addEventListener("click", async () => {
      name((await copy(codeOf(block), button)) ? "복사했습니다" : "복사하지 못했습니다");
      setTimeout(name, 2000, "복사");
    });
    block.before(button);
  }

  document.querySelectorAll("div:not(.highlight-none) > .highlight > pre").forEach(addButton);
  return { addButton };
})();

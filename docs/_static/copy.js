// 코드마다 복사 단추를 단다. 출력에는 달지 않고, 프롬프트가 있는 코드에서는 프롬프트와 출력을 뺀다.
const PROMPT = /^(?:>>>|\.\.\.)(?: |$)/;

const codeOf = (block) => {
  const lines = block.textContent.trimEnd().split("\n");
  const typed = lines.filter((line) => PROMPT.test(line)).map((line) => line.replace(PROMPT, ""));
  return (typed.length ? typed : lines).join("\n");
};

const addButton = (block) => {
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
    try {
      await navigator.clipboard.writeText(codeOf(block));
      name("복사했습니다");
    } catch {
      name("복사하지 못했습니다");
    }
    setTimeout(name, 2000, "복사");
  });
  block.before(button);
};

// 안전하지 않은 연결에서는 브라우저가 클립보드를 내주지 않는다.
if (navigator.clipboard) {
  document.querySelectorAll("div:not(.highlight-none) > .highlight > pre").forEach(addButton);
}

// 글쇠로 읽는 사람을 위한 것.

// Esc는 열린 것을 닫는다: 주장의 설명과 작은 화면의 차례. 가리키거나 옮겨 가면 설명은 다시 열린다.
const drawers = document.querySelectorAll(".sidebar-toggle");

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const drawer of drawers) drawer.checked = false;
  for (const claim of document.querySelectorAll(".claim:is(:hover, :focus-within)")) {
    claim.classList.add("claim-closed");
    for (const event of ["pointerleave", "focusout"]) {
      claim.addEventListener(event, () => claim.classList.remove("claim-closed"), { once: true });
    }
  }
});

// 옆으로 넘치는 틀에만 Tab이 멈춘다. 넘치지 않는 틀에 멈추면 누를 글쇠만 늘어난다.
const frames = document.querySelectorAll(".highlight pre, .table-wrapper, div.math, .drawing, .live-frame");

// 너비를 모두 읽은 다음에 고친다. 번갈아 하면 브라우저가 틀마다 페이지를 다시 놓는다.
const markOverflow = () => {
  const wide = [...frames].filter((frame) => frame.scrollWidth > frame.clientWidth);
  for (const frame of frames) {
    if (wide.includes(frame)) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  }
};

const sizes = new ResizeObserver(markOverflow);
for (const one of [document.body, ...frames]) sizes.observe(one);
document.addEventListener("click", markOverflow); // 단추를 누르면 코드가 길어지기도 한다

// 고른 화면 색을 글보다 먼저 정한다. 나중에 정하면 어두운 화면을 고른 사람에게 흰 화면이 번쩍인다.
document.documentElement.classList.remove("no-js"); // 스크립트가 자리를 바꿀 곳을 CSS가 미리 비워 둔다
document.body.dataset.theme = "auto";
try {
  // 줄 끝에 형태를 보기로 한 사람에게는 그 자리를 미리 비워 둔다.
  document.documentElement.classList.toggle("code-shapes", localStorage.getItem("code-shapes") === "true");
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  // 저장을 막아 둔 브라우저에서는 기기의 설정을 따른다.
}

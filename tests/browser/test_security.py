"""내용 보안 정책: 페이지에 끼어든 스크립트는 실행되지 않고, 사이트의 것은 폴더에서 열어도 실행된다."""

import pytest
from support import BUILT

INJECTIONS = {
    "스크립트": "const e = document.createElement('script'); e.textContent = 'window.ran = 1'; document.body.append(e)",
    "처리기": "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')",
    "스타일": "document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\">b</b>')",
    "다른 곳의 그림": "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.2/x.png\">')",
}


@pytest.mark.parametrize("injection", INJECTIONS)
def test_injected_content_is_refused(chromium, server, injection):
    """페이지에 끼어든 스크립트와 스타일, 다른 곳의 그림은 정책이 막는다."""
    page = chromium.new_page()  # 막힌 것은 콘솔에 오류로 남으므로 지켜보지 않는 페이지로 연다
    page.goto(f"{server}/index.html")
    violated = page.evaluate(
        f"""() => new Promise((resolve) => {{
            document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
            {INJECTIONS[injection]};
            setTimeout(() => resolve(null), 2000);
        }})"""
    )
    assert violated and page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize("name", ["index", "learn/lstm-and-gru", "gallery/index"])
def test_pages_work_from_a_folder(open_page, name):
    """서버 없이 폴더에서 열어도 스타일과 스크립트가 정책을 어기지 않고 움직인다."""
    page = open_page((BUILT / f"{name}.html").as_uri())
    assert page.locator("body").get_attribute("data-theme") == "auto"
    assert page.locator("article").evaluate("e => getComputedStyle(e).fontSize") == "17px"
    page.locator(".theme-toggle:visible").click()
    assert page.locator("body").get_attribute("data-theme") == "dark"


def test_data_blocks_are_not_scripts(open_page):
    """자료를 담은 JSON은 스크립트가 아니므로 정책이 막지 않는다."""
    page = open_page("index.html")
    page.evaluate(
        """() => document.body.insertAdjacentHTML(
            "beforeend", '<script type="application/json" id="data">{"a": 1}</script>')"""
    )
    assert page.evaluate("JSON.parse(document.getElementById('data').textContent).a") == 1

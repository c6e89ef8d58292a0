"""코드에 있는 이름의 형태: 가리키고, 누르고, 글쇠로 옮겨 가고, 모두 켠다. 복사한 코드에는 없다."""

import gzip

import axe
import pytest
from playwright.sync_api import expect
from support import BUILT

PAGE = "learn/bidirectional.html"
TIP = "#code-shapes-tip"
WIDE = "outputs: (N, T, 2H) = (7, 5, 26)"
FILES = ("code-shapes.js", "code-shapes.css")


def outputs(page):
    """양방향 층의 출력을 처음 담는 이름."""
    return page.locator("[data-shape='(N, T, 2H) = (7, 5, 26)']", has_text="outputs").first


@pytest.mark.parametrize("way", ["hover", "click", "tap"])
def test_name_shows_its_shape(open_page, way):
    """이름을 가리키거나 누르면 기호와 수로 형태가 보이고, Esc를 누르거나 다른 곳을 누르면 사라진다."""
    page = open_page(PAGE, has_touch=way == "tap")
    tip = page.locator(TIP)
    assert not tip.is_visible()
    getattr(outputs(page), way)()
    expect(tip).to_have_text(WIDE)
    assert tip.is_visible() and outputs(page).get_attribute("aria-describedby") == "code-shapes-tip"
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    getattr(outputs(page), "hover" if way == "hover" else "click")()
    page.locator("h1").click()
    expect(tip).not_to_be_visible()


def test_tip_stays_while_the_pointer_is_on_it(open_page):
    """설명으로 마우스를 옮기는 동안에도, 옮긴 뒤에도 설명은 열려 있고, 떠나면 닫힌다."""
    page = open_page(PAGE)
    outputs(page).hover()
    box = page.locator(TIP).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10, steps=20)
    assert page.locator(TIP).is_visible()
    page.locator("h1").hover()
    expect(page.locator(TIP)).not_to_be_visible()


def test_arrow_keys_go_through_the_names_of_one_tab_stop(open_page):
    """코드마다 Tab은 단추 하나에만 멈추고, 거기서 화살표가 이름을 차례로 지난다."""
    page = open_page(PAGE)
    block = outputs(page).locator("xpath=ancestor::pre/..")
    button = block.get_by_role("button", name="줄 끝에 형태 보기")
    assert block.locator("[data-shape]:not([tabindex='-1'])").count() == 0
    page.keyboard.press("Tab")
    button.focus()
    expect(page.locator(TIP)).to_have_text("화살표 글쇠: 이름마다의 형태")
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        name = page.locator(":focus")
        assert name.inner_text() in page.locator(TIP).inner_text()
        seen.append(name.inner_text())
    assert len(seen) == 4 and seen[3] == seen[1]
    for _ in seen:
        page.keyboard.press("ArrowLeft")
    expect(button).to_be_focused()


@pytest.mark.parametrize("address", ["server", "file"])
def test_switch_shows_all_shapes_and_is_remembered(open_page, address):
    """단추를 누르면 줄 끝에 형태가 모두 보이고 다음 페이지에서도 그대로다. 다시 누르면 꺼진다."""
    page = open_page(PAGE if address == "server" else (BUILT / PAGE).as_uri())
    button = page.get_by_role("button", name="줄 끝에 형태 보기").first
    assert page.locator("i[data-shapes]").count() == 0
    button.focus()
    page.keyboard.press("Enter")
    note = page.locator("i[data-shapes*='outputs (N, T, 2H)']").first
    expect(note).to_be_visible()
    assert button.get_attribute("aria-pressed") == "true"
    page.goto(page.url.replace(PAGE, "learn/lstm-and-gru.html"))
    assert page.locator("i[data-shapes]").first.is_visible()
    page.get_by_role("button", name="줄 끝에 형태 보기").first.press("Enter")
    assert page.locator("i[data-shapes]:visible").count() == 0
    page.reload()
    assert page.locator("i[data-shapes]:visible").count() == 0


def test_copied_code_is_the_code(open_page):
    """모두 켜 두어도 단추로 복사한 것도, 끌어서 복사한 것도 코드뿐이다."""
    page = open_page(PAGE, permissions=["clipboard-read", "clipboard-write"])
    block = outputs(page).locator("xpath=ancestor::pre/..")
    code = block.locator("pre").text_content().strip()
    page.get_by_role("button", name="줄 끝에 형태 보기").first.press("Enter")
    expect(page.locator("i[data-shapes]").first).to_be_visible()
    block.hover()
    block.get_by_role("button", name="코드 복사").click()
    assert page.evaluate("navigator.clipboard.readText()") == code
    selected = page.evaluate(
        "(pre) => { getSelection().selectAllChildren(pre); return `${getSelection()}`; }",
        block.locator("pre").element_handle(),
    )
    assert selected.strip() == code


@pytest.mark.parametrize("width", [360, 1280])
def test_remembered_notes_shift_nothing(open_page, width):
    """켜 둔 사람의 페이지도 다 받을 때까지 밀리지 않는다."""
    page = open_page(PAGE, viewport={"width": width, "height": 740})
    page.evaluate("localStorage.setItem('code-shapes', 'true')")
    page.reload()
    shift = page.evaluate(
        """() => new Promise((resolve) => {
            let total = 0;
            const add = (list) => { for (const entry of list.getEntries()) total += entry.value; };
            new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
            setTimeout(() => resolve(total), 300);
        })"""
    )
    assert page.locator("i[data-shapes]").count() > 20 and shift <= 0.002


def test_notes_and_tip_are_within_reach(open_page):
    """모두 켜 두어 넘치는 코드는 글쇠로 밀 수 있고, 설명은 본문에 속하며 좁은 화면 안에 있다."""
    page = open_page(PAGE, viewport={"width": 360, "height": 740})
    page.get_by_role("button", name="줄 끝에 형태 보기").first.press("Enter")
    outputs(page).click()
    assert not [one for one in axe.structure(page) if "code-shapes" in one[1] or "<pre" in one[1]]
    box = page.locator(TIP).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360


def test_page_without_scripts_shows_shapes_as_titles(open_page):
    """스크립트가 없어도 이름에 마우스를 올리면 브라우저가 형태를 보인다."""
    page = open_page(PAGE, java_script_enabled=False)
    assert page.locator("span[title='(N, T, 2H) = (7, 5, 26)']").first.inner_text() == "outputs"


def test_files_are_light():
    """페이지에 더하는 스크립트와 모양은 압축해서 2 KB가 안 된다."""
    sizes = [len(gzip.compress((BUILT / "_static" / name).read_bytes(), 9)) for name in FILES]
    assert sum(sizes) < 2048, sizes

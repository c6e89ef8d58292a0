"""누구나 읽을 수 있는 페이지: axe의 검사, 글쇠로 움직이기, 주장의 설명."""

import axe
import pytest
from playwright.sync_api import expect
from support import BUILT_PAGES

CHAPTER = "learn/lstm-and-gru.html"
MODULES = 'section[id^="module-"] ~ section[id^="module-"]'
REPEATED = {
    "reference/api-site.html": MODULES,
    "reference/api-extension.html": MODULES,
    "reference/shapes.html": ".contract tbody tr:nth-child(n + 9)",
}
"""페이지마다, 같은 꼴이 수백 번 되풀이되어 앞의 것만 보는 것. API의 꼴은 도구의 페이지에서 모두 본다."""


def shorten(page, name):
    """되풀이되는 것을 페이지에서 뺀다. axe는 보지 말라고 한 것도 다 훑으므로, 빼지 않으면 그대로 오래 걸린다."""
    if name in REPEATED:
        removed = page.evaluate(
            """(selector) => {
                const repeated = [...document.querySelectorAll(selector)];
                repeated.forEach((element) => element.remove());
                return repeated.length;
            }""",
            REPEATED[name],
        )
        assert removed > 20, f"{name}에 {REPEATED[name]}가 없다"
    # 코드의 낱말은 수천 개이고 색 말고는 볼 것이 없다.
    page.evaluate("document.querySelectorAll('.highlight pre').forEach((code) => { code.textContent += ''; })")


@pytest.mark.parametrize("name", BUILT_PAGES)
def test_axe_finds_nothing(open_page, name):
    """WCAG 2.2 AA와 모범 사례를 어긴 곳이 없다. 어두운 화면에서 달라지는 것은 색뿐이다."""
    page = open_page(name)
    page.keyboard.press("Shift")  # 글쇠를 누르면 살아 있는 셀이 모두 지어진다
    assert not axe.contrast_in_both(page)
    shorten(page, name)
    assert not axe.structure(page)


@pytest.mark.parametrize(
    ("selector", "rule"),
    [("article p", "color: #999"), (".claim", "opacity: 0.4"), (".highlight .k", "color: #777"), ("article", "")],
)
def test_one_faint_word_is_found(open_page, selector, rule):
    """글자 하나만 흐리거나, 흐린 것이 그것을 담은 요소이거나, 바탕이 어두워도 찾는다."""
    page = open_page(CHAPTER, color_scheme="light")
    element = page.locator(f"{selector}:visible").last
    element.evaluate("(element, rule) => { element.style.cssText += rule || '; background: #777'; }", rule)
    assert "color-contrast" in {broken for broken, _ in axe.contrast(page)}


def test_first_tab_stop_skips_to_the_text(open_page):
    """Tab을 처음 누르면 본문으로 건너뛰는 링크가 보이고, 누르면 본문부터 읽는다."""
    page = open_page(CHAPTER)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "본문으로 건너뛰기"
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("article :focus").count() == 1


def test_every_tab_stop_shows_where_it_is(open_page):
    """Tab으로 멈추는 자리마다 테두리가 보이고, 이름 없는 자리와 화면 밖의 자리에는 멈추지 않는다."""
    page = open_page("learn/bidirectional.html")
    for _ in range(60):
        page.keyboard.press("Tab")
        page.wait_for_timeout(10)
        stop = page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
                return {html: e.outerHTML.slice(0, 120), seen: box.width > 0 && style.visibility === "visible",
                        marked: style.outlineStyle !== "none" || e.matches("input, .skip-to-content")};
            }"""
        )
        assert stop["seen"] and stop["marked"], stop


SHAPE, VALUE = ".claim > code", ".claim-value > [aria-describedby]"


def claim_and_note(page, kind):
    """그 갈래의 첫 주장과, 그것의 설명."""
    claim = page.locator(kind).first
    return claim, page.locator(f"#{claim.get_attribute('aria-describedby')}")


@pytest.mark.parametrize("kind", [SHAPE, VALUE])
@pytest.mark.parametrize("way", ["hover", "focus"])
def test_claim_note_opens_and_escape_closes_it(open_page, way, kind):
    """주장을 가리키거나 글쇠로 옮겨 가면 무엇을 쟀는지 보이고, Esc를 누르면 닫히고, 다시 가면 열린다."""
    page = open_page("index.html")
    claim, note = claim_and_note(page, kind)
    assert not note.is_visible()
    getattr(claim, way)()
    assert note.is_visible() and "실행해서 확인함" in note.inner_text()
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    getattr(claim, way)()
    assert note.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_note_can_be_read(open_page, scheme):
    """열린 설명과 펼친 이름표의 글자도 바탕과 넉넉히 구별된다."""
    page = open_page(CHAPTER, color_scheme=scheme)
    claim, note = claim_and_note(page, SHAPE)
    claim.focus()
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert note.is_visible()
    assert not axe.contrast(page)


@pytest.mark.parametrize("kind", [SHAPE, VALUE])
def test_claim_note_stays_while_the_pointer_is_on_it(open_page, kind):
    """설명으로 마우스를 옮기는 동안에도, 옮긴 뒤에도 설명은 열려 있다."""
    page = open_page("index.html")
    claim, note = claim_and_note(page, kind)
    claim.hover()
    start, end = claim.bounding_box(), note.bounding_box()
    for y in range(round(start["y"] + start["height"] / 2), round(end["y"] + end["height"] / 2)):
        page.mouse.move(start["x"] + 10, y)
        assert note.is_visible(), y


def test_claim_says_what_was_measured_to_a_screen_reader(open_page):
    """화면을 읽어 주는 도구는 주장에서 잰 식과 크기를 함께 읽는다."""
    page = open_page("index.html")
    for kind, measured in ((SHAPE, "실제 형태"), (VALUE, "값")):
        _, note = claim_and_note(page, kind)
        assert measured in note.text_content()


def test_only_overflowing_frames_are_tab_stops(open_page):
    """옆으로 넘치는 코드에는 Tab이 멈추고, 다 보이는 코드에는 멈추지 않는다."""
    page = open_page(CHAPTER, viewport={"width": 360, "height": 740})
    stops = "[...document.querySelectorAll('.highlight pre')].map(e => [e.tabIndex, e.scrollWidth > e.clientWidth])"
    expect(page.locator(".highlight pre[tabindex]").first).to_be_attached()
    found = page.evaluate(stops)
    assert {overflows for _, overflows in found} == {True, False}
    assert all((stop == 0) == overflows for stop, overflows in found)

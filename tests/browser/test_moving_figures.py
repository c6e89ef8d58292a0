"""골라 가며 보는 그림: 영향의 그림과, 한 타임스텝씩 넘기는 빔 탐색."""

import json
import re

import axe
import pytest
from playwright.sync_api import expect
from support import BUILT

WORDS, SYLLABLES, BEAMS = "learn/gradients-and-memory.html", "learn/attention.html", "learn/beam-search.html"


def shown(element):
    """화면에 보이는 입력마다의 글과 수."""
    return [column.split() for column in element.locator(".influence-column").all_inner_texts()]


def rows_of(element):
    """페이지에 담긴, 출력마다의 수와 말."""
    return json.loads(element.locator("script").text_content())


def test_pointing_at_a_character_shows_what_it_depended_on(open_page):
    """쓴 글자를 가리키면 그 행의 수가 보이고, 벗어나면 고른 것으로 돌아오고, 누르면 그것이 골라진다."""
    page = open_page(SYLLABLES)
    element, rows = page.locator("influence-map"), rows_of(page.locator("influence-map"))
    said, outputs = element.locator(".influence-said"), element.locator(".influence-output")
    assert said.inner_text() == rows[-1]["said"]
    outputs.nth(1).hover()
    assert said.inner_text() == rows[1]["said"]
    numbers = [cells[:2] for cells in shown(element)]
    assert numbers == [[f"{one:.2f}" for one in pair] for pair in zip(*rows[1]["shares"], strict=True)]
    page.mouse.move(0, 0)
    assert said.inner_text() == rows[-1]["said"]
    outputs.nth(2).click()
    page.mouse.move(0, 0)
    assert said.inner_text() == rows[2]["said"]


def test_arrows_move_through_a_sentence(open_page):
    """글쇠로는 한 번만 멈추고, 화살표로 옮겨 가며, 아직 읽지 않은 낱말에는 수가 없다."""
    page = open_page(WORDS)
    element, rows = page.locator("influence-map"), rows_of(page.locator("influence-map"))
    element.locator("input").last.focus()
    for row in range(len(rows) - 2, -1, -1):
        page.keyboard.press("ArrowLeft")
        assert element.get_by_role("status").inner_text() == rows[row]["said"]
        assert [len(cells) for cells in shown(element)] == [3] * (row + 1) + [1] * (len(rows) - row - 1)
        assert element.locator(".influence-later").count() == len(rows) - row - 1
    assert element.locator(".influence-shown").evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    expect(element.locator("svg")).to_be_visible()


def test_beams_are_stepped_to_the_answer_of_the_page(open_page):
    """처음부터 끝까지 넘기면 나무가 자라고, 마지막은 그림 그대로이며, 답은 글에서 말한 것과 같다."""
    page = open_page(BEAMS)
    stepper = page.locator("beam-stepper")
    parents = json.loads(stepper.locator("script").text_content())
    answer = stepper.locator("section:visible")
    beam, greedy = re.findall(r"“(\w+)”", answer.locator("p").inner_text())
    told = page.locator("p", has_text="읽은 수는").inner_text()
    assert f"“{beam}”이라고 쓰고" in told and f"“{greedy}”라고 씁니다" in told and beam != greedy
    stepper.get_by_role("slider").focus()
    page.keyboard.press("Home")
    for step, beams in enumerate(parents):
        title = f"타임스텝 {step}"
        assert stepper.get_by_role("slider").get_attribute("aria-valuetext") == title
        visible = stepper.locator("section:visible")
        assert visible.count() == 1 and visible.locator("p").inner_text().startswith(title)
        assert stepper.get_by_role("status").text_content() == visible.locator("p").text_content()
        kept = [cells.split("\t")[4] for cells in visible.locator(".beam-kept").all_inner_texts()]
        drawn = stepper.locator(f'[data-part^="{step}-"] text:last-child').all_text_contents()
        assert kept == drawn and len(kept) == len(beams)
        assert stepper.locator("[data-part]:not(.beam-later) rect.box").count() == sum(map(len, parents[: step + 1]))
        assert page.evaluate("location.hash") == f"#beam-tree={step}"
        page.keyboard.press("ArrowRight")
    assert answer.locator("p").inner_text().startswith("답")
    plain = open_page(BEAMS, java_script_enabled=False)
    classes = "(svg) => [...svg.querySelectorAll('g > *')].map((e) => (e.getAttribute('class') ?? ''))"
    drawn = [stage.locator("beam-stepper svg").evaluate(classes) for stage in (page, plain)]
    assert drawn[0] == drawn[1]


def test_address_opens_the_same_step(open_page):
    """주소에 적힌 타임스텝이 열리고 화면에 있다. 없는 타임스텝이면 그대로다."""
    page = open_page(f"{BEAMS}#beam-tree=2")
    assert page.locator("beam-stepper section:visible").get_attribute("data-title") == "타임스텝 2"
    expect(page.locator("beam-stepper svg")).to_be_in_viewport()
    for tail in ("beam-tree=99", "beam-tree=constructor", "beam-tree=%"):
        page.evaluate(f"location.hash = {tail!r}")
        assert page.locator("beam-stepper section:visible").get_attribute("data-title") == "타임스텝 2"
    page.evaluate("location.hash = 'beam-tree=0'")
    page.locator("beam-stepper section:visible[data-title='타임스텝 0']").wait_for()


def test_buttons_step_on_a_phone(open_page):
    """좁은 화면에서 단추로 넘길 수 있고, 그 타임스텝의 빔이 보이며, 페이지는 옆으로 밀리지 않는다."""
    page = open_page(BEAMS, viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce")
    stepper = page.locator("beam-stepper")
    stepper.get_by_role("button", name="처음부터").tap()
    assert stepper.get_by_role("button", name="이전").is_disabled()
    for _ in range(4):
        stepper.get_by_role("button", name="다음").tap()
    assert stepper.locator("section:visible").get_attribute("data-title") == "타임스텝 4"
    place, frame = (stepper.locator(one).bounding_box() for one in ('[data-part="4-0"] rect', ".drawing"))
    assert frame["x"] <= place["x"] and place["x"] + place["width"] <= frame["x"] + frame["width"]
    for name in (BEAMS, WORDS, SYLLABLES):
        page.goto(re.sub(r"learn/.*", name, page.url))
        assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize(
    ("name", "tag"), [(WORDS, "influence-map"), (SYLLABLES, "influence-map"), (BEAMS, "beam-stepper")]
)
def test_figures_stand_without_scripts(open_page, name, tag):
    """스크립트가 없으면 그림이 펼쳐져 있고, 쓸 수 없는 단추는 보이지 않고, 견준 후보는 접어 둔 표에 있다."""
    page = open_page(name, java_script_enabled=False)
    element = page.locator(tag)
    expect(element.locator("svg")).to_be_visible()
    assert element.locator("input:visible, button:visible").count() == 0
    if tag == "beam-stepper":
        element.locator("summary").click()
        assert element.locator("section:visible table").count() == element.locator("section").count()


@pytest.mark.parametrize(("name", "tag"), [(SYLLABLES, "influence-map"), (BEAMS, "beam-stepper")])
def test_axe_finds_nothing_while_it_is_used(open_page, name, tag):
    """고르고 넘긴 뒤에도 axe가 찾는 것이 없다. 밝은 화면과 어두운 화면 모두."""
    page = open_page(name)
    page.locator(f"{tag} input").first.focus()
    page.keyboard.press("ArrowLeft")
    assert not axe.structure(page, tag)
    assert not axe.contrast_in_both(page, tag)


def test_scripts_come_only_where_they_are_used():
    """그림이 없는 강의는 그 스크립트와 스타일을 부르지 않는다."""
    wanted = {WORDS: "influence-map", SYLLABLES: "influence-map", BEAMS: "beam-stepper", "learn/first-rnn.html": None}
    for name, own in wanted.items():
        html = (BUILT / name).read_text(encoding="utf-8")
        for one in ("influence-map", "beam-stepper"):
            assert [f"_static/{one}.{kind}" in html for kind in ("js", "css")] == [one == own] * 2

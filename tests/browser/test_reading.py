"""읽는 사람이 하는 일: 화면 색 바꾸기, 코드 복사, 작은 화면의 차례, 없는 주소, 인쇄."""

import pytest
from playwright.sync_api import expect
from support import BUILT_PAGES

from rnn_shapes.lint.width import LONGEST

CHAPTER = "learn/bidirectional.html"
PHONE = {"viewport": {"width": 360, "height": 740}}
GROUND = "getComputedStyle(document.body).backgroundColor"


def test_chosen_theme_is_kept(open_page):
    """단추를 누르면 자동, 어둡게, 밝게의 차례로 바뀌고, 고른 것은 다음 페이지에서도 그대로다."""
    page = open_page(CHAPTER, color_scheme="light")
    body, button = page.locator("body"), page.locator(".theme-toggle:visible")
    light = page.evaluate(GROUND)
    for theme in ("dark", "light", "auto", "dark"):
        button.click()
        assert body.get_attribute("data-theme") == theme
        assert (page.evaluate(GROUND) == light) == (theme != "dark")
    page.goto(page.url.replace(CHAPTER, "index.html"))
    assert body.get_attribute("data-theme") == "dark" and page.evaluate(GROUND) != light


def test_theme_follows_the_device_until_chosen(open_page):
    """고르지 않은 사람의 화면은 기기의 설정을 따른다."""
    page = open_page(CHAPTER, color_scheme="light")
    light = page.evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) != light


def test_copy_button_takes_the_code_alone(open_page):
    """복사 단추는 프롬프트와 출력을 빼고 코드만 담고, 담았다고 우리말로 알린다."""
    page = open_page(CHAPTER, permissions=["clipboard-read", "clipboard-write"])
    block = page.locator(".highlight-pycon", has=page.locator(".go")).first  # 출력이 있는 코드
    block.hover()
    button = block.get_by_role("button", name="코드 복사")
    button.click()
    expect(block.get_by_role("button", name="복사했습니다")).to_be_visible()
    lines = block.locator("pre").inner_text().splitlines()
    code = [line[4:] for line in lines if line.startswith((">>> ", "... "))]
    assert len(code) < len(lines)
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(code)


@pytest.mark.parametrize("way", ["누르기", "글쇠"])
def test_menu_on_a_phone(open_page, way):
    """작은 화면에서는 단추로 차례를 열어 옮겨 가고, Esc로 닫는다. 닫힌 차례의 링크에는 Tab이 멈추지 않는다."""
    page = open_page(CHAPTER, **PHONE)
    link = page.locator(".sidebar-tree").get_by_role("link", name="용어집")
    assert not link.is_visible()

    def open_menu():
        if way == "누르기":
            page.locator(".nav-overlay-icon").click()
        else:
            page.locator("#__navigation").focus()
            page.keyboard.press("Space")

    open_menu()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
    open_menu()
    link.click()
    page.wait_for_url("**/reference/glossary.html")


def test_lines_hold_about_forty_letters(open_page):
    """넓은 화면에서 글줄 하나에 한글이 35자에서 45자까지 들어간다."""
    page = open_page(CHAPTER, viewport={"width": 1280, "height": 800})
    letters = page.locator("article > section > p").first.evaluate(
        """(paragraph) => {
            const ruler = document.createElement("span");
            ruler.textContent = "가".repeat(20);
            const width = paragraph.getBoundingClientRect().width;
            paragraph.append(ruler);
            return width / (ruler.getBoundingClientRect().width / 20);
        }"""
    )
    assert 35 <= letters <= 45, f"{letters}자. 한글 글꼴이 없는 컴퓨터라면 apt-get install fonts-noto-cjk로 설치하세요."


RULER = """(letters) => {
  document.querySelectorAll("details").forEach((box) => { box.open = true; });
  return [...document.querySelectorAll("article .highlight pre")].filter((code) => {
    code.textContent = "0".repeat(letters);
    return code.scrollWidth > code.clientWidth;
  }).length;
}"""


@pytest.mark.parametrize("address", [CHAPTER, "reference/shapes.html", "gallery/lstm_gates.html"])
def test_code_as_long_as_lint_allows_fits(open_page, address):
    """넓은 화면에서는 목록이나 상자에 든 코드까지, lint가 허락하는 가장 긴 줄이 밀지 않아도 다 보인다."""
    page = open_page(address, viewport={"width": 1280, "height": 800})
    assert page.locator("article .highlight pre").count() > 1
    assert page.evaluate(RULER, LONGEST) == 0
    assert page.evaluate(RULER, LONGEST + 10) > 0


@pytest.mark.parametrize("address", [page for page in BUILT_PAGES if page.startswith("learn/")])
def test_no_code_of_a_lesson_scrolls_sideways(open_page, address):
    """강의의 코드와 출력은 넓은 화면에서 한 줄도 잘리지 않는다."""
    page = open_page(address, viewport={"width": 1280, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    wide = "codes => codes.filter(code => code.scrollWidth > code.clientWidth).map(code => code.innerText)"
    assert page.locator("article .highlight pre").evaluate_all(wide) == []


def test_label_of_an_output_stands_above_it(open_page):
    """갤러리에서 출력의 이름표는 캡션처럼 출력의 위에 있고, 출력은 코드와 너비가 같다."""
    page = open_page("gallery/lstm_gates.html", viewport={"width": 1280, "height": 800})
    output = page.locator(".sphx-glr-script-out").first
    whole, box = output.bounding_box(), output.locator(".highlight").bounding_box()
    assert box["y"] - whole["y"] > 12
    assert box["x"] == whole["x"] and box["width"] == whole["width"]


@pytest.mark.parametrize(
    ("address", "number"),
    [("explain/source.html", 5), ("howto/migrate-keras-3.html", 8), ("howto/from-other-books.html", 7)],
)
def test_tables_of_judgements_are_read_without_scrolling(open_page, address, number):
    """작은 화면에서 대조표는 한 줄이 카드로 쌓여, 판정과 실제를 옆으로 밀지 않고 읽는다."""
    page = open_page(address, **PHONE)
    tables = page.locator(".stacked .table-wrapper")
    assert tables.count() == number
    assert not any(tables.evaluate_all("tables => tables.map(table => table.scrollWidth > table.clientWidth)"))


@pytest.mark.parametrize("address", ["없는-페이지.html", "learn/어디에도/없는/페이지"])
def test_missing_address_gets_a_page_at_any_depth(chromium, server, address):
    """없는 주소에서는 깊이와 상관없이 우리말 안내가 제 모양으로 나오고, 거기서 첫 페이지로 갈 수 있다."""
    page = chromium.new_page()  # 없는 주소는 콘솔에 오류로 남으므로 지켜보지 않는 페이지로 연다
    failed = []
    page.on("response", lambda response: response.ok or failed.append(response.url))
    first = page.goto(f"{server}/{address}")
    assert first.status == 404 and failed == [first.url]
    assert page.locator("h1").inner_text() == "없는 페이지"
    assert page.locator("article").evaluate("e => getComputedStyle(e).fontSize") == "17px"
    page.get_by_role("link", name="첫 페이지", exact=True).click()
    expect(page.locator(".claim").first).to_be_visible()
    assert page.url == f"{server}/index.html"
    page.close()


def test_printed_page_is_the_text_alone(open_page):
    """인쇄하면 차례와 단추 없이 글만 남고, 접어 둔 풀이는 펼쳐지고, 주장은 표시와 함께 남는다."""
    page = open_page("learn/lstm-and-gru.html")
    solution = page.locator("details.prediction-solution .highlight").first
    assert not solution.is_visible()
    page.emulate_media(media="print")
    for name in (".sidebar-drawer", ".toc-drawer", ".copy", ".related-pages", ".theme-toggle", ".headerlink"):
        assert not page.locator(name).first.is_visible(), name
    assert solution.is_visible() and page.locator(".claim > code").first.is_visible()


@pytest.mark.parametrize("address", ["reference/shapes.html", "reference/weights.html", "explain/source.html"])
def test_nothing_runs_off_the_printed_page(open_page, address):
    """A4에 넉넉한 여백을 두고 인쇄해도 긴 형태와 표가 종이 밖으로 나가지 않는다."""
    page = open_page(address, viewport={"width": 605, "height": 900})  # 210mm에서 양쪽 25mm를 뺀 너비
    page.emulate_media(media="print")
    outside = """parts => parts.filter(part => part.getBoundingClientRect().right > innerWidth + 1)
        .map(part => part.textContent)"""
    assert page.locator("article :is(table, td, code, p, pre, svg)").evaluate_all(outside) == []


PARTICLES = """() => {
  const glued = [...document.querySelectorAll("article :is(.glued, p > code.literal)")].filter(
    (element) => /^[가-힣]/.test(element.nextSibling?.data ?? "") && element.getClientRects().length);
  const torn = glued.filter((element) => {
    const first = document.createRange();
    first.setStart(element.nextSibling, 0);
    first.setEnd(element.nextSibling, 1);
    return first.getBoundingClientRect().top > [...element.getClientRects()].at(-1).bottom - 2;
  });
  return [glued.length, torn.map((element) => element.parentElement.textContent.slice(0, 60))];
}"""


@pytest.mark.parametrize("width", [360, 500, 1280])
def test_particle_stays_with_its_bracket_or_code(open_page, width):
    """닫는 괄호나 코드에 붙은 조사로 줄이 시작하지 않는다."""
    page = open_page("learn/cells-and-layers.html", viewport={"width": width, "height": 740})
    found, torn = page.evaluate(PARTICLES)
    assert found > 20
    assert torn == []

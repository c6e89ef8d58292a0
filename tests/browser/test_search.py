"""검색: 무엇을 찾는지, 얼마나 빠른지, 자판만으로 쓸 수 있는지."""

import csv
import re
from pathlib import Path
from urllib.parse import quote

import pytest
import sphinx
from playwright.sync_api import expect
from sphinx.application import Sphinx
from sphinx.search import IndexBuilder, js_index
from sphinx.util.template import FileRenderer
from support import BUILT, ROOT

from rnn_shapes.pages import questions

HALVES = ("before", "after")
CHAPTER = "learn/bidirectional.html"
FIND = """async (queries) => {
  const engine = await siteSearch.load();
  return queries.map((query) => engine.search(query, { limit: 3 }).map(({ section }) => (
    [section.url.replace(".html", ""), section.anchor, section.heading]
  )));
}"""
FIND_STOCK = """(queries) => queries.map((query) => (
  Search._performSearch(...Search._parseQuery(query)).slice(-3).map((result) => [result[0], "", ""])
))"""
# 글쇠 하나마다 한 일의 수: 색인을 뒤진 것, 낱말 하나에 사이트의 낱말을 모두 훑은 것, 그린 결과.
COUNT = """async (queries) => {
  const engine = await siteSearch.load();
  const field = document.querySelector(".sidebar-search");
  const work = { searches: 0, scans: 0 };
  const counted = (object, name, kind) => {
    const method = object[name].bind(object);
    object[name] = (...given) => { work[kind] += 1; return method(...given); };
  };
  counted(engine.texts, "search", "searches");
  counted(engine.vocabulary, "best", "scans");
  const most = { searches: 0, scansPerWord: 0, options: 0 };
  for (const query of queries) {
    for (let length = 1; length <= query.length; length += 1) {
      Object.assign(work, { searches: 0, scans: 0 });
      field.value = query.slice(0, length);
      field.dispatchEvent(new Event("input"));
      const words = siteSearch.tokens.words(field.value).length || 1;
      most.searches = Math.max(most.searches, work.searches);
      most.scansPerWord = Math.max(most.scansPerWord, work.scans / words);
      most.options = Math.max(most.options, document.querySelectorAll(".search-panel [role=option]").length);
    }
  }
  return most;
}"""


def read_queries(half):
    """물음과 맞는 곳. 맞는 곳은 페이지이거나 페이지#자리이고, 자리는 id나 제목의 앞부분이다."""
    with (ROOT / "tests/search_queries.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["half"] == half]
    return {row["query"]: [place.partition("#")[::2] for place in row["expected"].split("|")] for row in rows}


def hit_rate(found, expected, pages_only=False):
    """앞의 셋에 맞는 곳이 있는 물음의 비율과, 없는 물음."""

    def fits(result, place):
        page, anchor, heading = result
        wanted, part = place
        return page == wanted and (pages_only or anchor.startswith(part) or heading.startswith(part))

    missed = [
        query
        for (query, places), results in zip(expected.items(), found, strict=True)
        if not any(fits(result, place) for result in results for place in places)
    ]
    return 1 - len(missed) / len(expected), missed


STOCK = ("doctools.js", "sphinx_highlight.js", "searchtools.js")


@pytest.fixture(scope="module")
def stock_search(tmp_path_factory):
    """Sphinx의 검색에 드는 스크립트. 사이트를 만들 때 읽은 그 페이지로 색인을 만들고, HTML을 다시 만들지는 않는다."""
    folder = tmp_path_factory.mktemp("stock")
    app = Sphinx(ROOT / "docs", ROOT / "docs", folder, ROOT / "build/doctrees", "dummy", status=None)
    assert app.env.all_docs, "읽어 둔 페이지가 없습니다. python3.11 noxfile.py browser로 실행하세요."
    index = IndexBuilder(app.env, "ko", {}, "")
    for name in app.env.all_docs:
        source = str(app.env.doc2path(name, base=False))
        index.feed(name, source, app.env.titles[name].astext(), app.env.get_doctree(name))
    static = Path(sphinx.__file__).parent / "themes/basic/static"
    language = FileRenderer.render_from_file(static / "language_data.js.jinja", index.context_for_searchtool())
    files = (BUILT / "_static/documentation_options.js", *map(static.joinpath, STOCK))
    return [language, *(path.read_text(encoding="utf-8") for path in files), js_index.dumps(index.freeze())]


def test_query_set_is_large_and_asks_for_pages_that_exist():
    """물음은 반마다 예순이 넘고, 절반 이상을 엔진을 정한 뒤에 적었고, 모두 한 번씩 적혀 있는 페이지를 가리킨다."""
    with (ROOT / "tests/search_queries.tsv").open(encoding="utf-8") as file:
        queries = [line.partition("\t")[0] for line in file]
    assert len(set(queries)) == len(queries), sorted({query for query in queries if queries.count(query) > 1})
    halves = [read_queries(half) for half in HALVES]
    assert all(len(queries) >= 60 for queries in halves)
    assert len(halves[1]) >= len(halves[0])
    assert not halves[0].keys() & halves[1].keys()
    pages = {page for queries in halves for places in queries.values() for page, _ in places}
    assert not [page for page in pages if not (BUILT / f"{page}.html").is_file()]


def test_right_answer_is_among_the_first_three(open_page, stock_search):
    """반마다 물음 스물에 열아홉은 앞의 셋에 맞는 곳이 있다. Sphinx의 검색은 페이지만 맞아도 친다 해도 그보다 못하다."""
    ours, stock = open_page("index.html"), open_page("index.html", bypass_csp=True)
    for script in stock_search:
        stock.add_script_tag(content=script)
    for half in HALVES:
        queries = read_queries(half)
        rate, missed = hit_rate(ours.evaluate(FIND, list(queries)), queries)
        stock_rate, _ = hit_rate(stock.evaluate(FIND_STOCK, list(queries)), queries, pages_only=True)
        print(f"{half}: 우리 {rate:.3f}, Sphinx {stock_rate:.3f}, 놓친 것 {missed}")
        assert rate >= 0.95, missed
        assert rate > stock_rate


RANK = """async ([index, query]) => {
  await siteSearch.load();
  const engine = new siteSearch.Engine(index);
  return engine.search(query).map(({ section }) => section.anchor);
}"""


def index_of(*pages):
    """페이지마다 {자리: 글}을 적은 색인. 제목은 모두 같아서 글만 순위를 정한다."""
    sections = [
        [number, anchor, "제목", text, [], []] for number, page in enumerate(pages) for anchor, text in page.items()
    ]
    return {"pages": [[f"{number}.html", "이름"] for number in range(len(pages))], "sections": sections, "terms": []}


def test_results_of_one_page_give_way_to_another(open_page):
    """똑같이 맞는 절이면 한 페이지의 둘째 결과는 다른 페이지의 첫 결과보다, 셋째는 둘째보다 뒤로 간다."""
    index = index_of(
        dict.fromkeys(("a1", "a2", "a3"), "은닉 상태의 설명"), dict.fromkeys(("b1", "b2"), "은닉 상태의 설명")
    )
    assert open_page("index.html").evaluate(RANK, [index, "은닉"]) == ["a1", "b1", "a2", "b2", "a3"]


def test_no_query_of_the_set_is_written_down_as_a_question():
    """시험에 쓰는 검색어를 물음의 목록에 그대로 적으면 무엇도 시험하지 못한다."""
    asked, _ = questions.read(ROOT / "docs/questions.toml")
    plain = {re.sub(r"\W", "", text).lower() for texts in asked.values() for text in texts}
    queries = [query for half in HALVES for query in read_queries(half)]
    assert not [query for query in queries if re.sub(r"\W", "", query).lower() in plain]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # 글에 없는 말로 물어도, 뜻이 같은 말로 적어 둔 물음이 있는 절이 나온다.
        ("훈련이 요즘 너무 느려요", "speed"),
        # 낱말 하나면 글에 그 낱말이 있는 절이 먼저다.
        ("기울기", "text"),
    ],
)
def test_question_written_for_a_section_lifts_it(open_page, query, found):
    """적어 둔 물음과 가까우면 그 절이 올라간다. 길게 물을수록 더 오른다."""
    index = index_of({"text": "기울기의 설명", "speed": "시간을 줄이기"}, {"rest": "훈련을 한다"})
    index |= {
        "questions": [[1, "빠르게 학습하기", "기울기 계산 시간"]],
        "alike": [["느려", "빠르"], ["훈련", "학습"]],
    }
    assert open_page("index.html").evaluate(RANK, [index, query])[0] == found


def test_questions_of_a_page_lift_it_together(open_page):
    """물음 하나와 가까운 절보다, 물음의 낱말이 여러 물음에 걸쳐 나오는 페이지의 절이 먼저다."""
    index = index_of({"one": "기온의 설명"}, {"all": "기온의 설명", "rest": "다른 절"}, {"none": "없는 말"})
    index["questions"] = [[0, "기온 그래프"], [1, "내일 예보", "센서 값 예보", "센서 고르기"], [2, "내일 센서"]]
    assert open_page("index.html").evaluate(RANK, [index, "내일 기온 센서 예보"])[0] == "all"


def test_other_words_of_terms_mean_the_same_in_questions(open_page):
    """용어집의 다른 말로 물어도, 사이트의 말로 적어 둔 물음이 있는 절이 올라간다."""
    index = index_of({"text": "값을 적는다"}, {"asked": "다른 글"})
    index |= {"questions": [[1, "은닉 상태 지우기"]], "terms": [["은닉 상태", "hidden state", "숨은 기억"]]}
    assert open_page("index.html").evaluate(RANK, [index, "숨은 기억 적기"])[0] == "asked"


@pytest.mark.parametrize("query", ["텐서", "텐서에서", "텐서까지는", "텐서하고"])
def test_particles_of_a_query_are_not_searched(open_page, query):
    """조사나 어미를 붙여 물어도 그 끝만 맞는 절은 결과가 아니다."""
    index = index_of({"tensor": "텐서를 만든다"}, {"ending": "여기에서 거기까지는 그대로 하고 서하고"})
    assert open_page("index.html").evaluate(RANK, [index, query]) == ["tensor"]


def test_word_of_the_site_keeps_an_end_that_looks_like_a_particle(open_page):
    """글에 있는 말이면 조사처럼 보이는 끝도 말의 일부다."""
    index = index_of({"whole": "고양이를 기른다"}, {"cut": "고양 시와 고양 군"})
    assert open_page("index.html").evaluate(RANK, [index, "고양이"])[0] == "whole"


def test_keystroke_does_little_work(open_page):
    """글쇠 하나에 색인은 한 번만 뒤지고, 낱말 하나에 사이트의 낱말은 세 번까지만 훑고, 결과는 여덟까지만 그린다."""
    page = open_page(CHAPTER)
    page.keyboard.press("/")
    page.wait_for_selector(".search-panel", state="attached")
    queries = [query for half in HALVES for query in list(read_queries(half))[::25]]
    assert page.evaluate(COUNT, queries) == {"searches": 1, "scansPerWord": 3, "options": 8}


def search(page, text):
    """검색 칸에 글쇠로 적고 결과를 기다린다."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector(".search-panel:not([hidden])")


def active(page):
    """칸이 가리키는 결과."""
    name = page.get_attribute(".sidebar-search", "aria-activedescendant")
    return name and page.locator(f"#{name}")


def test_every_misspelt_word_is_guessed(open_page):
    """자모 하나를 빠뜨리거나 앞뒤를 바꾼 말에서 본디 말을 짐작한다. 빨리 거르느라 놓치는 낱말이 없다."""
    page = open_page(CHAPTER)
    missed = page.evaluate("""async () => {
      const { vocabulary } = await siteSearch.load();
      const typos = ({ jamo }) => {
        const [before, first, second, after] = [jamo.slice(0, 3), jamo[3], jamo[4], jamo.slice(5)];
        return [before + second + after, before + second + first + after, before + first + "ㅋ" + after];
      };
      const words = vocabulary.entries.filter(({ jamo }) => jamo.length > 9).filter((_, order) => order % 40 === 0);
      const guessed = ({ word }, typo) => {
        const near = vocabulary.near(typo);
        return near.includes(word) || near.length === 5;
      };
      return words.length < 50 ? ["낱말이 모자랍니다"]
        : words.flatMap((entry) => typos(entry).filter((typo) => !guessed(entry, typo)));
    }""")
    assert not missed


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_nothing_is_loaded_before_the_first_use(open_page, keys):
    """색인과 엔진은 검색 칸을 처음 쓸 때 읽고, 글쇠 하나로 칸에 간다."""
    page = open_page(CHAPTER)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert not [url for url in loaded if re.search(r"search-index|/search/", url)]
    page.keyboard.press(keys)
    page.wait_for_selector(".search-panel", state="attached")
    assert page.evaluate("document.activeElement.className") == "sidebar-search"
    assert [url for url in asked if url.endswith("search-index.js")]


@pytest.mark.parametrize("place", ["server", "folder"])
def test_tour_by_keyboard(open_page, place):
    """자판만으로 찾고, 고르고, 그 절로 간다. 서버 없이 폴더에서 열어도 같다."""
    page = open_page((BUILT / "index.html").as_uri() if place == "folder" else "index.html")
    search(page, "merge_mode")
    field = page.locator(".sidebar-search")
    assert field.get_attribute("aria-expanded") == "true"
    assert active(page) is None
    page.keyboard.press("ArrowDown")
    first = active(page)
    assert first.get_attribute("aria-selected") == "true"
    assert "합치는 방법" in first.inner_text()
    assert "양방향 RNN" in first.inner_text()
    assert first.locator("mark").first.inner_text() == "merge_mode"
    page.keyboard.press("ArrowUp")
    assert active(page) is None
    page.keyboard.press("ArrowUp")
    assert active(page).get_attribute("id") == page.locator("[role=option]").last.get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/bidirectional.html#*")
    assert page.url.endswith("#merge-modes")


def test_escape_closes_and_clears(open_page):
    """Esc는 목록을 닫고, 적은 말은 남긴다. 아래 화살표는 다시 연다."""
    page = open_page(CHAPTER)
    search(page, "셀을")
    page.keyboard.press("Escape")
    assert page.locator(".search-panel").is_hidden()
    assert page.input_value(".sidebar-search") == "셀을"
    assert page.get_attribute(".sidebar-search", "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    assert page.locator(".search-panel").is_visible()


def test_enter_without_a_choice_shows_everything(open_page):
    """고르지 않고 Enter를 누르면 search.html이 그 말의 결과를 모두 보이고, 고쳐 치면 따라 바뀐다."""
    page = open_page(CHAPTER)
    search(page, "은닉상태")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector("#search-page-results a")
    count = page.locator("#search-page-results a").count()
    assert count > 8
    assert page.inner_text("#search-page-status") == f"‘은닉상태’ 검색 결과 {count}개"
    page.fill("#search-page-query", "배치정규화")
    assert "정규화" in page.inner_text("#search-page-results li:first-child mark")
    assert page.evaluate("new URL(location.href).searchParams.get('q')") == "배치정규화"


def test_keys_of_composition_are_left_alone(open_page):
    """한글을 조합하는 동안의 글쇠는 목록을 움직이지 않는다."""
    page = open_page(CHAPTER)
    search(page, "상태")
    page.evaluate(
        """document.querySelector(".sidebar-search").dispatchEvent(
             new KeyboardEvent("keydown", { key: "ArrowDown", isComposing: true, bubbles: true }))"""
    )
    assert active(page) is None


ATTACK = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("address", "status"),
    [("search.html", "#search-page-status"), (CHAPTER, ".search-panel [role=status]")],
)
def test_tags_in_a_query_are_text(open_page, address, status):
    """검색어에 든 태그는 글자로 보이고 실행되지 않는다."""
    page = open_page(f"{address}?q={quote(ATTACK)}")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    if address == CHAPTER:
        search(page, ATTACK)
    expect(page.locator(status)).not_to_be_empty()
    assert page.locator("img[src=x]").count() == 0
    page.fill("#search-page-query" if address == "search.html" else ".sidebar-search", "<qqqqq>qqqqqqqq</qqqqq>")
    assert page.inner_text(status).startswith("‘<qqqqq>qqqqqqqq</qqqqq>’에 맞는 곳이 없습니다.")
    assert not dialogs


def test_pasted_error_finds_the_place_that_shows_it(open_page):
    """오류 메시지를 한 줄 통째로 붙여 넣으면 그것을 보인 자리로 간다."""
    page = open_page("index.html")
    search(page, "TypeError: RNN.get_initial_state() got an unexpected keyword argument 'batch_size'")
    first = page.locator("[role=option]").first
    assert first.get_attribute("href").endswith("howto/migrate-keras-3.html#get-initial-state-changed")
    assert "unexpected keyword argument" in first.inner_text()


def test_no_answer_is_said_aloud(open_page):
    """맞는 곳이 없으면 없다고 적고, 알림 영역이므로 화면을 읽어 주는 도구도 말한다."""
    page = open_page(CHAPTER)
    search(page, "qqqqqqqq")
    status = page.locator(".search-panel [role=status]")
    assert status.inner_text() == "‘qqqqqqqq’에 맞는 곳이 없습니다."
    assert page.get_attribute(".sidebar-search", "aria-expanded") == "false"


def test_search_works_inside_the_drawer_of_a_phone(open_page):
    """폭 360에서 글쇠로 부르면 차례가 열리고, 목록은 화면 안에 있고, 같은 페이지로 가면 차례가 닫힌다."""
    page = open_page(CHAPTER, viewport={"width": 360, "height": 740})
    page.keyboard.press("/")
    expect(page.locator(".sidebar-search")).to_be_in_viewport(ratio=1)
    page.keyboard.type("merge_mode")
    page.wait_for_selector(".search-panel:not([hidden])")
    box = page.locator(".search-panel").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator("[role=option]").first.click()
    assert page.url.endswith("#merge-modes")
    assert not page.is_checked("#__navigation")


@pytest.mark.parametrize("address", [CHAPTER, "search.html"])
def test_unreadable_index_is_told(open_page, address):
    """검색에 쓸 파일을 읽지 못하면 안 된다는 것과 할 일을 칸 아래에 적는다."""
    page = open_page("index.html")
    page.route("**/search-index.js", lambda route: route.fulfill(status=200, body=""))
    page.goto(page.url.replace("index.html", address))
    if address == CHAPTER:
        page.keyboard.press("/")
    told = page.wait_for_selector(".search-failed")
    assert told.get_attribute("role") == "alert"
    assert told.inner_text() == "검색을 불러오지 못했습니다. 페이지를 새로 고치고 다시 해 보세요."

"""한국어 검색의 색인."""

import gzip
import json
import re

import pytest
from docutils import nodes

from rnn_shapes.pages import search
from rnn_shapes.pages.sections import Section

PAGE = """# 쪽의 제목

첫 단락의
두 줄과 {shape}`zeros -> (2,)`.

(first-label)=
## 첫 절

```{doctest}
>>> raise ValueError("expected ndim=3, found ndim=2")
Traceback (most recent call last):
ValueError: expected ndim=3, found ndim=2
```

$$
\\sigma(x)
$$

% 보이지 않는 말

(named-box)=
:::{admonition} 상자의 제목
:class: note

상자의 글. {doc}`other`, {ref}`first-label`
:::

### 아래 절

아래 절의 글.

### 표

| 이름 | 형태 |
| --- | --- |
| 하나 | {shape}`zeros -> (3,)` |
"""

API = """도구
====

.. py:class:: tool.Box

   담는 것.

   .. py:method:: open()

      여는 것.
"""

TERM = """[[term]]
korean = "상태 유지(stateful)"
english = "stateful"
definition = "남기기."
banned = ["스테이트풀"]
"""


MESSAGES = """# 오류

(states-missing)=
## 상태가 없음

```{message}
'⟨모델⟩' object has no attribute 'reset_states'
```

```{doctest}
>>> raise AttributeError("'Model' object has no attribute 'reset_states'")
Traceback (most recent call last):
AttributeError: 'Model' object has no attribute 'reset_states'
```

## 예제에서 난 예외

```{doctest}
>>> raise ValueError("Exception encountered: bad value 7 for units")
Traceback (most recent call last):
ValueError: ...bad value 7
for units
>>> 1 + 1
2
```
"""


def read_index(folder):
    """색인 파일의 내용."""
    text = (folder / "search-index.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("siteSearchIndex = ").removesuffix(";\n"))


@pytest.fixture
def built(site):
    """PAGE와 용어집, API 페이지가 든 사이트."""
    site.page("page.md", PAGE)
    site.page("other.md", "# 다른 쪽\n\n글.\n")
    site.page("words.md", "# 용어\n\n```{terms}\n```\n")
    site.page("api.rst", API)
    site.page("glossary.toml", TERM)
    site.use("glossary", "pages.search")
    result = site.build("html")
    assert result.code == 0, result.output
    return result


def entries(built):
    """(주소, 자리)에서 (제목, 줄들, 더 가까운 자리들)로 가는 표."""
    content = read_index(built.folder)
    return {
        (content["pages"][page][0], anchor): (heading, text.split("\n"), places)
        for page, anchor, heading, text, places, _ in content["sections"]
    }


def test_every_section_is_an_entry_with_its_own_text(built):
    """절마다 제목과 글이 있고, 글은 그 절의 것뿐이다. 페이지의 제목은 맨 위를 가리킨다."""
    found = entries(built)
    assert found["page.html", ""][:2] == ("쪽의 제목", ["첫 단락의 두 줄과 (2,)."])
    assert found["page.html", "first-label"][0] == "첫 절"
    below = [entry for entry in found.values() if entry[0] == "아래 절"]
    assert below == [("아래 절", ["아래 절의 글."], [])]


def test_a_row_of_a_table_is_one_line(built):
    """표는 한 줄이 한 줄이라서, 찾은 칸의 이웃도 함께 보인다."""
    assert [lines for heading, lines, _ in entries(built).values() if heading == "표"] == [
        ["이름 · 형태", "하나 · (3,)"]
    ]


def test_error_messages_in_code_are_searched(built):
    """코드 블록에 보인 오류 메시지가 색인에 있다."""
    _, lines, _ = entries(built)["page.html", "first-label"]
    assert any("ValueError: expected ndim=3, found ndim=2" in line for line in lines)


def test_code_is_found_by_its_names(site):
    """코드 블록은 예약어가 아닌 낱말을 한 번씩만 싣는다. 출력을 보인 코드는 통째로 싣는다."""
    code = "layer = tf.keras.layers.GRU(7)  # 층 하나\nfor layer in layers:\n    layer = layer"
    site.page("page.md", f"# 쪽\n\n```{{testcode}}\n{code}\n```\n\n```{{doctest}}\n>>> 3 + 4\n7\n```\n")
    site.use("pages.search")
    built = site.build("html")
    assert built.code == 0, built.output
    assert entries(built)["page.html", ""][1] == ["layer tf keras layers GRU 층 하나", ">>> 3 + 4 7"]


@pytest.mark.parametrize("blocks", [search.FEW, search.FEW + 1])
def test_names_of_every_code_are_left_out(blocks):
    """많은 코드 블록에 나오는 이름은 코드의 줄에서만 빠지고, 저마다의 이름과 글은 남는다."""
    found = [Section(f"s{order}", "", ["model을 씁니다.", f"model name{order}"], names=[1]) for order in range(blocks)]
    shared = search._shared(found)
    assert shared == ({"model"} if blocks > search.FEW else set())
    assert search._text(found[3], shared).split("\n") == ["model을 씁니다.", "name3" if shared else "model name3"]


def test_what_readers_do_not_see_is_not_searched(built):
    """주석과 숨은 예제, 수식의 원문은 색인에 없다."""
    text = (built.folder / "search-index.js").read_text(encoding="utf-8")
    assert not [word for word in ("보이지 않는 말", "__claim__", "sigma") if word in text]


def test_page_kept_out_of_the_search_is_not_in_the_index(site, built):
    """머리에 nosearch를 적은 페이지는 색인에 없고, 다른 페이지는 그대로 있다."""
    before = entries(built)
    site.page("other.md", "---\nnosearch: true\n---\n\n# 다른 쪽\n\n새 글.\n")
    assert entries(site.build("html")).keys() == {place for place in before if place[0] != "other.html"}


def test_pages_for_authors_are_not_searched(html_build):
    """배울 페이지가 아직 없는 어텐션과 빔 탐색의 그림은 적는 사람만 보는 페이지에 있고, 검색에 나오지 않는다."""
    folder, _ = html_build
    assert (folder / "howto/figures.html").is_file()
    assert "howto/figures.html" not in [address for address, _ in read_index(folder)["pages"]]


def test_named_boxes_are_places_and_links_have_titles(built):
    """이름을 단 상자는 절 안의 자리가 되고, 글 없는 링크에는 가리키는 곳의 제목이 들어간다."""
    _, lines, places = entries(built)["page.html", "first-label"]
    assert places == [[1, "named-box"]]
    assert lines[1:] == ["상자의 제목", "상자의 글. 다른 쪽, 첫 절"]


def test_terms_and_api_names_are_entries(built):
    """용어 하나, API의 이름 하나가 결과 하나가 된다."""
    found = entries(built)
    assert found["words.html", "term-stateful"][:2] == (
        "상태 유지(stateful)",
        ["stateful. 남기기.", "다른 말: ‘스테이트풀’"],
    )
    assert found["api.html", "tool.Box"][1] == ["class tool.Box", "담는 것."]
    assert found["api.html", "tool.Box.open"][1] == ["open()", "여는 것."]


def test_other_words_of_terms_are_in_the_index(built):
    """용어집의 다른 말은 사이트의 말과 짝지어 색인에 들어간다."""
    assert read_index(built.folder)["terms"] == [["상태 유지", "stateful", "스테이트풀"]]


def test_names_said_in_korean_are_in_the_index(site):
    """영어 이름의 소리는 그 이름과 짝지어 색인에 들어가고, 용어집 페이지에는 나오지 않는다."""
    site.page("words.md", "# 용어\n\n```{terms}\n```\n")
    site.page("glossary.toml", f'[spoken]\nreturn_state = ["리턴 스테이트"]\n\n{TERM}')
    site.use("glossary", "pages.search")
    built = site.build("html")
    assert built.code == 0, built.output
    assert read_index(built.folder)["terms"][1:] == [["return_state", "return_state", "리턴 스테이트"]]
    assert "리턴" not in built.html("words")


def test_messages_of_a_section_are_in_the_index(site):
    """절에서 다룬 메시지가 줄의 번호와 함께 들어가고, 없으면 예제에서 난 예외가 들어간다. 줄인 곳은 달라지는 곳이다."""
    site.page("page.md", MESSAGES)
    site.use("pages.message", "pages.search")
    built = site.build("html")
    assert built.code == 0, built.output
    found = {heading: messages for _, _, heading, *_, messages in read_index(built.folder)["sections"]}
    assert found["상태가 없음"] == [[0, "'⟨모델⟩' object has no attribute 'reset_states'"]]
    assert found["예제에서 난 예외"] == [[0, "ValueError: ⟨…⟩bad value 7 for units"]]
    assert found["오류"] == []


def divided(site, monkeypatch):
    """다음 빌드가 색인을 쓰려고 절로 나눈 페이지의 제목들. 빌드할 때마다 적는 첫 페이지는 뺀다."""
    found = []

    def sections(doctree, real=search.sections):
        found.append(next(doctree.findall(nodes.title)).astext())
        return real(doctree)

    with monkeypatch.context() as patched:
        patched.setattr(search, "sections", sections)
        built = site.build("html")
    assert built.code == 0, built.output
    return [title for title in found if title != "첫 페이지"]


def test_only_what_was_read_is_divided_again(site, built, monkeypatch):
    """바뀐 페이지만 다시 나눈다. 색인은 처음부터 만든 것과 같다."""
    assert divided(site, monkeypatch) == []
    site.page("other.md", "# 다른 쪽\n\n고친 글.\n")
    assert divided(site, monkeypatch) == ["다른 쪽"]
    index = (built.folder / "search-index.js").read_bytes()
    assert "고친 글." in index.decode()
    assert site.build("html", "-E").code == 0
    assert (built.folder / "search-index.js").read_bytes() == index


def test_new_title_reaches_the_pages_that_link_to_it(site, built, monkeypatch):
    """가리키는 곳의 제목이 바뀌면, 그 제목을 글에 넣은 페이지도 다시 나눈다. 없어진 페이지는 색인에서도 없어진다."""
    site.page("other.md", "# 새 제목\n\n글.\n")
    assert divided(site, monkeypatch) == ["새 제목", "쪽의 제목"]
    assert any("상자의 글. 새 제목, 첫 절" in line for _, lines, _ in entries(built).values() for line in lines)
    (site.source / "words.md").unlink()
    site.build("html")
    assert not [address for address, _ in entries(built) if address == "words.html"]


def test_another_code_divides_all_pages_again(site, built, monkeypatch):
    """나누는 코드가 바뀌면 모든 페이지를 다시 나눈다."""
    monkeypatch.setattr(search.imports, "state", lambda name: f"another {name}")
    assert {"다른 쪽", "쪽의 제목"} <= set(divided(site, monkeypatch))


QUESTIONS = """alike = [["느려", "빠르"]]

[questions]
"page" = ["무엇인가요"]
"page#first-label" = ["왜 느려요", "오류가 나요"]
"other" = ["다른 것"]
"api#tool.Box" = ["상자는 어디에"]
"gallery/nowhere" = ["만들지 않은 것"]
"""


def test_questions_are_in_the_index_with_their_sections(site, built):
    """물음은 절의 번호와 함께, 같은 말의 묶음은 그대로 들어간다. 만들지 않은 폴더의 물음은 뺀다."""
    site.page("questions.toml", QUESTIONS)
    result = site.build("html")
    assert result.code == 0, result.output
    content = read_index(built.folder)
    headings = [heading for _, _, heading, *_ in content["sections"]]
    assert [[headings[section], *texts] for section, *texts in content["questions"]] == [
        ["쪽의 제목", "무엇인가요"],
        ["첫 절", "왜 느려요", "오류가 나요"],
        ["다른 쪽", "다른 것"],
        ["tool.Box", "상자는 어디에"],
    ]
    assert content["alike"] == [["느려", "빠르"]]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"page#없는 절" = ["물음"]', "page#없는 절의 절이 없습니다"),
        ('"page#id1" = ["물음"]', "page#id1의 id는 차례로 매긴 것이라"),
        ('"page#" = ["가"]\n"other" = ["가"]', "‘가’가 page#에도 other에도 있습니다"),
        ('"page" = "물음"', "page에는 빈 글이 아닌 글의 목록을"),
        ('"page" = [', "questions.toml을 읽지 못했습니다"),
    ],
)
def test_wrong_question_is_told(site, built, line, told):
    """없는 절이나 바뀔 id를 가리키거나 두 번 적은 물음, 읽지 못할 파일이면 무엇이 잘못인지 알리고 빌드가 실패한다."""
    site.page("questions.toml", f"[questions]\n{line}\n")
    result = site.build("html")
    assert result.code != 0
    assert told in result.output


def test_unchanged_index_is_not_written_again(site, built):
    """고친 것이 없으면 색인 파일을 다시 쓰지 않고, 처음부터 다시 만들어도 같은 바이트다."""
    path = built.folder / "search-index.js"
    before, written = path.read_bytes(), path.stat().st_mtime_ns
    site.build("html")
    assert path.stat().st_mtime_ns == written
    path.unlink()
    site.build("html", "--fresh-env")
    assert path.read_bytes() == before


def test_changed_page_changes_the_index(site, built):
    """한 페이지만 고쳐도 색인에는 모든 페이지가 있고, 고친 글이 들어간다."""
    before = entries(built)
    site.page("other.md", "# 다른 쪽\n\n새 글.\n")
    after = entries(site.build("html"))
    assert after.keys() == before.keys()
    assert after["other.html", ""][1] == ["새 글."]


def test_index_of_this_site_is_small_and_points_to_real_places(html_build):
    """이 사이트의 색인은 압축해서 900KB보다 작고, 자리마다 그 페이지에 있다. 검색을 처음 쓸 때만 받는다."""
    folder, _ = html_build
    assert len(gzip.compress((folder / "search-index.js").read_bytes(), mtime=0)) < 900_000
    content = read_index(folder)
    pages = [(folder / address).read_text(encoding="utf-8") for address, _ in content["pages"]]
    for page, anchor, _, _, places, _ in content["sections"]:
        for identity in filter(None, [anchor, *(name for _, name in places)]):
            assert f'id="{identity}"' in pages[page], (content["pages"][page], identity)


def test_no_page_loads_the_search_of_sphinx(html_build):
    """Sphinx의 검색은 어느 페이지에도 실리지 않고, 그 색인도 만들지 않는다."""
    folder, _ = html_build
    assert not (folder / "searchindex.js").exists()
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"searchtools\.js|searchindex\.js|language_data\.js", text), path
        assert "_static/search.js" in text, path


def test_search_page_says_in_korean_that_it_needs_scripts(html_build):
    """스크립트가 꺼져 있으면 search.html이 우리말로 그렇게 말하고, 갈 곳을 알려 준다."""
    folder, _ = html_build
    text = (folder / "search.html").read_text(encoding="utf-8")
    message = re.search(r"<noscript>(.*?)</noscript>", text, re.S).group(1)
    assert "검색에는 자바스크립트가 필요합니다." in message
    assert 'href="reference/glossary.html"' in message

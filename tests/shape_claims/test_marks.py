"""독자가 보는 것: 표시와 설명, 그리고 HTML이 아닌 빌드의 글."""

import re

import pytest
from tiny import KOREAN, MARKUPS

import shape_claims
from shape_claims.claim import parse_measurement
from shape_claims.nodes import Entry, checked

RST = MARKUPS["rst"]
CODE = RST.block(
    "testcode", "import numpy as np\nbatch_size, dim = 5, 11\nh = np.zeros((batch_size, dim))\nnames = ['a', 'b<c']"
)
CLAIMS = (
    RST.role("h -> (B, D)"),
    RST.role("h.ndim -> 2", "value"),
    RST.role("h.ndim == 2 -> flat / not flat", "value"),
    RST.role("np.array.copy -> True", "default"),
    RST.role("names -> a and b<c", "value"),
)


@pytest.fixture
def site(new_site):
    """주장이 갈래마다 하나씩 있는 사이트."""
    site = new_site(shape_claims_run="stale", author="someone", version="1", project_copyright="2000, someone")
    site.page("page.rst", RST.title("Page"), CODE, f"See {', '.join(CLAIMS)}.")
    return site


def test_note_shows_what_was_measured(site):
    """설명에는 갈래마다 식과 잰 것이 있고, 형태에는 기호의 크기가, 참에는 거짓일 때의 말이 있다."""
    built = site.build("html")
    assert built.marks() == ["checked"] * 5
    checked_ = "Executed and checked|Expression: "
    assert built.notes() == [
        checked_ + "<code>h</code>|Measured shape: <code>(5, 11)</code>"
        "|B = 5 <small>batch size, batch_size</small>|D = 11 <small>features, dim</small>",
        checked_ + "<code>h.ndim</code>|Value: <code>2</code>",
        checked_ + "<code>h.ndim == 2</code>|Value: <code>True</code>|If it were false: <code>not flat</code>",
        checked_ + "<code>np.array.copy</code>|Default in the signature: <code>True</code>",
        checked_ + "<code>names</code>|Value: <code>[&#x27;a&#x27;, &#x27;b&lt;c&#x27;]</code>",
    ]


def test_note_in_korean(new_site):
    """우리말 사이트의 설명은 우리말이다."""
    site = new_site(language="ko", shape_claims_symbols=KOREAN, shape_claims_run="stale")
    code = "import numpy as np\nbatch_size, hidden_dim = 5, 11\nh = np.zeros((batch_size, hidden_dim))"
    site.page("page.rst", RST.title("쪽"), RST.block("testcode", code), f"상태는 {RST.role('h -> (N, H)')} 꼴.")
    built = site.build("html")
    assert [re.sub(r"<[^>]+>|\|", "", note) for note in built.notes()] == [
        "실행해서 확인함식: h실제 형태: (5, 11)N = 5 배치 크기, batch_sizeH = 11 은닉 상태의 크기(유닛 수), hidden_dim"
    ]
    assert '<code tabindex="0" aria-describedby="claim-1"><span class="one">(N, H)</span></code>' in built.html()


def test_names_are_code_and_words_are_text(site):
    """값 주장에서 이름은 코드의 글꼴로, 수와 사이의 말은 글로 적힌다."""
    html = site.build("html").html()
    assert re.search(r'aria-describedby="claim-2">2</span>', html)
    names = '<code class="docutils literal notranslate"><span class="pre">{}</span></code>'
    assert f"{names.format('a')} and {names.format('b&lt;c')}" in html


def test_note_belongs_to_its_claim(site):
    """설명마다 그것을 가리키는 주장이 하나 있고, 한 페이지의 번호는 겹치지 않는다."""
    html = site.build("html").html()
    assert re.findall(r'aria-describedby="(claim-\d)"', html) == re.findall(r'id="(claim-\d)"', html)
    assert len(set(re.findall(r'id="(claim-\d)"', html))) == 5


def test_style_is_loaded_where_there_is_a_claim(site):
    """모양을 정하는 파일은 주장이 있는 페이지만 읽는다."""
    site.page("other.rst", RST.title("Other"))
    built = site.build("html")
    assert "shape-claims.css" in built.html()
    assert "shape-claims.css" not in built.html("other")
    assert "--claim-ground" in built.text("_static/shape-claims.css")


def test_style_of_an_older_version_is_replaced(site):
    """전에 만든 사이트에 다른 버전의 모양이 있어도 새것으로 바뀌고, 빌드는 경고하지 않는다."""
    built = site.build("html")
    new = built.text("_static/shape-claims.css")
    (built.folder / "_static" / "shape-claims.css").write_text("/* old */", encoding="utf-8")
    again = site.build("html", "-E")
    assert again.code == 0, again.output
    assert again.text("_static/shape-claims.css") == new


def test_template_is_told_how_many_claims_hold(new_site):
    """템플릿은 페이지의 주장이 몇 개이고 몇 개를 확인했는지 안다."""
    site = new_site(templates_path=["."])
    counts = "{{ claims_checked }} of {{ claims_total }}"
    site.page("layout.html", '{% extends "!layout.html" %}{% block footer %}' + counts + "{% endblock %}")
    site.page("page.rst", RST.title("Page"), CODE, CLAIMS[0])
    assert "0 of 1" in site.build("html").html()
    site.build()
    assert "1 of 1" in site.build("html").html()


def test_claim_in_a_title_stays_out_of_navigation(site):
    """제목 안의 주장은 차례와 창 제목에 글만 남긴다."""
    site.page("page.rst", RST.title("Page"), CODE, RST.title(f"Head {CLAIMS[0]} {CLAIMS[1]}"), "Text.")
    built = site.build("html")
    assert built.html().count('id="claim-1"') == 1
    assert re.search(r"<h1>Head <span", built.html())
    assert "Head <code>(B, D)</code> 2</a>" in built.html("index")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_marks_in_other_html(site, builder):
    """한 파일로 만든 사이트와 폴더마다 만든 사이트에도 표시가 있다."""
    site.page("second.rst", RST.title("Second"), CODE, CLAIMS[0])
    built = site.build(builder)
    assert built.code == 0, built.output
    html = built.html("page/index" if builder == "dirhtml" else "index")
    states = re.findall(r'class="claim (?:claim-value )?claim-(\w+)"', html)
    assert states == ["checked"] * (5 if builder == "dirhtml" else 6)
    numbers = re.findall(r'id="claim-(\d)"', html)
    assert len(numbers) == len(set(numbers)) == len(states)


@pytest.mark.parametrize(
    ("builder", "name", "text"),
    [
        ("text", "page.txt", 'See "(B, D)", 2, "flat", "True", "a" and "b<c".'),
        ("man", "someone.1", ""),
        ("latex", "tiny.tex", r"See \sphinxcode{\sphinxupquote{(B, D)}}, 2, \sphinxcode{\sphinxupquote{flat}}"),
        ("texinfo", "tiny.texi", "See @code{(B@comma{} D)}, 2, @code{flat}".replace("@comma{}", ",")),
        ("epub", "page.xhtml", '<p>See <code>(B, D)</code>, 2, <code class="docutils literal notranslate">'),
        ("xml", "page.xml", "See <shape_claim "),
        ("pseudoxml", "page.pseudoxml", "<value_claim"),
        ("gettext", "page.pot", 'msgid "See :shape:`h -> (B, D)`, :value:`h.ndim -> 2`'),
    ],
)
def test_other_builders_write_the_words(site, builder, name, text):
    """다른 빌드는 주장을 글로 적고, 설명이나 안의 것을 드러내지 않는다."""
    trees = str(site.source.parent / f"{builder}-trees")
    built = site.build(builder, "-d", trees)
    assert built.code == 0, built.output
    written = "".join(path.read_text("utf-8") for path in built.folder.glob("*" if builder == "man" else name))
    assert text in written
    for inside in ("Executed", "Entry(", "claim-note", "0x7"):
        assert inside not in written
    if builder == "man":
        assert r"See \fB(B, D)\fP, 2, \fBflat\fP" in written


def test_table_of_symbols_stands_on_a_page(site):
    """기호의 표는 directive 하나로 페이지에 놓인다."""
    site.page("page.rst", RST.title("Page"), ".. symbols::")
    html = re.sub(r"<[^>]+>", " ", site.build("html").html())
    assert re.search(r"symbol\s+name in code\s+meaning\s+B\s+batch_size\s+batch size\s+L\s+seq_len\s+length\s+D", html)


EXTENSION = '''
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from shape_claims import parse
from shape_claims.claim import parse_measurement
from shape_claims.nodes import Entry, checked


class drawing(checked, nodes.Element):
    """A picture of numbers that must add up to one."""

    @property
    def identity(self):
        return self["kind"]

    def verify(self, values):
        if sum(values["parts"]) != 1:
            raise ValueError(f"the parts add up to {sum(values['parts'])}")


class Drawing(SphinxDirective):
    required_arguments = 2

    def run(self):
        expression, shape = self.arguments
        place = f"page.rst:{self.lineno}"
        entries = [Entry(parse_measurement(expression), place, "parts"), Entry(parse(f"h -> {shape}"), place, "label")]
        return [drawing("", entries=entries, kind="pie")]


def write(translator, node):
    record = node["records"][0]
    translator.body.append(f"<p>drawn: {record and record.value}</p>")
    raise nodes.SkipNode


def setup(app):
    app.add_node(drawing, html=(write, None))
    app.add_directive("drawing", Drawing)
'''


def test_another_kind_of_node_with_claims(new_site, monkeypatch):
    """다른 패키지의 노드도 주장과 값을 함께 확인하고, 맞지 않는 값은 그 자리에서 실패한다."""
    site = new_site(extensions=["shape_claims", "drawing_of_a_test"], shape_claims_run="stale")
    site.page("drawing_of_a_test.py", EXTENSION)
    monkeypatch.syspath_prepend(site.source)

    def build(parts, shape):
        code = f"{CODE}\n   parts = {parts}"
        site.page("page.rst", RST.title("Page"), code, f".. drawing:: parts {shape}")
        return site.build("html")

    built = build([0.25, 0.754], "(B,D)")
    assert built.code == 0, built.output
    assert "drawn: [0.25, 0.75]" in built.html()
    unsuited = "page.rst:12: the values do not suit what shows them\n  reason  the parts add up to 1.01"
    assert unsuited in build([0.25, 0.76], "(B,D)").output
    assert "page.rst:12: the shape is not the claimed one" in build([0.25, 0.75], "(D,B)").output


def test_node_of_its_own_needs_nothing_more():
    """주장의 노드는 아무것도 더 정하지 않아도 된다."""
    node = checked("", entries=[Entry(parse_measurement("h"), "page.rst:3")])
    assert (node.place, node.identity) == ("page.rst:3", "")
    node.verify({})
    assert [path.name for path in node.code()] == ["nodes.py"]
    assert shape_claims.__version__

"""페이지의 코드에 있는 이름이 담은 것의 형태: 적어 두고, 그 코드 그대로일 때만 보인다."""

import gzip
import json
import re

import pytest
from tiny import MARKUPS

from shape_claims import code_names
from shape_claims.evidence import Page, seal

RST = MARKUPS["rst"]
CODE = """import numpy as np
batch_size, dim = 5, 11
h = np.zeros((batch_size, dim))
def twice(x):
    return np.concatenate([x, x], axis=1)
wide = twice(h)"""
DOCTEST = """>>> h = h[:3]
>>> (h < 1).all()  # doctest: +ELLIPSIS
np.True_
>>> for row in h:
...     row.shape
(11,)
(11,)
(11,)"""


def names(built, page="page"):
    """화면의 코드에서 형태가 보이는 이름과 그 글을 차례대로."""
    return re.findall(r'<span class="\w+" title="([^"]*)">(\w+)</span>', built.html(page))


@pytest.fixture
def shown(new_site):
    """이름의 형태를 보이는 사이트의 페이지 하나."""

    def make(markup=RST, **options):
        site = new_site(markup=markup, shape_claims_in_code=True, **options)
        blocks = markup.block("testcode", CODE), markup.block("doctest", DOCTEST)
        site.page(f"page{markup.suffix}", markup.title("Page"), *blocks, f"It is {markup.role('wide -> (B, 2D)')}.")
        assert site.build().code == 0
        return site

    return make


WANTED = [
    ("(B, D) = (5, 11)", "h"),
    ("(B, D) = (5, 11)", "x"),
    ("(B, D) = (5, 11)", "x"),
    ("(B, D) = (5, 11)", "x"),
    ("(B, 2D) = (5, 22)", "wide"),
    ("(B, D) = (5, 11)", "h"),
    ("(3, D) = (3, 11)", "h"),
    ("(B, D) = (5, 11)", "h"),
    ("(3, D) = (3, 11)", "h"),
    ("(D,) = (11,)", "row"),
    ("(3, D) = (3, 11)", "h"),
    ("(D,) = (11,)", "row"),
]


@pytest.mark.parametrize("markup", list(MARKUPS))
def test_names_show_the_shape_they_had_there(shown, markup):
    """이름마다 그 자리에서 담았던 것의 형태가 보인다. 다시 값을 받은 이름은 그 줄의 것이 보인다."""
    assert names(shown(MARKUPS[markup]).build("html")) == WANTED


def test_style_and_script_come_with_the_names_and_are_light(shown):
    """형태를 보이는 페이지만 모양과 스크립트를 부르고, 말은 사이트의 언어로 적힌다."""
    site = shown(language="ko")
    site.page("other.rst", RST.title("Other"), RST.block("testcode", "x = 1"))
    site.build()
    built = site.build("html")
    script = re.search(r"<script[^>]*code-shapes\.js[^>]*>", built.html())[0]
    assert 'data-switch="형태"' in script
    assert "code-shapes" not in built.html("other")
    files = [built.text(f"_static/{name}").encode() for name in ("code-shapes.css", "code-shapes.js")]
    assert sum(len(gzip.compress(file, 9)) for file in files) < 2600


def test_nothing_is_recorded_unless_the_site_wants_it(new_site):
    """켜지 않은 사이트의 코드와 기록은 그대로다."""
    site = new_site()
    site.page("page.rst", RST.title("Page"), RST.block("testcode", CODE))
    assert site.build().code == 0
    assert names(site.build("html")) == []
    assert json.loads(site.evidence().read_text(encoding="utf-8"))["blocks"] == []


def test_edited_code_shows_no_shapes(shown):
    """코드를 고친 페이지에는 형태가 보이지 않고, 다시 확인하면 보인다."""
    site = shown()
    page = site.source / "page.rst"
    page.write_text(page.read_text(encoding="utf-8").replace("h[:3]", "h[1:4]"), encoding="utf-8")
    assert names(site.build("html")) == []
    site.build()
    assert names(site.build("html")) == WANTED


def tamper(site, change):
    """기록을 고친다."""
    path = site.evidence()
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")


def test_tampered_shapes_are_not_shown(shown):
    """형태를 고친 기록은 보이지 않는다."""
    site = shown()
    tamper(site, lambda record: record["blocks"][0]["names"].update({"3:0 h": "(B, 3D) = (5, 33)"}))
    assert names(site.build("html")) == []
    assert site.build("html").marks() == ["checked"]


def test_records_of_another_place_are_not_shown(shown):
    """봉인까지 고쳐도, 그 자리에 그 이름이 없거나 그 코드가 없으면 보이지 않는다."""
    site = shown()

    def move(record):
        record["blocks"][0]["names"] = {"3:1 h": "(B,)", "3:0 hh": "(B,)", "1:0 np": "(B,)", "99:0 h": "(B,)"}
        record["blocks"][1]["code"] = "0" * 16
        blocks = [code_names.Block(**block) for block in record["blocks"]]
        record["seal"] = seal(blocks, record["code"])

    tamper(site, move)
    assert names(site.build("html")) == []


def test_shapes_are_those_of_the_page_as_it_is():
    """코드의 지문이 다르면 기록은 없는 것과 같다."""
    page = Page(code="a", blocks=[code_names.Block("b", {"1:0 x": "(5,)"})]).sealed()
    assert page.shown(["z", "a"]) and not page.shown(["a", "z"]) and not page.shown([])


def test_symbol_with_two_sizes_names_none(new_site):
    """한 페이지에서 크기가 바뀐 기호로는 적지 않는다."""
    site = new_site(shape_claims_in_code=True)
    code = "import numpy as np\ndim = 11\nh = np.zeros((5, dim))\ndim = 13"
    site.page("page.rst", RST.title("Page"), RST.block("testcode", code))
    assert site.build().code == 0
    assert names(site.build("html")) == [("(5, 11)", "h")]


def test_same_code_twice_has_its_own_shapes(new_site):
    """같은 코드가 두 번 있으면 저마다 그때의 형태가 보인다."""
    site = new_site(shape_claims_in_code=True)
    again = RST.block("doctest", ">>> h = h[1:]")
    first = RST.block("testcode", "import numpy as np\nh = np.zeros(7)")
    site.page("page.rst", RST.title("Page"), first, again, "Again.", again)
    assert site.build().code == 0
    assert [text for text, _ in names(site.build("html"))] == ["(7,)", "(6,)", "(7,)", "(5,)", "(6,)"]


def test_other_code_is_written_as_ever(shown, new_site):
    """강조하지 않는 코드도, 펼친 >>> 코드도, 한 쪽짜리 사이트와 다른 빌더도 그대로 쓰인다."""
    site = shown(doctest_test_doctest_blocks="default")
    more = ".. parsed-literal::\n\n   plain *code*", ">>> h.ndim\n2"
    site.page("more.rst", RST.title("More"), RST.block("testcode", CODE), *more)
    assert site.build().code == 0
    built = site.build("html")
    assert built.code == 0, built.output
    assert "plain <em>code</em>" in built.html("more")
    assert names(built, "more")[-1] == ("(B, D) = (5, 11)", "h")
    assert "title=" not in site.build("singlehtml").html("index").partition("<body>")[2].replace('title="Link', "")
    assert site.build("text").code == site.build("pseudoxml").code == 0


def test_errors_of_examples_stay_as_they_are(new_site):
    """지켜보는 코드의 예외는 그대로다. 문법 오류도, 없는 이름도."""
    site = new_site(shape_claims_in_code=True)
    traceback = "Traceback (most recent call last):\n    ...\n"
    examples = (
        f">>> x = missing\n{traceback}NameError: name 'missing' is not defined",
        f">>> x = (\n{traceback}SyntaxError: '(' was never closed",
        f">>> nothing = None\n>>> nothing()\n{traceback}TypeError: 'NoneType' object is not callable",
    )
    site.page("page.rst", RST.title("Page"), *(RST.block("doctest", one) for one in examples))
    built = site.build()
    assert built.code == 0, built.output

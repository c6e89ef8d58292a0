"""수식: 페이지에는 MathML만 남고, 글꼴은 수식이 있는 페이지에만 있고, 틀린 수식은 빌드를 실패시킨다."""

import base64
import io
import re
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from rnn_shapes.pages import math_font
from rnn_shapes.pages.mathml import MathError, mathml


@pytest.fixture
def math_site(site):
    """수식을 그리는 작은 사이트."""
    site.use("pages.mathml", html_math_renderer="mathml")
    return site


def test_accents_and_primes_belong_to_the_letter():
    """물결표는 글자 위에, 첨자는 물결표까지 묶은 것에, 프라임은 첨자와 나란히 붙는다."""
    assert mathml(r"\tilde{c}_t", block=False) == (
        '<math><msub><mover accent="true"><mi>c</mi><mo stretchy="false">˜</mo></mover><mi>t</mi></msub></math>'
    )
    assert mathml("b'_z", block=False) == "<math><msubsup><mi>b</mi><mi>z</mi><mo>′</mo></msubsup></math>"


def test_every_formula_on_the_site_is_mathml(html_build):
    """사이트의 수식은 모두 비어 있지 않은 MathML이고, LaTeX가 글자로 남은 페이지는 없다."""
    folder, _ = html_build
    page = (folder / "learn" / "lstm-and-gru.html").read_text(encoding="utf-8")
    texts = re.findall("<math.*?</math>", page.replace("&ApplyFunction;", ""))
    formulas = [ElementTree.fromstring(text) for text in texts]
    assert len(formulas) >= 6
    assert all("".join(formula.itertext()).strip() for formula in formulas)
    assert not re.search(r"\\(sigma|tilde|odot|begin)", page)


def test_only_pages_with_formulas_load_the_font(html_build):
    """수식이 있는 페이지만 글꼴을 받고, 글꼴은 내보낸 사이트 안에 있다."""
    folder, _ = html_build
    assert (folder / "_static" / "math.css").is_file()
    pages = [path.read_text(encoding="utf-8") for path in folder.rglob("*.html")]
    assert {("_static/math.css" in page) == ("<math" in page) for page in pages} == {True}
    assert {"<math" in page for page in pages} == {True, False}


def test_font_has_what_formulas_need():
    """글꼴에는 적어 둔 글자와 수식을 짜는 표(MATH), 라이선스가 들어 있고, 다시 만들어도 같다."""
    css = math_font.stylesheet()
    assert css == math_font.stylesheet()
    font = TTFont(io.BytesIO(base64.b64decode(re.search(r"base64,([^\"]+)", css)[1])))
    assert set(map(ord, math_font.CHARACTERS)) <= set(font.getBestCmap())
    assert "MATH" in font
    prime = font["glyf"][font.getBestCmap()[ord("′")]]
    assert prime.yMax - prime.yMin > 400, "위 첨자로 올릴 프라임은 큰 글자여야 한다"
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert len(css) < 45_000


@pytest.mark.parametrize(
    ("formula", "place", "message"),
    [
        ("줄 하나\n둘째 줄의 $\\sgma(x)$ 수식", 4, '읽을 수 없는 수식입니다(Unknown command "\\sgma")'),
        ("$$\nh_t = x_t \\\\\n\\frac{a}\n$$", 5, "읽을 수 없는 수식입니다(Expected argument but reached end of input)"),
        ("$$\nL = 손실\n$$", 4, "수식의 글꼴에 담지 않은 글자입니다(손 실)"),
    ],
)
def test_wrong_formula_fails_with_its_line(math_site, formula, place, message):
    """그릴 수 없는 수식은 파일과 줄, 이유와 수식을 말하고 빌드를 실패시킨다. lint가 쓰는 빌더에서도 그렇다."""
    math_site.page("page.md", f"# 제목\n\n{formula}\n")
    built = math_site.build("dummy")
    assert built.code != 0
    assert f"docs/page.md:{place}: ERROR: {message}" in built.output, built.output


def test_korean_in_formulas_is_text():
    """한글은 글로 적으면 쓸 수 있고, 오류는 그 방법을 알려 준다."""
    assert "<mtext>손실</mtext>" in mathml(r"L = \text{손실}", block=True)
    with pytest.raises(
        MathError, match=r"src/rnn_shapes/pages/math_font.py의 CHARACTERS에 더하고, 한글은 \\text\{\} 안에"
    ):
        mathml("손실", block=True)


def test_math_has_no_script_and_no_foreign_address(html_build):
    """수식의 스타일시트는 밖에 아무것도 묻지 않고, 수식이 있는 페이지에 수식을 그리는 스크립트가 없다."""
    folder, _ = html_build
    css = (folder / "_static" / "math.css").read_text(encoding="utf-8")
    assert re.findall(r'url\("([^:]+:)', css) == ["data:"]
    page = (folder / "learn" / "lstm-and-gru.html").read_text(encoding="utf-8")
    assert not re.search(r"<script[^>]*(mathjax|katex|temml)", page, flags=re.I)

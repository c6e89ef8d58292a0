"""틀린 주장과 예제의 보고: 자리, 이유, 그 때문에 확인하지 못한 것. 무엇으로도 감출 수 없다."""

import re

import pytest
from tiny import MARKUPS

RST = MARKUPS["rst"]
CODE = """
import numpy as np

batch_size, seq_length, hidden_dim = 5, 7, 11
outputs = np.zeros((batch_size, seq_length, 2 * hidden_dim))
states = [np.zeros((batch_size, hidden_dim)), np.zeros((batch_size, hidden_dim))]
"""


def test_wrong_claim_prints_only_its_report(korean_site):
    """틀린 주장의 출력에는 숨은 예제의 코드가 섞이지 않는다."""
    korean_site.page("page.rst", RST.title("쪽"), RST.block("testcode", CODE), RST.role("outputs -> (N, T, H)"))
    output = korean_site.build().output
    assert (
        "docs/page.rst:12: 형태 주장이 실제와 다릅니다\n"
        "  식      outputs\n"
        "  주장    (N, T, H)  = (5, 7, 11)\n"
        "  실제    (5, 7, 22) = (N, T, 2H)\n"
        "  기호    N=batch_size=5  T=seq_length=7  H=hidden_dim=11\n"
    ) in output
    assert "__claim__" not in output


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_unreadable_claim_is_an_error_of_every_build(korean_site, builder):
    """읽을 수 없는 주장은 페이지를 다시 읽지 않는 빌드에서도 오류로 나온다."""
    korean_site.page("page.rst", RST.title("쪽"), "글 :shape:`h (N, T)`.")
    for _again in range(2):
        built = korean_site.build(builder)
        assert built.code == 1
        error = "형태 주장을 읽을 수 없습니다. 화살표(->)가 없습니다: 'h (N, T)'. '식 -> 형태'로 적으세요."
        assert f"docs/page.rst:4: ERROR: {error} [shape_claims.syntax]" in built.output


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (
            "value",
            "h 5",
            "The value claim cannot be read. The arrow (->) is missing: 'h 5'. Write 'expression -> words'.",
        ),
        ("default", "h -> 5", "The claim about a default cannot be read. The left side names no argument: 'h'."),
    ],
)
def test_unreadable_claim_names_its_kind(site, kind, text, message):
    """읽을 수 없는 주장의 보고는 어느 갈래인지 말한다."""
    site.page("page.rst", RST.title("Page"), RST.role(text, kind))
    assert f"docs/page.rst:4: {message}" in site.build().output


@pytest.mark.parametrize("suppressed", ["shape_claims", "shape_claims.syntax", "shape_claims.*"])
def test_suppressed_warnings_hide_no_false_claim(new_site, suppressed):
    """경고를 감추는 설정은 확인을 감추지 못한다: 거짓이거나 읽을 수 없는 주장은 그래도 실패한다."""
    site = new_site(suppress_warnings=[suppressed], shape_claims_run="stale")
    page = RST.title("Page"), RST.block("testcode", "n = [1, 2]")
    for text, message in {
        "len(n) -> 3": "the value is not the claimed one",
        "len(n) 3": "The arrow (->) is missing",
    }.items():
        site.page("page.rst", *page, RST.role(text, "value"))
        for builder in ("doctest", "html"):
            built = site.build(builder, strict="")
            assert built.code != 0
            assert message in built.output
        assert not (built.folder / "page.html").exists()
        assert "The check failed on: page" in built.output


def test_failing_example_names_its_line(site):
    """틀린 예제는 저장소에서 본 파일과 그 줄을 말한다."""
    blocks = [
        ">>> 1\n1\n>>> 1 + 1\n3",
        RST.block("doctest", ">>> 1\n1\n>>> 2 + 2\n5"),
        RST.block("testcode", "x = 1\nprint(8)"),
    ]
    page = site.page("page.rst", RST.title("Page"), *blocks, RST.block("testcode", "x = 2\n1 / 0"))
    lines = page.read_text("utf-8").splitlines()
    expected = [lines.index(text) + 1 for text in (">>> 1 + 1", "   >>> 2 + 2", "   x = 1", "   x = 2")]
    output = site.build().output
    assert [int(line) for line in re.findall(r'File "docs/page.rst", line (\d+), in default', output)] == expected


def test_failing_example_of_a_myst_page_names_its_line(new_site):
    """MyST의 예제도 그 줄을 말한다."""
    myst = MARKUPS["myst"]
    site = new_site(markup=myst)
    blocks = [myst.block("doctest", ">>> 1\n1\n>>> 2 + 2\n5"), myst.block("testcode", "x = 1\nprint(8)")]
    page = site.page("page.md", myst.title("Page"), *blocks)
    lines = page.read_text("utf-8").splitlines()
    output = site.build().output
    found = [int(line) for line in re.findall(r'File "docs/page.md", line (\d+), in default', output)]
    assert found == [lines.index(">>> 2 + 2") + 1, lines.index("x = 1") + 1]


def test_exception_is_reported_once_with_what_it_cost(korean_site):
    """예외를 낸 예제는 보고 하나로 끝나고, 그 뒤에 확인하지 못한 주장이 몇 개인지 한 번 말한다."""
    role = RST.role("outputs -> (N, T, 2H)")
    broken = ">>> 1 / 0\n>>> missing"
    korean_site.page(
        "page.rst", RST.title("쪽"), RST.block("testcode", CODE), role, broken, ">>> also_missing", f"{role} {role}"
    )
    output = korean_site.build().output
    assert output.count("Failed example:") == 1
    assert "이 자리까지 없는 이름입니다" not in output
    assert output.count("page: 실패한 예제 뒤의 주장 2개는 확인하지 못했습니다.") == 1


def test_wrong_output_does_not_stop_the_page(site):
    """출력만 틀린 예제 뒤의 주장은 이어서 확인한다."""
    site.page("page.rst", RST.title("Page"), ">>> n = [1]\n>>> 1 + 1\n3", RST.role("len(n) -> 2", "value"))
    output = site.build().output
    assert output.count("Failed example:") == 1
    assert "docs/page.rst:8: the value is not the claimed one" in output
    assert "could not be checked" not in output


def test_claim_may_stand_between_code_and_its_output(site):
    """코드와 그 출력 사이의 주장은 둘을 갈라놓지 않는다."""
    code, claim = RST.block("testcode", "n = [1]\nprint(5)"), RST.role("len(n) -> 1", "value")
    site.page("page.rst", RST.title("Page"), code, claim, f"{claim} {claim}", RST.block("testoutput", "5"), claim)
    built = site.build()
    assert built.code == 0, built.output
    assert len(site.records()) == 4


def test_names_of_a_page_are_one(site):
    """준비 코드, 예제, 함수, 정리 코드는 같은 이름을 본다. 함수가 나중에 묶인 이름도, 지운 이름도 그렇다."""
    code = "import numpy as np\nbatch_size, dim = 5, 11\nh = np.zeros((batch_size, dim))\ndef late(): return later"
    site.page(
        "page.rst",
        RST.title("Page"),
        RST.block("testsetup", "def size(): return dim"),
        RST.block("testcode", code),
        RST.block("testcode", "later = h.T\nglobals()['more'] = 3\ngone = 1"),
        f"{RST.role('late() -> (D, B)')} {RST.role('size() -> 11', 'value')} {RST.role('more -> 3', 'value')}",
        RST.block("doctest", ">>> del gone\n>>> 'gone' in globals()\nFalse"),
        RST.block("testcleanup", "assert more == 3 and late() is later and size() == 11 and 'gone' not in globals()"),
    )
    built = site.build()
    assert built.code == 0, built.output


def test_size_bound_inside_a_function_is_noticed(site):
    """함수가 ``global``로 바꾼 크기도 두 번째 크기다."""
    code = "import numpy as np\nbatch_size, dim = 5, 11\ndef change():\n    global dim\n    dim = 7"
    made = "change()\nh = np.zeros((5, 7))"
    site.page(
        "page.rst", RST.title("Page"), RST.block("testcode", code), RST.block("testcode", made), RST.role("h -> (B, D)")
    )
    assert "page.rst:17: the symbol D has two sizes on this page: 11, later 7" in site.build().output

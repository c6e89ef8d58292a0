"""페이지의 주장이 어디에 적혀 있든 확인되고, 틀리면 그 자리와 이유가 나온다."""

import re

import pytest
from tiny import KOREAN, MARKUPS

RST = MARKUPS["rst"]
CODE = """
import numpy as np

batch_size, seq_length, hidden_dim = 5, 7, 11
outputs = np.zeros((batch_size, seq_length, 2 * hidden_dim))
states = [np.zeros((batch_size, hidden_dim)), np.zeros((batch_size, hidden_dim))]
"""


def everywhere(m):
    """주장이 적힐 수 있는 모든 자리."""
    row = f"* - 출력\n  - {m.role('outputs -> (N, T, 2H)')}\n* - 전치\n  - {m.role('outputs.T -> (2H, T, N)')}"
    note = (
        f"알림 안에 {m.role('outputs[0] -> (T, 2H)')} 자리.\n\n"
        f"- 그 안의 목록에 {m.role('outputs[:, 0] -> (N, 2H)')}\n"
        f"- 또 {m.role('outputs[:, 0] -> (N, 2H)')}"
    )
    return (
        m.title("어디에나"),
        m.block("testcode", CODE),
        m.title(f"제목 안의 {m.role('outputs -> (N, T, 2H)')}"),
        f"한 단락 안에 둘이 있고,\n둘째 줄에 {m.role('outputs -> (N, T, 2H)')} 자리,\n"
        f"셋째 줄에 {m.role('states -> [(N, H), (N, H)]')} 자리.",
        m.block("note", note),
        m.block("list-table", row, f"표 제목의 {m.role('states[1] -> (N, H)')}"),
        f"여러 줄에 걸친 주장 {m.role('np.concatenate(states, axis=-1) ->' + chr(10) + '(N, 2H)')} 하나.",
        f"{m.role('outputs.ndim -> 3', 'value')} 축, {m.role('len(states) == 2 -> 둘 / 둘 아님', 'value')}, "
        f"{m.role('np.array.copy -> True', 'default')}.",
    )


@pytest.fixture
def korean_page(new_site, markup):
    """두 표기법 가운데 하나로 적은 우리말 사이트와 페이지의 조각들."""
    site = new_site(markup=markup, language="ko", shape_claims_symbols=KOREAN)
    return site, f"page{markup.suffix}", everywhere(markup)


def test_claims_hold_wherever_they_stand(korean_page):
    """단락, 알림, 목록, 표, 제목, 캡션의 주장이 모두 확인된다."""
    site, name, blocks = korean_page
    site.page(name, *blocks)
    built = site.build()
    assert built.code == 0, built.output
    found = [(record["expression"], record["measured"]) for record in site.records().values()]
    assert len(found) == 13
    assert dict(found)["outputs"] == "(5, 7, 22)"
    assert dict(found)["np.concatenate(states, axis=-1)"] == "(5, 22)"
    assert dict(found)["np.array.copy"] == "True"
    assert "성립한 주장 13개. 기록: " in built.output


def test_line_is_the_line_of_the_claim(korean_page):
    """여러 줄 단락과 겹친 directive 안에서도 주장이 적힌 줄을 말한다."""
    site, name, blocks = korean_page
    page = site.page(name, *[re.sub(r"\bT, 2H\)", "T, 5H)", block) for block in blocks])
    output = site.build().output
    expected = [number for number, line in enumerate(page.read_text("utf-8").splitlines(), 1) if "5H)" in line]
    reported = [int(line) for line in re.findall(rf"docs/{name}:(\d+): 형태 주장이 실제와 다릅니다", output)]
    assert len(expected) == 4
    assert reported == expected


CLAIMS = {
    "outputs -> (N, T, H)": "형태 주장이 실제와 다릅니다",
    "states -> ((N, H), (N, H))": "형태 주장이 실제와 다릅니다",
    "square -> (N, T)": "형태 주장이 약합니다: 틀린 주장도 참이 됩니다",
    "outputs[0, 0] -> (D,)": "기호 D의 크기를 모릅니다: input_dim에 정수를 묶은 코드가 이 자리까지 없습니다",
    "missing -> (N,)": "이 자리까지 없는 이름입니다: missing",
    "states[5] -> (N,)": "식을 계산하다가 예외가 났습니다",
    "len(states) -> (N,)": "형태가 없는 식입니다",
    "outputs (N, T)": "형태 주장을 읽을 수 없습니다. 화살표(->)가 없습니다: 'outputs (N, T)'. '식 -> 형태'로 적으세요.",
    "-> (N, T)": "형태 주장을 읽을 수 없습니다. 화살표 왼쪽에 식이 없습니다: '-> (N, T)'. '식 -> 형태'로 적으세요.",
    "h ->": "형태 주장을 읽을 수 없습니다. 화살표 오른쪽에 형태가 없습니다: 'h ->'. '식 -> 형태'로 적으세요.",
    "outputs -> (N, Q)": "형태 주장을 읽을 수 없습니다. 모르는 기호입니다: '(N, Q)'의 Q. 아는 기호: N, T, D, H.",
    "outputs -> N": "형태 주장을 읽을 수 없습니다. 형태가 tuple이 아닙니다: 'N'. 축이 하나면 (N,)처럼 쉼표를 붙이세요.",
    "outputs -> [N, T]": "형태 주장을 읽을 수 없습니다. 형태가 tuple이 아닙니다: '[N, T]'.",
    "(5, 7) -> (N, T)": "식이 아무것도 확인하지 않습니다",
    "outputs[ -> (N,)": "형태 주장을 읽을 수 없습니다. 화살표 왼쪽이 파이썬 식이 아닙니다: 'outputs['.",
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_page_that_must_fail_fails(new_site, markup, claim):
    """틀린 페이지는 파일과 줄과 이유를 말하며 실패한다. 다시 빌드해도 같다."""
    site = new_site(markup=markup, language="ko", shape_claims_symbols=KOREAN)
    code = CODE.replace("7, 11", "5, 11") + "square = np.zeros((5, 5))" if "square" in claim else CODE
    blocks = markup.title("실패할 페이지"), markup.block("testcode", code)
    page = site.page(
        f"page{markup.suffix}", *blocks, markup.block("note", f"앞줄이 있고\n형태는 {markup.role(claim)} 자리.")
    )
    line = len(page.read_text("utf-8").splitlines()) - (markup.suffix == ".md")
    for _again in range(2):
        built = site.build(strict="")
        assert built.code != 0
        assert f"docs/page{markup.suffix}:{line}: {CLAIMS[claim]}" in built.output


def test_symbolic_tensor_and_shape_of_the_page(korean_site):
    """크기를 모르는 축이 있는 값과, 형태를 담은 값도 잰다."""
    code = ">>> seq_length, hidden_dim = 7, 11\n>>> class Symbolic:\n...     shape = (None, seq_length, hidden_dim)"
    text = f"{RST.role('Symbolic() -> (None, T, H)')} {RST.role('Symbolic.shape -> (None, T, H)')}"
    korean_site.page("page.rst", RST.title("쪽"), RST.block("doctest", code), text)
    built = korean_site.build()
    assert built.code == 0, built.output
    assert len(korean_site.records()) == 2


def test_repeated_claims_are_recorded_apart(site):
    """같은 주장을 이어서 두 번 적어도 기록은 따로 남는다."""
    claim = RST.role("len(n) -> 1", "value")
    site.page("page.rst", RST.title("Page"), ">>> n = [1]", f"{claim} {claim}", claim)
    site.build()
    assert len(site.records()) == 3


@pytest.mark.parametrize("prolog", [False, True])
def test_claim_in_a_substitution(new_site, prolog):
    """바꿔 넣는 글에 적은 주장은 쓰인 자리마다 확인하고, 정의한 자리에서는 하지 않는다."""
    definition = f".. |both| replace:: there are {RST.role('len(n) -> 2', 'value')}"
    site = new_site(**({"rst_prolog": definition + "\n"} if prolog else {}))
    rest = [] if prolog else [definition]
    site.page("page.rst", RST.title("Page"), ">>> n = [1, 2]", "Here |both|, and |both|.", *rest)
    built = site.build()
    assert built.code == 0, built.output
    assert len(site.records()) == 2
    site.page("page.rst", RST.title("Page"), ">>> n = [1, 2, 3]", "Here |both|.", *rest)
    place = "<rst_prologue>" if prolog else "docs/page.rst:8"
    assert f"{place}: the value is not the claimed one" in site.build().output


def test_claim_in_a_title_is_not_a_claim_of_the_contents(new_site):
    """차례에 옮겨진 제목의 주장은 세지 않는다. 그래서 다시 빌드할 때 실행할 것이 없다."""
    site = new_site(shape_claims_run="stale")
    title = RST.title(f"Head {RST.role('len(n) -> 2', 'value')}")
    site.page("page.rst", RST.title("Page"), ".. contents::", ">>> n = [1, 2]", title, "Text.")
    assert "running tests" in site.build("html").output
    assert len(site.records()) == 1
    again = site.build("html")
    assert "running tests" not in again.output
    assert again.marks() == ["checked"]


def test_claim_in_a_myst_link_is_a_claim(new_site):
    """링크의 글에 적은 주장도 확인한다."""
    myst = MARKUPS["myst"]
    site = new_site(markup=myst)
    link = f"[there are {myst.role('len(n) -> 3', 'value')}](https://example.org)"
    site.page("page.md", myst.title("Page"), myst.block("doctest", ">>> n = [1, 2]"), link)
    assert "docs/page.md:7: the value is not the claimed one" in site.build().output


def test_false_claim_in_a_translation_fails(korean_site):
    """번역문에 적힌 틀린 주장도 번역의 자리를 말하며 실패한다."""
    korean_site.page(
        "page.rst", RST.title("쪽"), RST.block("testcode", CODE), "출력은 :shape:`outputs -> (N, T, 2H)` 꼴."
    )
    korean_site.page(
        "locale/en/LC_MESSAGES/page.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"',
        'msgid "출력은 :shape:`outputs -> (N, T, 2H)` 꼴."\nmsgstr "The output is :shape:`outputs -> (N, T, H)`."',
    )
    built = korean_site.build("doctest", "-D", "language=en", "-D", "locale_dirs=locale")
    assert built.code != 0
    assert re.search(r"page\.rst:12:<translated>: the shape is not the claimed one", built.output), built.output


def test_without_a_table_symbols_are_the_names_in_claims(new_site):
    """기호의 표가 없으면 주장에 적은 이름이 기호이고, 다른 정수는 주장을 약하게 하지 않는다."""
    site = new_site(shape_claims_symbols={})
    code = "import numpy as np\nbatch, dim, other = 5, 7, 5\nh = np.zeros((batch, dim))"
    roles = RST.role("h -> (batch, dim)"), RST.role("h.size -> batch * dim", "value")
    site.page("page.rst", RST.title("Page"), RST.block("testcode", code), *roles)
    built = site.build()
    assert built.code == 0, built.output


def test_functions_of_a_page_keep_their_source(new_site):
    """페이지의 함수는 어느 예제에 있든 제 소스를 안다. tf.function이 그것을 읽어 그래프로 바꾼다."""
    blocks = [
        RST.block("testcode", f"import inspect\ndef {name}(x):\n    return x + {number}")
        for name, number in (("first", 1), ("second", 2))
    ]
    told = ("first", 1), ("second", 2)
    claims = [RST.role(f"inspect.getsource({name}).split()[-1] -> {number}", "value") for name, number in told]
    site = new_site(shape_claims_symbols=KOREAN)
    site.page("page.rst", RST.title("소스"), *blocks, *(f"{claim} 자리." for claim in claims))
    built = site.build()
    assert built.code == 0, built.output
    assert len(site.records()) == 2

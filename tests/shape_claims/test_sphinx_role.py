"""작은 사이트에서 주장이 페이지에서 화면까지 가는 길."""

import json
import re

import pytest
from sphinx.cmd.build import build_main
from support import SITE

FAILURES = {
    "wrong": "형태 주장이 실제와 다릅니다",
    "wrong_container": "형태 주장이 실제와 다릅니다",
    "weak": "형태 주장이 약합니다: 틀린 주장도 참이 됩니다",
    "unbound_symbol": "기호 D의 크기를 모릅니다",
    "unbound_name": "이 자리까지 없는 이름입니다: missing",
    "raises": "식을 계산하다가 예외가 났습니다",
    "shapeless": "형태를 잴 수 없는 식입니다",
    "no_arrow": "화살표(->)가 없습니다",
    "no_expression": "화살표 왼쪽에 식이 없습니다",
    "no_shape": "화살표 오른쪽에 형태가 없습니다",
    "unknown_symbol": "모르는 기호입니다",
    "not_a_tuple": "형태가 tuple이 아닙니다",
    "list_shape": "형태가 tuple이 아닙니다",
    "measures_nothing": "식이 아무것도 재지 않습니다",
    "not_python": "화살표 왼쪽이 파이썬 식이 아닙니다",
}


def test_claims_hold_wherever_they_stand(site):
    """단락, 알림, 목록, 표, 제목, 캡션, RST와 기호 텐서의 주장이 모두 확인된다."""
    site.copy("pass/everywhere.md", "pass/symbolic.md")
    built = site.build("doctest")
    assert built.code == 0, built.output
    pages = json.loads((site.source / "claims.json").read_text())
    assert len(pages["symbolic"]["records"]) == 2
    measured = {record["expression"]: record["measured"] for record in pages["everywhere"]["records"].values()}
    assert measured["outputs"] == "(5, 7, 22)"
    assert measured["(outputs, states)"] == "((5, 7, 22), [(5, 11), (5, 11)])"
    assert measured["np.concatenate(states, axis=-1)"] == "(5, 22)"


@pytest.mark.parametrize("page", sorted(path.stem for path in (SITE / "fail").glob("*.md")))
def test_page_that_must_fail_fails(site, page):
    """틀린 페이지는 파일과 줄과 까닭을 말하며 빌드를 실패시킨다."""
    site.copy(f"fail/{page}.md")
    built = site.build("doctest")
    assert built.code != 0
    assert re.search(rf"docs/{page}\.md:12: .*{re.escape(FAILURES[page])}", built.output), built.output


def test_every_failing_page_is_expected():
    """실패해야 하는 페이지마다 기대하는 까닭이 있다."""
    assert {path.stem for path in (SITE / "fail").glob("*.md")} == set(FAILURES)


def test_line_is_the_line_of_the_claim(site):
    """여러 줄 단락과 겹친 directive 안에서도 주장이 적힌 줄을 말한다."""
    text = (SITE / "pass/everywhere.md").read_text()
    page = site.page("everywhere.md", text.replace("N, T, 2H)", "N, T, 5H)").replace("(T, 2H)", "(T, 5H)"))
    built = site.build("doctest")
    expected = [number for number, line in enumerate(page.read_text().splitlines(), 1) if "5H)" in line]
    reported = [int(line) for line in re.findall(r"everywhere\.md:(\d+): 형태 주장이", built.output)]
    assert reported == expected


def test_wrong_claim_prints_only_its_report(site):
    """틀린 주장의 출력에는 숨은 예제의 코드가 섞이지 않는다."""
    site.copy("fail/wrong.md")
    output = site.build("doctest").output
    assert (
        "docs/wrong.md:12: 형태 주장이 실제와 다릅니다\n"
        "  식      outputs\n"
        "  주장    (N, T, 2H) = (5, 7, 22)\n"
        "  실제    (5, 7, 11) = (N, T, H)\n"
        "  기호    N=batch_size=5  T=seq_length=7  H=hidden_dim=11\n"
    ) in output
    assert "__claim__" not in output


PAGE = """# 페이지

```{testcode}
import numpy as np
batch_size, hidden_dim = 5, 11
h = np.zeros((batch_size, hidden_dim))
```

앞의 글. 은닉 상태는 {shape}`h -> (N, H)`다.

```{testcode}
c = h
```

셀 상태도 {shape}`c -> (N, H)`다.
"""


def marks(html):
    """화면에 보이는 주장의 상태를 차례대로."""
    return re.findall(r'class="claim claim-(\w+)"', html)


def test_without_evidence_claims_are_not_checked(site):
    """기록이 없어도 사이트는 만들어지고, 주장은 아직 확인하지 않은 것으로 보인다."""
    site.page("page.md", PAGE)
    built = site.build("html")
    assert built.code == 0, built.output
    assert marks(built.html("page")) == ["unchecked", "unchecked"]
    assert "아직 확인하지 않음" in built.html("page")


def test_evidence_reaches_pages_already_written(site):
    """나중에 생긴 기록은 이미 만든 페이지에도 반영되고, 설명에는 식과 잰 형태와 크기가 있다."""
    site.page("page.md", PAGE)
    site.build("html")
    site.build("doctest")
    html = site.build("html").html("page")
    assert marks(html) == ["checked", "checked"]
    note = re.search(r'role="tooltip" id="claim-1">(.*?)</span></span>', html)[1]
    assert re.sub(r"<[^>]+>", "", note) == (
        "실행해서 확인함식: h잰 형태: (5, 11)N = 5 배치 크기, batch_sizeH = 11 은닉 상태의 크기(유닛 수), hidden_dim"
    )
    assert '<code tabindex="0" aria-describedby="claim-1"><span class="one">(N, H)</span></code>' in html


def test_one_build_checks_and_writes(site):
    """``rnn_shapes_check``이면 HTML 빌드 하나가 확인하고 기록하고 표시하며, 틀린 주장이 있으면 실패한다."""
    site.page("page.md", PAGE)
    built = site.build("html", "-D", "rnn_shapes_check=1")
    assert built.code == 0, built.output
    assert marks(built.html("page")) == ["checked", "checked"]
    assert (site.source / "claims.json").exists()
    site.page("page.md", PAGE.replace("`c -> (N, H)`", "`c -> (H, N)`"))
    built = site.build("html", "-D", "rnn_shapes_check=1")
    assert built.code != 0
    assert "docs/page.md:15: 형태 주장이 실제와 다릅니다" in built.output


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("앞의 글", "고친 글", ["checked", "checked"]),
        ("c = h", "c = h + 1", ["checked", "unchecked"]),
        ("5, 11", "7, 11", ["unchecked", "unchecked"]),
        ("`c -> (N, H)`", "`c.T -> (H, N)`", ["checked", "unchecked"]),
    ],
)
def test_edited_claims_lose_their_mark(site, old, new, expected):
    """주장이나 그 앞의 코드를 고치면 표시를 잃고, 글만 고치면 잃지 않는다."""
    site.page("page.md", PAGE)
    site.build("doctest")
    site.page("page.md", PAGE.replace(old, new))
    assert marks(site.build("html").html("page")) == expected


def test_failing_claims_leave_no_evidence(site):
    """하나라도 틀린 페이지에는 확인 표시가 남지 않는다."""
    site.page("page.md", PAGE.replace("`c -> (N, H)`", "`c -> (H, N)`"))
    site.build("doctest")
    assert marks(site.build("html").html("page")) == ["unchecked", "unchecked"]


def test_failed_page_is_remembered(site):
    """예제 하나만 틀려도 그 페이지는 실패로 남아, 다음 빌드가 모르고 지나가지 않는다."""
    site.page("page.md", PAGE + "\n```{doctest}\n>>> 1 + 1\n3\n```\n")
    site.build("doctest")
    assert json.loads((site.source / "claims.json").read_text())["page"] == {
        "versions": {},
        "records": {},
        "failed": True,
    }


def test_failing_example_names_its_line(site):
    """틀린 예제는 저장소에서 본 파일과 그 줄을 말한다."""
    page = site.page("page.md", PAGE + "\n```{doctest}\n>>> 1\n1\n>>> 1 + 1\n3\n```\n")
    line = page.read_text().splitlines().index(">>> 1 + 1") + 1
    assert f'File "docs/page.md", line {line}, in default' in site.build("doctest").output


def test_repeated_claims_are_recorded_apart(site):
    """같은 주장을 이어서 두 번 적어도 기록은 따로 남는다."""
    site.page("page.md", PAGE + "\n또 {shape}`c -> (N, H)`와 {shape}`c -> (N, H)`.\n")
    site.build("doctest")
    assert len(json.loads((site.source / "claims.json").read_text())["page"]["records"]) == 4


def test_naming_pages_keeps_evidence_of_the_others(site):
    """페이지를 골라 실행하면 나머지 페이지의 기록은 그대로 남는다."""
    site.page("page.md", PAGE)
    site.page("other.md", PAGE)
    site.build("doctest")
    before = json.loads((site.source / "claims.json").read_text())
    site.page("page.md", PAGE.replace("5, 11", "7, 11"))
    build_main(["-b", "doctest", "-q", str(site.source), str(site.source.parent / "one"), str(site.source / "page.md")])
    after = json.loads((site.source / "claims.json").read_text())
    assert after["other"] == before["other"]
    assert after["page"]["records"].keys() != before["page"]["records"].keys()


def test_broken_evidence_says_how_to_mend(site):
    """깨진 기록 파일은 무엇을 하면 되는지 말한다."""
    site.page("page.md", PAGE)
    (site.source / "claims.json").write_text("{")
    built = site.build("html")
    assert built.code != 0
    assert "기록을 읽을 수 없습니다" in built.output
    assert "파일을 지우고 python3.11 noxfile.py doctest로 다시 만드세요." in built.output


def test_claim_in_a_title_stays_out_of_navigation(site):
    """제목 안의 주장은 차례와 창 제목에 형태만 남긴다."""
    site.page("page.md", PAGE + "\n## 제목 {shape}`h -> (N, H)`\n")
    site.build("doctest")
    html = site.build("html").html("page")
    assert html.count('id="claim-3"') == 1
    assert re.search(r"<h2>제목 <span", html)
    assert re.search(r'<a class="reference internal" href="#[^"]*">제목 <code>\(N, H\)</code></a>', html)


def test_false_claim_in_a_translation_fails(site):
    """번역문에 적힌 틀린 주장도 번역의 자리를 말하며 실패한다."""
    site.page("page.md", PAGE)
    site.page(
        "locale/en/LC_MESSAGES/page.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "셀 상태도 {shape}`c -> (N, H)`다."\nmsgstr "The cell state is {shape}`c -> (H, N)` too."\n',
    )
    built = site.build("doctest", "-D", "language=en", "-D", "locale_dirs=locale")
    assert built.code != 0
    assert re.search(r"page\.md:15:<translated>: 형태 주장이 실제와 다릅니다", built.output), built.output

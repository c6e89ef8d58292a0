"""만든 쪽에 보낼 보고: 코드와 출력은 페이지의 것 그대로이고, 코드는 그것만 떼어 실행된다."""

import contextlib
import io
import re

import pytest
from support import ROOT

from rnn_shapes.pages.bug_reports import versions

PAGE = (ROOT / "docs/howto/keras-bugs.md").read_text(encoding="utf-8")
SECTIONS = [section for section in PAGE.split("\n## ")[1:] if "{bug-report}" in section]
TINY = """# 버그

## 하나

```{testcode}
print(1 + 1)
```

```{testoutput}
2
```

:::{dropdown} 보고
```{bug-report} One and one
:known: somewhere

It is three.
```
:::
"""


def blocks(section, kind):
    """절에 든 한 종류의 블록."""
    return re.findall(rf"^```\{{{kind}\}}\n(.*?)^```$", section, flags=re.M | re.S)


@pytest.mark.parametrize("section", SECTIONS, ids=[section.splitlines()[0] for section in SECTIONS])
def test_reproduction_runs_alone(section):
    """보고의 코드는 빈 곳에서 그것만 실행해도 적힌 출력이 나온다."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(blocks(section, "testcode")[0], "<report>", "exec"), {})  # noqa: S102 -- 페이지의 코드다
    assert printed.getvalue() == blocks(section, "testoutput")[0]
    assert "import keras\n" in blocks(section, "testcode")[0]


def test_every_bug_has_a_report_and_a_place_in_the_table():
    """절마다 보고가 있고, 첫머리의 표에서 절로 갈 수 있다."""
    targets = re.findall(r"^\((bug-[a-z-]+)\)=$", PAGE, flags=re.M)
    assert len(targets) == len(SECTIONS) == PAGE.count("{bug-report}")
    assert re.findall(r"^\| \{ref\}`[^`]+ <(bug-[a-z-]+)>`", PAGE, flags=re.M) == targets


def test_report_is_made_of_the_code_and_the_output_of_its_section(site):
    """보고에는 제목과 버전, 절의 코드와 출력, 기대한 것, 알려진 곳이 있다."""
    site.conf("sphinx_design")
    site.use("pages.bug_reports")
    site.page("bugs.md", TINY)
    built = site.build("text")
    assert built.code == 0, built.output
    text = (built.folder / "bugs.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in text[text.index("# One and one") :].splitlines() if line.strip()]
    fence = "```"
    code = ["**Code**", f"{fence}python", "print(1 + 1)", fence]
    output = ["**Actual output**", f"{fence}text", "2", fence]
    ends = ["**Expected**: It is three.", "**Related**: somewhere"]
    assert lines[:12] == ["# One and one", f"**Versions**: {versions()}", *code, *output, *ends]


def test_report_without_code_is_refused(site):
    """같은 절에 코드와 출력이 없으면 어디인지 알리고 실패한다."""
    site.conf("sphinx_design")
    site.use("pages.bug_reports")
    site.page(
        "bugs.md", TINY.replace("## 하나", "## 하나\n\n글.\n\n## 둘").replace(":::{dropdown}", "## 셋\n\n:::{dropdown}")
    )
    built = site.build("text")
    assert built.code == 1
    assert re.search(r"bugs\.md:\d+: ERROR: 절에 재현 코드", built.output)

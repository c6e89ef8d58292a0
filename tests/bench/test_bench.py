"""재는 도구: 페이지의 코드와 식을 빠뜨리지 않고, 표에 가장 나은 것을 적는다."""

import importlib.util
import runpy
import subprocess
import sys

import pytest
from support import ROOT


@pytest.fixture(scope="module")
def bench():
    """tests/bench/bench.py."""
    spec = importlib.util.spec_from_file_location("bench", ROOT / "tests" / "bench" / "bench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGE = """# 글

```{include} first.txt
```

```{testcode}
see("testcode")
```

{shape}`see("shape") -> (N, T)`이고 {value}`see("first")
 -> 같습니다 / 다릅니다`이며 {value}`see("second") -> 4H(D + H + 1)`입니다.
기본은 {default}`no.such.name -> False`입니다.

```{rnn-figure} some
:alt: 그림

outputs: see("label") -> (N, T)
```

```markdown
{value}`see("not executed") -> 3`
```

```{doctest}
>>> see("doctest")
```
"""


INCLUDED = """```{testcode}
from pathlib import Path
def see(word):
    with Path("seen").open("a") as file:
        print(word, file=file)
see("included")
```
"""


def test_limit_executes_all_that_a_page_executes(bench, tmp_path):
    """한계는 페이지의 코드와 끌어온 코드, 형태와 값의 식과 그림의 식을 적힌 순서로 한 번씩 실행한다."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "first.txt").write_text(INCLUDED, encoding="utf-8")
    (tmp_path / "docs" / "page.md").write_text(PAGE, encoding="utf-8")
    subprocess.run([sys.executable, "-c", bench.PAGES], cwd=tmp_path, check=True)
    expected = ["included", "testcode", "shape", "first", "second", "label", "doctest"]
    assert (tmp_path / "seen").read_text(encoding="utf-8").split() == expected


def test_copy_has_every_file_that_a_page_names_as_its_source(bench, tmp_path):
    """옮겨 담은 저장소에는 페이지가 원본으로 가리키는 것이 있고, 만들어진 것은 없다."""
    bench.copy(tmp_path)
    assert (tmp_path / "src" / "rnn_shapes" / "symbols.py").is_file()
    assert not (tmp_path / "docs" / "gallery").exists()


def test_brief_copy_builds_without_running_the_gallery(bench, tmp_path):
    """짧게 재는 저장소의 설정은 갤러리를 실행하지 않는다."""
    bench.copy(tmp_path)
    bench.without_gallery(tmp_path)
    settings = runpy.run_path(str(tmp_path / "docs" / "conf.py"))
    assert settings["sphinx_gallery_conf"]["plot_gallery"] == "False"


def test_table_takes_the_best_of_the_rounds(bench):
    """표에는 가장 짧은 시간과 그 비, 가장 많은 메모리를 적는다."""
    slow = [(20.0, 900), (40.0, 1500), (2.0, 300), (4.0, 300), (10.0, 800), (14.0, 900)]
    fast = [(10.0, 950), (13.0, 1400), (1.0, 300), (3.0, 300), (10.0, 800), (12.0, 900)]
    lines = bench.table([slow, fast]).splitlines()
    assert "| 처음부터 만드는 사이트 | 13.0 | 1.30 | 1.3배 | 1500 |" in lines
    assert "| 바뀐 것이 없는 사이트 | 1.0 |  | 2초 | 300 |" in lines
    assert "| 처음부터 하는 주장의 확인 | 12.0 | 1.20 | 1.2배 | 900 |" in lines

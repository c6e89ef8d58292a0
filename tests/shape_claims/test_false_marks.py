"""거짓 주장에 확인한 표시를 붙이려는 시도들. ``stale``인 HTML 빌드는 어느 것도 내보내지 않는다."""

import pytest
from tiny import Rst

M = Rst()
CODE = M.block("testcode", "import numpy as np\nbatch_size, seq_len, dim = 5, 7, 11\nh = np.zeros((batch_size, dim))")
TRUE = f"The shape is {M.role('h -> (B, D)')}."


@pytest.fixture
def stale(new_site):
    """HTML 빌드가 스스로 확인하는 사이트와, 한 번 확인해서 만든 페이지."""
    site = new_site(shape_claims_run="stale")
    site.page("page.rst", M.title("Page"), CODE, TRUE)
    assert site.build("html").marks() == ["checked"]
    return site


SETUP = "import numpy as np\nbatch_size, seq_len, dim = 5, 11, 7\nh = np.zeros((batch_size, seq_len))"
FALSE = "h = np.zeros((batch_size, 2 * dim))"


@pytest.mark.parametrize(
    "blocks",
    [
        (CODE.replace("h = np.zeros((batch_size, dim))", FALSE), TRUE),
        (CODE, M.block("testcode", FALSE), TRUE),
        (
            CODE,
            M.block("testsetup", "import numpy as np\n" + FALSE.replace("batch_size", "5")),
            TRUE.replace("D", "2D"),
        ),
        (CODE, ">>> " + FALSE, TRUE),
        (CODE, M.block("doctest", ">>> " + FALSE), TRUE),
        (CODE, M.block("include", "", "other.txt"), TRUE),
        (CODE, M.block("testcode", FALSE) + "\n   :hide:", TRUE),
        (CODE, M.block("testcode", ":hide:\n\n" + FALSE), TRUE),
        (CODE, M.block("only", M.block("testcode", FALSE), "latex"), TRUE),
        (CODE, TRUE, "Other |s|.", f".. |s| replace:: text {M.role('h -> (D, B)')}"),
        (CODE, TRUE, M.block("only", M.role("h -> (D, B)"), "html")),
        (CODE, TRUE, M.block("only", M.role("h -> (D, B)"), "latex")),
        (CODE, TRUE, M.block("note", M.role("h -> (D, B)"))),
        (CODE, TRUE, M.block("list-table", "* - " + M.role("h -> (D, B)"))),
        (CODE, TRUE, M.block("csv-table", '"a", "' + M.role("h -> (D, B)") + '"')),
        (CODE, TRUE, M.block("math", "x") + "\n\n.. [#a] " + M.role("h -> (D, B)") + "\n\nText [#a]_."),
        (CODE, TRUE, M.block("admonition", "Text.", M.role("h -> (D, B)"))),
        (CODE, TRUE, M.block("glossary", "term " + M.role("h -> (D, B)") + "\n  Text.")),
        (CODE, TRUE, M.block("topic", "Text.", M.role("h -> (D, B)"))),
        (CODE, TRUE, M.block("figure", M.role("h -> (D, B)"), "picture.png")),
        (CODE, TRUE, ":field: " + M.role("h -> (D, B)")),
        (CODE, TRUE, M.title("Heading " + M.role("h -> (D, B)"))),
        (CODE, TRUE, M.block("parsed-literal", "code " + M.role("h -> (D, B)"))),
        (CODE, TRUE, f"A `{M.role('h -> (D, B)')} <https://example.org>`_ link.".replace("`:shape", ":shape")),
        (CODE, "__claim__ = print", TRUE.replace("(B, D)", "(D, B)")),
        (CODE, M.block("testcode", "__claim__ = lambda number: None"), TRUE.replace("(B, D)", "(D, B)")),
        (CODE, M.block("testcode", "print = lambda *words: None"), TRUE.replace("(B, D)", "(D, B)")),
        (CODE, M.block("testcode", "import io, sys\nsys.stdout = io.StringIO()"), TRUE.replace("(B, D)", "(D, B)")),
        (
            CODE,
            M.block("testcode", "import builtins\nshown, builtins.print = builtins.print, lambda *words: None"),
            TRUE.replace("(B, D)", "(D, B)"),
            M.block("testcode", "builtins.print = shown"),
        ),
        (CODE, M.block("testcode", "print(5)"), TRUE, M.block("testoutput", "6")),
        (CODE, M.block("testcode", "print(5)"), TRUE, "And:", M.block("testoutput", "6")),
        (CODE, M.block("testcode", "raise ValueError"), TRUE),
        (CODE, TRUE, M.block("testcleanup", "raise ValueError")),
        (M.block("testsetup", "raise ValueError"), CODE, TRUE),
        (CODE, M.block("testcode", "seq_len, dim = 11, 7"), TRUE.replace("(B, D)", "(B, L)")),
        (CODE + "\n   seq_len, dim = 11, 7", TRUE.replace("(B, D)", "(B, L)")),
        (M.block("testsetup", SETUP), M.block("testcode", "seq_len, dim = 7, 11"), TRUE),
        (CODE, M.block("doctest", ">>> for dim in (22, 11): h = np.zeros((5, 11))"), TRUE),
        (CODE, "Bad :shape:`h (B, D)`."),
        (CODE, TRUE, "Bad :value:`h.shape[0] -> 6`."),
        (CODE, TRUE, ">>> x = 1\n>>>y = 2"),
    ],
)
def test_edited_page_fails(stale, blocks):
    """고쳐서 거짓이 된 페이지는 어디를 어떻게 고쳤든 사이트가 되지 않고, 다시 만들어도 그렇다."""
    stale.page("other.txt", M.block("testcode", FALSE))
    stale.page("page.rst", M.title("Page"), *blocks)
    before = (stale.source.parent / "html" / "page.html").read_text(encoding="utf-8")
    for _again in range(2):
        built = stale.build("html", strict="")
        assert built.code != 0
        assert "The check failed on: page" in built.output
        assert built.html() == before


def test_code_that_reaches_into_the_check_fails(stale):
    """페이지의 코드가 doctest의 비교를 바꾸어도, 결과가 없는 주장은 실패로 센다."""
    patch = "import doctest\nkept = doctest.OutputChecker.check_output\n"
    patch += "doctest.OutputChecker.check_output = lambda *found: True"
    restore = M.block("testcode", "doctest.OutputChecker.check_output = kept")
    claim = TRUE.replace("(B, D)", "(D, B)")
    stale.page("page.rst", M.title("Page"), CODE, M.block("testcode", patch), claim, restore)
    built = stale.build("html")
    assert built.code != 0
    assert "page: 1 claims were not checked: the page's code changes how it is run." in built.output

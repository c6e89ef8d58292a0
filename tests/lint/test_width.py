"""코드의 한 줄은 넓은 화면의 글 칸에 다 들어간다."""

import pytest

from rnn_shapes.lint.width import LONGEST

WHAT = f"ERROR: {LONGEST}자를 넘는 줄은 화면에 다 보이지 않습니다. 줄을 나누세요: "
LONG = f"x = '{'a' * (LONGEST - 4)}'"
FITS = f"x = '{'a' * (LONGEST - 6)}'"


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        (f"```{{testcode}}\ny = 1\n{LONG}\n```", 5, LONG),
        (f"```{{doctest}}\n>>> {FITS}\n```", 4, f">>> {FITS}"),
        (f"```{{doctest}}\n>>> print('{LONG[5:-5]}\\n')\n{LONG[5:]}aaaaa\n```", 4, f">>> print('{LONG[5:-5]}\\n')"),
        (f"```{{testcode}}\ny = '{'가' * (LONGEST // 2)}'\n```", 4, f"y = '{'가' * (LONGEST // 2)}'"),
        (f"```console\n$ {LONG}\n```", 4, f"$ {LONG}"),
        (f":::{{note}}\n```text\n{LONG}\n```\n:::", 5, LONG),
    ],
)
def test_long_line_fails_the_build(lint, text, line, shown):
    """코드와 출력, 상자 안의 코드에서 긴 줄은 그 줄을 말하며 실패한다. 한글은 둘로 센다."""
    built = lint(text)
    assert built.code != 0
    assert f"docs/page.md:{line}: {WHAT}{shown}" in built.output, built.output


@pytest.mark.parametrize(
    "text",
    [
        f"```{{testcode}}\n{FITS}\n```",
        f"```{{doctest}}\n>>> {FITS[:-5]}'  # doctest: +NORMALIZE_WHITESPACE\n```",
    ],
)
def test_line_that_fits_passes(lint, text):
    """들어가는 줄은 통과하고, 독자에게 보이지 않는 doctest의 옵션은 세지 않는다."""
    built = lint(text)
    assert built.code == 0, built.output

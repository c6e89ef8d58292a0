"""갤러리 스크립트: 코드의 글과, 코드가 뒷받침하지 않는 글."""

import pytest

from rnn_shapes.lint import scripts

SCRIPT = '''"""
제목
====

``LSTM``은 상태 둘을 돌려줍니다.
"""

import numpy as np

hidden_dim, units = 7, 5


def f(x):
    """그대로 돌려준다."""
    return x


# %%
# 다섯 유닛을 씁니다. 세 값을 받습니다.

a, b, c = f([1, 2, 9])
assert units == 5

# %%
# 끝에는 9가 남고, 셋째 값이 ``c``입니다. 0.99쯤입니다.

print(f"last: {c}")  # 마지막
lstm = LSTM(hidden_dim)
'''


@pytest.fixture
def script(tmp_path):
    """글을 바꾸어 적은 스크립트의 경로."""

    def written(old="", new=""):
        assert old in SCRIPT
        path = tmp_path / "script.py"
        path.write_text(SCRIPT.replace(old, new), encoding="utf-8")
        return path

    return written


def test_script_backed_by_its_code_passes(script):
    """코드가 뒷받침하는 글과 형태가 없는 코드는 통과한다."""
    path = script()
    assert not list(scripts.prose_problems(path))
    assert not list(scripts.code_problems(path))


@pytest.mark.parametrize(
    ("old", "new", "text", "what"),
    [
        ("9가 남고", "8이 남고", "8", scripts.NUMBER),
        ("다섯 유닛", "여섯 유닛", "여섯", scripts.NUMBER),
        ("세 값", "네 값", "네", scripts.NUMBER),
        ("셋째 값", "일곱째 값", "일곱", None),
        ("0.99쯤", "0.99", "0.99", scripts.NUMBER),
        ("``LSTM``", "``GRU``", "GRU", scripts.NAME),
        ("``c``", "``state_c``", "state_c", scripts.NAME),
    ],
)
def test_prose_without_code_is_found(script, old, new, text, what):
    """가까운 코드에 없는 수와 스크립트에 없는 이름을 찾아낸다. 크기를 정하는 첫 코드의 수는 어디서나 쓴다."""
    found = [(problem.text, problem.what) for problem in scripts.prose_problems(script(old, new))]
    assert found == ([(text, what)] if what else [])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("# 마지막", "# (N, T, 9H)", 27),
        ("그대로 돌려준다.", "(N, T, 9H)를 돌려준다.", 14),
        ("last: {c}", "last: (N, T, 9H) {c}", 27),
    ],
)
def test_shape_in_the_code_of_a_script_is_found(script, old, new, line):
    """주석과 설명, 찍거나 그래프에 적는 글의 형태를 줄과 함께 찾아낸다."""
    (problem,) = scripts.code_problems(script(old, new))
    assert (problem.text, problem.what) == ("(N, T, 9H)", scripts.IN_CODE)
    assert problem.line == line


def test_far_numbers_do_not_back_prose(tmp_path):
    """먼 코드의 수, 자리와 그림의 설정에 적힌 수는 글을 뒷받침하지 않는다."""
    path = tmp_path / "script.py"
    blocks = ['"""\n글\n==\n"""\nx = f()', "# %%\n# 수는 9입니다.\n\ny = x[9]\nplt.plot(9)\nz = x.sum(axis=9)"]
    path.write_text("\n\n".join([*blocks, "# %%\n# 글.\n\nassert x == 9"]), encoding="utf-8")
    assert [problem.text for problem in scripts.prose_problems(path)] == ["9"]

"""코드의 이름을 지켜보는 일: 무엇을 보고, 코드가 하는 일을 바꾸지 않는지."""

import ast
import contextlib
import inspect
import io
import linecache
import traceback
from types import SimpleNamespace

import numpy as np
import pytest

from shape_claims.code_names import Running
from shape_claims.readings import Readings
from shape_claims.watching import watch


class Layer:
    """처음 부를 때 가중치가 생기는 층."""

    def __init__(self):
        self.weights = []

    def __call__(self, inputs):
        """입력을 그대로 돌려준다."""
        self.weights = [SimpleNamespace(path="w", shape=(3,))]
        return inputs


def run(code, mode="exec", **names):
    """코드를 지켜보며 실행하고, 자리마다의 글과 끝난 뒤의 이름 공간을 돌려준다."""
    running, namespace = Running(code), {"np": np, "x": np.zeros(5), "layer": Layer(), **names}
    tree = compile(code, "<watched>", mode, ast.PyCF_ONLY_AST)
    linecache.cache["<watched>"] = len(code), None, code.splitlines(keepends=True), "<watched>"
    with contextlib.suppress(ZeroDivisionError):
        exec(compile(watch(tree, code, running, {"np"}), "<watched>", mode), namespace)  # noqa: S102 - 시험의 코드다
    return dict(running.block(Readings()).names), namespace


PLACES = {
    "x = np.zeros(5)\nx = x[:3]": {"1:0 x": "(5,)", "2:0 x": "(3,)", "2:4 x": "(5,)"},
    "x, (y, *z) = np.zeros(5), (np.zeros(7), np.zeros(3))": {"1:0 x": "(5,)", "1:4 y": "(7,)", "1:8 z": "[(3,)]"},
    "x: 'x' = np.zeros(5)\nx += 1": {"1:0 x": "(5,)", "2:0 x": "(5,)"},
    "x: int": {},
    "for x in np.zeros((3, 5)):\n    pass": {"1:4 x": "(5,)"},
    "y = [x for x in np.zeros((3, 5)) if len(x)]": {
        "1:0 y": "[(5,), (5,), (5,)]",
        "1:5 x": "(5,)",
        "1:11 x": "(5,)",
        "1:40 x": "(5,)",
    },
    "def f(x: int, *, y=None):\n    'doc'\n    return x\nf(np.zeros(5), y=np.zeros(3))": {
        "1:6 x": "(5,)",
        "1:17 y": "(3,)",
        "3:11 x": "(5,)",
    },
    "(lambda x: x)(np.zeros(5))": {"1:8 x": "(5,)", "1:11 x": "(5,)"},
    "def f(x, g=lambda y: y, **more):\n    return g(x)\nf(np.zeros(5))": {
        "1:6 x": "(5,)",
        "1:18 y": "(5,)",
        "1:21 y": "(5,)",
        "2:13 x": "(5,)",
    },
    "d = {}\nd[[i for i in x][0]], [*y] = np.zeros((2, 3, 5))": {"2:14 x": "(5,)", "2:24 y": "[(5,), (5,), (5,)]"},
    "if (x := np.zeros(5)).any():\n    pass": {"1:4 x": "(5,)"},
    "import contextlib\nwith contextlib.nullcontext(np.zeros(5)) as x:\n    pass": {"2:44 x": "(5,)"},
    "글 = np.zeros(5); x = 글": {"1:0 글": "(5,)", "1:17 x": "(5,)", "1:21 글": "(5,)"},
    "x = np.zeros(5)\nf'{x.shape} {1}'": {"1:0 x": "(5,)", "2:3 x": "(5,)"},
    "x = np.zeros(5)\nf'''\n글 {x}{x:{x}}''' if x is None else f'{x}'": {
        "1:0 x": "(5,)",
        "3:19 x": "(5,)",
        "3:37 x": "(5,)",
    },
    "match np.zeros(5):\n    case y if y.any():\n        pass\n    case _:\n        x = np.zeros(3)": {
        "2:14 y": "(5,)",
        "5:8 x": "(3,)",
    },
    "async def f(x):\n    async with x as y:\n        pass\n    async for z in x:\n        pass": {},
    "class C:\n    x = np.zeros(5)\n    def f(self):\n        return super().__init__()\nC().f()": {"2:4 x": "(5,)"},
    "input = np.zeros(5)\nprint(input.ndim)": {"1:0 input": "(5,)", "2:6 input": "(5,)"},
    "x = np.zeros(5)\n1 / 0\ny = x": {"1:0 x": "(5,)"},
    "for n in (5, 5, 7):\n    x = np.zeros(n)": {"2:4 x": "(5,)\n(7,)"},
    "for n in (5, 7, 11, 13, 17):\n    x = np.zeros(n)": {"2:4 x": "(5,)\n(7,)\n(11,)\n…"},
    "for n in range(5000):\n    y = x[: n + 1]\n    y = y": {
        "2:4 y": "(1,)\n(2,)\n(3,)\n…",
        "2:8 x": "(5,)",
        "3:4 y": "(1,)\n(2,)\n(3,)\n…",
        "3:8 y": "(1,)\n(2,)\n(3,)\n…",
    },
    "del np": {},
    "z = layer(x)\nlayer.weights = []": {
        "1:0 z": "(5,)",
        "1:10 x": "(5,)",
        "1:4 layer": "w: (3,)",
        "2:0 layer": "w: (3,)",
    },
    "layer(x)": {"1:6 x": "(5,)", "1:0 layer": "w: (3,)"},
    "def f(one):\n    return one(x)\nf(layer)": {
        "2:15 x": "(5,)",
        "2:11 one": "w: (3,)",
        "3:2 layer": "w: (3,)",
    },
    "f = layer\nf": {},
}


@pytest.mark.parametrize("code", PLACES)
def test_names_are_seen_where_they_stand(code, capsys):
    """읽은 이름도, 값을 받은 이름도 그 자리에서 본 형태가 적힌다."""
    assert run(code)[0] == PLACES[code]


def test_values_are_shown_as_without_it():
    """대화형 예제는 식의 값만 보인다. 값을 받은 이름을 보는 일은 아무것도 내보이지 않는다."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        run("x = np.zeros(3)\n", "single")
        run("x\n", "single", x=np.zeros(3))
        run("for x in np.zeros((2, 3)):\n    x.size\n", "single")
    assert shown.getvalue() == "array([0., 0., 0.])\n3\n3\n"


def test_functions_keep_their_source_and_errors_their_line():
    """함수의 소스도, 예외가 난 줄도 그대로다."""
    code = "def f(x):\n    '''글'''\n    y = x\n    return y / None\n"
    names = run(code)[1]
    assert inspect.getsource(names["f"]) == code
    assert names["f"].__doc__ == "글"
    with pytest.raises(TypeError) as caught:
        names["f"](np.zeros(5))
    assert traceback.extract_tb(caught.value.__traceback__)[-1].lineno == 4


def test_code_can_run_where_the_page_is_over():
    """함수는 페이지가 끝난 뒤에도, 다른 이름 공간에서도 그대로 돈다."""
    from shape_claims import watching

    names = run("def f(x):\n    y = x\n    return y\n")[1]
    watching.watchers.clear()
    moved = type(names["f"])(names["f"].__code__, {})
    assert moved(5) == names["f"](5) == 5

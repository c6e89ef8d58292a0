"""``accept``가 작은 사이트에서 무엇을 어떻게 고쳐 쓰고, 무엇을 그대로 두는가. NumPy만 쓴다."""

import os
import random
import re
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

from shape_claims.accepting import builder as accepting
from shape_claims.accepting.builder import AGREED
from shape_claims.accepting.renewing import negated
from shape_claims.accepting.source import RefusedError, Source
from shape_claims.accepting.wording import say
from shape_claims.config import Settings

CONF = """
import doctest
extensions = ["myst_parser", "shape_claims"]
myst_enable_extensions = ["colon_fence", "deflist"]
language = "ko"
doctest_default_flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.DONT_ACCEPT_TRUE_FOR_1
shape_claims_symbols = {"N": ("n", ""), "T": ("t", ""), "D": ("d", ""), "H": ("h", "")}
shape_claims_joiners = (", ", "와 ", "과 ")
shape_claims_words = {
    "하나": 1, "한": 1, "첫째": 1, "둘": 2, "두": 2, "둘째": 2, "셋": 3, "세": 3, "셋째": 3,
    "다섯": 5, "다섯째": 5, "여섯": 6, "여섯째": 6, "4분의 1": 0.25, "4분의 3": 0.75,
    "튜플": "tuple", "리스트": "list",
}
"""
CODE = """
import numpy as np
n, t, d, h = 5, 7, 17, 29
outputs, kernel, bias = np.zeros((n, t, 2 * h)), np.zeros((d, 4 * h)), np.zeros(4 * h)
states = [np.zeros((n, h)), np.zeros((n, h))]
weights = {"kernel": kernel, "bias": bias}
count, gru_count = 4 * h * (d + h + 1), 3 * h * (d + h + 2)
names, pair, mode = ["kernel", "recurrent_kernel", "bias"], ("h", "c"), "concat"
share, part, order, gates = 0.7204, 0.75, 2, 6
flag = True
def layer(units, use_bias=True, mode="concat", name=None, rate=0.25):
    return units
"""


class Site:
    """빈 작은 사이트. ``accept``를 부르고 화면에 나온 것을 돌려준다."""

    def __init__(self, folder, capture):
        self.source, self.capture = folder / "docs", capture
        self.source.mkdir()
        (self.source / "conf.py").write_text(CONF, encoding="utf-8")

    def page(self, text, name="index.md"):
        path = self.source / name
        code = f"```{{testcode}}{CODE}```\n\n# 제목\n\n" if path.suffix == ".md" else f".. testcode::\n{CODE}\n".replace("\n", "\n   ")
        path.write_bytes(f"{code.rstrip(' ')}{text}".encode())
        return path

    def accept(self, *pages, agreed=True):
        tags = ("-t", AGREED) if agreed else ()
        folders = [str(self.source), str(self.source.parent / "out")]
        self.capture.readouterr()
        doctrees = ["-d", str(self.source.parent / "doctrees")]
        code = build_main(["-q", "-b", "accept", *doctrees, *tags, *folders, *map(str, pages)])
        streams = self.capture.readouterr()
        return code, re.sub(r"\x1b\[[\d;]*m", "", streams.out + streams.err)


@pytest.fixture
def site(tmp_path, capsys):
    """빈 작은 사이트."""
    return Site(tmp_path, capsys)


CHANGES = {
    "형태": ("{shape}`outputs -> (N, T, 2H)`", "{shape}`outputs -> (N, T, H)`"),
    "축의 수": ("{shape}`kernel -> (D, 4H)`", "{shape}`kernel -> (4H,)`"),
    "묶음": ("{shape}`states -> [(N, H), (N, H)]`", "{shape}`states -> ((N, H), (N, H))`"),
    "적은 사람의 식": ("{shape}`[outputs, states] -> [(N, T, H + H), [(N, H), (N, H)]]`", "{shape}`[outputs, states] -> [(N, T, H + H), [(N, H), (N, T)]]`"),
    "딕셔너리": ('{shape}`weights -> {"kernel": (D, 4H), "bias": (4H,)}`', '{shape}`weights -> {"kernel": (D, 3H), "bias": (4H,)}`'),
    "수": ("{value}`len(names) -> 3`", "{value}`len(names) -> 4`"),
    "세는 말": ("{value}`len(names) -> 셋`", "{value}`len(names) -> 둘`"),
    "이름 앞의 말": ("{value}`len(names) -> 세`", "{value}`len(names) -> 한`"),
    "차례": ("{value}`order -> 둘째`", "{value}`order -> 셋째`"),
    "같은 말": ("{value}`gates -> 여섯`", "{value}`gates -> 다섯`"),
    "몫": ("{value}`part -> 4분의 3`", "{value}`part -> 4분의 1`"),
    "천 단위": ("{value}`h * 100 -> 2,900`", "{value}`h * 100 -> 2,100`"),
    "음수": ("{value}`-h -> −29`", "{value}`-h -> −28`"),
    "소수": ("{value}`share -> 0.72`", "{value}`share -> 0.71`"),
    "퍼센트": ("{value}`share -> 72%`", "{value}`share -> 28%`"),
    "글자": ("{value}`mode -> concat`", "{value}`mode -> sum`"),
    "이름": ("{value}`names -> kernel, recurrent_kernel, bias`", "{value}`names -> recurrent_kernel, kernel, bias`"),
    "이름의 수": ("{value}`names -> kernel, recurrent_kernel, bias`", "{value}`names -> kernel, bias`"),
    "조사": ("{value}`pair -> h와 c`", "{value}`pair -> c와 h`"),
    "종류": ("{value}`type(states) -> 리스트`", "{value}`type(states) -> 튜플`"),
    "종류의 이름": ("{value}`type(pair) -> tuple`", "{value}`type(pair) -> list`"),
    "식": ("{value}`count -> 4H(D + H + 1)`", "{value}`count -> 3H(D + H + 1)`"),
    "식의 수": ("{value}`gru_count -> 3H(D + H + 2)`", "{value}`gru_count -> 3H(D + H + 1)`"),
    "식의 글자": ("{value}`count -> 4H(D + H + 1)`", "{value}`count -> 4H(D + N + 1)`"),
    "참": ("{value}`flag -> 같습니다 / 다릅니다`", "{value}`not flag -> 다릅니다 / 같습니다`"),
    "견줌": ("{value}`mode == 'concat' -> 같습니다 / 다릅니다`", "{value}`mode != 'concat' -> 다릅니다 / 같습니다`"),
    "들어 있음": ("{value}`'bias' in names -> 있습니다 / 없습니다`", "{value}`'bias' not in names -> 없습니다 / 있습니다`"),
    "기본값": ("{default}`layer.mode -> concat`", "{default}`layer.mode -> sum`"),
    "참인 기본값": ("{default}`layer.use_bias -> True`", "{default}`layer.use_bias -> False`"),
    "없는 기본값": ("{default}`layer.name -> None`", "{default}`layer.name -> lstm`"),
    "수인 기본값": ("{default}`layer.rate -> 0.25`", "{default}`layer.rate -> 0.5`"),
}
"""주장마다 맞는 글과 틀린 글."""


MARKDOWN = (
    "단락 속의 {0}입니다.\n\n",
    "한 줄에 둘: {0} 그리고 {0}.\n\n",
    "- 목록\n  - 안쪽 목록의 {0}\n\n",
    "> 인용문의 {0}\n> 다음 줄\n\n",
    "| 왼쪽 | 오른쪽 |\n| --- | --- |\n| {0} | 글 |\n| 글 | {0} |\n\n",
    "## 제목의 {0}\n\n",
    "::::{{note}}\n:::{{tip}}\n상자 속의 {0}\n:::\n::::\n\n",
    "낱말\n: 뜻풀이의 {0}\n\n",
    "두 줄에 걸친 {1}\n다음 줄  \n\n",
    "> 인용문에서 두 줄에 걸친 {2}\n\n",
    "적는 법은 `` {0} ``처럼 합니다.\n\n```text\n{0}\n```\n\n",
)
"""주장이 놓일 수 있는 자리. ``{1}``은 화살표에서, ``{2}``는 인용문 속에서 줄이 바뀐 주장이다."""


def everywhere(chance):
    """맞는 글과 틀린 글, 그리고 틀린 자리의 수. 마지막 자리는 주장이 아니라 보기이므로 망가뜨리지 않는다."""
    right, wrong, number = "", "", 0
    for claim, spoiled in CHANGES.values():
        for place in MARKDOWN:
            shown = "``" in place
            chosen = claim if shown or chance.random() < 0.2 else spoiled
            forms = [
                [one, one.replace(" -> ", " ->\n"), one.replace(" -> ", " ->\n> ")] for one in (claim, chosen)
            ]
            right += place.format(*forms[0])
            wrong += place.format(*forms[1])
            number += (chosen != claim) * place.count("{0}") + (chosen != claim and "{0}" not in place)
    return right, wrong, number


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("start", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_claims_of_every_kind_come_back_wherever_they_stand(site, seed, start, end):
    """어떤 주장이든 어디에 적혔든, 틀린 것만 고쳐지고 나머지는 한 바이트도 달라지지 않는다."""
    right, wrong, number = everywhere(random.Random(seed))
    assert number >= 200
    path = site.page(right)
    original = f"{start}{path.read_text()}".replace("\n", end).encode().rstrip()
    site.page(wrong)
    path.write_bytes(f"{start}{path.read_text()}".replace("\n", end).encode().rstrip())
    assert path.read_bytes() != original
    code, output = site.accept(path)
    assert path.read_bytes().splitlines() == original.splitlines(), output
    assert path.read_bytes() == original
    assert code == 0


OUTPUTS = '''## 출력

```{doctest}
>>> n, t
⟦(5, 7)¦(5, 8)⟧
>>> mode⟦
'concat'¦⟧
>>> _ = 1⟦¦
1⟧
>>> print("가\\\\n\\\\n나\\\\n다")
⟦가¦하나⟧
<BLANKLINE>
나⟦
다¦⟧
>>> print("하나\\\\n  둘  \\\\n셋\\\\n넷")   
하나
  둘
⟦셋¦둘⟧
⟦넷¦넷
다섯⟧
```

- 목록

  1. 번호

     ```{doctest}
     :options: +ELLIPSIS

     >>> for word in ["가", "나"]:
     ...     print(word)
     ⟦가
     나¦나
     가⟧

     >>> np.arange(3)
     ⟦array([0, 1, 2])¦array([0, 1])⟧   
     ```

> 인용문
>
> ```{doctest}
> >>> t
> ⟦7¦8⟧
> >>> print("> 기호")
> ⟦> 기호¦기호⟧
> ```

::::{note}
:::{doctest}
>>> [t,
...  n]
⟦[7, 5]¦[7,
 6]⟧
:::
::::

```{doctest}
:hide:
>>> int("x")
Traceback (most recent call last):
⟦ValueError: invalid literal for int() with base 10: 'x'¦TypeError: invalid literal⟧
>>> def fails(shapes):
...     raise ValueError(f"Exception encountered.\\\\nIn layer: shapes {shapes} do not match.\\\\n\\\\nArguments received: {n}")
>>> fails("[5,13] vs. [5,26]")
Traceback (most recent call last):
    ...
ValueError: Exception encountered.
...shapes ⟦[5,13] vs. [5,26]¦[4,13] vs. [5,25]⟧ do not match...
>>> fails("(5, 7)")
Traceback (most recent call last):
ValueError: Exception ⟦encountered¦met⟧...
>>> fails("(5, 7)")  # doctest: +NORMALIZE_WHITESPACE
Traceback (most recent call last):
ValueError: Exception encountered. ... Arguments received: ⟦5¦6⟧
>>> int("7")
⟦7¦Traceback (most recent call last):
ValueError: ...⟧
```

```{testcode}
print("첫 줄\\\\n\\\\n셋째 줄")
```

```{testoutput}
⟦첫 줄¦한 줄⟧

⟦셋째¦넷째⟧ 줄
```

```{testcode}
:hide:
raise KeyError("w")
```

```{testoutput}
:hide:
Traceback (most recent call last):
KeyError: ⟦'w'¦'b'⟧
```

```{eval-rst}
>>> n
⟦5¦6⟧

.. doctest::

   >>> t⟦
   7¦⟧
```
'''.replace("\\\\n", "\\n")
RST = '''
출력과 주장
===========

>>> n
⟦5¦6⟧
>>> t
⟦7¦8
9⟧

* 목록

  >>> n, t
  ⟦(5, 7)¦(7, 5)⟧

  :shape:`outputs -> ⟦(N, T, 2H)¦(N, 2H)⟧` 또 :value:`n ->
  ⟦다섯¦여섯⟧`

.. note::

   .. doctest::
      :hide:

      >>> print("가\\\\n\\\\n나")
      ⟦가¦나⟧
      <BLANKLINE>
      나

   :default:`layer.mode -> ⟦concat¦sum⟧`

.. testcode::

   print(t)

.. testoutput::

   ⟦7¦8⟧

===================  ====
글                   값
===================  ====
:value:`t -> ⟦7¦8⟧`  글
===================  ====

.. list-table::

   * - :value:`flag -> 참 / 거짓`
     - :shape:`kernel -> ⟦(D, 4H)¦(4H, D)⟧`

다음 단락:

    인용 :shape:`states -> ⟦[(N, H), (N, H)]¦((N, H), (N, H))⟧`

>>> n⟦
5¦⟧'''.replace("\\\\n", "\\n")
CHOICE = re.compile(r"⟦([^¦]*)¦([^⟧]*)⟧")


@pytest.mark.parametrize(("start", "end"), [("", "\n"), ("\ufeff", "\r\n")])
@pytest.mark.parametrize(("name", "text"), [("index.md", OUTPUTS), ("index.rst", RST)])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_outputs_come_back_in_every_markup(site, name, text, start, end, seed):
    """출력이 한 줄이든 여러 줄이든, 없어졌든 늘었든, 어느 문법 속에 있든 본디 글로 돌아온다."""
    chance = random.Random(seed)
    path = site.page(CHOICE.sub(r"\1", text), name)
    original = f"{start}{path.read_text()}".replace("\n", end).encode()
    site.page(CHOICE.sub(lambda found: found[1 + (seed == 0 or chance.random() < 0.5)], text), name)
    path.write_bytes(f"{start}{path.read_text()}".replace("\n", end).encode())
    assert path.read_bytes() != original
    code, output = site.accept(path)
    assert path.read_bytes().splitlines() == original.splitlines(), output
    assert path.read_bytes() == original
    assert code == 0, output

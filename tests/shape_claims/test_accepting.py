"""``accept``가 작은 사이트에서 무엇을 어떻게 고쳐 쓰고, 무엇을 그대로 두는가. NumPy만 쓴다."""

import random
import re
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

from shape_claims import running
from shape_claims.accepting.builder import AGREED
from shape_claims.accepting.outputs import elided
from shape_claims.accepting.renewing import negated
from shape_claims.accepting.source import Edit, RefusedError, Source
from shape_claims.accepting.wording import say
from shape_claims.config import Settings

WORDS = {
    "하나": 1,
    "한": 1,
    "첫째": 1,
    "둘": 2,
    "두": 2,
    "둘째": 2,
    "셋": 3,
    "세": 3,
    "셋째": 3,
    "다섯": 5,
    "다섯째": 5,
    "여섯": 6,
    "여섯째": 6,
    "4분의 1": 0.25,
    "4분의 3": 0.75,
    "튜플": "tuple",
    "리스트": "list",
}
CONF = f"""
WORDS = {WORDS!r}
import doctest
extensions = ["myst_parser", "shape_claims"]
myst_enable_extensions = ["colon_fence", "deflist"]
language = "ko"
doctest_default_flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.DONT_ACCEPT_TRUE_FOR_1
shape_claims_symbols = {{letter.upper(): (letter, "") for letter in "ntdhk"}}
shape_claims_joiners = (", ", "와 ", "과 ")
shape_claims_words = WORDS
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
        code = (
            f"```{{testcode}}{CODE}```\n\n# 제목\n\n"
            if path.suffix == ".md"
            else f".. testcode::\n{CODE}\n".replace("\n", "\n   ")
        )
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
    "적은 사람의 식": (
        "{shape}`[outputs, states] -> [(N, T, H + H), [(N, H), (N, H)]]`",
        "{shape}`[outputs, states] -> [(N, T, H + H), [(N, H), (N, T)]]`",
    ),
    "딕셔너리": (
        '{shape}`weights -> {"kernel": (D, 4H), "bias": (4H,)}`',
        '{shape}`weights -> {"kernel": (D, 3H), "bias": (4H,)}`',
    ),
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
    "비교": ("{value}`mode == 'concat' -> 같습니다 / 다릅니다`", "{value}`mode != 'concat' -> 다릅니다 / 같습니다`"),
    "들어 있음": (
        "{value}`'bias' in names -> 있습니다 / 없습니다`",
        "{value}`'bias' not in names -> 없습니다 / 있습니다`",
    ),
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
            forms = [[one, one.replace(" -> ", " ->\n"), one.replace(" -> ", " ->\n> ")] for one in (claim, chosen)]
            right += place.format(*forms[0])
            wrong += place.format(*forms[1])
            number += (chosen != claim) * place.count("{0}") + (chosen != claim and "{0}" not in place)
    return right, wrong, number


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("start", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_claims_of_every_kind_come_back_wherever_they_stand(site, seed, start, end):
    """어떤 주장이든 어디에 적혔든, 틀린 것만 고쳐지고 나머지는 한 바이트도 달라지지 않는다."""
    right, wrong, number = everywhere(random.Random(seed))  # noqa: S311 - 망가뜨릴 자리를 고를 뿐이다
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


OUTPUTS = """## 출력

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
>>> print("하나\\\\n  둘  \\\\n셋\\\\n넷")⟨⟩
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
     ⟦array([0, 1, 2])¦array([0, 1])⟧⟨⟩
     ```

> 인용문
>
> ```{doctest}
> >>> t
> ⟦7¦8⟧
> >>> print("> 기호")
> ⟦> 기호¦기호⟧
> ```

두 줄에 걸친 {shape}`states -> [(N, H),
⟦(N, H)¦(N, T)⟧]`

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
...     lines = ["Exception encountered.", f"In layer: shapes {shapes} do not match.", "", f"Arguments received: {n}"]
...     raise ValueError("\\\\n".join(lines))
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
""".replace("\\\\n", "\\n").replace("⟨⟩", "   ")
RST = """
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
5¦⟧""".replace("\\\\n", "\\n").replace("⟨⟩", "   ")
CHOICE = re.compile(r"⟦([^¦]*)¦([^⟧]*)⟧")


@pytest.mark.parametrize(("start", "end"), [("", "\n"), ("\ufeff", "\r\n")])
@pytest.mark.parametrize(("name", "text"), [("index.md", OUTPUTS), ("index.rst", RST)])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_outputs_come_back_in_every_markup(site, name, text, start, end, seed):
    """출력이 한 줄이든 여러 줄이든, 없어졌든 늘었든, 어느 문법 속에 있든 본디 글로 돌아온다."""
    chance = random.Random(seed)  # noqa: S311 - 망가뜨릴 자리를 고를 뿐이다
    path = site.page(CHOICE.sub(r"\1", text), name)
    original = f"{start}{path.read_text()}".replace("\n", end).encode()
    site.page(CHOICE.sub(lambda found: found[1 + (seed == 0 or chance.random() < 0.5)], text), name)
    path.write_bytes(f"{start}{path.read_text()}".replace("\n", end).encode())
    assert path.read_bytes() != original
    code, output = site.accept(path)
    assert path.read_bytes().splitlines() == original.splitlines(), output
    assert path.read_bytes() == original
    assert code == 0, output


REFUSED = {
    "약한 주장": (
        "```{testcode}\nk = 2 * n\nwide = np.zeros((n, k))\n```\n\n{shape}`wide -> (N, H)`",
        "그대로 두었습니다: 이렇게 바꾸어도 주장이 되지 않습니다: wide -> (N, K)\n"
        "  형태 주장이 약합니다: 틀린 주장도 참이 됩니다",
    ),
    "예외가 나는 식": (
        "{value}`names[7] -> bias`",
        "오른쪽의 말을 바꾸어서는 바로잡을 수 없는 주장입니다\n  식을 계산하다가",
    ),
    "참도 거짓도 아닌 값": ("{value}`n -> 참 / 거짓`", "오른쪽의 말을 바꾸어서는 바로잡을 수 없는 주장입니다\n  값과"),
    "말이 없는 값": ("{value}`set(names) -> bias`", "이 값을 적을 말이 없습니다: {"),
    "주장에 적을 수 없는 글자": ("{value}`mode + chr(96) -> sum`", "이 값을 적을 말이 없습니다: 'concat`'"),
    "빈 묶음": ("{value}`names[:0] -> bias`", "이 값을 적을 말이 없습니다: []"),
    "끝이 없는 수": ("{value}`n * float('inf') -> 3`", "이 값을 적을 말이 없습니다: inf"),
    "표에 없는 수": ("{value}`n * 4 -> 다섯`", "낱말 표에 '다섯' 자리에 올 말이 없습니다: 20"),
    "두 낱말": ("{value}`len(names) -> 다섯`", "적는 방법이 여럿입니다: 3. 하나를 고르세요: 셋  세"),
    "식으로 적을 수 없는 수": ("{value}`n * 1009 -> 4H`", "이 값을 적을 말이 없습니다: 5045"),
    "식이 여럿": ("{value}`6 * t + n -> T + N`", "적는 방법이 여럿입니다: 47. 하나를 고르세요: 6T + N  T + 8N"),
    "읽을 수 없는 새 주장": ('{shape}`{"#": kernel} -> {"a": (D, H)}`', "바꾼 주장을 읽을 수 없습니다. "),
    "예외가 난 예제": (
        "```{doctest}\n>>> names[7]\n'bias'\n>>> n\n6\n```",
        "예제에서 예외가 나서 그 뒤는 실행하지 못했습니다. IndexError: list index out of range",
    ),
    "메모리 주소": ("```{doctest}\n>>> object()\n<object>\n```", "실행할 때마다 달라지는 메모리 주소가 있습니다"),
    "달라지는 출력": (
        "```{doctest}\n>>> import random\n>>> random.random()\n0.5\n```",
        "다시 실행하면 결과가 달라집니다",
    ),
    "달라지는 코드의 출력": (
        "```{testcode}\nimport random\nprint(random.random())\n```\n\n```{testoutput}\n0.5\n```",
        "다시 실행하면 결과가 달라집니다",
    ),
    "적을 수 없는 출력": ('```{doctest}\n>>> print(">>> 1")\n2\n```', "예제 아래에 적을 수 없는 출력입니다"),
    "읽을 수 없는 출력": ('```{doctest}\n>>> print(">>>1")\n2\n```', "예제 아래에 적을 수 없는 출력입니다"),
    "자리가 없는 출력": ("```{testcode}\nprint(n)\n```", "코드의 출력을 적을 testoutput이 뒤에 없습니다"),
    "빈 출력": ("```{testcode}\nm = n\n```\n\n```{testoutput}\n5\n```", "testoutput을 지우세요"),
    "주장이 아닌 같은 글": (
        "{value}`n -> 7`\n\n<!-- {value}`n -> 7` -->",
        "같은 글이 파일에는 2번, 페이지의 주장에는 1번 나와 어느 것인지 알 수 없습니다",
    ),
    "달리 적힌 글": ("```{eval-rst}\n`n -> 7`:value:\n```", "파일에서 Sphinx가 읽은 글을 찾지 못했습니다"),
    "파일이 없는 글": ("```{eval-rst}\n.. autofunction:: told.tell\n```", "글이 따로 파일에 적혀 있지 않습니다"),
    "돌지 않는 준비": ("```{testsetup}\nraise ValueError\n```", "페이지를 실행하지 못했습니다. 이유는 위에 있습니다"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_cannot_be_renewed_is_named_and_left(site, reason):
    """고칠 수 없는 것은 자리와 이유를 말하고 그대로 둔다. 같은 페이지의 다른 것은 고친다."""
    text, message = REFUSED[reason]
    with (site.source / "conf.py").open("a") as conf:
        conf.write(f"import sys\nsys.path.insert(0, {str(site.source)!r})\nextensions.append('sphinx.ext.autodoc')\n")
    (site.source / "told.py").write_text('def tell():\n    """Say.\n\n    :value:`n -> 7`\n    """\n')
    ok = reason != "돌지 않는 준비"
    path = site.page(f"{{value}}`t -> {8 if ok else 7}`\n\n{text}\n")
    before = path.read_text()
    code, output = site.accept(path)
    assert re.search(
        rf"docs/(index\.md|told\.py).*: .*{re.escape(message)}|^index: {re.escape(message)}", output, re.M
    ), output
    assert path.read_text() == before.replace("t -> 8", "t -> 7"), output
    assert code == 1


@pytest.mark.parametrize("name", ["index.md", "index.rst"])
def test_place_of_an_output_is_its_line(site, name):
    """고치지 못한 출력은 문법이 무엇이든 그 예제가 적힌 줄로 말한다."""
    fence = "```{doctest}\n:hide:\n\n>>> n\n5\n>>> object()\n4\n```\n"
    directive = ".. doctest::\n   :hide:\n\n   >>> n\n   5\n   >>> object()\n   4\n\n>>> n\n5\n>>> object()\n4\n"
    path = site.page(fence if name.endswith("md") else directive, name)
    lines = [number for number, line in enumerate(path.read_text().splitlines(), 1) if "object()" in line]
    _, output = site.accept(path)
    assert [int(line) for line in re.findall(rf"docs/{name}:(\d+): 그대로", output)] == lines


def test_claim_whose_check_itself_fails_is_named(site, monkeypatch):
    """확인하다가 예외가 난 주장도 빠짐없이 말하고, 그 페이지를 다 고쳤다고 하지 않는다."""
    monkeypatch.setattr(running, "check", lambda *_: 1 / 0)
    code, output = site.accept(site.page("{value}`t -> 8`"))
    assert "docs/index.md:17: 그대로 두었습니다: 예제에서 예외가 나서" in output
    assert code == 1


def test_without_a_terminal_and_without_yes_it_only_shows(site):
    """터미널이 아니면 차이만 보이고 쓰지 않는다."""
    path = site.page("{value}`n -> 7`")
    before = path.read_bytes()
    code, output = site.accept(path, agreed=False)
    assert "-{value}`n -> 7`\n\\ No newline at end of file\n+{value}`n -> 5`\n\\ No newline at end of file\n" in output
    assert output.endswith("아무것도 쓰지 않았습니다. 고칠 곳 1곳: docs/index.md.\n")
    assert (path.read_bytes(), code) == (before, 1)


@pytest.mark.parametrize(("answer", "text", "status"), [("y", "5", 0), ("", "7", 1), ("n", "7", 1)])
def test_on_a_terminal_it_asks(site, monkeypatch, answer, text, status):
    """터미널이면 묻고, y라고 해야 쓴다."""
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or answer)
    path = site.page("{value}`n -> 7`")
    code, output = site.accept(path, agreed=False)
    assert path.read_text().endswith(f"{{value}}`n -> {text}`"), output
    assert (asked, code) == (["1곳을 이대로 고쳐 쓸까요? [y/N] "], status)


def test_right_page_has_nothing_to_change(site):
    """맞는 페이지에는 고칠 것이 없고, 파일에 손대지 않는다."""
    path = site.page("{value}`n -> 5`")
    stamp = path.stat().st_mtime_ns
    assert site.accept(path) == (0, "고칠 것이 없습니다.\n")
    assert path.stat().st_mtime_ns == stamp


def test_only_named_pages_are_touched(site):
    """이름을 적은 페이지만, 여럿이면 모두 고친다."""
    pages = [site.page("{value}`n -> 7`", f"{name}.md") for name in ("index", "other", "third")]
    code, _ = site.accept(*pages[:2])
    assert code == 0
    assert [page.read_text().endswith("-> 5`") for page in pages] == [True, True, False]


def test_only_the_claim_that_became_false_is_changed(site):
    """같은 글의 주장이 여럿이면, 그 자리까지의 코드가 거짓으로 만든 것만 고친다."""
    claim = "{value}`m -> 5`"
    text = (
        f"```{{testcode}}\nm = 5\n```\n\n{claim} {claim}\n\n> {claim}\n\n```{{testcode}}\nm = 7\n```\n\n"
        f"- {claim}\n\n  {claim}\n\n```{{testcode}}\nm = 5\n```\n\n| 표 |\n| --- |\n| {claim} |\n"
    )
    path = site.page(text)
    code, output = site.accept(path)
    numbers = re.findall(r"`m -> (\d)`", path.read_text())
    assert (numbers, code) == (["5", "5", "5", "7", "7", "5"], 0), output


@pytest.mark.parametrize("wrong", ["((N, H))", "(((N, H)))", "(N, H)", "((N, H),)", "[(H, N)]"])
def test_brackets_that_change_nothing_are_no_axis(site, wrong):
    """괄호를 겹쳐 쓴 형태도 축을 바르게 읽어, 리스트에 담긴 형태로 고친다."""
    page = site.page(f"```{{testcode}}\nlast = [states[0]]\n```\n\n상태는 {{shape}}`last -> {wrong}`입니다.\n")
    code, output = site.accept(page)
    assert code == 0, output
    assert "상태는 {shape}`last -> [(N, H)]`입니다." in page.read_text(encoding="utf-8")


def test_bytes_that_are_no_text_stay(tmp_path):
    """UTF-8이 아닌 바이트와 보기 드문 줄 나눔 글자도 그대로 남는다."""
    path = tmp_path / "page.md"
    path.write_bytes(b"a\x0cb\xff\r\nc\xe2\x80\xa8d\re")
    source = Source(path)
    source.replace([Edit(0, 1, "가")])
    source.write()
    assert path.read_bytes() == "가".encode() + b"\x0cb\xff\r\nc\xe2\x80\xa8d\re"


def test_included_text_is_changed_in_its_own_file(site):
    """끼워 넣은 글은 그 글이 적힌 파일에서 고친다."""
    part = site.source / "part.txt"
    part.write_text(">>> n\n6\n\n속의 :value:`n -> 6`\n")
    path = site.page(".. include:: part.txt\n\n끝 :value:`n -> 5`\n", "index.rst")
    before = path.read_text()
    code, output = site.accept(path)
    assert part.read_text() == ">>> n\n5\n\n속의 :value:`n -> 5`\n", output
    assert (path.read_text(), code) == (before, 0)


def test_two_pages_that_include_a_file_and_disagree(site):
    """끼워 넣은 글의 값이 두 페이지에서 다르면 고치지 않는다."""
    part = site.source / "part.txt"
    part.write_text("속의 :value:`m -> 6`\n")
    for name, size in (("index", 5), ("other", 7)):
        site.page(f".. testcode::\n\n   m = {size}\n\n.. include:: part.txt\n", f"{name}.rst")
    code, output = site.accept(site.source / "index.rst", site.source / "other.rst")
    assert "docs/part.txt:1: 그대로 두었습니다: 이 파일을 끼워 넣은 두 페이지의 결과가 다릅니다" in output
    assert part.read_text() == "속의 :value:`m -> 6`\n"
    assert code == 1


def test_file_changed_while_the_page_ran_is_not_written(site, monkeypatch):
    """실행하는 사이에 바뀐 파일은 쓰지 않는다."""
    path = site.page("{value}`n -> 7`")
    monkeypatch.setattr("shape_claims.accepting.builder.agreed", lambda app, question: path.write_text("새 글") > 0)
    code, output = site.accept(path)
    assert "docs/index.md: 쓰지 않았습니다: 실행하는 사이에 파일이 바뀌었습니다. 다시 실행하세요" in output
    assert (path.read_text(), code) == ("새 글", 1)


def test_killed_while_writing_leaves_the_old_file(site, monkeypatch):
    """쓰다가 죽어도 옛 파일이 그대로 있고 찌꺼기가 없다."""
    path = site.page("{value}`n -> 7`")
    before, files = path.read_bytes(), sorted(site.source.iterdir())
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    source = Source(path)
    source.replace([Edit(0, 1, "x")])
    with pytest.raises(KeyboardInterrupt):
        source.write()
    assert (path.read_bytes(), sorted(site.source.iterdir())) == (before, files)


def test_link_and_mode_of_a_file_stay(tmp_path):
    """심볼릭 링크는 링크로, 파일의 권한은 그대로 남는다."""
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("하나")
    real.chmod(0o640)
    link.symlink_to(real)
    source = Source(link)
    source.replace([Edit(0, 1, "두")])
    source.write()
    assert link.is_symlink()
    assert (real.read_text(), real.stat().st_mode & 0o777) == ("두나", 0o640)


@pytest.mark.parametrize(
    ("truth", "opposite"),
    [
        ("a is b", "a is not b"),
        ("a not in b", "a in b"),
        ("(a) != b[0]", "(a) == b[0]"),
        ("a < b", "not a < b"),
        ("a == b == c", "not a == b == c"),
        ("a if b else c", "not (a if b else c)"),
    ],
)
def test_opposite_of_a_truth(truth, opposite):
    """거짓이 된 식은 적은 사람이 썼을 꼴로 뒤집는다."""
    assert negated(truth) == opposite


@pytest.mark.parametrize(
    ("value", "old", "new"),
    [
        (3, "둘", "셋"),
        (3, "두", "세"),
        (3, "다섯째", "셋째"),
        (6, "다섯", "여섯"),
        (5, "셋", "다섯"),
        (0.25, "4분의 3", "4분의 1"),
        ("list", "튜플", "리스트"),
        (list, "튜플", "리스트"),
        (dict, "튜플", "dict"),
        (12345, "12", "12,345"),
        (12345, "1234", "12345"),
        (-0.125, "0.50", "-0.12"),
        (2.0, "3", "2"),
        (2.5, "3", "2.5"),
        (True, "False", "True"),
        ("sum", "'concat'", "'sum'"),
        (["a", "b", "c"], "x와 y", "a와 b와 c"),
        (["a", "b", "c"], "x", "a, b, c"),
        (["a", "b"], "x, y와 z", "a와 b"),
        (["a", "b", "c", "d"], "x, y와 z", "a, b, c와 d"),
    ],
)
def test_value_is_said_in_the_manner_of_its_author(value, old, new):
    """낱말이던 것은 같은 갈래의 낱말로, 소수는 같은 자리까지, 늘어놓은 것은 같은 말로 잇는다."""
    assert say(value, old, Settings(words=WORDS, joiners=(", ", "와 "))) == new


KINDS = """
from docutils.parsers.rst import Directive
from shape_claims.claim import parse, parse_measurement
from shape_claims.nodes import Entry, checked
from shape_claims.symbols import Symbols

class drawing(checked):
    def verify(self, values):
        if values["size"] != 5:
            raise ValueError("다섯이 아닙니다")

class Drawing(Directive):
    has_content = True
    def run(self):
        symbols = Symbols({letter.upper(): (letter, "") for letter in "ntdh"})
        rows = [(row.partition(": ")[0].strip(), row.partition(": ")[2]) for row in self.content]
        claims = [(parse if "->" in text else parse_measurement, name, text) for name, text in rows]
        entries = [
            Entry(read(text, symbols) if read is parse else read(text), f"docs/index.md:{self.lineno}", name)
            for read, name, text in claims
        ]
        node = drawing("", entries=entries)
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node]

def setup(app):
    app.add_node(drawing)
    app.add_directive("drawing", Drawing)
"""


def test_labels_of_a_figure_are_renewed_and_what_does_not_suit_it_is_named(site):
    """그림의 이름표도 고친다. 그림에 맞지 않는 값은 어떤 글로도 고칠 수 없으므로 말하고 둔다."""
    with (site.source / "conf.py").open("a") as conf:
        conf.write(f"import sys\nsys.path.insert(0, {str(site.source)!r})\nextensions.append('kinds')\n")
    (site.source / "kinds.py").write_text(KINDS)
    figure = "```{{drawing}}\nout:  outputs -> ({0}, T, 2H)\nin: kernel -> ({1}, 4H)\nsize: {2}\n```\n\n"
    path = site.page(figure.format("T", "D", "n") + figure.format("N", "4H", "n") + figure.format("N", "D", "t"))
    code, output = site.accept(path)
    fixed = figure.format("N", "D", "n") * 2 + figure.format("N", "D", "t")
    assert path.read_text().endswith(fixed), output
    assert "바꾸어서는 바로잡을 수 없는 주장입니다\n  그림에 적을 값이 맞지 않습니다" in output
    assert code == 1


def test_expression_that_cannot_be_computed_again_is_left(site):
    """두 번째에는 계산되지 않는 식은 그 이유를 말하고 둔다."""
    path = site.page("```{testcode}\nitems = [7]\n```\n\n{value}`items.pop() -> 3`")
    code, output = site.accept(path)
    assert "IndexError: pop from empty list" in output
    assert (path.read_text().endswith("-> 3`"), code) == (True, 1)


def test_claim_far_above_its_paragraph_is_another(tmp_path):
    """주장이 든 단락보다 훨씬 위에 있는 같은 글은 그 주장이 아니다."""
    path = tmp_path / "page.md"
    path.write_text("{value}`n -> 7`\n")
    with pytest.raises(RefusedError, match="not-found"):
        Source(path).claims(r"\{value\}`n -> 7`", [20])


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("...shapes: [5,13]...", "LSTM/shapes: [5,17] [Op:Add]", "...shapes: [5,17]..."),
        ("Error: ... at [5]", "Error: node 7 at [6]", "Error: ... at [6]"),
        ("...other words...", "nothing in common", "nothing in common"),
        ("a b c d ... e", "a b", "a b"),
        ("no dots", "new text", "new text"),
    ],
)
def test_dots_of_the_author_stay_where_it_is_certain(old, new, written):
    """줄임표는 있던 자리가 분명하면 남고, 아니면 출력을 다 적는다."""
    assert elided(old, new, lambda text, output: True, elliptic=True) == written

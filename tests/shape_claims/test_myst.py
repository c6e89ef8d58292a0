"""MyST에만 있는 자리: 표, 쌍점으로 두른 directive, ``eval-rst``, 바꿔 넣는 글, 정의 목록."""

import re

import pytest
from tiny import MARKUPS

PAGE = """# 페이지

```{testcode}
import numpy as np

batch_size, seq_len, dim = 5, 7, 11
outputs = np.zeros((batch_size, seq_len, 2 * dim))
states = [np.zeros((batch_size, dim)), np.zeros((batch_size, dim))]
```

| 값 | 형태 |
|----|------|
| 출력 | {shape}`outputs -> (B, L, 2D)` |
| 상태 | {shape}`states[0] -> (B, D)`와 {value}`len(states) == 2 -> two / not two` |

:::{note}
알림 안에 {shape}`outputs[0] -> (L, 2D)`가 있다.

- 그 안의 목록에 {shape}`outputs[:, 0] -> (B, 2D)`
:::

```{eval-rst}
RST에서도 같다: :shape:`outputs -> (B, L, 2D)`.

.. note:: 그 안에서도 :shape:`(outputs, states) -> ((B, L, 2D), [(B, D), (B, D)])`.
```

낱말
: 뜻에 적은 {shape}`states -> [(B, D), (B, D)]`도 그렇다.

바꿔 넣은 {{ both }}. 여러 줄에 걸친 {shape}`np.concatenate(states, axis=-1) ->
(B, 2D)`도 된다.[^1]

[^1]: 각주의 {value}`outputs.ndim -> 3`도 그렇다.
"""


@pytest.fixture
def site(new_site):
    """MyST의 확장을 켠 사이트."""
    return new_site(
        markup=MARKUPS["myst"],
        myst_enable_extensions=["colon_fence", "deflist", "substitution"],
        myst_substitutions={"both": "{value}`len(states) -> 2`"},
        shape_claims_run="stale",
    )


def test_claims_hold_in_every_place_of_myst(site):
    """MyST의 어느 자리에 적은 주장이든 확인한다."""
    site.page("page.md", PAGE)
    built = site.build("html")
    assert built.code == 0, built.output
    assert built.marks() == ["checked"] * 11


def test_line_in_every_place_of_myst(site):
    """틀린 주장마다 그것이 적힌 줄을 말한다."""
    page = site.page("page.md", re.sub(r"2D\)", "3D)", PAGE).replace("ndim -> 3", "ndim -> 2"))
    output = site.build("html").output
    lines = page.read_text("utf-8").splitlines()
    # 두 줄에 걸친 주장의 자리는 식이 있는 줄이다.
    expected = [number for number, line in enumerate(lines, 1) if "3D)" in line or "ndim -> 2" in line]
    moved = [number - lines[number - 1].startswith("(B, 3D)") for number in expected]
    reported = {int(line) for line in re.findall(r"docs/page\.md:(\d+): the ", output)}
    assert reported == set(moved)


def test_place_of_a_false_substitution(site):
    """바꿔 넣는 글의 주장은 그것을 쓴 문단의 자리를 말한다."""
    site.page(
        "page.md", PAGE.replace("states = [np", "states = [1, np").replace("{shape}`states", "{value}`len(states")
    )
    site.configure(**site.options | {"myst_substitutions": {"both": "{value}`len(states) -> 5`"}})
    site.page("page.md", PAGE)
    line = PAGE.splitlines().index(next(line for line in PAGE.splitlines() if "{{ both }}" in line)) + 1
    output = site.build("html").output
    reported = re.findall(r"docs/page\.md:(\d+): the value is not the claimed one", output)
    # 바꿔 넣은 글은 원본에 없으므로 자리는 MyST가 알려 주는 것이다.
    assert [line <= int(number) <= line + 1 for number in reported] == [True]

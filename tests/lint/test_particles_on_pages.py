"""페이지의 조사: 링크의 글이 정해진 다음에, 조사가 그 소리에 맞는지."""

import pytest

LINKED = """(another)=
## 상태

{text}

```{{testcode}}
import numpy as np
h = np.zeros((5, 11))
batch_size, hidden_dim = h.shape
```
"""
WHAT = "ERROR: 조사가 앞말의 소리에 맞지 않습니다. ‘{}’로 고치세요: "


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("‘{doc}`layers`’를 먼저 읽으세요.", "을"),
        ("‘{ref}`another`’은 여기서 봅니다.", "는"),
        ("[](#another)은 여기서 봅니다.", "는"),
        ("`LSTM`는 층입니다.", "은"),
        ("값은 {value}`h.shape[0] -> 5`을 봅니다.", "를"),
        ("형태가 {shape}`h -> (N, H)`이 됩니다.", "가"),
        ("형태(shape)은 같습니다.", "는"),
        ("$h_t$을 봅니다.", "를"),
        ("**유닛**를 봅니다.", "을"),
        ("| 가 | 나 |\n|--|--|\n| 다 | `GRU`은 |", "는"),
    ],
)
def test_wrong_particle_fails_the_build_with_its_line(site, lint, text, right):
    """링크와 코드, 주장, 괄호, 수식, 강조 뒤의 틀린 조사는 그 줄과 옳은 조사를 말하며 실패한다."""
    site.page("layers.md", "# 셀과 층\n\n글입니다.\n")
    built = lint(LINKED.format(text=text))
    assert built.code != 0
    line = 6 + text.count("\n")
    assert f"docs/page.md:{line}: {WHAT.format(right)}" in built.output, built.output


def test_right_particles_pass(site, lint):
    """맞는 조사는 통과한다."""
    site.page("layers.md", "# 셀과 층\n\n글입니다.\n")
    links = "‘{doc}`layers`’을 읽고 ‘{ref}`another`’를 읽으세요."
    built = lint(LINKED.format(text=f"{links} {{shape}}`h -> (N, H)`가 되고 `LSTM`은 `GRU`와 다릅니다."))
    assert built.code == 0, built.output

"""SVG를 그리는 몇 가지 기본 그림: 글, 상자, 화살표, 격자, 중괄호, 형태 이름표.

색은 CSS가 정하고(``docs/_static/site.css``의 ``.drawing``), 여기서는 자리와 글만 적는다. 글자의 너비는
넉넉하게 어림하므로, 너비로 자리를 잡은 것끼리는 글꼴이 달라도 겹치지 않는다.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

FONT = 15
"""글자의 크기. 모든 길이는 CSS 픽셀이다."""
GAP = 16
"""나란한 것 사이의 틈."""
DEEPEST = 0.5
"""가장 진하게 칠한 칸의 불투명도. 이보다 진하면 칸의 글자가 잘 보이지 않는다."""
ROUNDED = 0.005
"""소수 둘째 자리까지만 남긴 수가 본래의 수와 다를 수 있는 만큼."""


def text_width(text: str, size: float = FONT) -> float:
    """글이 차지할 너비의 넉넉한 어림. 한글은 한 칸, 나머지는 0.62칸으로 센다.

    >>> text_width("형태") > text_width("abc")
    True
    """
    return size * sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.62 for char in text)


def is_number(value: Any) -> bool:
    """그릴 수 있는 수인지."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def number_text(value: float) -> str:
    """그림에 적을 수. 소수 둘째 자리까지다.

    >>> number_text(-0.126)
    '−0.13'
    """
    return f"{value:z.2f}".replace("-", "\u2212")


def sums_to_one(parts: Sequence[float]) -> bool:
    """확률을 모두 더하면 1인지. 확인할 때 둘째 자리에서 반올림한 만큼은 봐준다.

    >>> sums_to_one([0.33, 0.33, 0.33]), sums_to_one([0.5, 0.4])
    (True, False)
    """
    return math.isclose(sum(parts), 1, abs_tol=ROUNDED * (len(parts) + 1))


@dataclass(frozen=True)
class Label:
    """그림에 적을 형태와 그 상태."""

    shape: str
    checked: bool
    name: str = ""
    """탐색기가 글을 바꿀 때 찾는 이름. 페이지의 그림에는 없다."""

    @property
    def text(self) -> str:
        """화면에 적을 글. 색을 보지 못해도 확인되었는지 알 수 있다."""
        return f"{self.shape} {'✓' if self.checked else '?'}"

    @property
    def width(self) -> float:
        """이름표의 너비."""
        return text_width(self.text, 0.9 * FONT) + 14


@dataclass(frozen=True)
class Spot:
    """그림 속의 연산 하나가 있는 자리와, 그 결과를 적을 자리."""

    box: tuple[float, float, float, float]
    """연산을 둘러싼 네모의 왼쪽과 위, 너비와 높이."""
    at: tuple[float, float] | None = None
    """첫 줄의 자리. 줄이 늘면 아래로 자란다. 결과가 이름표에 적히는 연산에는 없다."""
    anchor: str = "start"


@dataclass
class Drawing:
    """그림 한 장. 그린 것을 모두 담도록 크기가 자란다."""

    elements: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """그림 속의 글. 검색이 찾는다."""
    spots: dict[str, Spot] = field(default_factory=dict)
    """연산의 이름마다 그 자리. 그려지지는 않고, 수를 갈아 끼우는 그림(:mod:`rnn_shapes.live`)이 쓴다."""
    right: float = 0
    bottom: float = 0

    def _grow(self, right: float, bottom: float) -> None:
        self.right, self.bottom = max(self.right, right), max(self.bottom, bottom)

    def reserve(self, right: float, bottom: float) -> None:
        """아직 아무것도 그리지 않은 자리를 남긴다. 하나씩 늘어 가는 그림의 크기를 같게 한다."""
        self._grow(right, bottom)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        kind: str = "",
        anchor: str = "middle",
        size: float = FONT,
        name: str = "",
    ) -> None:
        """``(x, y)``를 세로 가운데로 하는 글 한 줄. ``name``은 탐색기가 글을 바꿀 때 찾는 이름이다."""
        width = text_width(text, size)
        self._grow(x + {"start": width, "middle": width / 2, "end": 0}[anchor], y + size)
        self.texts.append(text)
        classes = (f' class="{kind}"' if kind else "") + (f' data-label="{name}"' if name else "")
        self.elements.append(
            f'<text x="{_n(x)}" y="{_n(y + 0.35 * size)}" text-anchor="{anchor}" font-size="{_n(size)}"{classes}>'
            f"{escape(text, quote=False)}</text>"
        )

    def box(self, x: float, y: float, width: float, height: float, text: str = "", kind: str = "box") -> None:
        """왼쪽 위가 ``(x, y)``인 둥근 상자. 글은 가운데에 적는다."""
        self._grow(x + width, y + height)
        self.elements.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="5" class="{kind}"/>'
        )
        if text:
            self.text(x + width / 2, y + height / 2, text)

    def shade(self, x: float, y: float, width: float, height: float, value: float, scale: float, kind: str) -> None:
        """수를 적고, 부호마다 다른 색을 크기만큼 진하게 칠한 칸. ``scale``이 가장 진한 크기다."""
        self._grow(x + width, y + height)
        sign = "high" if value > 0 else "low"
        self.elements.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" class="{kind} {sign}"'
            f' fill-opacity="{f"{DEEPEST * abs(value) / scale:.2f}".lstrip("0")}"/>'
        )
        # 수십 칸을 그려도 가볍도록 자리를 정수로 맞춘다.
        self.text(x + width / 2, round(y + height / 2 + 4.2) - 4.2, number_text(value), "code", size=12)

    def open(self, name: str) -> None:
        """여기서 :meth:`close`까지 그린 것을 한 부분으로 묶는다. 스크립트가 이름으로 찾는다."""
        self.elements.append(f'<g data-part="{name}">')

    def close(self) -> None:
        """묶음을 닫는다."""
        self.elements.append("</g>")

    def label(self, x: float, y: float, label: Label) -> None:
        """``(x, y)``를 가운데로 하는 형태 이름표."""
        kind = "label" if label.checked else "label open"
        if label.name:
            self.elements.append(f'<g data-label="{label.name}">')
        self.box(x - label.width / 2, y - 12, label.width, 24, kind=kind)
        self.text(x, y, label.text, "code", size=0.9 * FONT)
        if label.name:
            self.elements.append("</g>")

    def spot(self, name: str, box: tuple[float, float, float, float], *at: Any) -> None:
        """연산의 자리를 적어 둔다. 결과를 적을 자리와 맞추는 쪽은 있을 때만 적는다."""
        self.spots[name] = Spot(box, *at)

    def line(self, *points: tuple[float, float], kind: str = "line") -> None:
        """점을 차례로 잇는 선."""
        for x, y in points:
            self._grow(x, y)
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self.elements.append(f'<polyline points="{path}" class="{kind}"/>')

    def arrow(self, *points: tuple[float, float], kind: str = "line") -> None:
        """점을 차례로 잇고 끝에 촉이 있는 선. 마지막 토막은 가로나 세로여야 한다."""
        self.line(*points, kind=kind)
        (x0, y0), (x, y) = points[-2:]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        wings = [(x - 7 * dx - 4 * dy, y - 7 * dy - 4 * dx), (x - 7 * dx + 4 * dy, y - 7 * dy + 4 * dx)]
        path = " ".join(f"{_n(px)},{_n(py)}" for px, py in [(x, y), *wings])
        self.elements.append(f'<polygon points="{path}" class="tip"/>')

    def circle(self, x: float, y: float, text: str) -> None:
        """성분마다 하는 연산을 적은 동그라미."""
        self._grow(x + 12, y + 12)
        self.elements.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="12" class="box"/>')
        self.text(x, y, text)

    def brace(self, x: float, y: float, width: float, text: str) -> None:
        """아래의 것들을 묶는 가로 괄호와 그 위의 글."""
        self.line((x, y + 8), (x, y), (x + width, y), (x + width, y + 8))
        self.text(x + width / 2, y - 14, text, "note", size=0.85 * FONT)

    def grid(
        self,
        x: float,
        y: float,
        rows: Sequence[Sequence[str]],
        kinds: Sequence[Sequence[str]] | None = None,
        cell: float | None = None,
    ) -> tuple[float, float]:
        """칸마다 글이 든 격자. 칸의 너비는 가장 긴 글에 맞추고, 격자의 너비와 높이를 돌려준다.

        ``kinds``는 칸마다의 CSS 클래스다.
        """
        width = cell or max([24.0, *(text_width(text, 0.9 * FONT) + 10 for row in rows for text in row)])
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                kind = f" {kinds[r][c]}" if kinds and kinds[r][c] else ""
                left, top = x + c * width, y + r * 24
                self._grow(left + width, top + 24)
                self.elements.append(
                    f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="24" class="cell{kind}"/>'
                )
                if text:
                    self.text(left + width / 2, top + 12, text, f"code{kind}", size=0.9 * FONT)
        return width * max((len(row) for row in rows), default=0), 24.0 * len(rows)

    def svg(self, identity: str, title: str, description: str) -> str:
        """한 장의 SVG. ``identity``는 페이지 안에서 하나뿐인 이름이다."""
        width, height = _n(self.right + 8), _n(self.bottom + 20)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}"'
            f' viewBox="0 -12 {width} {height}" aria-labelledby="{identity}-title {identity}-desc">'
            f'<title id="{identity}-title">{escape(title)}</title>'
            f'<desc id="{identity}-desc">{escape(description)}</desc>'
            f"{''.join(self.elements)}</svg>"
        )


def _n(value: float) -> str:
    """소수 한 자리까지만 적어 어느 컴퓨터에서나 같은 글자가 되게 한다."""
    return f"{value:.1f}".removesuffix(".0")

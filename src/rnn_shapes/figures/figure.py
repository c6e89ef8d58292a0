"""그림 하나가 무엇으로 이루어지는가. 그림 자체는 :mod:`~rnn_shapes.figures.cells`와 그 이웃에 있다.

그림은 형태 이름표와 재어 둔 값, 옵션을 받아 :class:`~rnn_shapes.figures.drawing.Drawing`을 돌려주는 함수다.
TensorFlow는 값을 잴 때만 필요하고 그릴 때는 필요하지 않다.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rnn_shapes.figures.drawing import Drawing, Label

Labels: TypeAlias = Mapping[str, Label]
Values: TypeAlias = Mapping[str, Any]
Options: TypeAlias = Mapping[str, str]


NOT_MEASURED = "아직 재지 않은 값"
GIVEN = "given"
"""적지 않아도 되는 값을 페이지에 적었을 때, 그 값의 이름으로 옵션에 들어가는 말."""


class FigureError(ValueError):
    """그릴 수 없는 그림. 글은 무엇이 빠졌거나 잘못되었는지 말한다."""


@dataclass(frozen=True)
class Figure:
    """그릴 수 있는 그림 하나."""

    draw: Callable[[Labels, Values, Options], Drawing]
    name: str
    """페이지에서 그림을 부르는 이름. 그리는 함수의 이름이다."""
    title: str
    """화면을 읽어 주는 도구가 먼저 읽는 이름."""
    labels: Callable[[Options], Sequence[str]]
    """옵션에 따라 있어야 하는 형태 이름표의 이름."""
    describe: Callable[[Options], str]
    """대체 텍스트. 그림에 적는 글자와 같은 이름에서 나오므로, 그림과 어긋나지 않는다."""
    values: Sequence[str] = ()
    """확인할 때 재는 값의 이름."""
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """옵션마다 쓸 수 있는 값. 맨 앞이 기본값이고, 하나뿐이면 무엇이든 쓸 수 있다."""
    verify: Callable[[Values, Options], None] = lambda values, options: None
    """값 사이에, 또 값과 옵션 사이에 있어야 할 관계를 확인하고, 어긋나면 :class:`FigureError`를 던진다."""
    optional: Sequence[str] = ()
    """적지 않아도 되는 값의 이름. 적은 것은 옵션에 :data:`GIVEN`으로 들어간다."""
    tell: Callable[[Values, Options], str] = lambda values, options: ""
    """확인한 값을 읽어 주는 글. 값을 모두 확인한 그림에서만 대체 텍스트의 뒤에 붙는다."""
    enliven: Callable[[Values, Options, str, str], str] = lambda values, options, identity, picture: picture
    """값을 모두 확인한 그림(``picture``)을 스크립트가 쓸 것과 함께 감싼 HTML. 스크립트가 없어도 그림은 보여야 한다."""

    def complete(self, given: Options, values: Collection[str] = ()) -> Options:
        """빠진 옵션을 기본값으로 채우고, 적지 않아도 되는 값 가운데 무엇을 적었는지 더한다.

        Raises:
            FigureError: 모르는 옵션이거나 쓸 수 없는 값일 때.
        """
        for name, value in given.items():
            choices = self.options.get(name)
            if choices is None:
                raise FigureError(f"모르는 옵션입니다: {name}. 쓸 수 있는 옵션: {', '.join(self.options) or '없음'}")
            if len(choices) > 1 and value not in choices:
                raise FigureError(f"쓸 수 없는 값입니다: {name}={value}. 쓸 수 있는 값: {', '.join(choices)}")
        defaults = {name: choices[0] for name, choices in self.options.items()}
        return defaults | dict(given) | {name: GIVEN for name in self.optional if name in values}

    def ready(self, values: Values, options: Options) -> bool:
        """그림에 그릴 값을 모두 확인했는지."""
        given = [name for name in self.optional if is_given(options, name)]
        return all(name in values for name in (*self.values, *given))

    def expect(self, labels: Sequence[str], values: Sequence[str], options: Options) -> None:
        """이름표와 값이 빠짐없이, 남김없이 있는지 본다.

        Raises:
            FigureError: 빠졌거나 남는 이름이 있을 때.
        """
        kinds = (
            ("형태 이름표", self.labels(options), (), labels),
            ("값", self.values, self.optional, values),
        )
        for kind, needed, optional, found in kinds:
            if missing := [name for name in needed if name not in found]:
                raise FigureError(f"{kind}가 빠졌습니다: {', '.join(missing)}".replace("값가", "값이"))
            known = [*needed, *optional]
            if unknown := [name for name in found if name not in known]:
                raise FigureError(
                    f"모르는 {kind}입니다: {', '.join(unknown)}. 쓸 수 있는 이름: {', '.join(known) or '없음'}"
                )


def figure(
    title: str,
    labels: Sequence[str] | Callable[[Options], Sequence[str]],
    describe: Callable[[Options], str],
    **more: Any,
) -> Callable[[Callable[[Labels, Values, Options], Drawing]], Figure]:
    """그리는 함수를 그림으로 만든다. 함수의 이름이 그림의 이름이고, ``describe``가 대체 텍스트를 적는다."""

    def make(draw: Callable[[Labels, Values, Options], Drawing]) -> Figure:
        names = labels if callable(labels) else lambda options: labels
        return Figure(draw, draw.__name__, title, names, describe, **more)

    return make


def is_given(options: Options, name: str) -> bool:
    """적지 않아도 되는 값을 페이지에 적었는지."""
    return options.get(name) == GIVEN


def not_measured(drawing: Drawing, label: Label) -> Drawing:
    """그릴 값을 아직 재지 않은 그림. 수를 지어내지 않고 그렇게 적는다."""
    width = max(320.0, label.width)
    drawing.box(8, 8, width, 80, NOT_MEASURED, "frame")
    drawing.label(8 + width / 2, 112, label)
    return drawing

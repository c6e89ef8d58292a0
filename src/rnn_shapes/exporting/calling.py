"""모델과 파일을 같은 입력으로 부른다. 입력의 순서와 이름을 맞추는 일이 여기 있다."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from rnn_shapes.exporting.running import UNNAMED, Artifact, Shape
from rnn_shapes.exporting.trials import Inputs, Known, pads_of


class Side:
    """비교할 두 쪽: 모델과, 열 때마다 새로 시작하는 파일."""

    def __init__(self, model: Any, inputs: Any, opener: Callable[[], Artifact]) -> None:
        """독자가 준 입력의 묶음을 기억하고 텐서를 차례로 늘어놓는다."""
        import keras

        self.model, self.open, self._structure = model, opener, inputs
        self._opened: Artifact | None = None
        self.inputs: Inputs = [np.asarray(value) for value in keras.tree.flatten(inputs)]
        if not self.inputs or any(value.ndim == 0 for value in self.inputs):
            raise ValueError("넣을 값이 없습니다. 첫 축이 배치인 배열이나, 그런 배열의 리스트를 주세요.")
        sizes = {len(value) for value in self.inputs}
        if len(sizes) > 1:
            raise ValueError(f"입력의 배치 크기가 서로 다릅니다: {sorted(sizes)}")

    def opened(self) -> Artifact:
        """한 번 열어 두고 쓰는 파일. 여는 데 오래 걸리므로, 상태를 처음으로 되돌릴 때만 ``open``으로 새로 연다."""
        self._opened = self._opened or self.open()
        return self._opened

    def packed(self, inputs: Inputs) -> Any:
        """모델이 받는 묶음."""
        import keras

        return keras.tree.pack_sequence_as(self._structure, inputs)

    def model_shapes(self) -> list[Shape]:
        """모델이 정해 둔 형태. 층을 물려받아 만든 모델은 정해 두지 않는다."""
        entries = getattr(self.model, "inputs", None) or []
        if len(entries) != len(self.inputs):
            return [(None,) * value.ndim for value in self.inputs]
        return [tuple(entry.shape) for entry in entries]

    def names(self) -> list[str]:
        """모델의 입력의 이름. 정해 둔 것이 없으면 비었다."""
        if isinstance(self._structure, dict):
            return sorted(self._structure)
        return [entry.name for entry in getattr(self.model, "inputs", None) or []]


def run_model(side: Side, inputs: Inputs) -> "tuple[list[np.ndarray], Exception | None]":
    """모델의 출력. 모델이 거절하면 그 오류를 함께 준다."""
    import keras

    try:
        outputs = side.model(side.packed(inputs), training=False)
    except Exception as error:
        return [], error
    return [np.asarray(keras.ops.convert_to_numpy(one)) for one in keras.tree.flatten(outputs)], None


def aligned(side: Side, artifact: Artifact) -> list[str]:
    """모델의 입력마다 파일의 이름. 이름이 같으면 이름으로, 아니면 순서로 맞춘다.

    Raises:
        ValueError: 입력의 수나 이름이 맞지 않을 때.
    """
    theirs, ours = list(artifact.shapes), side.names()
    if len(theirs) != len(side.inputs):
        raise ValueError(
            f"준 입력은 {len(side.inputs)}개인데 파일의 입력은 {len(theirs)}개({', '.join(theirs)})입니다."
        )
    if set(ours) == set(theirs):
        return ours
    if len(theirs) == 1 or all(map(UNNAMED.match, theirs)):
        return theirs
    raise ValueError(
        f"파일의 입력 이름({', '.join(theirs)})이 모델의 것({', '.join(ours)})과 달라 짝을 지을 수 없습니다. "
        "모델의 Input과 InputSpec에 같은 name을 적어 다시 내보내세요."
    )


def known_of(side: Side) -> Known:
    """모델과 파일이 함께 정해 둔 형태와, 빈자리를 넣을 수 있는 입력."""
    artifact = side.opened()
    theirs = [artifact.shapes[name] for name in aligned(side, artifact)]
    shapes = [_both(*pair) for pair in zip(side.model_shapes(), theirs, strict=True)]
    return Known(shapes, pads_of(side.model, side.inputs))


def _both(ours: Sequence[int | None], theirs: Sequence[int | None]) -> Shape:
    return tuple(one if one is not None else other for one, other in zip(ours, theirs, strict=False))

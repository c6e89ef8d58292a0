"""모델과 파일을 같은 입력으로 부른다. 입력의 순서와 이름을 맞추는 일이 여기 있다."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from rnn_shapes.exporting import wording
from rnn_shapes.exporting.running import UNNAMED, Artifact, Shape
from rnn_shapes.exporting.trials import Inputs, Known, pads_of

PREFIX = re.compile(r"^(?:args|inputs)_\d+_(?=.)")
"""딕셔너리를 받는 모델을 ONNX로 내보낼 때 이름의 앞에 붙는 것."""


class Side:
    """비교할 두 쪽: 모델과, 열 때마다 새로 시작하는 파일."""

    def __init__(self, model: Any, inputs: Any, opener: Callable[[], Artifact]) -> None:
        """독자가 준 입력의 묶음을 기억하고 텐서를 차례로 늘어놓는다."""
        import keras

        self.model, self.open, self._structure = model, opener, inputs
        self._opened: Artifact | None = None
        leaves = keras.tree.flatten(inputs)
        self.inputs: Inputs = [np.asarray(value) for value in leaves]
        if not self.inputs or any(value.ndim == 0 for value in self.inputs):
            raise ValueError(wording.no_arrays(leaves))
        sizes = {len(value) for value in self.inputs}
        if len(sizes) > 1:
            raise ValueError(f"입력의 배치 크기가 서로 다릅니다: {sorted(sizes)}")
        if empty := [value.shape for value in self.inputs if value.size == 0]:
            raise ValueError(f"입력이 비어 있습니다: 형태 {empty[0]}. 크기가 0인 축이 없게 하세요.")
        if any(value.dtype.kind == "f" and not np.isfinite(value).all() for value in self.inputs):
            raise ValueError("입력에 수가 아닌 값(NaN이나 inf)이 있어 비교할 수 없습니다. 채우거나 빼고 주세요.")

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
        """준 입력의 이름. 딕셔너리의 키이고, 아니면 모델에 적은 이름이며, 그것도 없으면 비었다."""
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
    plain = {PREFIX.sub("", name): name for name in theirs}
    named = isinstance(side.packed(side.inputs), dict)
    counted = len(theirs) == len(side.inputs)
    if not counted and not named:
        raise ValueError(
            f"준 입력은 {len(side.inputs)}개인데 파일의 입력은 {len(theirs)}개({', '.join(theirs)})입니다. "
            "그만큼을 리스트나 딕셔너리로 주세요."
        )
    if set(ours) == set(theirs):
        return ours
    if set(ours) == set(plain) and len(plain) == len(theirs):
        return [plain[name] for name in ours]
    if counted and (len(theirs) == 1 or all(map(UNNAMED.match, theirs))):
        return theirs
    raise ValueError(wording.unpaired(theirs, ours, named))


def known_of(side: Side) -> Known:
    """모델과 파일이 함께 정해 둔 형태와, 빈자리를 넣을 수 있는 입력."""
    artifact = side.opened()
    theirs = [artifact.shapes[name] for name in aligned(side, artifact)]
    shapes = [_both(*pair) for pair in zip(side.model_shapes(), theirs, strict=True)]
    return Known(shapes, pads_of(side.model, side.inputs))


def _both(ours: Sequence[int | None], theirs: Sequence[int | None]) -> Shape:
    return tuple(one if one is not None else other for one, other in zip(ours, theirs, strict=False))

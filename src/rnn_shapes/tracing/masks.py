"""층마다 마스크가 어떻게 되는가: 생기고, 넘어가고, 쓰이고, 끊긴다."""

from rnn_shapes.tracing import kinds
from rnn_shapes.tracing.recording import Call, Computation, flat, mask_of

BORN, KEPT, USED, LOST, GONE, NONE = "생김", "넘김", "쓰고 끝남", "끊김", "말없이 끊김", ""
"""끊긴 것은 Keras가 경고하고, 말없이 끊긴 것은 아무도 알리지 않는다."""
UNUSED = "쓰지 않고 넘김"
"""출력에는 딸려 나오지만 층 자신은 받지 못한 마스크."""
HANDED = "mask=로 받음"
"""텐서에 딸려 온 것이 아니라 인자로 받은 마스크. 함수형 모델은 만들 때 정해진 마스크를 이렇게 넘기기도 한다."""


def fate(call: Call) -> str:
    """층을 지나며 마스크가 어떻게 되었는가. 모델은 안에 든 층이 말한다."""
    before, after = call.mask is not None, call.output_mask is not None
    if call.error is not None or kinds.is_model(call.layer) or not (before or after):
        return NONE
    if is_set_aside(call):
        return UNUSED if after else GONE
    if after:
        return KEPT if before else BORN
    used = any(name == "mask" or name.endswith("_mask") for name in _parameters(call.layer))
    if call.refused_mask and not (used and not any(map(is_sequence, call.outputs))):
        return LOST
    return USED if used else GONE


def is_set_aside(call: Call) -> bool:
    """초기 상태와 함께 주어서 쓰이지 않는 마스크가 있는가.

    Keras 3은 텐서를 하나만 받은 층에서만 딸려 온 마스크를 ``mask``로 넘긴다(keras/src/layers/layer.py).
    """
    given = call.given
    alone = flat(given.get("mask")) or not flat(given.get("initial_state"))
    return kinds.is_recurrent(call.layer) and call.mask is not None and not alone


def is_handed(call: Call) -> bool:
    """텐서에는 없고 ``mask=``로만 온 마스크인가. 감싼 층이 안의 층에 넘긴 것은 감싼 층이 말한다."""
    inside = call.parent is not None and isinstance(call.parent.layer, kinds.wrappers())
    return (
        not inside and bool(flat(call.given.get("mask"))) and not any(mask_of(one) is not None for one in call.inputs)
    )


def fate_of(computation: Computation) -> str:
    """층이 아닌 계산은 마스크를 모른다. 시퀀스가 그대로 나오면 마스크만 없어진 것이다."""
    masked = [tensor for tensor in computation.inputs if mask_of(tensor) is not None]
    if not masked or not any(is_sequence(tensor) for tensor in computation.outputs):
        return NONE
    return GONE if all(mask_of(tensor) is None for tensor in computation.outputs) else NONE


def is_sequence(tensor: object) -> bool:
    """배치와 타임스텝, 특성의 축이 있는 실수 텐서인가."""
    shape, dtype = getattr(tensor, "shape", ()), str(getattr(tensor, "dtype", ""))
    return len(shape) >= 3 and "float" in dtype


def _parameters(layer: object) -> set[str]:
    import inspect

    return set(inspect.signature(layer.call).parameters)  # type: ignore[attr-defined]

"""받아들인 초기 상태를 층이 준 대로 썼는지, 값을 바꾸어 가며 알아본다.

오류가 없다고 해서 쓴 것은 아니다. 값을 바꾸어도 결과가 같으면 쓰지 않은 것이다.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from rnn_shapes.contract.recurrence import Call, flat, interpret

DROPPED, SKIPPED, SPLIT, BROADCAST, OTHER_USE = "dropped", "skipped", "split", "broadcast", "other use"
TREATMENTS = (DROPPED, SKIPPED, SPLIT, BROADCAST, OTHER_USE)
"""준 것 가운데 일부를 버리기, 위의 셀을 계산하지 않기, 배치를 잘라 방향마다 주기, 모자란 축을 늘리기, 그 밖."""


def treatment(call: Call, space: Mapping[str, Any]) -> str:
    """초기 상태를 준 대로 썼으면 빈 글, 아니면 어떻게 썼는가.

    Args:
        call: 초기 상태를 한 줄로 펴서 담은 것.
        space: 경우의 코드를 실행하고 남은 이름들.
    """
    count = len(call.states)
    if not all(_matters(space, place) for place in range(count)):
        return DROPPED
    if not interpret(call).wrong:
        # 돌려받은 상태의 형태가 준 것과 다르면 모자란 축을 늘린 것이다.
        returned = flat(call.outputs)[-count:] if call.layer.return_state else call.states
        pairs = zip(call.states, returned, strict=True)
        return "" if all(tuple(given.shape) == tuple(back.shape) for given, back in pairs) else BROADCAST
    if hasattr(call.layer, "forward_layer") and count == 1:
        half = call.states[0].shape[0] // 2
        split = replace(call, states=[call.states[0][:half], call.states[0][half:]])
        return OTHER_USE if interpret(split).wrong else SPLIT
    cells = getattr(call.layer.cell, "cells", ())
    return SKIPPED if cells and flat(call.outputs)[0].shape[-1] != cells[-1].units else OTHER_USE


def _matters(space: Mapping[str, Any], place: int) -> bool:
    """이 자리의 상태를 바꾸면 결과가 달라지는가."""
    left = iter(range(len(flat(space["states"]))))
    changed = _mapped(space["states"], lambda tensor: tensor + 1 if next(left) == place else tensor)
    outputs = space["layer"](space["inputs"], initial_state=changed)
    pairs = zip(flat(space["outputs"]), flat(outputs), strict=True)
    return not all(np.allclose(old, new) for old, new in pairs)


def _mapped(tree: Any, change: Any) -> Any:
    """묶음은 그대로 두고 텐서만 바꾼 것."""
    return type(tree)(_mapped(item, change) for item in tree) if isinstance(tree, list | tuple) else change(tree)

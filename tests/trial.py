"""탐색기가 하는 말을, 아무렇게나 비운 시퀀스를 빈자리 없이 읽은 결과와 견준다. 셀을 부르는 코드를 쓰지 않는다.

마스크가 있는 층을 한 번 부르고, 샘플마다 진짜 자리만 잘라 마스크 없이 다시 부른다. 둘이 어떻게 다른지가 곧 실제이고,
표의 답은 그것을 모두 말해야 한다.
"""

from dataclasses import dataclass, replace

import numpy as np

from rnn_shapes.contract import rules
from rnn_shapes.contract.cases import BOTH_WAYS
from rnn_shapes.contract.code import GAPS, code, construction
from rnn_shapes.contract.recurrence import flat
from rnn_shapes.symbols import SYMBOLS

SIZES = {"N": 5, "T": 6, "D": 7, "H": 3, "G": 4, "P": 2, "Y": 3, "X": 4, "Z": 5, "C": 2, "F": 3, "O": 3, "V": 9, "E": 4}


@dataclass(frozen=True)
class Truth:
    """실제로 일어난 일."""

    masked: tuple[set[str], ...]
    """빈자리의 자리마다, 그 출력이 될 수 있는 것(``repeat``, ``zero``)."""
    faults: set[str]


def random_mask(chance):
    """아무 데나 비운 마스크. 앞뒤와 가운데가 모두 있고, 모두 비거나 하나도 비지 않은 샘플도 있다."""
    rows = np.array([[chance.random() < 0.6 for _ in range(SIZES["T"])] for _ in range(SIZES["N"])])
    rows[0], rows[1] = False, [True, True, False, True, False, False]
    rows[2] = [False, False, True, True, False, True]
    return rows


def call(case, keras, mask):
    """경우의 코드를 이 마스크로 실행하고 남은 이름들."""
    import tensorflow as tf
    import tf_keras

    space = {"np": np, "tf": tf, "tf_keras": tf_keras, "given": mask}
    space |= {SYMBOLS[letter].name: size for letter, size in SIZES.items()}
    lines = code(case, keras).splitlines()
    exec("\n".join("mask = tf.constant(given)" if line.startswith("mask = ") else line for line in lines), space)  # noqa: S102
    return space


def truth(case, keras, mask):
    """마스크를 준 결과와, 진짜 자리만 읽은 결과를 견준다."""
    space = call(case, keras, mask)
    twin, inputs, states = _twin(space, case, keras), space["inputs"], space.get("states")
    found = [np.asarray(one) for one in flat(space["outputs"])]
    backwards = getattr(twin, "forward_layer", twin).go_backwards
    masked, faults = [{"repeat", "zero"} for _ in GAPS], _mask_fault(space, mask, backwards)
    outputs = 2 if case.wrap in BOTH_WAYS and case.get("merge_mode") is None else 1
    for row, kept in enumerate(mask):
        if not kept.any():
            continue
        given = {} if states is None else {"initial_state": _row(states, row)}
        alone = [np.asarray(one)[0] for one in flat(twin(_only(inputs, row, kept), **given))]
        order = np.flatnonzero(kept[::-1] if backwards else kept)
        for number, (value, wanted) in enumerate(zip(found, alone, strict=True)):
            if case.get("return_sequences") and number < outputs:
                faults |= set() if _close(value[row][order], wanted) else {rules.NOT_REVERSED}
            else:
                faults |= _compare_last(value[row], wanted, kept, backwards)
        if not case.get("return_sequences"):
            _narrow_last(found[0][row], alone[0], case, kept, backwards, masked)
    if case.get("return_sequences"):
        for value, back in _sides(case, twin, space, found):
            for row, kept in enumerate(mask):
                _narrow(value[row], kept, back, backwards, masked, case.wrap in BOTH_WAYS)
    if case.get("zero_output_for_mask") and any(kinds == {"repeat"} for kinds in masked):
        faults.add(rules.IGNORED)
    return Truth(tuple(masked), faults)


def _close(one, other):
    return one.shape == other.shape and np.allclose(one, other, atol=1e-4)


def _only(inputs, row, kept):
    """샘플 하나의 진짜 자리."""
    import tensorflow as tf

    return tf.boolean_mask(inputs[row : row + 1], kept, axis=1)


def _row(states, row):
    if isinstance(states, list | tuple):
        return type(states)(_row(state, row) for state in states)
    return states[row : row + 1]


def _twin(space, case, keras):
    """가중치가 같고, 펼치지도 배치 크기를 기억하지도 않는 층."""
    options = {name: value for name, value in case.options.items() if name not in ("stateful", "unroll")}
    if options == case.options:
        return space["layer"]
    twin = eval(construction(replace(case, options=options), keras), space)  # noqa: S307
    twin(space["inputs"])
    twin.set_weights(space["layer"].get_weights())
    return twin


def _sides(case, twin, space, found):
    """방향마다의 출력과, 그 방향이 출력의 차례와 거꾸로 읽는가."""
    if case.wrap not in BOTH_WAYS:
        return [(found[0], False)]
    twin.merge_mode, kept = None, twin.merge_mode
    given = {"initial_state": space["states"]} if "states" in space else {}
    forward, backward, *_ = flat(twin(space["inputs"], mask=space["mask"], **given))
    twin.merge_mode = kept
    return [(np.asarray(forward), False), (np.asarray(backward), True)]


def _narrow(value, kept, back, backwards, masked, both):
    """한 방향의 출력에서, 빈자리에 무엇이 있는지 좁힌다."""
    steps = np.arange(len(kept))[:: -1 if backwards else 1]
    places = np.arange(len(kept))[:: -1 if back else 1]
    last = None
    for place in places:
        if kept[steps[place]]:
            last = value[place]
        elif kept.any():
            kinds = set() if value[place].any() else {"zero"}
            if (last is not None and _close(value[place], last)) or (last is None and both and kinds):
                kinds.add("repeat")
            masked[_gap(steps[place], kept)] &= kinds


def _gap(step, kept):
    """빈자리의 자리의 번호. 뒤, 앞, 가운데의 차례다."""
    return 1 if not kept[:step].any() else 0 if not kept[step:].any() else 2


def _narrow_last(value, wanted, case, kept, backwards, masked):
    """마지막 출력에서, 빈자리로 끝날 때 무엇이 있는지 좁힌다."""
    both = case.wrap in BOTH_WAYS
    ends = [0] if not kept[-1] and (both or not backwards) else []
    ends += [1] if not kept[0] and (both or backwards) else []
    kinds = ({"repeat"} if _close(value, wanted) else set()) | (set() if value.any() else {"zero"})
    for place in ends:
        masked[place] &= kinds


def _compare_last(value, wanted, kept, backwards):
    """마지막 출력과 상태. 상태는 언제나 진짜 자리만 읽은 것과 같다."""
    if _close(value, wanted):
        return set()
    ends_in_gap = not kept[0 if backwards else -1]
    return {rules.ZEROED_LAST if ends_in_gap and not value.any() else rules.OTHER_VALUES}


def _mask_fault(space, mask, backwards):
    returned = getattr(flat(space["outputs"])[0], "_keras_mask", None)
    if returned is None or np.array_equal(returned, mask[:, ::-1] if backwards else mask):
        return set()
    return {rules.MASK_KEPT if np.array_equal(returned, mask) else rules.OTHER_MASK}


def disagreement(case, keras, answer, mask):
    """표의 답이 실제와 어긋나면 무엇이 어긋나는지. 맞으면 빈 글이다."""
    try:
        actual = truth(case, keras, mask)
    except Exception as error:  # 무엇이 나든 거절이다
        return f"받는다고 했지만 {type(error).__name__}: {error}"
    if {*answer.wrong} != actual.faults:
        return f"주의는 {answer.wrong}, 실제는 {actual.faults}"
    said = answer.masked_output or [""] * len(GAPS)
    wrong = [name for name, one, kinds in zip(GAPS, said, actual.masked, strict=True) if one and one not in kinds]
    return f"빈자리의 출력은 {said}, 실제는 {actual.masked}({', '.join(wrong)})" if wrong else ""

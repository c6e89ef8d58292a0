"""경우를 코드로 적는다: 입력과 마스크, 초기 상태, 층을 만드는 식."""

from collections.abc import Mapping
from dataclasses import dataclass

from rnn_shapes.contract.cases import BOTH_WAYS, INPUTS, KERAS, LAYERS, OF_CELL, STACKS, STEPS, WRAPS, Case

GAPS: Mapping[str, str] = {
    "after": "tf.sequence_mask(tf.range(1, batch_size + 1), seq_length)",
    "before": "tf.sequence_mask(tf.range(1, batch_size + 1), seq_length)[:, ::-1]",
    "middle": "tf.range(seq_length) != 1 + tf.range(batch_size)[:, None] % (seq_length - 2)",
}
"""빈자리의 자리마다의 마스크. 화면에는 첫째 것을 적는다."""


@dataclass(frozen=True)
class StateForm:
    """초기 상태를 적는 방식 하나. 코드도 이름도 여기 적은 것에서 나온다."""

    nested: bool | None = None
    """셀마다 묶는가. ``None``이면 ``get_initial_state``가 주는 대로다."""
    container: str = "list"
    """바깥 묶음. ``list``, ``tuple``, 또는 첫 텐서만 그대로 주는 ``tensor``."""
    missing: int = 0
    """모자란 텐서의 수. 음수이면 남는 수다."""
    batch: str = "batch_size"
    more_units: int = 0
    one_unit: bool = False
    """마지막 텐서의 유닛 수를 1로 하는가."""
    sequence: bool = False
    """첫 텐서가 시퀀스인가."""
    numpy: bool = False
    packed: bool = False
    """입력과 한 리스트에 담는가."""

    @property
    def symbolic(self) -> bool:
        """``Input``으로도 적을 수 있는가."""
        return not self.numpy and self.batch == "batch_size"

    @property
    def label(self) -> str:
        """화면에 적는 이름."""
        if self.missing:
            return "하나 모자란 리스트" if self.missing > 0 else "하나 남는 리스트"
        if self.nested is not None:
            return "셀마다 묶은 리스트" if self.nested else "한 줄로 편 리스트"
        if self.batch != "batch_size":
            return f"배치 크기가 {self.batch}인 상태"
        if self.more_units:
            return f"유닛 수가 {self.more_units} 많은 상태"
        if self.one_unit:
            return "마지막 상태의 유닛 수가 1"
        if self.sequence:
            return "첫 상태 자리에 시퀀스"
        if self.numpy:
            return "NumPy 배열의 리스트"
        if self.packed:
            return "입력과 상태를 한 리스트에"
        return {"list": "get_initial_state와 같은 리스트", "tuple": "튜플", "tensor": "텐서 하나"}[self.container]


STATE_FORMS: Mapping[str, StateForm] = {
    "list": StateForm(),
    "nested": StateForm(nested=True),
    "flat": StateForm(nested=False),
    "tuple": StateForm(container="tuple"),
    "tensor": StateForm(container="tensor"),
    "numpy": StateForm(numpy=True),
    "too_few": StateForm(missing=1),
    "too_many": StateForm(missing=-1),
    "wrong_size": StateForm(more_units=1),
    "one_unit": StateForm(one_unit=True),
    "sequence": StateForm(sequence=True),
    "batch_of_one": StateForm(batch="1"),
    "packed": StateForm(packed=True),
}
"""초기 상태를 적어 볼 꼴."""


def construction(case: Case, keras: int) -> str:
    """층을 만드는 식.

    >>> construction(Case("LSTM", {"return_state": True}, "RNN"), keras=3)
    'tf.keras.layers.RNN(tf.keras.layers.LSTMCell(hidden_dim), return_state=True)'
    """
    template = WRAPS[case.wrap].code
    inside = "cell" if "{k}.{layer}Cell" in template else "options"
    parts = {"cell": "", "options": "", "merge": ""}
    for option, value in case.written:
        part = "merge" if option == "merge_mode" else inside if option in OF_CELL else "options"
        parts[part] += f", {option}={value!r}"
    k = f"{KERAS[keras]}.layers"
    sizes = LAYERS[case.layer].sizes.format(k=k)
    return template.format(k=k, layer=case.layer, sizes=sizes, other="other_dim", **parts)


def code(case: Case, keras: int, gap: str = "after") -> str:
    """위에서부터 실행되는 코드. 마지막 줄이 돌려받은 것을 ``outputs``에 담는다. 빈자리는 ``gap``에 둔다."""
    lines = [f"inputs = {_inputs(case, keras)}"]
    arguments = ["inputs"]
    if case.mask:
        lines.append(f"mask = {GAPS[gap] if case.inputs == 'tensor' else _mask(case, keras)}")
        arguments.append("mask=mask")
    if case.wrap in STEPS:
        lines.append(f"states = {state(case, keras)}")
        arguments.append("states")
    elif case.initial_state:
        lines.append(f"states = {state(case, keras)}")
        packed = STATE_FORMS[case.initial_state].packed
        arguments = ["[inputs, *states]", *arguments[1:]] if packed else [*arguments, "initial_state=states"]
    lines.append(f"layer = {construction(case, keras)}")
    lines.append(f"outputs = layer({', '.join(arguments)})")
    return "\n".join(lines)


def input_axes(case: Case) -> tuple[str, ...]:
    """입력의 축마다 크기의 이름. 한 타임스텝의 입력에는 시간 축이 없다."""
    axes = LAYERS[case.layer].axes
    return (*axes[:1], *axes[2:]) if case.wrap in STEPS else axes


def _inputs(case: Case, keras: int) -> str:
    axes = input_axes(case)
    ids = LAYERS[case.layer].kind == "ids"
    if case.inputs == "tensor":
        shape = f"[{', '.join(axes)}]"
        return f"tf.random.uniform({shape}, maxval=vocab_size, dtype=tf.int32)" if ids else f"tf.random.normal({shape})"
    rest = ["None" if axis in INPUTS[case.inputs] else name for axis, name in enumerate(axes)][1:]
    dtype = ', dtype="int32"' if ids else ""
    return f"{KERAS[keras]}.Input([{', '.join(rest)}]{_batch(case)}{dtype})"


def _batch(case: Case) -> str:
    return ", batch_size=batch_size" if case.inputs == "batch_input" else ""


def _mask(case: Case, keras: int) -> str:
    length = "None" if 1 in INPUTS[case.inputs] else "seq_length"
    return f'{KERAS[keras]}.Input([{length}]{_batch(case)}, dtype="bool")'


def state(case: Case, keras: int) -> str:
    """초기 상태를 ``case.initial_state``의 꼴로 적은 코드. 비었으면 ``get_initial_state``와 같은 꼴이다."""
    form = STATE_FORMS[case.initial_state or "list"]
    layer = LAYERS[case.layer]
    units = [[axes for _ in layer.states] for axes in _units(case)]
    if form.one_unit:
        units[-1][-1] = (*units[-1][-1][:-1], "1")
    if form.sequence:
        units[0][0] = ("seq_length", *units[0][0])
    groups = [[_tensor(case, axes, form, keras) for axes in group] for group in units]
    # Keras 2는 상태가 하나인 셀의 상태를 묶지 않는다. get_initial_state가 주는 것과 같은 꼴로 적는다.
    usual = form.container == "list" and not form.missing and (keras == 3 or len(layer.states) > 1)
    nested = case.wrap in STACKS and (usual if form.nested is None else form.nested)
    flat = [tensor for group in groups for tensor in group]
    flat = flat[: -form.missing] if form.missing > 0 else flat + flat[-1:] * -form.missing
    items = [f"[{', '.join(group)}]" for group in groups] if nested else flat
    if form.container == "tensor":
        return flat[0]
    written = ", ".join(items)
    if form.container == "tuple":
        return f"({written},)" if len(items) == 1 else f"({written})"
    return f"[{written}]"


def _units(case: Case) -> list[tuple[str, ...]]:
    """셀마다 상태의 축. 아래 셀이나 정방향의 것이 앞이다."""
    axes = LAYERS[case.layer].state_axes
    if case.get("padding") == "same":
        axes = tuple(axis.split(" ")[0] for axis in axes)
    pair = [axes, ("other_dim",)] if "{other}" in WRAPS[case.wrap].code else [axes]
    copies = 2 if case.wrap in BOTH_WAYS and case.wrap != "backward_layer" else 1
    return pair * copies


def _tensor(case: Case, axes: tuple[str, ...], form: StateForm, keras: int) -> str:
    if form.more_units:
        axes = (*axes[:-1], f"{axes[-1]} + {form.more_units}")
    if case.inputs != "tensor":
        return f"{KERAS[keras]}.Input([{', '.join(axes)}]{_batch(case)})"
    shape = f"[{', '.join([form.batch, *axes])}]"
    return f"np.ones({shape}, np.float32)" if form.numpy else f"tf.random.normal({shape})"

"""무엇을 잴지 정한다: 층, 감싸는 법, 옵션, 입력의 꼴, 그리고 저마다의 코드.

여기에는 결과가 없다. 결과는 :mod:`rnn_shapes.contract.measuring`가 코드를 실행해서 얻는다. TensorFlow도 없으므로
페이지와 탐색기가 이 표를 그대로 쓴다.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

KERAS = {3: "tf.keras", 2: "tf_keras"}
"""Keras의 판과, 코드에서 그 판을 부르는 이름."""

DEFAULTS: Mapping[str, Any] = {
    "use_bias": True,
    "reset_after": True,
    "padding": "valid",
    "mask_zero": False,
    "return_sequences": False,
    "return_state": False,
    "go_backwards": False,
    "stateful": False,
    "unroll": False,
    "zero_output_for_mask": False,
    "merge_mode": "concat",
}
"""옵션의 기본값. 코드에는 기본값과 다른 것만 이 차례로 적는다."""

CHOICES: Mapping[str, Sequence[Any]] = {
    "padding": ("valid", "same"),
    "merge_mode": ("concat", "sum", "mul", "ave", None),
}
"""참과 거짓이 아닌 옵션에 쓸 수 있는 값."""

OF_CELL = ("use_bias", "reset_after")
"""셀이 있으면 셀에 주는 옵션. 나머지는 층에 주고, ``merge_mode``는 ``Bidirectional``에 준다."""
OF_RECURRENT = ("return_sequences", "return_state", "go_backwards", "stateful", "unroll", "zero_output_for_mask")


@dataclass(frozen=True)
class Layer:
    """잴 층 하나."""

    axes: tuple[str, ...]
    """입력의 축마다 크기의 이름."""
    sizes: str
    """만들 때 주는 크기. 코드 그대로다."""
    options: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    """타임스텝 사이에 넘기는 상태의 이름. 순환층이 아니면 비었다."""
    state_axes: tuple[str, ...] = ("hidden_dim",)
    """상태의 축에서 배치를 뺀 것. 코드 그대로다."""
    wraps: tuple[str, ...] = ("layer",)
    kind: str = "normal"
    """입력에 넣을 값. ``ids``이면 토큰 번호다."""


STACKS = ("RNN_list", "StackedRNNCells", "Bidirectional_list", "StackedRNNCells_step")
STEPS = ("cell", "StackedRNNCells_step")
BOTH_WAYS = ("Bidirectional", "backward_layer", "Bidirectional_list")

WRAPS: Mapping[str, str] = {
    "layer": "{k}.{layer}({sizes}{cell}{options})",
    "RNN": "{k}.RNN({k}.{layer}Cell({sizes}{cell}){options})",
    "RNN_list": "{k}.RNN([{k}.{layer}Cell({sizes}{cell}), {k}.{layer}Cell({other}{cell})]{options})",
    "StackedRNNCells": (
        "{k}.RNN({k}.StackedRNNCells([{k}.{layer}Cell({sizes}{cell}), {k}.{layer}Cell({other}{cell})]){options})"
    ),
    "Bidirectional": "{k}.Bidirectional({k}.{layer}({sizes}{cell}{options}){merge})",
    "backward_layer": (
        "{k}.Bidirectional({k}.{layer}({sizes}{cell}{options}),"
        " backward_layer={k}.{layer}({other}{cell}{options}, go_backwards=True){merge})"
    ),
    "Bidirectional_list": (
        "{k}.Bidirectional({k}.RNN([{k}.{layer}Cell({sizes}{cell}), {k}.{layer}Cell({other}{cell})]{options}){merge})"
    ),
    "cell": "{k}.{layer}Cell({sizes}{cell})",
    "StackedRNNCells_step": "{k}.StackedRNNCells([{k}.{layer}Cell({sizes}{cell}), {k}.{layer}Cell({other}{cell})])",
}
"""감싸는 법마다 층을 만드는 코드. ``cell``, ``options``, ``merge``는 기본값과 다른 옵션의 자리다."""

SEQUENCE = ("batch_size", "seq_length", "input_dim")
SPACE = ("rows", "cols", "depth")


def _convolution(dimensions: int) -> Layer:
    space = SPACE[:dimensions]
    return Layer(
        axes=("batch_size", "seq_length", *space, "channels"),
        sizes="filters, kernel_size",
        options=("use_bias", "padding", *OF_RECURRENT, "merge_mode"),
        states=("h", "c"),
        state_axes=(*(f"{axis} - kernel_size + 1" for axis in space), "filters"),
        wraps=("layer", "Bidirectional"),
    )


RECURRENT = ("SimpleRNN", "GRU", "LSTM")
LAYERS: Mapping[str, Layer] = {
    "SimpleRNN": Layer(SEQUENCE, "hidden_dim", ("use_bias", *OF_RECURRENT, "merge_mode"), ("h",), wraps=tuple(WRAPS)),
    "GRU": Layer(SEQUENCE, "hidden_dim", (*OF_CELL, *OF_RECURRENT, "merge_mode"), ("h",), wraps=tuple(WRAPS)),
    "LSTM": Layer(SEQUENCE, "hidden_dim", ("use_bias", *OF_RECURRENT, "merge_mode"), ("h", "c"), wraps=tuple(WRAPS)),
    "ConvLSTM1D": _convolution(1),
    "ConvLSTM2D": _convolution(2),
    "ConvLSTM3D": _convolution(3),
    "TimeDistributed": Layer(SEQUENCE, "{k}.Dense(output_size)"),
    "Embedding": Layer(("batch_size", "seq_length"), "vocab_size, embedding_dim", ("mask_zero",), kind="ids"),
    "Masking": Layer(SEQUENCE, ""),
}

INPUTS: Mapping[str, Sequence[int]] = {"tensor": (), "batch_input": (), "input": (0,), "any_length": (0, 1)}
"""입력의 꼴과, 크기를 모르는 축. ``tensor``는 값이 든 텐서이고 나머지는 ``Input``이다."""


@dataclass(frozen=True)
class Case:
    """코드 하나로 실행해 볼 것."""

    layer: str
    options: Mapping[str, Any] = field(default_factory=dict)
    """기본값과 다른 옵션."""
    wrap: str = "layer"
    """층을 감싸는 법(``WRAPS``)."""
    inputs: str = "tensor"
    mask: bool = False
    initial_state: str = ""
    """초기 상태를 적는 꼴(``STATE_FORMS``). 비었으면 주지 않는다."""

    def get(self, option: str) -> Any:
        """옵션의 값. 주지 않았으면 기본값이다."""
        return self.options.get(option, DEFAULTS[option])

    @property
    def name(self) -> str:
        """경우의 이름. 표의 줄을 가리키는 앵커로도 쓴다."""
        options = [f"{key}-{value}" if key in CHOICES else key for key, value in self._written()]
        more = [*options, self.inputs if self.inputs != "tensor" else "", "mask" if self.mask else ""]
        return ".".join(part for part in [self.layer, self.wrap, *more, self.initial_state] if part)

    def _written(self) -> list[tuple[str, Any]]:
        return [(key, self.options[key]) for key in DEFAULTS if key in self.options]

    def facts(self, keras: int) -> dict[str, Any]:
        """규칙이 보는 한 줄짜리 표."""
        return {**DEFAULTS, **asdict(self), **self.options, "keras": keras}

    def construction(self, keras: int) -> str:
        """층을 만드는 식."""
        written = {name: f", {name}={value!r}" for name, value in self._written()}
        inside = "cell" if "{k}.{layer}Cell" in WRAPS[self.wrap] else "options"
        parts = {"cell": "", "options": "", "merge": ""}
        for option, code in written.items():
            part = "merge" if option == "merge_mode" else inside if option in OF_CELL else "options"
            parts[part] += code
        k = f"{KERAS[keras]}.layers"
        sizes = LAYERS[self.layer].sizes.format(k=k)
        return WRAPS[self.wrap].format(k=k, layer=self.layer, sizes=sizes, other="other_dim", **parts)

    def code(self, keras: int) -> str:
        """위에서부터 실행되는 코드. 마지막 줄이 돌려받은 것을 ``outputs``에 담는다."""
        lines = [f"inputs = {self._inputs(keras)}"]
        arguments = ["inputs"]
        if self.mask:
            lines.append(f"mask = {self._mask(keras)}")
            arguments.append("mask=mask")
        if self.wrap in STEPS:
            lines.append(f"states = {self.state('list', keras)}")
            arguments.append("states")
        elif self.initial_state:
            lines.append(f"states = {self.state(self.initial_state, keras)}")
            packed = self.initial_state == "packed"
            arguments = ["[inputs, *states]", *arguments[1:]] if packed else [*arguments, "initial_state=states"]
        lines.append(f"layer = {self.construction(keras)}")
        lines.append(f"outputs = layer({', '.join(arguments)})")
        return "\n".join(lines)

    def _inputs(self, keras: int) -> str:
        layer = LAYERS[self.layer]
        axes = [*layer.axes[:1], *layer.axes[2:]] if self.wrap in STEPS else list(layer.axes)
        ids = layer.kind == "ids"
        if self.inputs == "tensor":
            shape = f"[{', '.join(axes)}]"
            return (
                f"tf.random.uniform({shape}, maxval=vocab_size, dtype=tf.int32)"
                if ids
                else f"tf.random.normal({shape})"
            )
        unknown = () if self.wrap in STEPS else INPUTS[self.inputs]  # 한 타임스텝에는 길이가 없다
        rest = ["None" if axis in unknown else name for axis, name in enumerate(axes)][1:]
        batch = f", batch_size={axes[0]}" if self.inputs == "batch_input" else ""
        dtype = ', dtype="int32"' if ids else ""
        return f"{KERAS[keras]}.Input([{', '.join(rest)}]{batch}{dtype})"

    def _mask(self, keras: int) -> str:
        if self.inputs == "tensor":
            return "tf.sequence_mask(tf.range(1, batch_size + 1), seq_length)"
        length = "None" if 1 in INPUTS[self.inputs] else "seq_length"
        batch = ", batch_size=batch_size" if self.inputs == "batch_input" else ""
        return f'{KERAS[keras]}.Input([{length}]{batch}, dtype="bool")'

    def state(self, form: str, keras: int) -> str:
        """초기 상태를 ``form``의 꼴로 적은 코드."""
        layer = LAYERS[self.layer]
        units = [layer.state_axes]
        if self.wrap in STACKS or self.wrap == "backward_layer":
            units = [("hidden_dim",), ("other_dim",)]
        elif self.wrap in BOTH_WAYS:
            units = units * 2
        if self.wrap == "Bidirectional_list":
            units = units * 2
        if self.get("padding") == "same":
            units = [tuple(axis.split(" ")[0] for axis in axes) for axes in units]
        groups = [[self._tensor(axes, form, keras) for _ in layer.states] for axes in units]
        flat = [tensor for group in groups for tensor in group]
        # Keras 2는 상태가 하나인 셀의 상태를 묶지 않는다. get_initial_state가 주는 것과 같은 꼴로 적는다.
        nested = self.wrap in STACKS and (form == "nested" or keras == 3 or len(layer.states) > 1)
        match form:
            case "flat":
                nested = False
            case "tuple":
                return f"({', '.join(flat)},)" if len(flat) == 1 else f"({', '.join(flat)})"
            case "tensor":
                return flat[0]
            case "too_few":
                nested, flat = False, flat[:-1]
            case "too_many":
                nested, flat = False, [*flat, flat[-1]]
        items = [f"[{', '.join(group)}]" for group in groups] if nested else flat
        return f"[{', '.join(items)}]"

    def _tensor(self, axes: tuple[str, ...], form: str, keras: int) -> str:
        if self.inputs != "tensor":
            batch = ", batch_size=batch_size" if self.inputs == "batch_input" else ""
            return f"{KERAS[keras]}.Input([{', '.join(axes)}]{batch})"
        if form == "wrong_size":
            axes = (*axes[:-1], f"{axes[-1]} + 1")
        shape = f"[{', '.join(['1' if form == 'batch_of_one' else 'batch_size', *axes])}]"
        return f"np.ones({shape}, np.float32)" if form == "numpy" else f"tf.random.normal({shape})"


STATE_FORMS: Mapping[str, str] = {
    "list": "get_initial_state와 같은 리스트",
    "nested": "셀마다 묶은 리스트",
    "flat": "한 줄로 편 리스트",
    "tuple": "튜플",
    "tensor": "텐서 하나",
    "numpy": "NumPy 배열의 리스트",
    "too_few": "하나 모자란 리스트",
    "too_many": "하나 남는 리스트",
    "wrong_size": "유닛 수가 하나 많은 상태",
    "batch_of_one": "배치 크기가 1인 상태",
    "packed": "입력과 상태를 한 리스트에",
}
"""초기 상태를 적어 볼 꼴과 그 이름."""


@dataclass(frozen=True)
class Rule:
    """쓸 수 없는 조합 하나."""

    when: Mapping[str, Sequence[Any]]
    """이름마다 쓸 수 없게 되는 값. 모두 맞으면 거절된다."""
    what: str
    """조합을 가리키는 이름. 표에 적는다."""
    why: str
    """쓸 수 없는 까닭. 탐색기에 적는다."""

    def refuses(self, facts: Mapping[str, Any]) -> bool:
        """이 조합이 거절되는가."""
        return all(facts[name] in values for name, values in self.when.items())


RULES = (
    Rule(
        {"stateful": (True,), "inputs": ("input", "any_length")},
        "stateful=True와 배치 크기를 모르는 Input",
        "상태를 유지하려면 배치 크기를 알아야 합니다. Input에 batch_size를 주세요.",
    ),
    Rule(
        {"keras": (2,), "unroll": (True,), "inputs": ("any_length",)},
        "Keras 2의 unroll=True와 길이를 모르는 Input",
        "펼치려면 시퀀스 길이를 알아야 합니다. Keras 2는 길이가 None인 입력을 거절합니다.",
    ),
    Rule(
        {"keras": (2,), "unroll": (True,), "layer": ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")},
        "Keras 2의 합성곱 순환층과 unroll=True",
        "Keras 2의 합성곱 순환층은 펼칠 수 없습니다.",
    ),
    Rule(
        {"keras": (3,), "go_backwards": (True,), "wrap": ("Bidirectional", "Bidirectional_list")},
        "Keras 3의 Bidirectional에 든, go_backwards=True인 층",
        "Bidirectional이 역방향 층을 스스로 만듭니다. Keras 3은 go_backwards를 켠 층을 거절합니다.",
    ),
    Rule(
        {"keras": (3,), "stateful": (True,), "return_state": (True,), "wrap": BOTH_WAYS},
        "Keras 3의 Bidirectional에 든, stateful=True와 return_state=True인 층",
        "Keras 3의 Bidirectional에는 stateful=True와 return_state=True를 함께 쓸 수 없습니다.",
    ),
    # Keras 3은 Input으로 부를 때는 알아채지 못하고 값을 넣을 때 거절한다. 쓸 수 없기는 마찬가지다.
    Rule(
        {"wrap": ("backward_layer",), "merge_mode": ("sum", "mul", "ave")},
        "유닛 수가 다른 두 방향과 sum, mul, ave",
        "유닛 수가 다른 두 출력은 더하거나 곱하거나 평균할 수 없습니다.",
    ),
)
"""여기 적힌 조합은 모두 거절되고, 여기 없는 조합은 모두 받아들여진다. 둘 다 잴 때 확인한다."""

TRAPS = (
    Rule(
        {"unroll": (True,), "mask": (True,), "return_sequences": (True,), "wrap": BOTH_WAYS},
        "unroll=True인 양방향 층과 마스크",
        "펼친 역방향 층은 마스크를 뒤집지 않습니다. 오류 없이 역방향 출력이 틀립니다.",
    ),
    Rule(
        {"keras": (3,), "wrap": ("backward_layer",), "inputs": ("batch_input", "input", "any_length")},
        "Keras 3에서 Input으로 부른, 유닛 수가 다른 두 방향",
        "Keras 3은 Input으로 부를 때 역방향 층의 유닛 수를 정방향과 같다고 적습니다. 값을 넣으면 다른 형태가 나옵니다.",
    ),
)
"""받아들이지만 값이나 형태가 틀리는 조합. 틀린 값은 잴 때, 틀린 형태는 표를 만들 때 빠짐없이 확인한다."""

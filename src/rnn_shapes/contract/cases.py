"""무엇을 잴지 정하는 자료: 층, 감싸는 법, 설정, 입력의 꼴.

여기에는 결과도 코드도 없다. 결과는 :mod:`rnn_shapes.contract.measuring`이 코드를 실행해서 얻고, 코드는
:mod:`rnn_shapes.contract.code`가 적는다. 페이지와 ``explore`` 역할, 탐색기의 스크립트와 시험이 모두 이 자료를 읽는다.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

KERAS = {3: "tf.keras", 2: "tf_keras"}
"""Keras의 판과, 코드에서 그 판을 부르는 이름."""
OTHER = {3: 2, 2: 3}
"""비교해 보일 다른 판."""

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
OF_CALL = ("mask", "initial_state")
"""만들 때가 아니라 부를 때 주는 것."""

INPUTS: Mapping[str, Sequence[int]] = {"tensor": (), "batch_input": (), "input": (0,), "any_length": (0, 1)}
"""입력의 꼴과, 크기를 모르는 축. ``tensor``는 값이 든 텐서이고 나머지는 ``Input``이다."""
SYMBOLIC = ("batch_input", "input", "any_length")


@dataclass(frozen=True)
class Layer:
    """잴 층 하나."""

    axes: tuple[str, ...]
    """입력의 축마다 크기의 이름."""
    sizes: str
    """만들 때 주는 크기. 코드 그대로다."""
    settings: tuple[str, ...] = ()
    """이 층에 줄 수 있는 옵션과, 부를 때 줄 수 있는 것."""
    states: tuple[str, ...] = ()
    """타임스텝 사이에 넘기는 상태의 이름. 순환층이 아니면 비었다."""
    state_axes: tuple[str, ...] = ("hidden_dim",)
    """상태의 축에서 배치를 뺀 것. 코드 그대로다."""
    wraps: tuple[str, ...] = ("layer",)
    family: str = ""
    """같은 코드로 시간을 따라 도는 층들의 이름. 마스크를 다루는 법이 같다."""
    kind: str = "normal"
    """입력에 넣을 값. ``ids``이면 토큰 번호다."""
    own_mask: bool = False
    """마스크를 스스로 만드는가."""


@dataclass(frozen=True)
class Wrap:
    """층을 감싸는 법 하나."""

    code: str
    """층을 만드는 코드. ``cell``, ``options``, ``merge``는 기본값과 다른 옵션의 자리다."""
    both_ways: bool = False
    """양방향인가."""
    stack: bool = False
    """셀을 리스트에 담는가."""
    step: bool = False
    """한 타임스텝만 계산하는가."""


CELL = "{k}.{layer}Cell({sizes}{cell})"
CELLS = "[{k}.{layer}Cell({sizes}{cell}), {k}.{layer}Cell({other}{cell})]"
WRAPS: Mapping[str, Wrap] = {
    "layer": Wrap("{k}.{layer}({sizes}{cell}{options})"),
    "RNN": Wrap(f"{{k}}.RNN({CELL}{{options}})"),
    "RNN_single": Wrap(f"{{k}}.RNN([{CELL}]{{options}})", stack=True),
    "RNN_list": Wrap(f"{{k}}.RNN({CELLS}{{options}})", stack=True),
    "StackedRNNCells": Wrap(f"{{k}}.RNN({{k}}.StackedRNNCells({CELLS}){{options}})", stack=True),
    "Bidirectional": Wrap("{k}.Bidirectional({k}.{layer}({sizes}{cell}{options}){merge})", both_ways=True),
    "backward_layer": Wrap(
        "{k}.Bidirectional({k}.{layer}({sizes}{cell}{options}),"
        " backward_layer={k}.{layer}({other}{cell}{options}, go_backwards=True){merge})",
        both_ways=True,
    ),
    "Bidirectional_list": Wrap(
        f"{{k}}.Bidirectional({{k}}.RNN({CELLS}{{options}}){{merge}})", both_ways=True, stack=True
    ),
    "cell": Wrap(CELL, step=True),
    "StackedRNNCells_step": Wrap(f"{{k}}.StackedRNNCells({CELLS})", stack=True, step=True),
}
"""감싸는 법과 그 이름."""


def _wraps(**flags: bool) -> tuple[str, ...]:
    return tuple(name for name, wrap in WRAPS.items() if all(getattr(wrap, flag) == on for flag, on in flags.items()))


STEPS = _wraps(step=True)
STACKS = _wraps(stack=True)
BOTH_WAYS = _wraps(both_ways=True)

SEQUENCE = ("batch_size", "seq_length", "input_dim")
SPACE = ("rows", "cols", "depth")
OF_LAYER = (*OF_RECURRENT, "merge_mode", *OF_CALL)


def _convolution(dimensions: int) -> Layer:
    space = SPACE[:dimensions]
    return Layer(
        axes=("batch_size", "seq_length", *space, "channels"),
        sizes="filters, kernel_size",
        settings=("use_bias", "padding", *OF_LAYER),
        states=("h", "c"),
        state_axes=(*(f"{axis} - kernel_size + 1" for axis in space), "filters"),
        wraps=("layer", "Bidirectional"),
        family="convolution",
    )


def _recurrent(states: tuple[str, ...], settings: tuple[str, ...]) -> Layer:
    return Layer(SEQUENCE, "hidden_dim", (*settings, *OF_LAYER), states, wraps=tuple(WRAPS), family="recurrent")


LAYERS: Mapping[str, Layer] = {
    "SimpleRNN": _recurrent(("h",), ("use_bias",)),
    "GRU": _recurrent(("h",), OF_CELL),
    "LSTM": _recurrent(("h", "c"), ("use_bias",)),
    "ConvLSTM1D": _convolution(1),
    "ConvLSTM2D": _convolution(2),
    "ConvLSTM3D": _convolution(3),
    "TimeDistributed": Layer(SEQUENCE, "{k}.Dense(output_size)", ("mask",), family="time distributed"),
    "Embedding": Layer(
        ("batch_size", "seq_length"),
        "vocab_size, embedding_dim",
        ("mask_zero",),
        family="embedding",
        kind="ids",
        own_mask=True,
    ),
    "Masking": Layer(SEQUENCE, "", family="masking", own_mask=True),
}


@dataclass(frozen=True)
class Absence:
    """어떤 감싸는 법에서는 뜻이 없는 설정들."""

    wraps: tuple[str, ...]
    settings: tuple[str, ...]
    """설정의 이름이나 입력의 꼴."""
    why: str


ABSENCES = (
    Absence(STEPS, OF_CALL, "셀은 한 타임스텝만 계산하므로 받지 않습니다."),
    Absence(STEPS, OF_RECURRENT, "셀이 아니라 층의 옵션입니다."),
    Absence(STEPS, ("any_length",), "셀의 입력에는 길이가 없습니다."),
    Absence(_wraps(both_ways=False), ("merge_mode",), "Bidirectional의 옵션입니다."),
    Absence(
        ("backward_layer",), ("go_backwards",), "두 방향의 go_backwards는 달라야 하고, 역방향 층에 이미 켜져 있습니다."
    ),
)
"""감싸는 법마다 뜻이 없는 설정과 그 이유. 층에 아예 없는 설정은 ``Layer.settings``가 말한다."""


def why_absent(setting: str, layer: str, wrap: str) -> str:
    """이 층을 이렇게 감쌌을 때 ``setting``이 뜻이 없으면 그 이유. 있으면 빈 글이다."""
    if setting not in INPUTS and setting not in LAYERS[layer].settings:
        return f"{layer}에는 없습니다."
    return next((one.why for one in ABSENCES if wrap in one.wraps and setting in one.settings), "")


def options_of(layer: str, wrap: str) -> dict[str, tuple[Any, ...]]:
    """이 층을 이렇게 감쌌을 때 고를 수 있는 것과 그 값. 기본값이 맨 앞이다.

    >>> options_of("GRU", "cell")
    {'use_bias': (True, False), 'reset_after': (True, False), 'inputs': ('tensor', 'batch_input', 'input')}
    """
    values: dict[str, tuple[Any, ...]] = {
        name: tuple(CHOICES.get(name, (default, not default))) for name, default in DEFAULTS.items()
    }
    values |= {"mask": (False, True), "initial_state": ("", "list")}
    here = {name: choices for name, choices in values.items() if not why_absent(name, layer, wrap)}
    return here | {"inputs": tuple(form for form in INPUTS if not why_absent(form, layer, wrap))}


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
    """초기 상태를 적는 방식(``code.STATE_FORMS``). 비었으면 주지 않는다."""
    same_units: bool = False
    """크기가 다를 수 있는 두 층의 유닛 수를 같게 하는가."""

    def get(self, option: str) -> Any:
        """옵션의 값. 주지 않았으면 기본값이다."""
        return self.options.get(option, DEFAULTS[option])

    @property
    def written(self) -> list[tuple[str, Any]]:
        """코드에 적을 옵션을 적는 차례로."""
        return [(key, self.options[key]) for key in DEFAULTS if key in self.options]

    @property
    def name(self) -> str:
        """경우의 이름. 표의 줄을 가리키는 앵커로도 쓴다."""
        options = [f"{key}-{value}" if key in CHOICES else key for key, value in self.written]
        more = [*options, self.inputs if self.inputs != "tensor" else "", "mask" if self.mask else ""]
        more += [self.initial_state, "same_units" if self.same_units else ""]
        return ".".join(part for part in [self.layer, self.wrap, *more] if part)

    @property
    def batch_known(self) -> bool:
        """입력의 배치 크기를 아는가."""
        return 0 not in INPUTS[self.inputs]

    @property
    def usual_state(self) -> bool:
        """초기 상태를 주지 않거나 ``get_initial_state``와 같은 꼴로 주는가. 탐색기는 이런 것만 다룬다."""
        return self.initial_state in ("", "list")

    def facts(self, keras: int) -> dict[str, Any]:
        """규칙과 표가 보는 한 줄짜리 표: 설정마다의 값과, 층과 감싸는 법에서 따라 나오는 것."""
        derived = {"family": LAYERS[self.layer].family, "both_ways": WRAPS[self.wrap].both_ways}
        return {**DEFAULTS, **asdict(self), **self.options, **derived, "keras": keras}

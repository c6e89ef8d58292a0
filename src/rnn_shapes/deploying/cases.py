"""내보내 볼 경우: 층, 설정, 내보내는 길."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BATCH, LENGTH, DIM, UNITS, VOCABULARY = 3, 7, 5, 11, 13
"""넣을 배치 크기와 길이, 층의 크기."""

LAYERS: Mapping[str, str] = {
    "LSTM": "LSTM(units, {options})",
    "GRU": "GRU(units, {options})",
    "SimpleRNN": "SimpleRNN(units, {options})",
    "Bidirectional": "Bidirectional(LSTM(units, {options}))",
    "RNN_cells": "RNN([LSTMCell(units), GRUCell(units)], {options})",
    "GRU_reset_before": "GRU(units, reset_after=False, {options})",
    "two_layers": "LSTM(units, return_sequences=True, {options}), LSTM(units, {options})",
    "own_cell": "RNN(MyCell(units), {options})",
    "time_distributed": "LSTM(units, return_sequences=True, {options}), TimeDistributed(Dense(units))",
    "attention": "LSTM(units, return_sequences=True, {options}), attended",
    "ConvLSTM1D": "Reshape((-1, 5, 1)), ConvLSTM1D(units, 3, {options})",
}
"""층마다의 코드. 쉼표로 이은 것은 차례로 쌓는다. ``MyCell``과 ``attended``는 ``building``에 있다."""

STATES: Mapping[str, Any] = {
    "LSTM": ["h", "c"],
    "GRU": ["h"],
    "SimpleRNN": ["h"],
    "Bidirectional": ["forward_h", "forward_c", "backward_h", "backward_c"],
    "RNN_cells": [["lstm_h", "lstm_c"], "gru_h"],
}
"""층마다 받고 돌려주는 상태의 이름. 묶음의 꼴은 ``initial_state``가 받는 것이다."""

EVERYWHERE = ("LSTM", "GRU", "SimpleRNN", "Bidirectional", "RNN_cells")
"""모든 설정으로 내보내 볼 층. 나머지는 ``MAIN``의 설정으로만 내보낸다."""


@dataclass(frozen=True)
class Option:
    """설정 하나."""

    options: str = ""
    """층에 주는 옵션."""
    batch: int = BATCH
    """넣을 배치 크기. 상태를 유지하면 ``Input``에도 적는다."""
    length: int | None = None
    """``Input``에 적는 길이."""
    mask: bool = False
    """``Embedding(mask_zero=True)``로 시작하는가."""
    states: bool = False
    """초기 상태를 입력으로 받고 마지막 상태를 출력으로 내는가."""
    stateful: bool = False
    """상태를 유지하는가."""
    signature: bool = False
    """모든 길에 배치 크기를 정한 ``input_signature``를 주는가."""
    left: bool = False
    """상태가 남은 채로 내보내는가."""
    policy: str = "float32"
    """층의 dtype."""
    identity: int | None = None
    """입력에 끼워 넣을 번호. 어휘 밖의 번호를 넣어 볼 때 쓴다."""


OPTIONS: Mapping[str, Option] = {
    "free": Option(),
    "length": Option(length=LENGTH),
    "batch": Option(signature=True),
    "batch_length": Option(length=LENGTH, signature=True),
    "unroll": Option("unroll=True", length=LENGTH),
    "sequences": Option("return_sequences=True"),
    "backwards": Option("go_backwards=True"),
    "dropout": Option("dropout=0.5, recurrent_dropout=0.5"),
    "mask": Option(mask=True),
    "mask_length": Option(length=LENGTH, mask=True),
    "mask_unroll": Option("unroll=True", length=LENGTH, mask=True),
    "states": Option("return_state=True", states=True),
    "step": Option("return_state=True", length=1, states=True),
    "stateful": Option("stateful=True", length=LENGTH, stateful=True),
    "stateful_one": Option("stateful=True", batch=1, length=LENGTH, stateful=True),
    "stateful_signature": Option("stateful=True", batch=1, length=LENGTH, stateful=True, signature=True),
    "stateful_left": Option("stateful=True", batch=1, length=LENGTH, stateful=True, signature=True, left=True),
    "float16": Option(policy="mixed_float16"),
    "bfloat16": Option(policy="mixed_bfloat16"),
    "float64": Option(policy="float64"),
    "id_negative": Option(mask=True, identity=-1),
    "id_beyond": Option(mask=True, identity=VOCABULARY),
}
"""설정마다 무엇을 바꾸는가."""

MAIN = ("free", "unroll", "mask", "stateful_signature")
IMPOSSIBLE = (("Bidirectional", "backwards"), ("ConvLSTM1D", "unroll"), ("ConvLSTM1D", "mask"))
"""모델로 만들 수 없는 것. 역방향 층의 ``go_backwards``는 달라야 하고, ``ConvLSTM1D``에는 ``unroll``이 없고, 마스크는
``Reshape``에서 끊긴다.
"""
ONLY_LSTM = ("dropout", "sequences", "id_negative", "id_beyond")
"""층을 가리지 않는 것이라 LSTM으로만 보는 설정."""

ROUTES: Mapping[str, tuple[str, bool]] = {
    "saved_model": ("tf_saved_model", False),
    "onnx": ("onnx", False),
    "litert": ("litert", False),
    "litert_fixed": ("litert", True),
    "litert_builtins": ("litert", False),
}
"""내보내는 길마다 ``format``과, 배치 크기를 정한 ``input_signature``를 주는가."""

FILES: Mapping[str, str] = {"tf_saved_model": "model", "onnx": "model.onnx", "litert": "model.tflite"}
"""형식마다 쓸 파일."""


@dataclass(frozen=True)
class Case:
    """층과 설정."""

    layer: str
    option: str

    @property
    def name(self) -> str:
        """자료 파일의 이름. 표의 앵커도 여기서 나온다."""
        return f"{self.layer}.{self.option}"

    @property
    def how(self) -> Option:
        """설정의 내용."""
        return OPTIONS[self.option]

    def code(self) -> str:
        """층을 만드는 코드.

        >>> Case("LSTM", "free").code(), Case("Bidirectional", "unroll").code()
        ('LSTM(units)', 'Bidirectional(LSTM(units, unroll=True))')
        """
        return LAYERS[self.layer].replace(", {options}", f", {self.how.options}" if self.how.options else "")

    def harmless(self) -> "Case":
        """어휘 밖의 번호가 없는 같은 경우. 내보내기 전에 부를 때 쓴다."""
        return Case(self.layer, "mask") if self.how.identity is not None else self

    def routes(self) -> Iterator[str]:
        """이 경우에 가 볼 길."""
        how = self.how
        left_out = {
            "litert": how.signature,  # litert_fixed와 같아진다
            "litert_fixed": how.stateful and not how.signature,  # 그것은 다른 설정이다
            "litert_builtins": self.option not in ("free", "unroll"),
        }
        yield from (route for route in ROUTES if not left_out.get(route))


def cases() -> Iterator[Case]:
    """재 볼 경우를 차례로 낸다."""
    for layer in LAYERS:
        for option in OPTIONS:
            chosen = (layer in EVERYWHERE or option in MAIN) and (layer == "LSTM" or option not in ONLY_LSTM)
            if chosen and (layer, option) not in IMPOSSIBLE:
                yield Case(layer, option)

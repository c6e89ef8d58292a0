"""표에 적는 말과, 메시지를 설명하는 절의 이름."""

import re
from collections.abc import Mapping

from rnn_shapes.deploying.cases import Case
from rnn_shapes.deploying.data import NOT_RUN, PARTLY, REFUSED, SAME, WRONG, Result

OPTION_WORDS: Mapping[str, str] = {
    "free": "배치 크기와 길이를 모름",
    "length": "길이를 앎",
    "batch": "배치 크기를 앎",
    "batch_length": "배치 크기와 길이를 앎",
    "unroll": "길이를 알고 unroll=True",
    "sequences": "return_sequences=True",
    "backwards": "go_backwards=True",
    "dropout": "dropout, recurrent_dropout",
    "mask": "Embedding(mask_zero=True)",
    "mask_length": "Embedding(mask_zero=True), 길이를 앎",
    "mask_unroll": "Embedding(mask_zero=True), unroll=True",
    "states": "상태를 입력과 출력으로",
    "step": "상태를 입력과 출력으로, 한 타임스텝씩",
    "stateful": "stateful=True, 배치 크기가 1보다 큼",
    "stateful_one": "stateful=True, 배치 크기가 1",
    "stateful_signature": "stateful=True, 배치 크기가 1, input_signature를 줌",
    "stateful_left": "위와 같고 상태가 남은 채로 내보냄",
    "float16": "mixed_float16",
    "bfloat16": "mixed_bfloat16",
    "float64": "float64",
    "id_negative": "번호가 음수",
    "id_beyond": "번호가 어휘의 크기 이상",
}
"""설정을 적는 말."""

LAYER_WORDS: Mapping[str, str] = {
    "RNN_cells": "RNN([LSTMCell, GRUCell])",
    "GRU_reset_before": "GRU(reset_after=False)",
    "two_layers": "LSTM 두 층",
    "own_cell": "직접 만든 셀",
    "time_distributed": "LSTM과 TimeDistributed(Dense)",
    "attention": "LSTM과 Attention",
}
"""층을 적는 말. 없는 것은 이름 그대로다."""

KINDS: Mapping[str, str] = {
    SAME: "같음",
    WRONG: "다름",
    PARTLY: "준 크기에서만 실행됨",
    NOT_RUN: "실행되지 않음",
    REFUSED: "거절",
}
"""결과를 적는 말."""

MESSAGES: Mapping[str, str] = {
    "Select TensorFlow op": "error-deploy-flex",
    "element_shape to be static": "error-deploy-tensor-list",
    "enters the loop with shape": "error-deploy-stateful",
    "gather index out of bounds": "error-deploy-gather",
    "must be within the inclusive range": "error-deploy-onnx-ids",
    "of operator (Loop)": "error-deploy-onnx-bfloat16",
    "does not support double": "error-deploy-onnx-float64",
    "is not in [0,": "error-embedding-ids",
}
"""메시지에 든 글과, 그 메시지를 설명하는 절의 앵커."""


def layer(case: Case) -> str:
    """층을 적는 말."""
    return LAYER_WORDS.get(case.layer, case.layer)


def place_of(message: str) -> str:
    """메시지를 설명하는 절. 없으면 빈 글이다."""
    return next((anchor for text, anchor in MESSAGES.items() if text in message), "")


def place(case: Case, result: Result) -> str:
    """한 칸의 결과를 설명하는 절. 멈추거나 거절한 것은 메시지로, 조용히 다른 것은 까닭으로 찾는다."""
    if result.kind != WRONG:
        return place_of(result.message)
    if case.layer == "time_distributed" and result.message:
        return "deploy-time-distributed"
    if case.how.left:
        return "deploy-state-baked"
    return "deploy-onnx-forgets" if result.call > 1 else ""


def said(result: Result) -> str:
    """결과 한 칸의 말.

    >>> said(Result(WRONG, trial="준 대로", call=2, amount=0.081))
    '다름: 2번째 호출부터 8.1e-02'
    """
    word = KINDS[result.kind]
    if result.kind != WRONG:
        return word
    if result.message:
        return f"{word}: 형태부터"
    where = "첫 답부터" if result.call == 1 else f"{result.call}번째 호출부터"
    return f"{word}: {where} {result.amount:.1e}"


def anchor(*parts: str) -> str:
    """줄의 앵커."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(("deploy", *parts)).lower()).strip("-")

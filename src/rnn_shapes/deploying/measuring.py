"""경우 하나를 모델로 만들어 내보내고, 내보낸 것을 모델과 비교해서 결과 한 칸을 만든다."""

import re
import tempfile
from pathlib import Path
from typing import Any

import keras
import numpy as np

from rnn_shapes.deploying.building import built, specs, values
from rnn_shapes.deploying.cases import FILES, ROUTES, Case
from rnn_shapes.deploying.data import NOT_RUN, PARTLY, REFUSED, SAME, WRONG, Result
from rnn_shapes.exporting import Comparison, compare_exported
from rnn_shapes.exporting.rows import ALIKE, STOPPED
from rnn_shapes.exporting.rows import SAME as SAME_ROW
from rnn_shapes.exporting.states import put, states_of
from rnn_shapes.exporting.trials import AS_GIVEN

LONGEST = 420
"""적어 두는 메시지의 길이."""


def measure(case: Case, route: str) -> Result:
    """길 하나로 내보내고 비교한 결과."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    model, inputs = built(case), values(case)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, FILES[ROUTES[route][0]])
        try:
            export(model, case, route, path)
        except Exception as error:
            return Result(REFUSED, said(error))
        return outcome(compare_exported(model, path, inputs))


def export(model: Any, case: Case, route: str, path: Path) -> None:
    """경우가 말하는 대로 내보낸다. 상태를 남기라고 하지 않으면 비우고 내보낸다."""
    import tensorflow as tf

    kind, fixed = ROUTES[route]
    model(values(case.harmless()))  # ONNX는 한 번도 부르지 않은 모델을 받지 않는다
    if not case.how.left:
        put(states_of(model))
    options: dict[str, Any] = {"input_signature": specs(case)} if fixed or case.how.signature else {}
    if route == "litert_builtins":
        options["target_spec"] = {"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]}
    model.export(str(path), format=kind, verbose=False, **options)


def outcome(compared: Comparison) -> Result:
    """비교한 것을 한 칸의 결과로 줄인다."""
    first = compared.first
    if first is None:
        refused = [row.message for row in compared.rows if row.kind == ALIKE]
        return Result(REFUSED, cut(refused[0])) if refused else Result(SAME)
    if first.kind == STOPPED:
        answered = any(row.trial == AS_GIVEN and row.kind == SAME_ROW for row in compared.rows)
        return Result(PARTLY, cut(first.message), first.trial) if answered else Result(NOT_RUN, cut(first.message))
    parted = [row for row in compared.rows if row.parted and np.isfinite(row.amount)]
    largest = max((row.amount for row in parted), default=float("inf"))
    message = cut(first.message)
    return Result(WRONG, message, first.trial, first.call, float(f"{largest:.1e}") if parted else None)


def said(error: Exception) -> str:
    """예외의 종류와 글. Keras가 앞뒤에 붙이는 말과 색은 뺀다."""
    text = re.sub(r"\x1b\[[\d;]*m", "", str(error))
    text = re.sub(r"Exception encountered when calling \S+\s*", "", text).partition("Arguments received by")[0]
    return cut(f"{type(error).__name__}: {' '.join(text.split())}")


def cut(text: str) -> str:
    """경로와 번호처럼 실행할 때마다 다른 것을 빼고 앞부분만 남긴다."""
    text = re.sub(r"loc\(.*?\)\)+: |<unknown>:\d+: (?:error: |note: )?", "", text)
    text = re.sub(r"(?<![\w.])(/[\w.-]+){2,}/?", "⟨경로⟩", text)
    text = re.sub(r"_\d{3,}", "_⟨수⟩", text)
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"

"""경우의 코드를 한 판의 Keras와 크기 한 벌로 실행한다."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from rnn_shapes.contract.cases import Case
from rnn_shapes.contract.code import code
from rnn_shapes.symbols import SYMBOLS


def run(case: Case, keras: int, sizes: Mapping[str, int], gap: str = "after") -> dict[str, Any]:
    """경우 하나의 코드를 실행하고, 남은 이름들을 돌려준다."""
    import tensorflow as tf  # 시험이 이 모듈을 모으기만 할 때는 들여오지 않는다
    import tf_keras

    # 층의 이름이 언제나 같은 번호에서 시작한다. 쓰레기 수집까지 하면 재는 시간이 네 배가 된다.
    tf.keras.utils.clear_session(free_memory=False) if keras == 3 else tf_keras.backend.reset_uids()
    namespace: dict[str, Any] = {"np": np, "tf": tf, "tf_keras": tf_keras}
    namespace |= {SYMBOLS[letter].name: size for letter, size in sizes.items()}
    if case.same_units:
        namespace["other_dim"] = namespace["hidden_dim"]
    exec(code(case, keras, gap), namespace)  # noqa: S102 - code가 적은 것을 실행하는 것이 하는 일이다
    return namespace


def run_with_values(case: Case, keras: int, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """``Input``으로 부른 층을 값을 넣어 다시 부르고, 남은 이름들을 돌려준다."""
    lines = code(replace(case, inputs="tensor"), keras).splitlines()
    values = dict(namespace)
    exec("\n".join(line for line in lines if not line.startswith("layer = ")), values)  # noqa: S102 - 위와 같다
    return values


def message(error: BaseException) -> str:
    """예외의 글에서, 실행할 때마다 다른 것과 인자의 나열을 뺀 알맹이."""
    text = re.sub(r"\x1b\[\d*m|\{\{function_node [^}]*\}\} ?", "", str(error))
    text = re.split(r"\n\s*(?:Call a|A)rguments received by", text)[0]
    text = re.sub(r"^Exception encountered when calling [^\n]*\n+", "", text)
    text = re.sub(r", numpy=.*", "…", text, flags=re.S)  # 텐서의 값은 실행할 때마다 다르다
    line = re.sub(r" name: *$", "", " ".join(text.split()))
    return re.sub(r"0x[0-9a-f]{6,}", "0x…", line)

"""``trace_shapes``: 모델을 한 번 불러 보고, 지나간 층과 형태, 마스크를 표로 보인다."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rnn_shapes.tracing import masks, table
from rnn_shapes.tracing.faults import Fault, Watcher
from rnn_shapes.tracing.given import copied, hint
from rnn_shapes.tracing.kinds import is_model, span
from rnn_shapes.tracing.naming import Names, with_defaults
from rnn_shapes.tracing.recording import Recorder, flat
from rnn_shapes.tracing.rows import Row, rows

LONGEST_REASON = 300
"""표 아래에 적는 오류의 까닭의 길이. 텐서의 값을 통째로 적는 오류도 있다."""
VALUES = re.compile(r"\[[\[\]\s\d.,e+-]{40,}(\]|…|\.\.\.|$)")
"""오류에 통째로 적힌 텐서의 값."""
HEAD = ("층", "입력", "출력", "상태", "마스크")


@dataclass(frozen=True)
class Trace:
    """모델을 한 번 불러 본 기록. 출력하면 표가 보인다."""

    rows: Sequence[Row]
    """부른 차례의 줄."""
    faults: Sequence[Fault]
    """오류 없이 결과가 틀릴 만한 것. 없으면 비었다."""
    symbols: Mapping[str, int]
    """형태를 적은 글자와 크기."""
    built: Sequence[str] = ()
    """부르면서 가중치가 만들어진 층의 이름."""
    error: Exception | None = None
    """모델이 낸 오류. 그때까지의 줄은 남아 있다."""
    unclear: Mapping[int, Sequence[str]] | None = None
    """두 글자의 크기가 같아 수로 적은 것."""
    advice: str = ""
    """오류가 났을 때, 넣은 것을 보고 덧붙이는 말."""

    def __str__(self) -> str:
        """터미널에 보일 표와 알리는 말."""
        return "\n".join([table.as_text(HEAD, self._cells()), "", *map(table.wrapped, self._notes())])

    def _repr_html_(self) -> str:
        """노트북에 보일 표와 알리는 말."""
        bad = [row.failed or row.mask.startswith((masks.LOST, masks.GONE)) for row in self.rows]
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self._notes())
        return table.as_html(HEAD, self._cells(), bad) + (f"<ul>{notes}</ul>" if notes else "")

    def _cells(self) -> list[tuple[str, ...]]:
        faulty = {fault.layer for fault in self.faults}
        return [
            (_title(row) + " ⚠" * (row.name in faulty), row.inputs, row.outputs, row.states, row.mask)
            for row in self.rows
        ]

    def _notes(self) -> Iterator[str]:
        if self.symbols:
            yield ", ".join(f"{name}={size}" for name, size in self.symbols.items())
        for size, found in (self.unclear or {}).items():
            yield f"수로 적은 {size}: {span(found)}의 크기가 같습니다. 서로 다르게 하면 글자로 적습니다."
        if self.built:
            yield f"이번에 처음 불러 가중치가 만들어진 층: {span(self.built)}"
        if self.error is not None:
            yield f"✗ {type(self.error).__name__}: {reason(self.error)}"
            if self.advice:
                yield self.advice
        for fault in self.faults:
            yield f"⚠ ‘{fault.layer}’: {fault.message}"


def reason(error: Exception) -> str:
    """오류의 까닭. Keras가 앞뒤에 붙이는 말과 색은 뺀다.

    >>> reason(ValueError("Exception encountered when calling LSTM.call().\\n\\nwrong\\n\\nArguments received by ..."))
    'wrong'
    >>> reason(ValueError(f"Invalid input shape for input {[[0.5] * 20]}. Expected shape (None, 7)"))
    'Invalid input shape for input […]. Expected shape (None, 7)'
    """
    text = re.sub(r"\x1b\[[\d;]*m", "", str(error))
    text = re.sub(r"Exception encountered when calling \S+\s*", "", text).partition("Arguments received by")[0]
    text = VALUES.sub("[…]", " ".join(text.split()))
    return text if len(text) <= LONGEST_REASON else f"{text[:LONGEST_REASON]}…"


def _title(row: Row) -> str:
    text = f"{row.name} · {row.kind}" if row.name else row.kind
    times = "" if row.times == 1 else f" × {row.times}" if row.times else " (타임스텝마다)"
    return "  " * row.depth + text + times


def trace_shapes(layer: Any, *inputs: Any, symbols: Mapping[str, int] | None = None, **options: Any) -> Trace:
    """모델이나 층을 한 번 불러, 지나가는 층마다 형태와 상태, 마스크를 기록한다.

    모델은 바뀌지 않는다. 상태 유지 층의 상태와 난수의 씨앗, 층이 제게 적은 속성까지 부르기 전으로 되돌린다. 다만 아직
    짓지 않은 층은 처음 부를 때처럼 가중치가 만들어지고, 그 이름은 ``built``에 남는다.

    Args:
        layer: Keras의 모델이나 층.
        inputs: 넣을 값. ``layer(*inputs)``로 부른다.
        symbols: 크기마다의 글자. 적지 않으면 N은 첫 입력의 배치 크기, T는 시퀀스 길이다.
        options: 부를 때 함께 줄 것. ``mask``, ``initial_state``, ``training`` 따위다.

    Returns:
        출력하면 표가 보이는 기록. 모델이 오류를 내면 그때까지의 표와 오류가 담긴다.

    Raises:
        TypeError: Keras 3의 층이 아닐 때, 값이 든 배치 하나가 아닐 때, 글자와 크기가 짝이 맞지 않을 때.
        ValueError: 글자가 비었거나 크기가 1보다 작을 때.
    """
    _require_layer(layer)
    given = tuple(copied(one) for one in inputs)
    named = with_defaults(symbols or {}, flat(given))
    names = Names(named, placed=named.keys() - (symbols or {}).keys())
    watcher = Watcher()
    recorder = Recorder(watcher)
    error = None
    with recorder.listening():
        try:
            layer(*given, **{name: copied(value) for name, value in options.items()})
        except Exception as raised:
            error = raised
    if recorder.trouble is not None:
        raise recorder.trouble
    found = rows(recorder.root, names) if recorder.root else []
    built = tuple(dict.fromkeys(one.name for one in recorder.restorer.built if one.weights and not is_model(one)))
    return Trace(found, tuple(watcher.faults), named, built, error, dict(names.unclear), hint(given))


def _require_layer(layer: Any) -> None:
    import keras

    if isinstance(layer, keras.Layer):
        return
    name = type(layer).__module__.partition(".")[0]
    if name == "tf_keras":
        raise TypeError("Keras 2(tf_keras)의 층입니다. trace_shapes는 Keras 3의 층만 따라갑니다.")
    raise TypeError(f"Keras의 모델이나 층을 주세요. 받은 것: {type(layer).__name__}")

"""이 사이트와, 사이트 없이도 쓰는 도구.

:mod:`rnn_shapes.tracing`과 :mod:`rnn_shapes.exporting`, :mod:`rnn_shapes.seq2seq`는 TensorFlow와 Keras만 있으면 되고
따로 설치할 수 있다.
나머지는 이 사이트의 것이다: 그림, 잰 자료, 글의 검사, 페이지의 겉모습. 주장을 확인하는 일은 :mod:`shape_claims`가 한다.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnn_shapes.exporting import compare_exported
    from rnn_shapes.tracing import trace_shapes

__all__ = ["compare_exported", "trace_shapes"]


def __getattr__(name: str) -> Any:
    """바로 쓰는 함수는 찾을 때 들여온다. 패키지를 들여오는 것만으로는 아무것도 들어오지 않는다."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from rnn_shapes import exporting, tracing

    return getattr(exporting if name == "compare_exported" else tracing, name)

"""독자의 모델을 따라가며 층마다의 형태와 상태, 마스크를 보인다.

:func:`~rnn_shapes.tracing.trace.trace_shapes` 하나면 된다. TensorFlow와 Keras만 있으면 쓸 수 있고, 문서를 만드는
도구는 들여오지 않는다.
"""

from rnn_shapes.tracing.faults import Fault
from rnn_shapes.tracing.rows import Row
from rnn_shapes.tracing.trace import Trace, trace_shapes

__all__ = ["Fault", "Row", "Trace", "trace_shapes"]

"""모델을 한 번 부르는 동안 어떤 층이 무엇을 받고 내놓는지 기록한다.

부르는 동안만 ``keras.Layer.__call__``을 바꾸어 놓고, TensorFlow의 연산도 하나씩 본다. 층 사이에서 층 없이 한 계산은
연산으로만 알 수 있기 때문이다. 끝나면 모두 되돌린다.
"""

import contextlib
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rnn_shapes.tracing import kinds
from rnn_shapes.tracing.restoring import Restorer

QUIET = frozenset({"Cast", "Identity", "ReadVariableOp", "Const", "ExpandDims", "Squeeze"})
"""입력의 타입과 축을 맞추려고 Keras가 끼우기도 하는 연산."""
REFUSAL = "does not support masking"
"""마스크를 없애는 층에서 Keras가 하는 경고의 말."""


def flat(tree: Any) -> list[Any]:
    """묶음에 든 텐서를 한 줄로 편다."""
    import keras

    return [leaf for leaf in keras.tree.flatten(tree) if hasattr(leaf, "shape") and hasattr(leaf, "dtype")]


def has_no_values(tree: Any) -> bool:
    """그래프를 짓는 중이거나, 값을 모르는 텐서가 하나라도 있는가."""
    import keras
    import tensorflow as tf

    if not tf.executing_eagerly():
        return True
    return any(isinstance(one, keras.KerasTensor) or tf.is_symbolic_tensor(one) for one in flat(tree))


def mask_of(tensor: Any) -> Any:
    """텐서에 딸린 마스크. 없으면 None이다."""
    return getattr(tensor, "_keras_mask", None)


@dataclass(eq=False)
class Computation:
    """층이 아닌 연산 하나."""

    name: str
    inputs: Sequence[Any]
    outputs: Sequence[Any]


@dataclass(eq=False)
class Call:
    """층을 한 번 부른 것."""

    layer: Any
    parent: "Call | None"
    given: Mapping[str, Any]
    """``call``의 인자 이름으로 찾는, 층에 준 것."""
    inputs: Sequence[Any]
    masks: Sequence[Any]
    """입력마다 딸려 온 마스크. ``mask=``로 준 것이 있으면 그것이다."""
    returned: Any = None
    outputs: Sequence[Any] = ()
    output_masks: Sequence[Any] = ()
    refused_mask: bool = False
    """Keras가 이 층은 마스크를 없앤다고 경고했는가."""
    error: Exception | None = None
    planned: bool = False
    """Keras가 층을 지으면서 값 없이 불러 본 것인가."""
    steps: list["Step"] = field(default_factory=list)
    """안에서 부른 층과 계산, 차례대로."""

    @property
    def mask(self) -> Any:
        """받은 마스크. 여럿이면 첫째다."""
        return next((mask for mask in self.masks if mask is not None), None)

    @property
    def output_mask(self) -> Any:
        """내놓은 마스크. 여럿이면 첫째다."""
        return next((mask for mask in self.output_masks if mask is not None), None)


Step: TypeAlias = Call | Computation


def new_call(layer: Any, parent: Call | None, args: Sequence[Any], options: Mapping[str, Any]) -> Call:
    """이제 부를 층. 아직 내놓은 것이 없다."""
    given = kinds.arguments(layer, args, options)
    inputs = [tensor for name, value in given.items() if name not in kinds.ASIDE for tensor in flat(value)]
    explicit = flat(given.get("mask"))
    return Call(layer, parent, given, inputs, explicit or [mask_of(tensor) for tensor in inputs])


class Recorder:
    """기록하는 사람. ``root``는 맨 바깥에서 부른 것이다."""

    def __init__(self, listener: Callable[[Step, bool], None]) -> None:
        """``listener``는 층을 부르기 전(거짓)과 다 부른 뒤(참), 계산마다(참) 불린다."""
        self.root: Call | None = None
        self.restorer = Restorer()
        self.trouble: Exception | None = None
        """``listener``가 낸 오류. 모델의 오류와 섞이지 않게 따로 둔다."""
        self._listener = listener
        self._stack: list[Call] = []
        self._thread = threading.get_ident()
        self._kept: list[Any] = []
        """살려 두는 텐서. 사라진 텐서의 id는 다른 텐서가 다시 쓴다."""

    def call(self, original: Callable[..., Any], layer: Any, args: Sequence[Any], options: Mapping[str, Any]) -> Any:
        """층을 부르며 기록한다. 보이지 않기로 한 곳이면 부르기만 한다."""
        self.restorer.remember(layer)
        parent = self._stack[-1] if self._stack else None
        if threading.get_ident() != self._thread or (parent is not None and not kinds.shows_layers(parent.layer)):
            return original(layer, *args, **options)
        call = new_call(layer, parent, args, options)
        call.planned = has_no_values((args, options)) or (parent is not None and parent.planned)
        self.root = self.root or call
        if parent is not None:
            parent.steps.append(call)
        self._tell(call, False)
        self._stack.append(call)
        try:
            call.returned = self._run(call, original, layer, args, options)
        except Exception as error:
            call.error = error
            raise
        finally:
            self._stack.pop()
        call.outputs = flat(call.returned)
        call.output_masks = [mask_of(tensor) for tensor in call.outputs]
        self._kept += [call.inputs, call.outputs]
        self._tell(call, True)
        return call.returned

    def _tell(self, call: Call, done: bool) -> None:
        if not call.planned:
            self._hear(call, done)

    def _hear(self, step: Step, done: bool) -> None:
        try:
            self._listener(step, done)
        except Exception as error:
            self.trouble = self.trouble or error

    def _run(self, call: Call, original: Callable[..., Any], layer: Any, args: Any, options: Any) -> Any:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                returned = original(layer, *args, **options)
            finally:
                call.refused_mask = any(REFUSAL in str(one.message) for one in caught)
                others = [one for one in caught if REFUSAL not in str(one.message)]
        for one in others:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
        return returned

    def compute(self, name: Any, inputs: Sequence[Any], _: Any, outputs: Sequence[Any], *more: Any) -> None:
        """연산 하나를 기록한다. Keras가 만든 층의 속이면 기록하지 않는다."""
        inside = self._stack[-1] if self._stack else None
        if inside is None or inside.planned or threading.get_ident() != self._thread:
            return
        if not kinds.shows_computations(inside.layer) or has_no_values(outputs):
            return
        text = name.decode() if isinstance(name, bytes) else str(name)
        computation = Computation(text, list(inputs), list(outputs))
        self._kept += [computation.inputs, computation.outputs]
        inside.steps.append(computation)
        self._hear(computation, True)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Keras와 TensorFlow를 잠깐 바꾸어 놓는다."""
        import keras
        import tensorflow as tf
        from tensorflow.python.framework import op_callbacks

        original, recorder, eagerly = keras.Layer.__call__, self, tf.config.functions_run_eagerly()

        def recorded(layer: Any, *args: Any, **options: Any) -> Any:
            return recorder.call(original, layer, args, options)

        def computed(name: Any, inputs: Any, attributes: Any, outputs: Any, *more: Any, **named: Any) -> None:
            recorder.compute(name, inputs, attributes, outputs)

        keras.Layer.__call__ = recorded
        tf.config.run_functions_eagerly(True)  # tf.function의 안도 보이게
        op_callbacks.add_op_callback(computed)
        try:
            yield
        finally:
            op_callbacks.remove_op_callback(computed)
            tf.config.run_functions_eagerly(eagerly)
            keras.Layer.__call__ = original
            self.restorer.restore()

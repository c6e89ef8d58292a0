"""내보낸 파일을 열어 실행한다. 형식마다 클래스 하나이고, 그 형식의 패키지는 여기서만 들여온다."""

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np

from rnn_shapes.exporting.formats import LITERT, ONNX, SAVED_MODEL

Shape: TypeAlias = "tuple[int | None, ...]"
"""파일에 적힌 형태. 모르는 축은 ``None``이다."""

UNNAMED = re.compile(r"(?:args|inputs|output)(?:_\d+)*$")
"""TensorFlow가 이름 없는 입력과 출력에 붙이는 이름. 번호가 순서다."""


class Artifact(Protocol):
    """연 파일. 열 때마다 처음 상태에서 시작한다."""

    shapes: Mapping[str, Shape]
    """입력의 이름마다 파일에 적힌 형태. 파일이 말하는 순서다."""
    dtypes: Mapping[str, str]
    """입력의 이름마다 파일이 받는 타입."""
    endpoints: Sequence[str]
    """비교할 것 말고 파일에 더 든 시그니처."""

    def run(self, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """이름마다의 입력을 넣고 출력을 차례로 돌려준다."""


def require(module: str, package: str, format_name: str) -> Any:
    """형식이 쓰는 모듈. 없으면 무엇을 설치할지 말한다.

    Raises:
        ModuleNotFoundError: 설치되어 있지 않을 때.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise ModuleNotFoundError(
            f"{format_name} 파일을 실행하려면 {package} 패키지가 필요합니다. "
            f"다음 명령으로 설치하세요: pip install {package}",
            name=package,
        ) from None


def in_order(names: Sequence[str]) -> list[str]:
    """번호가 붙은 이름은 번호의 차례로 늘어놓는다. ``output_10``은 ``output_2`` 뒤다.

    >>> in_order(["output_10", "output_2"]), in_order(["h", "c"])
    (['output_2', 'output_10'], ['h', 'c'])
    """
    if not all(map(UNNAMED.match, names)):
        return list(names)
    return sorted(names, key=lambda name: [int(number) for number in re.findall(r"\d+", name)])


class SavedModel:
    """TensorFlow의 SavedModel."""

    def __init__(self, path: Path) -> None:
        """폴더를 연다. 연 것을 쥐고 있어야 변수가 살아 있다."""
        tf = require("tensorflow", "tensorflow", SAVED_MODEL)
        self._loaded = tf.saved_model.load(str(path))
        if "serving_default" not in self._loaded.signatures:
            raise ValueError(f"{path}: serving_default라는 시그니처가 없습니다. model.export로 다시 내보내세요.")
        self._serve = self._loaded.signatures["serving_default"]
        self._specs = self._serve.structured_input_signature[1]
        names = in_order(sorted(self._specs))
        self.shapes: Mapping[str, Shape] = {name: tuple(self._specs[name].shape) for name in names}
        self.dtypes: Mapping[str, str] = {name: self._specs[name].dtype.name for name in names}
        self.endpoints: Sequence[str] = sorted({*self._loaded.signatures} - {"serving_default"})

    def run(self, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """실행한다."""
        tf = import_module("tensorflow")
        given = {name: tf.cast(value, self._specs[name].dtype) for name, value in inputs.items()}
        outputs = self._serve(**given)
        return [np.asarray(outputs[name]) for name in in_order(sorted(outputs))]


class Onnx:
    """ONNX. ONNX Runtime으로 실행한다."""

    def __init__(self, path: Path) -> None:
        """파일을 연다."""
        runtime = require("onnxruntime", "onnxruntime", ONNX)
        options = runtime.SessionOptions()
        options.log_severity_level = 3
        self._session = runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        entries = self._session.get_inputs()
        self.shapes: Mapping[str, Shape] = {
            one.name: tuple(size if isinstance(size, int) else None for size in one.shape) for one in entries
        }
        self.dtypes: Mapping[str, str] = {one.name: _dtype(one.type) for one in entries}
        self.endpoints: Sequence[str] = ()

    def run(self, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """실행한다."""
        given = {name: np.asarray(value, self.dtypes[name]) for name, value in inputs.items()}
        return list(self._session.run(None, given))


def _dtype(text: str) -> str:
    name = text.removeprefix("tensor(").removesuffix(")")
    return {"float": "float32", "double": "float64"}.get(name, name)


class LiteRT:
    """LiteRT(TensorFlow Lite). 입력과 출력은 파일에 적힌 이름으로 찾는다: 파일 속의 순서는 모델과 다를 수 있다."""

    def __init__(self, path: Path) -> None:
        """파일을 연다."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tf.lite.Interpreter는 ai_edge_litert를 쓰라고 알린다
            interpreter = _interpreter()(model_path=str(path))
        self._runner = interpreter.get_signature_runner()
        details = self._runner.get_input_details()
        self.dtypes: Mapping[str, str] = {name: np.dtype(one["dtype"]).name for name, one in details.items()}
        self.endpoints: Sequence[str] = ()
        self.shapes: Mapping[str, Shape] = {
            name: _known(details[name]["shape_signature"]) for name in in_order(list(details))
        }

    def run(self, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """실행한다."""
        given = {name: np.asarray(value, self.dtypes[name]) for name, value in inputs.items()}
        outputs = self._runner(**given)
        return [outputs[name] for name in in_order(sorted(outputs))]


def _known(shape: Sequence[int]) -> Shape:
    return tuple(None if size < 0 else int(size) for size in shape)


def _interpreter() -> Callable[..., Any]:
    """LiteRT의 인터프리터. 따로 설치한 것이 없으면 TensorFlow에 든 것을 쓴다."""
    try:
        return import_module("ai_edge_litert.interpreter").Interpreter  # type: ignore[no-any-return]
    except ModuleNotFoundError:
        pass
    try:
        return import_module("tensorflow").lite.Interpreter  # type: ignore[no-any-return]
    except (ModuleNotFoundError, AttributeError):
        # 둘 다 없을 때 설치할 것은 작은 쪽이다
        return require("ai_edge_litert.interpreter", "ai-edge-litert", LITERT)  # type: ignore[no-any-return]


OPENERS: Mapping[str, Callable[[Path], Artifact]] = {SAVED_MODEL: SavedModel, ONNX: Onnx, LITERT: LiteRT}
"""형식마다 여는 법."""

"""파일의 형식을 이름이 아니라 내용으로 안다."""

from collections.abc import Iterator
from pathlib import Path

SAVED_MODEL, ONNX, LITERT = "SavedModel", "ONNX", "LiteRT"

ONNX_FIELDS = {1: 0, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2, 7: 2, 8: 2, 14: 2, 20: 2, 25: 2, 26: 2}
"""ONNX의 ``ModelProto``에 있는 칸의 번호와 적는 꼴(0은 수, 2는 길이를 앞세운 것). 7번이 그래프다."""
GRAPH = 7

NOT_EXPORTED = {
    b"PK\x03\x04": "Keras가 저장한 .keras 파일입니다. keras.models.load_model로 읽어 비교하고, 내보내려면 model.save "
    "대신 model.export를 쓰세요",
    b"\x89HDF": "가중치가 든 HDF5 파일입니다. 내보낸 파일이 아니므로 model.export로 내보낸 것을 주세요",
}
"""내보낸 것이 아닌데 흔히 건네는 파일. 첫머리의 바이트로 안다."""


def format_of(path: Path) -> str:
    """파일이나 폴더의 형식.

    Raises:
        FileNotFoundError: 그런 파일이 없을 때.
        ValueError: 내보낸 파일이 아니거나 모르는 형식일 때.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: 그런 파일이 없습니다. model.export에 적은 경로를 주세요.")
    if path.is_dir():
        if (path / "saved_model.pb").is_file():
            return SAVED_MODEL
        raise ValueError(
            f"{path}: SavedModel의 폴더가 아닙니다(saved_model.pb가 없음). model.export에 적은 폴더를 주세요."
        )
    return _of_content(path, path.read_bytes())


def _of_content(path: Path, content: bytes) -> str:
    for head, what in NOT_EXPORTED.items():
        if content.startswith(head):
            raise ValueError(f"{path}: {what}.")
    if content[4:8] == b"TFL3":
        return LITERT
    if path.name == "saved_model.pb":
        raise ValueError(f"{path}: SavedModel은 파일 하나가 아니라 폴더입니다. {path.parent}를 주세요.")
    if is_onnx(content):
        return ONNX
    known = ", ".join((SAVED_MODEL, ONNX, LITERT))
    raise ValueError(f"{path}: 모르는 형식입니다. {known} 가운데 하나로 내보낸 것을 주세요.")


def is_onnx(content: bytes) -> bool:
    """ONNX의 칸만 끝까지 차례로 이어지고 그래프가 있는가. ONNX 파일에는 형식을 알리는 첫머리가 없다.

    >>> is_onnx(bytes([8, 8, 58, 2, 18, 0])), is_onnx(bytes([8, 8])), is_onnx(bytes([8, 8, 58, 9])), is_onnx(b"<xml/>")
    (True, False, False, False)
    """
    try:
        found = set(_fields(content))
    except (IndexError, KeyError):
        return False
    return GRAPH in found


def _fields(content: bytes) -> Iterator[int]:
    place = 0
    while place < len(content):
        key, place = _number(content, place)
        field, kind = key >> 3, key & 7
        if ONNX_FIELDS[field] != kind:
            raise KeyError(field)
        size, place = _number(content, place)
        if kind == 2:
            place += size
        if place > len(content):
            raise IndexError(place)
        yield field


def _number(content: bytes, place: int) -> tuple[int, int]:
    """일곱 비트씩 나누어 적은 수 하나와 그 다음 자리."""
    value = shift = 0
    while True:
        byte = content[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place

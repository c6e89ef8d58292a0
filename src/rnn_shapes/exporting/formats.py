"""파일의 형식을 이름이 아니라 내용으로 안다."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

SAVED_MODEL, ONNX, LITERT = "SavedModel", "ONNX", "LiteRT"

ONNX_FIELDS = {1: 0, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2, 7: 2, 8: 2, 14: 2, 20: 2, 25: 2, 26: 2}
"""ONNX의 ``ModelProto``에 있는 칸의 번호와 적는 꼴(0은 수, 2는 길이를 앞세운 것). 7번이 그래프다."""
GRAPH = 7

MARK = "saved_model.pb"
"""SavedModel의 폴더에 있는 파일."""
KERAS = (
    "Keras가 저장한 .keras 파일입니다. keras.models.load_model로 읽어 비교하고, 내보내려면 model.save 대신 "
    "model.export를 쓰세요."
)
PACKED = "압축한 파일입니다. 풀어서, 안에 든 파일이나 SavedModel의 폴더를 주세요."
NOT_EXPORTED = {
    b"\x1f\x8b": PACKED,
    b"\x89HDF": "가중치가 든 HDF5 파일입니다. 내보낸 파일이 아니므로 model.export로 내보낸 것을 주세요.",
}
"""내보낸 것이 아닌데 흔히 건네는 파일. 첫머리의 바이트로 안다."""
AGAIN = "다시 옮기거나 다시 내보내세요."


def format_of(path: Path) -> str:
    """파일이나 폴더의 형식.

    Raises:
        FileNotFoundError: 그런 파일이 없을 때.
        ValueError: 내보낸 파일이 아니거나 모르는 형식일 때.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: 그런 파일이 없습니다. model.export에 적은 경로를 주세요.")
    if path.is_dir():
        if (path / MARK).is_file():
            return SAVED_MODEL
        raise ValueError(f"{path}: SavedModel의 폴더가 아닙니다({MARK}가 없음). {_instead(path)}를 주세요.")
    return _of_content(path, path.read_bytes())


def _instead(path: Path) -> str:
    """대신 줄 것. 서버에 올린 폴더는 그 안에 판의 번호로 된 폴더가 있다."""
    near = [path.parent, *sorted(path.iterdir(), key=lambda one: (len(one.name), one.name))]
    files = [*path.glob("*.tflite"), *path.glob("*.onnx")]
    found = [*(one for one in near if (one / MARK).is_file()), *files]
    return str(found[-1]) if found else "model.export에 적은 폴더"


def _of_content(path: Path, content: bytes) -> str:
    if not content:
        raise ValueError(f"{path}: 빈 파일입니다. {AGAIN}")
    if content.startswith(b"PK\x03\x04"):
        raise ValueError(f"{path}: {_of_archive(path)}")
    for head, what in NOT_EXPORTED.items():
        if content.startswith(head):
            raise ValueError(f"{path}: {what}")
    if content[4:8] == b"TFL3":
        return LITERT
    if path.name == MARK:
        raise ValueError(f"{path}: SavedModel은 파일 하나가 아니라 폴더입니다. {path.parent}를 주세요.")
    if is_onnx(content):
        return ONNX
    if is_cut_onnx(content):
        raise ValueError(f"{path}: 끝이 잘린 ONNX 파일입니다. {AGAIN}")
    known = ", ".join((SAVED_MODEL, ONNX, LITERT))
    raise ValueError(f"{path}: 모르는 형식입니다. {known} 가운데 하나로 내보낸 것을 주세요.")


def _of_archive(path: Path) -> str:
    """압축한 파일이 무엇인지 알리는 말."""
    try:
        with zipfile.ZipFile(path) as archive:
            return KERAS if {"config.json", "metadata.json"} & {*archive.namelist()} else PACKED
    except zipfile.BadZipFile:
        return f"끝이 잘린 압축 파일입니다. {AGAIN}"


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


def is_cut_onnx(content: bytes) -> bool:
    """ONNX의 첫 칸(판의 번호)으로 시작하는데 마지막 칸이 파일보다 긴가.

    >>> is_cut_onnx(bytes([8, 8, 58, 9, 18])), is_cut_onnx(bytes([8, 8, 58, 2, 18, 0])), is_cut_onnx(b"<xml/>")
    (True, False, False)
    """
    try:
        list(_fields(content))
    except IndexError:
        return content.startswith(b"\x08")
    except KeyError:
        pass
    return False


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

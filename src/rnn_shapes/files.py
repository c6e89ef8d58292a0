"""만든 파일을 쓰는 한 가지 길. 달라진 것이 없으면 쓰지 않고, 쓰다가 멈추어도 반쪽 파일을 남기지 않는다."""

import uuid
from pathlib import Path


def write_if_changed(path: Path, content: str | bytes) -> bool:
    """내용이 다를 때만 파일을 쓴다. 없는 폴더는 만든다.

    읽는 쪽은 옛 파일이나 새 파일 가운데 하나를 온전히 본다. 둘이 한꺼번에 써도 섞이지 않는다.

    Args:
        path: 쓸 파일.
        content: 쓸 글이나 바이트. 글은 UTF-8로, 줄바꿈은 적힌 그대로 쓴다.

    Returns:
        썼으면 참. 같은 내용이 이미 있었으면 거짓이다.

    Raises:
        OSError: 쓸 수 없을 때. 있던 파일은 그대로다.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # 이름이 점으로 시작하면 Sphinx도 서버도 이 파일을 보지 않는다.
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return True

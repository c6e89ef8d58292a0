"""문서 조각이 원본 파일의 어디에 있는지 찾아, 보고에 적을 자리를 만든다.

파서는 단락이 시작하는 줄만 알려 준다. 여러 줄 단락이나 겹친 directive 안에서도
고칠 줄을 바로 가리키려면 원본에서 그 글자를 찾아야 한다.
"""

import os
import re
from functools import lru_cache
from pathlib import Path

from docutils import nodes


@lru_cache(maxsize=8)
def _read(path: Path, modified: float) -> str:
    return path.read_text(encoding="utf-8")


def line_of(text: str, path: Path, hint: int, after: int = 0) -> tuple[int, int]:
    """``text``가 있는 줄과, 그 글자가 끝나는 자리를 찾는다.

    Args:
        text: 찾을 글자. 띄어쓰기와 줄바꿈의 차이는 무시한다.
        path: 원본 파일.
        hint: 파서가 알려 준 줄(1부터). 여기서부터 먼저 찾는다.
        after: 이 자리(글자 수)보다 앞은 보지 않는다. 같은 글자가 여러 번 나올 때 쓴다.

    Returns:
        줄 번호(1부터)와 끝나는 자리. 찾지 못하면 ``hint``와 ``after``를 그대로 돌려준다.
    """
    source = _read(path, path.stat().st_mtime)
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
    hinted = sum(len(line) for line in source.splitlines(keepends=True)[: max(hint - 1, 0)])
    found = pattern.search(source, max(hinted, after)) or pattern.search(source, after)
    if found is None:
        return hint, after
    return source.count("\n", 0, found.start()) + 1, found.end()


def original(page: Path, srcdir: Path) -> Path:
    """페이지에서 고칠 파일. 갤러리의 페이지는 만들어진 것이므로 스크립트나 갤러리의 머리글이다."""
    name = "GALLERY_HEADER.rst" if page.stem == "index" else f"{page.stem}.py"
    written = srcdir.parent / page.parent.name / name
    return written if page.suffix == ".rst" and written.is_file() else page


def locate(text: str, node: nodes.Node, page: Path, srcdir: Path) -> tuple[Path, int]:
    """``text``가 적힌 파일과 줄. ``node``는 그것이 든 노드다."""
    path = original(page, srcdir)
    parent: nodes.Node | None = node
    while parent is not None and parent.line is None:
        parent = parent.parent
    # 만들어진 페이지의 줄은 스크립트의 줄이 아니다.
    hint = parent.line if path == page and parent is not None and parent.line is not None else 1
    return path, line_of(text, path, hint)[0]


def place(path: Path, srcdir: Path, line: int) -> str:
    """어느 컴퓨터에서나 같은 자리 이름. ``docs/learn/lstm.md:41``처럼 저장소에서 본 경로와 줄이다."""
    return f"{Path(os.path.relpath(path, srcdir.parent)).as_posix()}:{line}"

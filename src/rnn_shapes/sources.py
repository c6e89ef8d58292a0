"""만들어진 페이지에서, 사람이 고칠 파일과 줄을 찾는다. 갤러리의 페이지는 스크립트에서 만들어진다."""

from pathlib import Path

from docutils import nodes

from shape_claims.places import line_of


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

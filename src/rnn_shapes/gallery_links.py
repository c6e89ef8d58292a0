"""갤러리 쪽마다 그 스크립트를 설명하는 장으로 돌아가는 링크를 단다.

스크립트에 적으면 내려받은 노트북에 역할이 글자 그대로 남는다. 장이 이미 스크립트를 가리키므로
그 링크를 거꾸로 읽는다.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def link_chapters(app: Sphinx, docname: str, content: list[str]) -> None:
    """갤러리 쪽의 끝에 장의 링크를 붙인다."""
    folder, _, script = docname.partition("/")
    if folder != "gallery" or script == "index":
        return
    srcdir = Path(app.srcdir)
    chapters = []
    for path in sorted(srcdir.glob("learn/*.md")):
        app.env.note_dependency(path)
        if f"`/{docname}`" in path.read_text(encoding="utf-8"):
            chapters.append(path.relative_to(srcdir).with_suffix("").as_posix())
    links = ", ".join(f":doc:`/{chapter}`" for chapter in chapters)
    if links:
        content[0] += f"\n\n.. seealso:: {links}\n"


def setup(app: Sphinx) -> ExtensionMetadata:
    """갤러리 쪽을 읽을 때마다 링크를 달도록 등록한다."""
    app.connect("source-read", link_chapters)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

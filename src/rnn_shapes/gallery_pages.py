"""sphinx-gallery가 만든 페이지를 읽기 전에 다듬는다.

영어 문장을 우리말로 바꾸고, 카드의 그림에 대체 글을 주고, 스크립트를 설명하는 장으로 돌아가는
링크를 단다. 스크립트에 적으면 내려받은 노트북에 역할이 글자 그대로 남기 때문이다.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

# sphinx-gallery 0.22가 적는 것. 판이 바뀌어 어긋나면 사이트 시험이 영어와 빈 대체 글을 찾아낸다.
REWRITES = {
    r":ref:`Go to the end <(?P<label>[^>]+)>`\s+to download the full example code\.": (
        r":ref:`맨 아래 <\g<label>>`\ 에서 이 예제를 통째로 내려받을 수 있습니다."
    ),
    r"Download Python source code: ": "파이썬 코드: ",
    r"Download Jupyter notebook: ": "주피터 노트북: ",
    r"Download zipped: ": "압축 파일: ",
    r"Download all examples in Python source code: ": "모든 예제의 파이썬 코드: ",
    r"Download all examples in Jupyter notebooks: ": "모든 예제의 주피터 노트북: ",
    # 카드: 빈 대체 글에 제목을 넣고, 설명 풍선에서 RST의 따옴표를 뺀다.
    r':alt:\n(?P<between>.*?)<div class="sphx-glr-thumbnail-title">(?P<title>.*?)</div>': (
        r':alt: \g<title>\n\g<between><div class="sphx-glr-thumbnail-title">\g<title></div>'
    ),
    r"``(?P<code>[^`\n]+)``(?=[^\n]*\">$)": r"\g<code>",
}


def rewrite(app: Sphinx, docname: str, content: list[str]) -> None:
    """갤러리 페이지의 원문을 다듬는다."""
    folder, _, script = docname.partition("/")
    if folder != "gallery":
        return
    for pattern, replacement in REWRITES.items():
        content[0] = re.sub(pattern, replacement, content[0], flags=re.S | re.M)
    if script != "index" and (chapters := _chapters(app, docname)):
        content[0] += f"\n\n.. seealso:: {', '.join(f':doc:`/{chapter}`' for chapter in chapters)}\n"


def _chapters(app: Sphinx, docname: str) -> list[str]:
    """이 스크립트를 가리키는 장. 그 장이 바뀌면 이 페이지도 다시 읽는다."""
    srcdir = Path(app.srcdir)
    chapters = []
    for path in sorted(srcdir.glob("learn/*.md")):
        if f"`/{docname}`" in path.read_text(encoding="utf-8"):
            # 모든 장에 매어 두면 한 장을 고칠 때마다 갤러리를 통째로 다시 읽는다.
            app.env.note_dependency(path)
            chapters.append(path.relative_to(srcdir).with_suffix("").as_posix())
    return chapters


def setup(app: Sphinx) -> ExtensionMetadata:
    """갤러리 페이지를 읽을 때마다 다듬도록 등록한다."""
    app.connect("source-read", rewrite)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

"""화면의 영어를 우리말로 바꾼다.

테마가 번역할 수 있게 해 둔 글은 ``locale``의 목록이 옮기고, sphinx-gallery가 쪽에 적어 넣는
영어 문장은 쪽을 읽기 전에 여기서 바꾼다.
"""

import re
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

LOCALE = Path(__file__).parent / "locale"

GALLERY_PHRASES = {
    r":ref:`Go to the end <(?P<label>[^>]+)>`\s+to download the full example code\.": (
        r":ref:`맨 아래 <\g<label>>`\ 에서 이 예제를 통째로 내려받을 수 있습니다."
    ),
    r"Download Python source code: ": "파이썬 코드: ",
    r"Download Jupyter notebook: ": "주피터 노트북: ",
    r"Download zipped: ": "압축 파일: ",
    r"Download all examples in Python source code: ": "모든 예제의 파이썬 코드: ",
    r"Download all examples in Jupyter notebooks: ": "모든 예제의 주피터 노트북: ",
}
"""sphinx-gallery 0.22가 쪽에 적는 영어와 그 우리말. 판이 바뀌어 어긋나면 사이트 시험이 영어를 찾아낸다."""


def translate_gallery(app: Sphinx, docname: str, content: list[str]) -> None:
    """갤러리 쪽의 원문에서 영어 문장을 바꾼다."""
    if docname.startswith("gallery/"):
        for english, korean in GALLERY_PHRASES.items():
            content[0] = re.sub(english, korean, content[0])


def compile_catalog(target: Path) -> Path:
    """번역 목록을 gettext가 읽는 꼴로 옮기고, 그 폴더를 돌려준다."""
    source = LOCALE / "ko" / "LC_MESSAGES" / "sphinx.po"
    compiled = target / "ko" / "LC_MESSAGES" / "sphinx.mo"
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as messages, compiled.open("wb") as file:
        write_mo(file, read_po(messages, locale="ko"))
    return target


def setup(app: Sphinx) -> ExtensionMetadata:
    """번역 목록을 Sphinx의 것 뒤에 잇는다."""
    app.add_message_catalog("sphinx", str(compile_catalog(Path(app.doctreedir) / "locale")))
    app.connect("source-read", translate_gallery)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

"""테마가 번역할 수 있게 해 둔 화면의 영어를 우리말로 바꾼다. 번역은 ``locale``의 목록에 있다."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

LOCALE = Path(__file__).parent / "locale"


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
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

"""갤러리의 코드에 있는 이름이 담은 것의 형태. 스크립트를 실행하며 적어 두고, 페이지의 이름에 붙인다.

기록은 출력과 함께 ``docs/gallery``에 남는다. 스크립트가 그대로여서 다시 실행하지 않는 빌드는 남은 기록을 읽는다.
sphinx-gallery는 실행할 코드를 제 모듈의 ``compile``로 읽으므로, 그 자리에 이름을 지켜보는 것을 놓는다. Sphinx의
doctest가 하는 것과 같은 방법이다. ``docs/conf.py``의 ``reset_modules``와 ``image_scrapers``가 이 모듈을 부른다.
"""

import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from rnn_shapes.files import write_if_changed
from rnn_shapes.symbols import GATE_FACTORS, TABLE
from shape_claims import watching
from shape_claims.code_names import Block, Running, attach, digest, kept, seal
from shape_claims.readings import Readings
from shape_claims.symbols import Symbols

SUFFIX = ".names.json"


class Script:
    """실행하고 있는 스크립트 하나."""

    def __init__(self) -> None:
        watching.watchers.clear()
        self.blocks: list[Running] = []
        self.foreign: set[str] = set()
        self.sizes: dict[str, set[int]] = {}

    def compile(self, source: str, *arguments: Any, **options: Any) -> Any:
        """코드 한 덩이를 읽는다. sphinx-gallery는 덩이의 줄 번호만큼 빈 줄을 앞에 붙여서 넘긴다."""
        code = source.lstrip("\n")
        self.blocks.append(Running(code, len(code) - len(source)))
        return watching.watch(compile(source, *arguments, **options), source, self.blocks[-1], self.foreign)

    def note(self, names: Mapping[str, object]) -> None:
        """덩이를 실행한 뒤의 기호의 크기를 적어 둔다."""
        for letter, size in Symbols(TABLE).sizes(names).items():
            self.sizes.setdefault(letter, set()).add(size)

    def kept(self) -> list[Block]:
        """적어 둘 것. 크기가 바뀐 기호는 무엇을 뜻하는지 알 수 없으므로 쓰지 않는다."""
        sizes = {letter: min(found) for letter, found in self.sizes.items() if len(found) == 1}
        return kept(self.blocks, Readings.of(sizes, GATE_FACTORS))


watched: list[Script] = []
"""이 프로세스에서 실행하고 있는 하나. 설정에 담으면 Sphinx가 환경과 함께 저장하려고 한다."""


def watch(gallery_conf: dict[str, Any], script: str) -> None:
    """스크립트를 실행하기 전에, 이름을 지켜보며 읽게 한다."""
    gen_rst = importlib.import_module("sphinx_gallery.gen_rst")  # 형식이 없는 꾸러미다
    watched[:] = [Script()]
    setattr(gen_rst, "compile", watched[0].compile)  # noqa: B010 - 그 모듈에 없던 이름이다


def keep(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """코드 한 덩이를 실행한 뒤에 지금까지 본 것을 적는다. 그림을 거두는 자리를 빌리므로 글은 내지 않는다."""
    watched[0].note(block_vars["example_globals"])
    code, blocks = Path(block_vars["src_file"]).read_text(encoding="utf-8"), watched[0].kept()
    plain = [{"code": one.code, "names": dict(one.names)} for one in blocks]
    record = {"script": digest(code), "seal": seal(blocks, digest(code)), "blocks": plain}
    path = Path(block_vars["target_file"]).with_suffix(SUFFIX)
    write_if_changed(path, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return ""


def load(script: Path) -> list[Block] | None:
    """남은 기록. 기록이 없거나 스크립트와 맞지 않으면 ``None``.

    Args:
        script: ``docs/gallery``에 있는 스크립트.
    """
    try:
        record = json.loads(script.with_suffix(SUFFIX).read_text(encoding="utf-8"))
        blocks = [Block(**block) for block in record["blocks"]]
        same = record["script"] == digest(script.read_text(encoding="utf-8"))
        return blocks if same and record["seal"] == seal(blocks, record["script"]) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def run_unrecorded(app: Sphinx, config: Config) -> None:
    """기록이 없는 스크립트는 다시 실행하게 한다. 지문이 없으면 sphinx-gallery는 바뀐 스크립트로 여긴다."""
    if str(config.plot_gallery) in ("False", "0"):
        return
    for done in Path(app.srcdir, "gallery").glob("*.py.md5"):
        if load(done.with_suffix("")) is None:
            done.unlink()


def show(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """갤러리 페이지의 코드에 기록을 붙인다.

    sphinx-gallery는 코드를 낱말의 노드로 쪼개어 문서로 가는 링크를 단다. 링크가 없으면 쪼갤 까닭도 없으므로 되돌린다.
    """
    folder, _, name = docname.partition("/")
    if folder == "gallery" and app.builder.format == "html":
        for split in list(doctree.findall(lambda node: type(node).__name__ == "code_links_block")):
            if not list(split.findall(nodes.reference)):
                code = split.astext()
                split.parent.replace(split, nodes.literal_block(code, code, language=split["lang"]))  # type: ignore[index]
        attach(doctree, load(Path(app.srcdir, folder, f"{name}.py")) or [])


def depend(app: Sphinx, docname: str, content: list[str]) -> None:
    """기록만 달라져도 갤러리 페이지를 다시 읽게 한다."""
    record = Path(app.srcdir, f"{docname}{SUFFIX}")
    if record.is_file():
        app.env.note_dependency(record)


def setup_gallery_names(app: Sphinx) -> None:
    """기록을 붙이도록 등록한다."""
    app.connect("config-inited", run_unrecorded, priority=4)  # 함께 실행할지 정하기 전에
    app.connect("source-read", depend)
    app.connect("doctree-resolved", show)

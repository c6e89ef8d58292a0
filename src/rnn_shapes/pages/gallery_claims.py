"""스크립트를 다 실행한 다음, 그 글의 문장들을 확인한다. ``docs/conf.py``의 ``image_scrapers``가 부른다."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx_gallery.py_source_parser import split_code_and_text_blocks  # type: ignore[import-untyped]  # 타입이 없는 패키지다

from rnn_shapes.files import write_if_changed
from rnn_shapes.sentences import FILE, Sentence, read, untrue
from shape_claims import messages
from shape_claims.code_names import digest

SUFFIX = ".claims"
"""``docs/gallery``에 남는 기록: 확인한 문장들의 지문."""


def check(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """마지막 코드를 실행한 다음 그 스크립트의 문장들을 확인한다. 그림을 거두는 자리를 빌리므로 글은 내지 않는다.

    Raises:
        ExtensionError: 맞지 않는 문장이 있을 때.
    """
    script = Path(block_vars["src_file"])
    _, parts = split_code_and_text_blocks(str(script))
    if block[2] != [part.lineno for part in parts if part.type == "code"][-1]:
        return ""
    sentences = read(script.with_name(FILE)).get(script.stem, ())
    messages.speak("ko")  # 갤러리의 스크립트는 저마다 새 프로세스에서 돈다
    wrong = untrue(sentences, block_vars["example_globals"])
    reports = [messages.report(problem, f"gallery/{script.name}: {sentence.said}") for sentence, problem in wrong]
    if reports:
        raise ExtensionError("\n".join(reports))
    write_if_changed(Path(block_vars["target_file"]).with_suffix(SUFFIX), _mark(sentences))
    return ""


def _mark(sentences: Sequence[Sentence]) -> str:
    return digest("\n".join(sentence.written for sentence in sentences))


def run_unchecked(app: Sphinx, config: Config) -> None:
    """확인한 적이 없는 문장이 있는 스크립트는 다시 실행하게 한다. 지문이 없으면 sphinx-gallery는 바뀐 것으로 여긴다."""
    if str(config.plot_gallery) in ("False", "0"):
        return
    known = read(Path(app.srcdir, config.sphinx_gallery_conf["examples_dirs"], FILE))
    for done in Path(app.srcdir, "gallery").glob("*.py.md5"):
        script = done.with_suffix("")
        record = script.with_suffix(SUFFIX)
        if not record.is_file() or record.read_text(encoding="utf-8") != _mark(known.get(script.stem, ())):
            done.unlink()


def setup_gallery_claims(app: Sphinx) -> None:
    """문장이 달라진 스크립트를 다시 실행하도록 등록한다."""
    app.connect("config-inited", run_unchecked, priority=4)  # 함께 실행할지 정하기 전에

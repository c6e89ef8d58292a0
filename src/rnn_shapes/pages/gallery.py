"""sphinx-gallery가 만든 페이지를 읽기 전에 다듬는다.

영어 문장을 빼고, 카드와 내려받기를 우리말로 새로 적고, 스크립트를 설명하는 장으로 돌아가는 링크를 단다.
스크립트에 적으면 내려받은 노트북에 역할이 글자 그대로 남기 때문이다. 예제를 늘어놓는 순서도 장에서 얻는다.
"""

import contextlib
import hashlib
import html
import io
import os
import re
import textwrap
import zipfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from rnn_shapes.files import write_if_changed
from rnn_shapes.pages.repository import Repository

ARCHIVE = "rnn-gallery.zip"
# sphinx-gallery 0.22가 적는 것. 판이 바뀌어 어긋나면 빌드가 실패한다.
TOP_NOTE = re.compile(
    r"\.\. only:: html\n\n +\.\. note::\n +:class: sphx-glr-download-link-note\n.*?full example code\.\n", re.S
)
DOWNLOADS = re.compile(r"\.\. only:: html\n\n  \.\. container:: sphx-glr-footer.*", re.S)
CARDS = re.compile(r"\.\. raw:: html\n\n +<div id=.sg-tag-list.*?(?=\.\. toctree::)", re.S)
CARD = re.compile(r'tooltip="(?P<intro>[^"]*)".*?:doc:`/gallery/(?P<name>\w+)`', re.S)
PLOT = re.compile(r"^\.\. image:: .*?\n\n", re.S | re.M)
CHAPTERS = ("learn", "howto")
"""스크립트를 가리키는 글이 있는 폴더. 배우는 글이 먼저다."""
LESSON = re.compile(rf"^(?:{'|'.join(CHAPTERS)})/[\w-]+$", re.M)
LINK = re.compile(r"`/gallery/(?!index`)(\w+)`")


def lesson_order(docs: Path) -> list[str]:
    """장을 읽는 순서대로, 장마다 처음 가리킨 순서대로 늘어놓은 스크립트. 읽는 순서는 첫 페이지의 toctree에 있다."""
    lessons = LESSON.findall((docs / "index.md").read_text(encoding="utf-8"))
    texts = ((docs / f"{lesson}.md").read_text(encoding="utf-8") for lesson in lessons)
    return list(dict.fromkeys(script for text in texts for script in LINK.findall(text)))


class LessonOrder:
    """예제를 배우는 순서대로 놓는 정렬 키. 어느 장도 가리키지 않는 예제는 끝에 이름순으로 놓는다.

    sphinx-gallery가 ``docs/conf.py``의 ``within_subsection_order``로 부른다.
    """

    def __init__(self, src_dir: str) -> None:
        self.docs = Path(src_dir).parent / "docs"

    @cached_property
    def _order(self) -> list[str]:
        return lesson_order(self.docs)

    def __call__(self, filename: str) -> tuple[int, str]:
        """예제의 자리."""
        script = Path(filename).stem
        return self._order.index(script) if script in self._order else len(self._order), script


def rewrite(app: Sphinx, docname: str, content: list[str]) -> None:
    """갤러리 페이지의 원문을 다듬는다."""
    folder, _, script = docname.partition("/")
    if folder != "gallery":
        return
    text = content[0]
    if script == "index":
        cards = _cards(app, text)
        archive = _list([_download(ARCHIVE, "모든 예제의 코드와 노트북")])
        text = _replace(CARDS, f"{cards}\n{archive}\n", text, docname)
    else:
        text = _replace(TOP_NOTE, "", text, docname)  # 제목보다 앞에 있어서 읽는 차례를 해친다
        text = _replace(DOWNLOADS, _downloads(app, script), text, docname)
        if chapters := _chapters(app, docname):
            text += f"\n\n.. seealso:: {', '.join(f':doc:`/{chapter}`' for chapter in chapters)}\n"
    content[0] = text


def _replace(pattern: re.Pattern[str], replacement: str, text: str, docname: str) -> str:
    changed, count = pattern.subn(lambda _: replacement, text)
    if count != 1:
        raise ExtensionError(
            f"docs/{docname}.rst: sphinx-gallery가 적은 것이 예상과 다릅니다. docs/gallery를 지우고 다시 만드세요."
            f" 그래도 같으면 src/rnn_shapes/pages/gallery.py의 정규식을 고치세요: {pattern.pattern}"
        )
    return changed


def _cards(app: Sphinx, index: str) -> str:
    """예제마다 그래프와 제목, 소개를 담은 카드. 소개는 sphinx-gallery가 설명 풍선에 적어 둔 것이다."""
    cards = []
    for card in CARD.finditer(index):
        page = Path(app.srcdir, "gallery", f"{card['name']}.rst")
        app.env.note_dependency(page)  # 그래프의 크기나 대체 글이 바뀌면 카드도 바뀐다
        plot = PLOT.findall(page.read_text(encoding="utf-8"))[:2]
        content = f"{''.join(plot)}:doc:`{card['name']}`\n\n{html.unescape(card['intro'])}\n"
        cards.append(f".. container:: gallery-card\n\n{textwrap.indent(content, '   ')}")
    return f".. container:: gallery-cards\n\n{textwrap.indent(''.join(cards), '   ')}\n"


def _downloads(app: Sphinx, script: str) -> str:
    """스크립트 하나의 내려받기. 저장소의 주소가 있으면 코랩으로도 잇는다."""
    files = {f"{script}.py": "파이썬 코드", f"{script}.ipynb": "주피터 노트북", ARCHIVE: "모든 예제의 코드와 노트북"}
    links = [_download(file, text) for file, text in files.items()]
    if repository := Repository.of(app.config):
        links.append(f"`코랩(Colab)에서 열기 <{repository.notebook(script)}>`__")
    return _list(links)


def _download(file: str, text: str) -> str:
    return f":download:`{text} {file} <{file}>`"


def _list(links: Sequence[str]) -> str:
    return ".. rst-class:: downloads\n\n" + "".join(f"- {link}\n" for link in links)


def _chapters(app: Sphinx, docname: str) -> list[str]:
    """이 스크립트를 가리키는 장. 그 장이 바뀌면 이 페이지도 다시 읽는다."""
    srcdir = Path(app.srcdir)
    chapters = []
    for path in (path for folder in CHAPTERS for path in sorted(srcdir.glob(f"{folder}/*.md"))):
        if f"`/{docname}`" in path.read_text(encoding="utf-8"):
            # 모든 장에 매어 두면 한 장을 고칠 때마다 갤러리를 통째로 다시 읽는다.
            app.env.note_dependency(path)
            chapters.append(path.relative_to(srcdir).with_suffix("").as_posix())
    return chapters


def with_another_address(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """저장소의 주소가 달라지면 다시 읽을 페이지. 코랩으로 가는 링크는 페이지를 읽을 때 적는다."""
    address = app.config.html_context.get("repository", "")
    before = getattr(env, "gallery_repository", address)
    setattr(env, "gallery_repository", address)  # noqa: B010 - Sphinx가 이렇게 쓰게 하는데 형식에는 없다
    return [name for name in env.found_docs if name.startswith("gallery/") and address != before]


def pack(app: Sphinx) -> None:
    """모든 스크립트와 노트북을 압축 파일 하나에 담는다. 같은 파일에서는 언제나 같은 바이트가 나온다."""
    folder = Path(app.srcdir, "gallery")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted([*folder.glob("*.py"), *folder.glob("*.ipynb")]):
            # 만든 때를 적지 않으면 1980년의 첫날이 된다.
            archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    write_if_changed(folder / ARCHIVE, packed.getvalue())


def allow_spaces(app: Sphinx, config: Config) -> None:
    """빈칸이 든 폴더에 저장소를 두어도 되게 한다. sphinx-gallery는 경로 전체를 보고 경고한다."""
    config.suppress_warnings.append("sphinx_gallery.space_in_filename")


def split_cpu(gallery_conf: dict[str, Any], script: str) -> None:
    """스크립트를 실행하기 전에 CPU를 논리 장치 둘로 나눈다. 장치를 나누는 스크립트가 다른 스크립트 뒤에서도 돈다.

    TensorFlow는 첫 연산을 한 뒤에는 장치를 나누지 못하지만, 이미 나눈 그대로 다시 나누는 것은 받아들인다. 나누어도 다른
    스크립트의 계산은 첫째 장치에서 하므로 그대로다.
    """
    import tensorflow as tf

    with contextlib.suppress(RuntimeError):  # 벌써 무엇을 계산했다. 나누어야 하는 스크립트가 스스로 말한다
        tf.config.set_logical_device_configuration(
            tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 2
        )


def run_together(app: Sphinx, config: Config) -> None:
    """실행할 스크립트가 있으면 코어의 수만큼 함께 실행한다.

    저마다 새 프로세스라서 띄우는 데에만 한참이 걸린다. 바뀐 스크립트가 없거나 실행하지 않는 빌드에서는 띄우지 않는다.
    """
    settings = config.sphinx_gallery_conf
    wanted = {str(config.plot_gallery), str(settings.get("plot_gallery", "True"))}  # 명령줄에서 온 값은 글자다
    if wanted & {"False", "0"}:
        return
    made = Path(app.srcdir, settings["gallery_dirs"])
    if any(_changed(script, made) for script in Path(app.srcdir, settings["examples_dirs"]).glob("*.py")):
        settings["parallel"] = os.cpu_count() or 1


def _changed(script: Path, made: Path) -> bool:
    """sphinx-gallery가 다시 실행할 스크립트인지. 마지막으로 실행한 글의 md5가 만든 것 옆에 적혀 있다."""
    known = made / f"{script.name}.md5"
    text = script.read_text(encoding="utf-8").encode()  # 줄바꿈이 무엇이든 같게
    return not known.is_file() or known.read_text(encoding="utf-8") != hashlib.md5(text).hexdigest()  # noqa: S324


def setup_gallery(app: Sphinx) -> None:
    """갤러리 페이지를 읽을 때마다 다듬도록 등록한다."""
    app.connect("config-inited", allow_spaces)
    app.connect("config-inited", run_together, priority=5)  # sphinx-gallery가 설정을 읽기 전에
    app.connect("builder-inited", pack, priority=900)  # sphinx-gallery가 노트북을 만든 뒤에
    app.connect("env-get-outdated", with_another_address)
    app.connect("source-read", rewrite)

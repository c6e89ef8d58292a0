"""페이지마다 쓰는 스타일과 스크립트만 부른다. Sphinx와 확장들은 모든 페이지에 저마다의 것을 모두 붙인다.

파일마다 그것을 쓰는 글자가 페이지에 있는지 본다. directive가 제 파일을 스스로 붙이게 하지 않는 이유는, 같은 꼴을
directive도 만들고 페이지에 적은 HTML도 만들기 때문이다. 파일을 부를지 정하는 곳은 여기 하나다.
"""

from pathlib import Path
from typing import Any

import rjsmin
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from rnn_shapes.files import write_if_changed
from shape_claims.code_names import SCRIPT

USED_WITH = {
    "landing.css": ('class="landing',),
    "pygments.css": ('class="highlight',),
    "copy.js": ('class="highlight', "<shape-explorer"),
    "sphinx-design.min.css": ('class="sd-',),
    "design-tabs.js": ('class="sd-tab-set',),
    "math.css": ("<math",),
    "explorer/": ("<shape-explorer",),
    "shape-explorer.css": ('class="contract',),
    "live.js": ("<live-cell",),
    "live-cell.css": ("<live-cell",),
    "influence-map.js": ("<influence-map",),
    "influence-map.css": ("<influence-map",),
    "beam-stepper.js": ("<beam-stepper",),
    "beam-stepper.css": ("<beam-stepper",),
}
"""``_static`` 안의 파일이나 폴더마다, 페이지에 이 글자 가운데 하나가 있을 때만 쓰인다. 여기 없으면 늘 쓰인다."""

JOINED = {"live.js": tuple(f"live/{name}.js" for name in ("math", "words", "edits", "formula", "picture", "element"))}
"""여러 스크립트를 차례대로 이어 한 파일로 싣는 것. 생각마다 나눈 파일도 한 번에 받고, 이어서 압축하면 더 작다."""

UNUSED = frozenset(
    {"documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js", "sg-tags.css", "sg-tags.js"}
)
"""이 사이트가 쓰지 않는 것. 글쇠로 옮겨 다니고 찾은 낱말을 칠하는 Sphinx의 기능과, 갤러리의 꼬리표다."""


def keep_used(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """페이지의 글을 보고 부를 파일을 고른다."""
    body = context.get("body", "")

    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if is_used(str(file.filename), body)]


def is_used(file: str, body: str) -> bool:
    """이 글의 페이지가 파일을 쓰는가.

    >>> is_used("_static/explorer/element.js?v=1", "<p>글</p>"), is_used("_static/site.css", "<p>글</p>")
    (False, True)
    """
    name = file.partition("?")[0].removeprefix("_static/")
    needed = USED_WITH.get(name) or USED_WITH.get(name.partition("/")[0] + "/") or ("",)
    return name.rpartition("/")[2] not in UNUSED and any(text in body for text in needed)


def own_scripts(folder: Path) -> dict[str, Path]:
    """폴더의 스크립트와 그 이름."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.js"))}


def keep_from_copying(app: Sphinx, config: Config) -> None:
    """Sphinx가 우리 스크립트를 그대로 옮기지 않게 한다. 옮기면 줄인 것을 빌드마다 다시 써야 한다."""
    names = own_scripts(Path(app.confdir, "_static"))
    # Sphinx는 폴더의 바로 아래 파일을 ./로 시작하는 이름으로 비교한다.
    config.exclude_patterns.extend(name if "/" in name else f"./{name}" for name in names)


def shrink_scripts(app: Sphinx) -> None:
    """우리 스크립트에서 주석과 빈칸을 빼고 사이트에 쓴다. 페이지보다 먼저 쓰므로 주소에는 줄인 것의 지문이 적힌다."""
    if app.builder.format != "html":
        return
    scripts = own_scripts(Path(app.confdir, "_static"))
    shrunk = {name: rjsmin.jsmin(path.read_text(encoding="utf-8")) + "\n" for name, path in scripts.items()}
    for joined, parts in JOINED.items():
        if shrunk.keys() >= set(parts):
            shrunk[joined] = "".join(shrunk.pop(part) for part in parts)
    for name, text in shrunk.items():
        write_if_changed(Path(app.outdir, "_static", name), text)


def shrink_borrowed(app: Sphinx, env: BuildEnvironment) -> None:
    """주장 확장이 제 폴더에서 옮겨 놓은 스크립트도 줄인다."""
    path = Path(app.outdir, "_static", SCRIPT)
    if path.is_file():
        write_if_changed(path, rjsmin.jsmin(path.read_text(encoding="utf-8")) + "\n")


def setup_assets(app: Sphinx) -> None:
    """다른 확장이 제 파일을 모두 붙인 뒤에 고르도록 등록한다."""
    app.connect("config-inited", keep_from_copying)
    app.connect("builder-inited", shrink_scripts)
    app.connect("env-updated", shrink_borrowed, priority=502)  # 확장이 옮긴 뒤에
    app.connect("html-page-context", keep_used, priority=900)

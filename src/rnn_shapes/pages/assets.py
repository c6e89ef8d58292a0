"""페이지마다 쓰는 스타일과 스크립트만 부른다. Sphinx와 확장들은 모든 페이지에 저마다의 것을 모두 붙인다."""

from pathlib import Path, PurePosixPath
from typing import Any

import rjsmin
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

# 파일은 페이지에 이 글자가 있을 때만 쓰인다. 여기 없는 파일은 모든 페이지가 쓴다.
USED_WITH = {
    "landing.css": 'class="landing',
    "pygments.css": 'class="highlight',
    "copy.js": 'class="highlight',
    "sphinx-design.min.css": 'class="sd-',
    "design-tabs.js": 'class="sd-tab-set',
    "contract.js": "<shape-explorer",
    "picture.js": "<shape-explorer",
    "element.js": "<shape-explorer",
    "shape-explorer.css": 'class="contract',
}
# 글쇠로 페이지를 옮겨 다니고 찾은 낱말을 칠하는 Sphinx의 기능. 이 사이트는 쓰지 않는다.
UNUSED = {"documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js"}


def keep_used(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """페이지의 글을 보고 부를 파일을 고른다."""
    body = context.get("body", "")

    def is_used(file: Any) -> bool:
        name = PurePosixPath(str(file.filename).partition("?")[0]).name
        return name not in UNUSED and USED_WITH.get(name, "") in body

    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if is_used(file)]


def shrink_scripts(app: Sphinx, exception: Exception | None) -> None:
    """우리 스크립트에서 주석과 빈칸을 뺀다. 남의 것(vendor)은 받은 그대로 둔다."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static")
    for source in sorted(Path(app.confdir, "_static").rglob("*.js")):
        name = source.relative_to(app.confdir).relative_to("_static")
        if name.parts[0] != "vendor":
            (folder / name).write_text(rjsmin.jsmin(source.read_text(encoding="utf-8")) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """다른 확장이 제 파일을 모두 붙인 뒤에 고르도록 등록한다."""
    app.connect("html-page-context", keep_used, priority=900)
    app.connect("build-finished", shrink_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

"""페이지가 할 수 있는 일을 좁힌다: 내용 보안 정책(CSP)과 밖으로 나가는 링크.

정책은 페이지마다 ``meta``로 적으므로 서버의 설정 없이, 폴더에서 바로 열어도 지켜진다. 페이지 안에
적은 스크립트는 실행되지 않고, 다른 곳의 스크립트와 글꼴, 그림은 받지 않는다.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # 테마의 스타일시트에는 아이콘이 data: 주소로 들어 있다
    "font-src": "'self' data:",  # 수식의 글꼴도 그렇게 들어 있다
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}


def add_policy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """틀(template)에 정책을 넘긴다."""
    context["security_policy"] = "; ".join(f"{name} {sources}" for name, sources in POLICY.items())


def guard_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """밖으로 나가는 링크로 열린 페이지가 이 페이지를 움직이지 못하게 한다."""
    for reference in doctree.findall(nodes.reference):
        if reference.get("refuri", "").startswith(("http:", "https:")):
            reference["rel"] = "noopener"


def setup(app: Sphinx) -> ExtensionMetadata:
    """모든 페이지에 정책을 적도록 등록한다."""
    app.connect("html-page-context", add_policy)
    app.connect("doctree-resolved", guard_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

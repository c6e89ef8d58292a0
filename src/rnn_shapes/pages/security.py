"""페이지가 할 수 있는 일을 좁히는 내용 보안 정책(CSP).

정책은 페이지마다 ``meta``로 적으므로 서버의 설정 없이, 폴더에서 바로 열어도 지켜진다. 페이지 안에
적은 스크립트는 실행되지 않고, 다른 곳의 스크립트와 글꼴, 그림은 받지 않는다.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

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


def setup_security(app: Sphinx) -> None:
    """모든 페이지에 정책을 적도록 등록한다."""
    app.connect("html-page-context", add_policy)

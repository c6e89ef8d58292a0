"""저장소로 가는 링크: 페이지의 원본, 틀린 주장 알리기, 코랩(Colab).

저장소의 주소는 ``pyproject.toml``의 ``[project.urls]`` 한 곳에만 있다. GitHub의 주소가 아니면 링크도 없다.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from rnn_shapes import sources


@dataclass(frozen=True)
class Repository:
    """GitHub의 저장소. ``name``은 주인과 이름이다.

    >>> Repository("someone/rnn").source("docs/index.md")
    'https://github.com/someone/rnn/blob/HEAD/docs/index.md'
    """

    name: str

    @classmethod
    def of(cls, config: Config) -> "Repository | None":
        """설정에 적힌 저장소. 주소가 없거나 GitHub이 아니면 ``None``이다."""
        address = config.html_context.get("repository", "")
        found = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", address)
        return cls(found[1]) if found else None

    def source(self, path: str) -> str:
        """파일이나 폴더를 보는 주소. ``HEAD``는 기본 브랜치다."""
        return f"https://github.com/{self.name}/blob/HEAD/{quote(path)}"

    def report(self, title: str, body: str) -> str:
        """제목과 글이 채워진 새 이슈의 주소."""
        return f"https://github.com/{self.name}/issues/new?{urlencode({'title': title, 'body': body}, quote_via=quote)}"

    def notebook(self, script: str) -> str:
        """노트북을 코랩에서 여는 주소. CI가 ``notebooks`` 브랜치에 올려 둔 것을 연다."""
        return f"https://colab.research.google.com/github/{self.name}/blob/notebooks/docs/gallery/{script}.ipynb"


def source_of(app: Sphinx, docname: str) -> str | None:
    """페이지에서 고칠 파일을 저장소에서 본 경로. 색인처럼 원본이 없는 페이지이면 ``None``이다.

    글이 다른 파일에서 나오는 페이지는 머리의 ``source``에 그 경로를 적는다.

    Raises:
        ExtensionError: ``source``에 적힌 파일이 없을 때.
    """
    if docname not in app.env.found_docs:
        return None
    srcdir = Path(app.srcdir)
    page = Path(app.env.doc2path(docname))
    written = app.env.metadata[docname].get("source")
    path = srcdir.parent / written if written else sources.original(page, srcdir)
    if not path.exists():
        raise ExtensionError(f"{page}: 머리의 source에 적힌 파일이 없습니다. 저장소에서 본 경로로 적으세요: {written}")
    return path.relative_to(srcdir.parent).as_posix()


def tools(versions: Mapping[str, str]) -> str:
    """확인할 때 들어와 있던 패키지의 이름과 버전. 독자가 먼저 찾을 것을 앞에 적는다.

    >>> tools({"numpy": "2.4.6", "tf_keras": "2.21.0", "keras": "3.15.1", "tensorflow": "2.21.0"})
    'TensorFlow 2.21.0, Keras 3.15.1, tf_keras 2.21.0, numpy 2.4.6'
    """
    names = {"tensorflow": "TensorFlow", "keras": "Keras", "tf_keras": "tf_keras"}
    known = [name for name in names if name in versions]
    others = sorted(versions.keys() - names.keys())
    return ", ".join(f"{names.get(name, name)} {versions[name]}" for name in [*known, *others])


def add_links(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """틀에 원본과 알리기의 주소, 확인한 판을 넘긴다. 모양은 ``docs/_templates/feedback.html``에 있다."""
    source = source_of(app, pagename)
    context["claims_tools"] = tools(context.get("claims_versions") or {})
    if repository := Repository.of(app.config):
        title = app.env.titles[pagename].astext() if source else pagename
        context["source_url"] = repository.source(source) if source else ""
        context["report_url"] = repository.report(f"틀린 주장: {title}", _report(pagename, source, context))


def _report(pagename: str, source: str | None, context: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"- 페이지: {pagename}",
            f"- 원본: {source or '없음'}",
            f"- 주장: {context['claims_total']}개 가운데 {context['claims_checked']}개 확인",
            f"- 확인한 판: {context['claims_tools'] or '없음'}",
            "",
            "## 틀린 문장",
            "",
            "",
            "## 실행한 코드와 결과",
            "",
            "",
        ]
    )


def setup_repository(app: Sphinx) -> None:
    """링크를 페이지마다 넣도록 등록한다."""
    app.connect("html-page-context", add_links, priority=600)  # 주장을 센 뒤에

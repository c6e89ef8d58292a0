"""``bug-report`` directive: 절의 재현 코드와 출력에서, 만든 쪽에 그대로 보낼 영어 보고를 짓는다.

코드와 출력은 같은 절의 첫 ``testcode``와 ``testoutput``에서 온다. 그래서 보고에 적힌 것은 페이지를 확인할 때 실행한
그대로이고, 버전은 설치된 것을 읽는다.
"""

import importlib.metadata
import textwrap
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)

LONGEST = 76
PACKAGES = (("Keras", ("keras",)), ("TensorFlow", ("tensorflow", "tensorflow-cpu")))
"""보고에 버전을 적을 패키지와, 설치할 때의 이름."""


class Pending(nodes.General, nodes.Element):
    """아직 짓지 않은 보고."""


class BugReportDirective(SphinxDirective):
    """보고 하나. 인자는 제목이고, 내용은 기대한 것을 적은 영어 글이다. ``known``은 이미 알려진 곳이다."""

    required_arguments = 1
    final_argument_whitespace = True
    """제목에는 빈칸이 있다."""
    has_content = True
    option_spec: ClassVar = {"known": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """절을 다 읽은 다음에 지을 자리를 남긴다."""
        pending = Pending(title=self.arguments[0], expected=" ".join(self.content), known=self.options.get("known", ""))
        self.set_source_info(pending)
        return [pending]


class BuildReports(SphinxTransform):
    """자리마다 보고를 지어 넣는다."""

    default_priority = 400

    def apply(self, **_: object) -> None:
        """같은 절에서 실행하는 코드와 그 출력을 찾는다."""
        for pending in list(self.document.findall(Pending)):
            section = pending.parent
            while not isinstance(section, nodes.section | nodes.document):
                section = section.parent
            parts = [_first(section, kind) for kind in ("testcode", "testoutput")]
            if None in parts:
                logger.error("절에 재현 코드(testcode)와 출력(testoutput)이 있어야 합니다", location=pending)
                pending.parent.remove(pending)
                continue
            code, output = (str(part) for part in parts)
            text = report(pending["title"], code, output, pending["expected"], pending["known"])
            pending.replace_self(nodes.literal_block(text, text, language="markdown"))


def _first(section: nodes.Element, kind: str) -> str | None:
    found = (node for node in section.findall(nodes.literal_block) if node.get("testnodetype") == kind)
    return next((node.astext().strip("\n") for node in found), None)


def report(title: str, code: str, output: str, expected: str, known: str = "") -> str:
    """마크다운으로 적은 보고.

    >>> print(report("It fails", "print(1)", "1", "It prints 2.").split("**Versions**")[0].strip())
    # It fails
    """
    fence = "```"
    parts = [
        f"# {title}",
        f"**Versions**: {versions()}",
        f"**Code**\n\n{fence}python\n{code}\n{fence}",
        f"**Actual output**\n\n{fence}text\n{output}\n{fence}",
        "\n".join(textwrap.wrap(f"**Expected**: {expected}", LONGEST)),
    ]
    if known:
        parts.append("\n".join(textwrap.wrap(f"**Related**: {known}", LONGEST)))
    return "\n\n".join(parts)


def versions() -> str:
    """설치된 버전. 글만 살피는 환경처럼 설치하지 않은 것은 적지 않는다."""
    found = []
    for name, distributions in PACKAGES:
        for distribution in distributions:
            try:
                found.append(f"{name} {importlib.metadata.version(distribution)}")
                break
            except importlib.metadata.PackageNotFoundError:
                continue
    return ", ".join(found)


def setup_bug_reports(app: Sphinx) -> None:
    """Directive와, 보고를 짓는 일을 등록한다."""
    app.add_directive("bug-report", BugReportDirective)
    app.add_transform(BuildReports)

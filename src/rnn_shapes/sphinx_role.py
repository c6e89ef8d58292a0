"""Sphinx 확장: 형태 주장의 역할(role), 확인, 그리고 확인한 표시.

페이지에 적힌 주장은 노드 둘이 된다. 하나는 독자가 보는 형태이고, 하나는 ``sphinx.ext.doctest``가
그 자리에서 실행하는 숨은 예제다. HTML 빌드와 doctest 빌드가 같은 doctree를 읽으므로,
보이는 것이 곧 확인한 것이다.
"""

import hashlib
import os
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.ext.doctest import DocTestBuilder
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

from rnn_shapes import checked_marks, claims, evidence, source_lines
from rnn_shapes.checked_marks import drawn_figure, shape_claim

logger = logging.getLogger(__name__)


class ShapeRole(SphinxRole):
    """역할 ``shape``. 글은 ``식 -> 형태``이고, 화면에는 형태만 보인다."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """독자가 보는 노드와 숨은 예제를 만든다."""
        place = self._place()
        try:
            claim = claims.parse(self.text)
        except claims.ClaimSyntaxError as error:
            logger.error("형태 주장을 읽을 수 없습니다. %s", error, location=place)
            return [nodes.literal(self.rawtext, self.text)], []
        visible = shape_claim(self.rawtext, claim.shape, claim=self.text, place=place)
        # sphinx.ext.doctest가 숨은 블록을 적는 법 그대로다. 코드는 bind_claims가 넣는다.
        hidden = nodes.comment("", "", testnodetype="doctest", groups=["default"], options={})
        for node in (visible, hidden):
            node.source, node.line = self.get_source_info()
        return [visible, hidden], []

    def _place(self) -> str:
        source, line = self.get_source_info()
        path = Path(source)
        if not path.is_file():  # 번역문의 자리는 이미 index.md:9:<translated> 꼴이다
            return source
        used: Any = self.env.current_document.setdefault("rnn_shapes_used", {})
        raw = f"`{self.text}`"
        line, used[source, raw] = source_lines.line_of(raw, path, line, used.get((source, raw), 0))
        return source_lines.place(path, Path(self.env.srcdir), line)


def bind_claims(app: Sphinx, doctree: nodes.document) -> None:
    """페이지의 주장과 그림마다 번호와 지문을 매기고, 숨은 예제에 실행할 코드를 넣는다."""
    page = app.env.current_document.docname
    # 주장의 숨은 예제에는 아직 코드가 없다. 페이지를 쓴 사람의 코드만 남는다.
    tests = [node for node in doctree.findall(nodes.Element) if is_test(node) and node.get("test", node.astext())]
    # testsetup은 어디에 적혀 있든 맨 먼저 실행된다.
    code = [_written(node) for node in tests if node["testnodetype"] == "testsetup"]
    number = 0
    for node in doctree.findall(nodes.Element):
        if isinstance(node, shape_claim | drawn_figure):
            number += 1
            node["number"] = number
            hidden = node.next_node(nodes.comment, descend=False, siblings=True)
            if hidden is None or "testnodetype" not in hidden:
                logger.error(
                    "확인할 수 없는 자리의 주장입니다. 글이나 표에 바로 적으세요: %s", node.astext(), location=node
                )
                continue
            hidden["test"] = f">>> {_call(page, code, node)}"
            code.append("")  # 같은 주장을 이어서 두 번 적어도 지문이 다르게 한다
        elif node in tests and node["testnodetype"] != "testsetup":
            code.append(_written(node))


def _written(node: nodes.Element) -> str:
    return f"{node['testnodetype']} {node['groups']}\n{node.get('test', node.astext())}"


def _call(page: str, code: list[str], node: shape_claim | drawn_figure) -> str:
    """숨은 예제가 부를 확인 함수. 지문은 노드에도 남겨 나중에 기록을 찾게 한다."""
    if isinstance(node, shape_claim):
        node["key"] = evidence.fingerprint(code, node["claim"])
        return f"__claim__({page!r}, {node['place']!r}, {node['claim']!r}, {node['key']!r}, globals())"
    name, options = node["figure"], node["options"]

    def key(entry: str) -> str:
        return evidence.fingerprint(code, f"{name} {options} {entry}")

    labels = [(place, text, key(f"{label}: {text}")) for label, text, _, place in node["claims"]]
    values = [(label, place, text, key(f"{label} = {text}")) for label, text, place in node["values"]]
    node["keys"] = [key for *_, key in labels + values]
    return f"__figure__({page!r}, {name!r}, {labels!r}, {values!r}, {options!r}, globals())"


def is_test(node: nodes.Element) -> bool:
    """``sphinx.ext.doctest``가 실행할 노드인가."""
    return isinstance(node, nodes.literal_block | nodes.comment) and "testnodetype" in node


class ClaimDocTestBuilder(DocTestBuilder):
    """페이지의 이름을 알리고, 틀린 주장은 그 보고만 찍는 doctest 빌더."""

    def init(self) -> None:
        """한 번의 빌드를 준비한다."""
        super().init()
        self.run_pages: set[str] = set()

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """한 페이지를 실행한다."""
        self.run_pages.add(docname)
        evidence.collected.pop(docname, None)
        if any(is_test(node) for node in doctree.findall(nodes.Element)):
            logger.info("  %s", docname)
            forget_layer_names()
        succeeded = super().test_doc(docname, doctree)
        if not succeeded:
            evidence.collected[docname] = evidence.Page(failed=True)
        return succeeded

    def finish(self) -> None:
        """기록을 쓴다. 이번에 실행한 페이지의 것만 갈아 끼우고, 실행하지 않은 페이지의 것은 남긴다."""
        super().finish()
        path = Path(self._app.confdir, self.config.rnn_shapes_evidence)
        pages = checked_marks.read_evidence(self._app)
        kept = {name: pages[name] for name in pages if name in self.env.found_docs and name not in self.run_pages}
        found = {name: page for name, page in evidence.collected.items() if name in self.run_pages}
        evidence.save(path, kept | found)
        count = sum(len(page.records) for page in found.values())
        versions = {name: version for page in found.values() for name, version in page.versions.items()}
        tools = "".join(f", {name} {version}" for name, version in sorted(versions.items()))
        logger.info("성립한 형태 주장 %d개%s. 기록: %s", count, tools, os.path.relpath(path))
        for name in sorted(name for name, page in found.items() if page.failed):
            logger.info("확인에 실패한 페이지: %s", name)

    def get_filename_for_node(self, node: nodes.Node, docname: str) -> str:
        """실패를 알릴 파일. 주장의 보고와 같은 꼴로 적는다."""
        return f"{self.env.srcdir.name}/{super().get_filename_for_node(node, docname)}"

    @staticmethod
    def get_line_number(node: nodes.Node) -> int | None:
        """예제의 줄. Sphinx는 RST의 directive에 맞추어 하나를 빼는데, MyST의 줄은 이미 맞다."""
        return node.line

    def _warn_out(self, text: str) -> None:
        example, _, report = text.partition("Got:\n")
        ours = report and re.search(r"__(claim|figure)__\(", example)
        super()._warn_out(f"{textwrap.dedent(report)}\n" if ours else text)


def forget_layer_names() -> None:
    """페이지마다 새 프로세스처럼 시작한다. 두지 않으면 ``lstm_1`` 같은 이름이 실행한 차례에 따라 달라진다."""
    for package in ("keras", "tf_keras"):
        if package in sys.modules:
            sys.modules[package].backend.clear_session()


def provide_check(app: Sphinx, config: Config) -> None:
    """페이지의 이름 공간에 확인 함수를 둔다. 페이지의 코드보다 먼저 실행된다."""
    config.doctest_global_setup += (
        "\nfrom rnn_shapes.evidence import check_on_page as __claim__, check_figure_on_page as __figure__"
    )


def check_before_writing(app: Sphinx, env: BuildEnvironment) -> None:
    """``rnn_shapes_check``이면 HTML을 쓰기 전에 모든 페이지를 확인한다.

    빌드를 따로 돌리면 Sphinx를 두 번 띄우고 갤러리의 페이지를 두 번 읽는다.
    """
    if app.builder.format == "html" and app.config.rnn_shapes_check:
        builder = ClaimDocTestBuilder(app, env)
        builder.outdir = type(app.outdir)(app.doctreedir.parent / "doctest")
        builder.outdir.mkdir(parents=True, exist_ok=True)
        builder.init()
        builder.write_documents(env.found_docs)
        builder.finish()


def _digest(package: Path) -> str:
    sources = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".po"})
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def setup(app: Sphinx) -> ExtensionMetadata:
    """역할, 빌더, 확인 표시를 등록한다."""
    app.setup_extension("sphinx.ext.doctest")
    app.setup_extension("rnn_shapes.figures.directive")
    app.add_config_value("rnn_shapes_evidence", "../build/evidence/claims.json", "", types=frozenset({str}))
    # 이 패키지를 고치면 모든 페이지를 다시 읽고 다시 쓴다. Sphinx는 확장의 코드가 바뀐 것을 모른다.
    app.add_config_value("rnn_shapes_code", _digest(Path(__file__).parent), "env", types=frozenset({str}))
    app.add_config_value("rnn_shapes_check", False, "", types=frozenset({bool}))
    app.add_node(shape_claim, html=(checked_marks.visit_claim, checked_marks.depart_claim))
    app.add_node(drawn_figure, html=(checked_marks.visit_figure, checked_marks.depart_claim))
    app.add_role("shape", ShapeRole())
    app.add_builder(ClaimDocTestBuilder, override=True)
    app.connect("config-inited", provide_check)
    app.connect("doctree-read", bind_claims)
    app.connect("env-updated", check_before_writing)
    marks = checked_marks.CheckedMarks()
    app.connect("env-updated", marks.load, priority=501)  # 방금 확인한 기록까지 읽는다
    app.connect("doctree-resolved", marks.mark)
    app.connect("html-page-context", marks.count)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}

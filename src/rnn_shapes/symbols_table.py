"""기호표를 페이지에 펼치는 directive. 표의 내용은 :mod:`rnn_shapes.symbols`에만 있다."""

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from rnn_shapes.symbols import SYMBOLS


class SymbolsDirective(SphinxDirective):
    """글자, 코드의 이름, 뜻을 한 줄씩 적은 표."""

    def run(self) -> list[nodes.Node]:
        """표를 만든다."""
        lines = ["| 글자 | 코드에서 쓰는 이름 | 뜻 |", "| :-: | --- | --- |"]
        lines += [f"| **{symbol.letter}** | `{symbol.name}` | {symbol.meaning} |" for symbol in SYMBOLS.values()]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, source="rnn_shapes/symbols.py"), 0, holder)
        return holder.children


def setup(app: Sphinx) -> ExtensionMetadata:
    """Directive를 등록한다."""
    app.add_directive("symbols", SymbolsDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

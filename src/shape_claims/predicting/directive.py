"""The directive ``predict``: a folded solution, one of whose claims the reader predicts."""

from collections.abc import Iterator
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from shape_claims.nodes import shape_claim, value_claim
from shape_claims.predicting import messages


class prediction(nodes.container):  # noqa: N801 - docutils writes nodes in lower case
    """What the reader is asked, and the solution. As containers and a paragraph, every builder can write them."""

    @property
    def prompt(self) -> nodes.Element:
        """What is to be typed."""
        return self[0]  # type: ignore[return-value]


class prediction_prompt(nodes.paragraph):  # noqa: N801 - docutils writes nodes in lower case
    """What is to be typed. Empty: the kind of the claim says it."""


class prediction_solution(nodes.container):  # noqa: N801 - docutils writes nodes in lower case
    """What the reader sees afterwards: the code, the claim, the reason."""


class PredictDirective(SphinxDirective):
    """``predict``: the reader types or chooses what a claim in the content says. The question stands before it."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {"claim": directives.unchanged_required, "others": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Fold the content, and note which of its claims is asked for."""
        self.assert_has_content()
        solution = prediction_solution("", *self.parse_content_to_nodes())
        wanted = " ".join(self.options.get("claim", "").split())
        if asked(solution, wanted) is None:
            raise self.error(messages.no_claim(wanted, [_expression(one) for one in _claims(solution)]))
        label, problems = self.parse_inline(self.arguments[0]) if self.arguments else ([], [])
        others = [other.strip() for other in self.options.get("others", "").split(" / ") if other.strip()]
        node = prediction("", prediction_prompt("", "", *label), solution, claim=wanted, others=others)
        self.set_source_info(node)
        return [node, *problems]


def asked(node: nodes.Element, wanted: str) -> shape_claim | value_claim | None:
    """The claim whose record is the key: the first, the one with this expression, or the one with this number."""
    claims = enumerate(_claims(node), 1)
    return next((claim for number, claim in claims if wanted in ("", str(number), _expression(claim))), None)


def _claims(node: nodes.Element) -> Iterator[shape_claim | value_claim]:
    for one in node.findall():
        if isinstance(one, shape_claim | value_claim):
            yield one


def _expression(node: shape_claim | value_claim) -> str:
    return node.entries[0].claim.expression

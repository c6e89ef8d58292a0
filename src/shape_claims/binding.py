"""When a page is read: every claim gets a number and a fingerprint of all that decides it on the page."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx

from shape_claims.claim import UnreadableClaim
from shape_claims.nodes import Entry, checked, written_claims
from shape_claims.subjects import named_before

KEYS = "shape_claims"
"""Where ``env.metadata`` keeps a page's fingerprints."""
UNREADABLE = "shape_claims_unreadable"
"""Where it keeps the places and problems of what cannot be read as claims."""


def fingerprint(code: Iterable[str], claim: str) -> str:
    """Fingerprint of a claim and of the code before it."""
    return hashlib.sha256(json.dumps([*code, claim]).encode()).hexdigest()[:16]


def runs(node: nodes.Node, *, blocks: bool) -> bool:
    """Whether ``sphinx.ext.doctest`` runs the node.

    Args:
        node: Any node.
        blocks: Whether plain ``>>>`` blocks are run too, as ``doctest_test_doctest_blocks`` says.
    """
    directive = isinstance(node, nodes.literal_block | nodes.comment) and "testnodetype" in node
    return directive or (blocks and isinstance(node, nodes.doctest_block))


def bind_claims(app: Sphinx, doctree: nodes.document) -> None:
    """Number the page's claims, fingerprint them, and note the fingerprints for the build.

    The last fingerprint is that of all the page's code, so that an example after the last claim counts as well.
    """
    blocks = bool(app.config.doctest_test_doctest_blocks)
    tests = [node for node in doctree.findall(nodes.Element) if runs(node, blocks=blocks)]
    # A testsetup runs first, wherever it stands.
    code = [_written(node) for node in tests if node.get("testnodetype") == "testsetup"]
    keys: list[str] = []
    for number, claim in enumerate(written_claims(doctree), 1):
        claim["number"] = number
        if isinstance(claim, nodes.Inline):
            claim["named"] = named_before(claim)
    for node in doctree.findall(nodes.Element):
        if isinstance(node, checked) and "number" in node:
            node["entries"] = [_bound(entry, node, code) for entry in node.entries]
            keys += [entry.key for entry in node.entries]
            # An expression can change what it measures, and the same claim twice in a row has two fingerprints.
            code.append(" ".join(entry.claim.expression for entry in node.entries))
        elif node.get("testnodetype") != "testsetup" and runs(node, blocks=blocks):
            code.append(_written(node))
    if tests:
        keys.append(fingerprint(code, "page"))
    entries = [entry for node in written_claims(doctree) for entry in node.entries]
    unreadable = [(one.place, one.claim.problem) for one in entries if isinstance(one.claim, UnreadableClaim)]
    app.env.metadata[app.env.current_document.docname] |= {KEYS: keys, UNREADABLE: unreadable}


def _bound(entry: Entry, node: checked, code: list[str]) -> Entry:
    claim = entry.claim
    said = f"{type(claim).__name__} {node.identity} {entry.name} {claim.expression} -> {claim.text}"
    otherwise = getattr(claim, "otherwise", "")
    return dataclasses.replace(entry, key=fingerprint(code, f"{said} / {otherwise}"))


def _written(node: nodes.Element) -> str:
    kind = node.get("testnodetype", "doctest")
    more = [repr(node.get(name, "")) for name in ("groups", "options", "skipif")]
    return f"{kind} {' '.join(more)}\n{node.get('test', node.astext())}"

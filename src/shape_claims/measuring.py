"""Measures an expression of the page: its value and its shape, if the page's code could have made another."""

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import singledispatch
from numbers import Integral
from types import ModuleType
from typing import Any

from shape_claims.claim import Claim
from shape_claims.outcome import fail
from shape_claims.saying import plain
from shape_claims.shapes import Shape, Tree, axes
from shape_claims.symbols import Symbols


def value_of(claim: Claim, namespace: Mapping[str, Any]) -> Any:
    """The value of an expression that uses what the page's code made, without its library."""
    value = evaluate(claim, namespace)
    if not page_names(claim.expression, namespace):
        fail("nothing-measured", claim.rows)
    return plain(value)


def shape_of(claim: Claim, namespace: Mapping[str, Any], symbols: Symbols) -> Tree:
    """The shape of an expression that could have another.

    Args:
        claim: What is said of the expression.
        namespace: The names that the page's code has made.
        symbols: What the sizes are called.
    """
    value = evaluate(claim, namespace)
    try:
        measured = measure(value)
    except ShapelessValueError as error:
        fail("shapeless", {"expression": claim.expression}, reason=(error.reason, {"kind": error.kind}))
    made = [name for name in page_names(claim.expression, namespace) if name not in symbols.names]
    if not [name for name in made if symbols.table or type(namespace[name]) is not int]:
        fail("nothing-measured", claim.rows)
    body = ast.parse(claim.expression, mode="eval").body
    if any(map(_cuts, ast.walk(body))):
        fail("cut", claim.rows)
    if _glues(body, value, measured):
        fail("glued", claim.rows)
    if brought := {size for size in _brought(body, namespace) if size > 1} & {*axes(measured)}:
        fail("brings-size", claim.rows, size=min(brought))
    return measured


def evaluate(claim: Claim, namespace: Mapping[str, Any], part: str = "") -> Any:
    """Evaluate a claim's expression, or a part of it, in the page's namespace, which is not changed."""
    unclaimed = {"expression": claim.expression}
    try:
        return eval(part or claim.expression, dict(namespace))  # noqa: S307 - the page's own expression
    except NameError as error:
        fail("unbound", unclaimed, name=error.name)
    except Exception as error:  # a page's expression can raise anything, and each is that claim's failure
        fail("raised", {**unclaimed, "exception": f"{type(error).__name__}: {str(error).strip()}".splitlines()[0]})


class ShapelessValueError(TypeError):
    """A value that has no shape, or whose number of axes is unknown."""

    def __init__(self, reason: str, kind: str) -> None:
        super().__init__(f"{reason}: {kind}")
        self.reason = reason
        """``shapeless`` or ``unknown-rank``."""
        self.kind = kind
        """Name of the value's type."""


@singledispatch
def measure(value: Any) -> Tree:
    """Measure the shape of a value: anything with ``shape``, and containers of such values.

    A non-empty ``tuple`` that holds only integers and ``None`` is taken as a shape itself, as in
    ``layer.compute_output_shape(...)``. ``measure.register`` teaches it further containers.

    Raises:
        ShapelessValueError: The value has no shape, or an unknown number of axes.

    >>> import numpy as np
    >>> measure([np.zeros((5, 11)), {"bias": np.zeros(11)}])
    [Shape(axes=(5, 11)), {'bias': Shape(axes=(11,))}]
    >>> measure((None, 7, 11))
    Shape(axes=(None, 7, 11))
    """
    kind = type(value).__name__
    shape = value if hasattr(value, "as_list") else getattr(value, "shape", None)
    if shape is None:
        raise ShapelessValueError("shapeless", kind)
    try:
        return Shape(tuple(None if size is None else int(size) for size in shape))
    except (TypeError, ValueError):  # a TensorFlow shape of unknown rank cannot be iterated
        raise ShapelessValueError("unknown-rank", kind) from None


@measure.register
def _(value: list) -> Tree:  # type: ignore[type-arg]
    return [measure(item) for item in value]


@measure.register
def _(value: tuple) -> Tree:  # type: ignore[type-arg]
    if value and all(is_size(item) for item in value):
        return Shape(tuple(None if item is None else int(item) for item in value))
    return tuple(measure(item) for item in value)


@measure.register
def _(value: Mapping) -> Tree:  # type: ignore[type-arg]
    return {key: measure(item) for key, item in value.items()}


def is_size(item: object) -> bool:
    """Whether the item can be the size of an axis: an integer of any library, or ``None``."""
    return item is None or (isinstance(item, Integral) and not isinstance(item, bool))


def page_names(expression: str, namespace: Mapping[str, Any]) -> list[str]:
    """Names in the expression that the page's own code made: no modules, and no functions or classes from elsewhere."""
    used = dict.fromkeys(node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name))
    return [name for name in used if name in namespace and not is_foreign(namespace[name])]


def is_foreign(value: Any) -> bool:
    """Whether the value is code from elsewhere: a module, or a function or class that a module defines."""
    if isinstance(value, ModuleType):
        return True
    home = getattr(value, "__module__", None) if callable(value) and hasattr(value, "__name__") else None
    return home in sys.modules and home not in {"builtins", "__main__"}


def _cuts(node: ast.AST) -> bool:
    """Whether the node is a slice with a bound. Turning an axis round keeps its size."""
    if not isinstance(node, ast.Slice):
        return False
    turned = node.step is None or ast.unparse(node.step) == "-1"
    return node.lower is not None or node.upper is not None or not turned


def _glues(body: ast.expr, value: Any, measured: Tree) -> bool:
    """Whether the expression puts a shape, or a container of shapes, together."""
    written = isinstance(body, ast.Tuple | ast.BinOp) and isinstance(value, tuple) and isinstance(measured, Shape)
    return written or any(isinstance(node, ast.Starred) for node in ast.walk(body))


def _brought(node: ast.AST, namespace: Mapping[str, Any]) -> Iterator[int]:
    """Sizes that the expression itself writes. What it hands to the page's own code is that code's business."""
    if isinstance(node, ast.Call) and _is_of_page(node.func, namespace):
        return
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
        yield from _brought(node.value, namespace)  # an index chooses, it does not make a size
        return
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield node.value
    if isinstance(node, ast.Name) and is_size(size := namespace.get(node.id)) and size is not None:
        yield int(size)
    for child in ast.iter_child_nodes(node):
        yield from _brought(child, namespace)


def _is_of_page(function: ast.expr, namespace: Mapping[str, Any]) -> bool:
    root: ast.expr = function
    while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
        root = root.func if isinstance(root, ast.Call) else root.value
    return isinstance(root, ast.Name) and root.id in namespace and not is_foreign(namespace[root.id])

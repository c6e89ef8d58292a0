"""The expression of a claim: its value, and whether it could come out otherwise than the page says."""

import ast
import builtins
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from shape_claims.outcome import fail
from shape_claims.shapes import Shape, ShapelessValueError, Tree, is_size, measure, sizes_in
from shape_claims.symbols import Symbols

BUILTINS = frozenset(dir(builtins))


def evaluate(expression: str, namespace: Mapping[str, Any], rows: Mapping[str, str]) -> Any:
    """Evaluate an expression in the page's namespace, which is not changed."""
    try:
        return eval(expression, dict(namespace))  # noqa: S307 - the page's own expression
    except NameError as error:
        fail("unbound", rows, name=error.name)
    except Exception as error:  # a page's expression can raise anything, and each is that claim's failure
        fail("raised", {**rows, "exception": f"{type(error).__name__}: {str(error).strip()}".splitlines()[0]})


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


def shape_of(rows: Mapping[str, str], namespace: Mapping[str, Any], symbols: Symbols) -> Tree:
    """The shape of an expression that could have another.

    Args:
        rows: The report's rows so far, ``expression`` among them.
        namespace: The names that the page's code has made.
        symbols: What the sizes are called.
    """
    unclaimed = {"expression": rows["expression"]}
    value = evaluate(rows["expression"], namespace, unclaimed)
    try:
        measured = measure(value)
    except ShapelessValueError as error:
        fail("shapeless", unclaimed, reason=(error.reason, {"kind": error.kind}))
    _require_measuring(rows, namespace, value, measured, symbols)
    return measured


def _require_measuring(
    rows: Mapping[str, str], namespace: Mapping[str, Any], value: Any, measured: Tree, symbols: Symbols
) -> None:
    """Refuse an expression that could not have another shape than the claimed one."""
    expression = rows["expression"]
    made = [name for name in page_names(expression, namespace) if name not in symbols.names()]
    if not [name for name in made if symbols.table or type(namespace[name]) is not int]:
        fail("nothing-measured", rows)
    body = ast.parse(expression, mode="eval").body
    if any(map(_cuts, ast.walk(body))):
        fail("cut", rows)
    starred = any(isinstance(node, ast.Starred) for node in ast.walk(body))
    if starred or (
        isinstance(measured, Shape) and isinstance(value, tuple) and isinstance(body, ast.Tuple | ast.BinOp)
    ):
        fail("glued", rows)
    brought = {size for size in _brought(body, namespace) if size > 1} & sizes_in(measured)
    if brought:
        fail("brings-size", rows, size=min(size for size in brought if size is not None))


def _cuts(node: ast.AST) -> bool:
    """Whether the node is a slice with a bound. Turning an axis round keeps its size."""
    if not isinstance(node, ast.Slice):
        return False
    turned = node.step is None or ast.unparse(node.step) == "-1"
    return node.lower is not None or node.upper is not None or not turned


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


def compares_with_itself(expression: str) -> bool:
    """Whether both sides of a comparison, or two arguments of a call, are the same code."""
    for node in ast.walk(ast.parse(expression)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call):
            sides = list(node.args)
        else:
            continue
        written = [ast.dump(side) for side in sides if not isinstance(side, ast.Constant)]
        if len(written) > 1 and len(set(written)) == 1:
            return True
    return False


def denies(expression: str) -> bool:
    """Whether the expression begins with ``not``, or compares with ``!=``, ``is not`` or ``not in``."""
    match ast.parse(expression, mode="eval").body:
        case ast.UnaryOp(op=ast.Not()) | ast.Compare(ops=[ast.NotEq() | ast.IsNot() | ast.NotIn()]):
            return True
    return False


def depends_on_page(expression: str, namespace: Mapping[str, Any], result: bool) -> bool:
    """Whether a truth can become another when what the page made is changed.

    Every name of the page is changed in some ways that suit its value. A change that raises an exception decides only
    if no change could be computed.
    """
    computed = raised = False
    for name in page_names(expression, namespace):
        for changed in _changes(namespace[name]):
            try:
                other = bool(eval(expression, {**namespace, name: changed}))  # noqa: S307 - the page's own expression
            except Exception:  # anything can come of a changed value, and it says that the value matters
                raised = True
                continue
            if other != result:
                return True
            computed = True
    return raised and not computed


def _changes(value: Any) -> Iterator[Any]:
    """Values that differ from a value in kind, size or sign."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from ("", value + "x")
    elif isinstance(value, list | tuple):
        yield from (value[:0], value[1:], value[::-1])
    elif isinstance(value, dict | set):
        yield type(value)()
    elif hasattr(value, "__add__") and not isinstance(value, type):
        for change in ARITHMETIC:
            try:
                yield change(value)
            except Exception:  # noqa: S112 - not every value knows every operation
                continue
    else:
        yield from (object(), None)


ARITHMETIC: Sequence[Callable[[Any], Any]] = (
    lambda value: value + 1,
    lambda value: -value,
    lambda value: value * 0,
    lambda value: value * 0 + float("inf"),  # not nan: that differs from itself, and so from anything
    lambda value: value[None],
    lambda value: value[1:],
    lambda value: value[::-1],
)
"""Changes of a number or a tensor."""

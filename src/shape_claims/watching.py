"""Watches the names in a page's code: a call around each name that is read, and one after each that is bound.

Nothing else changes: places in the source, printed values, tracebacks and ``inspect.getsource`` stay as they are. What
calls is a builtin, for code of a page can be stored and come back in another namespace.
"""

import ast
import builtins
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

READ, BOUND = "__shape_claims_read__", "__shape_claims_bound__"
START, END = "__shape_claims_start__", "__shape_claims_end__"
KNOWN = frozenset(dir(builtins))

Assignment = ast.Assign | ast.AugAssign | ast.AnnAssign


class Watcher(Protocol):
    """What wants to know of the values that a name has at one place."""

    def note(self, value: Any) -> bool | None:
        """Take a value.

        Returns:
            Whether there may be more to see in it when the statement is over. ``None`` when enough was seen.
        """


watchers: dict[int, Watcher] = {}
"""By the number that the code of a page calls with. A number without one is of a page that is over."""
_numbers = itertools.count()
_waiting: list[tuple[Watcher, Any]] = []
"""Values that wait for the end of their statement: a layer gets its weights when it is called."""


def read(number: int, value: Any) -> Any:
    """Hand on the value of a name."""
    if watcher := watchers.get(number):
        more = watcher.note(value)
        if more:
            _waiting.append((watcher, value))
        elif more is None:
            watchers.pop(number, None)
    return value


def bound(number: int, value: Any) -> None:
    """Take the value that a name was given. ``None`` is false, so it can stand in conditions."""
    if (watcher := watchers.get(number)) and watcher.note(value) is None:
        watchers.pop(number, None)


def start() -> int:
    """Before the value of a statement, how many wait."""
    return len(_waiting)


def end(before: int, value: Any) -> Any:
    """Look at what has come to wait since then, and hand on the value of the statement."""
    for watcher, one in _waiting[before:]:
        watcher.note(one)
    del _waiting[before:]
    return value


class Places(Protocol):
    """What makes the watchers of a piece of code."""

    def watcher(self, name: str, line: int, column: int) -> Watcher:
        """The watcher of a name at a line (from 1) and a column (from 0, in characters) of the code."""


def watch(tree: ast.AST, code: str, places: Places, foreign: set[str]) -> Any:
    """Put the calls into a tree.

    Args:
        tree: The code, as ``compile`` reads it. It is changed.
        code: Its source.
        places: Where the watchers come from.
        foreign: Names that earlier code of the page has imported or defined. Those of this code are added.
    """
    builtins.__dict__.update({READ: read, BOUND: bound, START: start, END: end})
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            foreign |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            foreign.add(node.name)
    return ast.fix_missing_locations(_Calls(code, places, foreign | (KNOWN - _stored(tree))).visit(tree))


def _stored(tree: ast.AST) -> set[str]:
    """Every name that the code gives a value to."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return names | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def _given(target: ast.AST) -> Iterator[ast.Name | ast.arg]:
    """The names that a target or the arguments of a function give a value to, and none of the expressions in them."""
    match target:
        case ast.arguments(posonlyargs, args, vararg, kwonlyargs, _, kwarg):
            yield from (one for one in [*posonlyargs, *args, vararg, *kwonlyargs, kwarg] if one)
        case ast.Name():
            yield target
        case ast.Starred(value):
            yield from _given(value)
        case ast.Tuple(parts) | ast.List(parts):
            for part in parts:
                yield from _given(part)


class _Calls(ast.NodeTransformer):
    """Puts the calls in."""

    def __init__(self, code: str, places: Places, ignored: set[str]) -> None:
        self.lines, self.places, self.ignored = code.splitlines(), places, ignored

    def _call(self, function: str, node: ast.Name | ast.arg, value: ast.expr) -> ast.expr | None:
        """A call of one of the two functions. ``None`` where the name is not watched."""
        name = node.id if isinstance(node, ast.Name) else node.arg
        if name in self.ignored or (name.startswith("__") and name.endswith("__")):
            return None
        number = next(_numbers)
        column = len(self.lines[node.lineno - 1].encode()[: node.col_offset].decode())  # ast counts bytes
        watchers[number] = self.places.watcher(name, node.lineno, column)
        call = ast.Call(ast.Name(function, ast.Load()), [ast.Constant(number), value], [])
        for part in (call, call.func, call.args[0]):
            ast.copy_location(part, node)
        return call

    def _bound(self, nodes: Sequence[ast.AST | None]) -> list[ast.expr]:
        """A call for each name to which the nodes give a value."""
        names = [name for node in nodes if node for name in _given(node)]
        loads = [ast.copy_location(ast.Name(one.arg if isinstance(one, ast.arg) else one.id), one) for one in names]
        for load in loads:
            load.ctx = ast.Load()
        calls = (self._call(BOUND, one, load) for one, load in zip(names, loads, strict=True))
        return [call for call in calls if call]

    def _after(self, *nodes: ast.AST | None) -> Iterator[ast.stmt]:
        """The calls as statements. A bare expression would be shown where an example shows its value."""
        for call in self._bound(nodes):
            yield ast.copy_location(ast.If(call, [ast.copy_location(ast.Pass(), call)], []), call)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Watch a name that is read."""
        watched = self._call(READ, node, node) if isinstance(node.ctx, ast.Load) else None
        return watched or node

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        """Watch a name that is bound within an expression."""
        node.value = self.visit(node.value)
        return self._call(READ, node.target, node) or node

    def _ended(self, value: ast.expr) -> ast.expr:
        """The value of a statement, after which what waits is looked at."""
        if not any(isinstance(node, ast.Name) and node.id == READ for node in ast.walk(value)):
            return value
        before = ast.Call(ast.Name(START, ast.Load()), [], [])
        return ast.copy_location(ast.Call(ast.Name(END, ast.Load()), [before, value], []), value)

    def _valued(self, node: ast.Expr | ast.Return) -> ast.stmt:
        self.generic_visit(node)
        node.value = self._ended(node.value) if node.value else None
        return node

    visit_Expr = visit_Return = _valued  # noqa: N815

    def _assignment(self, node: Assignment) -> list[ast.stmt]:
        targets = list(node.targets) if isinstance(node, ast.Assign) else [node.target]
        for name, value in ast.iter_fields(node):
            if name != "annotation" and isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        if isinstance(node, ast.Assign):
            node.targets = [self.visit(target) for target in node.targets]
        if not node.value:
            return [node]
        node.value = self._ended(node.value)
        return [node, *self._after(*targets)]

    visit_Assign = visit_AugAssign = visit_AnnAssign = _assignment  # noqa: N815

    def _loop(self, node: ast.For | ast.AsyncFor) -> ast.stmt:
        self.generic_visit(node)
        node.body[:0] = self._after(node.target)
        return node

    visit_For = visit_AsyncFor = _loop  # noqa: N815

    def _with(self, node: ast.With | ast.AsyncWith) -> ast.stmt:
        self.generic_visit(node)
        node.body[:0] = self._after(*(item.optional_vars for item in node.items))
        return node

    visit_With = visit_AsyncWith = _with  # noqa: N815

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        self.visit(node.args)
        start = 1 if ast.get_docstring(node, clean=False) is not None else 0
        body = [self.visit(one) for one in node.body[start:]]
        flat = [one for part in body for one in (part if isinstance(part, list) else [part])]
        node.body = [*node.body[:start], *self._after(node.args), *flat]
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = _function  # noqa: N815

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Leave annotations alone."""
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        """Watch the arguments before the value."""
        self.generic_visit(node)
        if calls := self._bound([node.args]):
            node.body = ast.copy_location(ast.BoolOp(ast.Or(), [*calls, node.body]), node.body)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        """Watch what the loop within an expression binds."""
        self.generic_visit(node)
        calls = self._bound([node.target])
        node.ifs[:0] = [ast.copy_location(ast.UnaryOp(ast.Not(), call), call) for call in calls]
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.match_case:
        """Leave patterns alone: they hold names that are no expressions."""
        if node.guard:
            node.guard = self.visit(node.guard)
        body = [self.visit(one) for one in node.body]
        node.body = [one for part in body for one in (part if isinstance(part, list) else [part])]
        return node

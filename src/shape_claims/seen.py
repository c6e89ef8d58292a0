"""What a name held at one place of the code: the shapes of tensors, of structures of them, of a layer's weights."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Number
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType, NoneType
from typing import Any, TypeAlias

from shape_claims.shapes import Shape

SHAPELESS: frozenset[type] = frozenset(
    {int, float, complex, bool, str, bytes, range, slice, NoneType, type}
    | {BuiltinFunctionType, FunctionType, MethodType, ModuleType}
)
"""Types without a look at the value."""
SEVERAL = 3
"""So many shapes of one name at one place are told apart."""
DEEPEST = 4
PATIENCE, LOOK = 2000, 20
"""So often a value of a shapeless type comes by before a place is left alone, and so much more a look takes of that."""
LARGEST = 4000
"""So many values, those within structures counted, are looked at for one place."""


@dataclass(frozen=True)
class Weights:
    """The weights of a layer, by name."""

    shapes: tuple[tuple[str, Shape], ...]


@dataclass(frozen=True)
class Held:
    """A ``list``, ``tuple`` or ``dict`` with shapes in it, each item with its number of repetitions."""

    container: type
    items: tuple[tuple["Form", int], ...]
    keys: tuple[str, ...] = ()


Form: TypeAlias = "Shape | Weights | Held | None"
"""What is known of a value. ``None``: it has no shape."""


class Seen:
    """The forms of one name at one place, in order."""

    def __init__(self, name: str, line: int, column: int) -> None:
        self.name, self.line, self.column = name, line, column
        self.forms: list[Form] = []
        self.more = False
        """Whether there were other forms, too."""
        self.patience, self.effort = PATIENCE, LARGEST

    def note(self, value: Any) -> bool | None:
        """Look at a value, unless enough is known. A layer without weights is worth another look."""
        if self.more or self.patience <= 0:
            return None
        self.patience -= 1
        if type(value) in SHAPELESS:
            return False
        self.patience -= LOOK
        form = self._form(value, 0)
        if form is None:
            return _waits(value)
        if any(_covers(one, form) for one in self.forms):
            return False
        self.forms = [one for one in self.forms if not _covers(form, one)]
        if len(self.forms) == SEVERAL:
            self.more = True
        else:
            self.forms.append(form)
        return False

    def _form(self, value: Any, depth: int) -> Form:
        self.effort -= 1
        if type(value) in SHAPELESS or isinstance(value, Number | type | str) or depth > DEEPEST or self.effort < 0:
            return None
        try:
            if isinstance(value, Mapping | list | tuple) and len(value) > self.effort:
                return None
            if isinstance(value, Mapping):
                found = [self._form(item, depth + 1) for item in value.values()]
                return _held(dict, found, tuple(map(repr, value))) if any(found) else None
            if isinstance(value, list | tuple) and not hasattr(value, "shape"):
                found = [self._form(item, depth + 1) for item in value]
                return _held(list if isinstance(value, list) else tuple, found) if any(found) else None
            return _tensor(value) or _layer(value)
        except Exception:
            return None


def _tensor(value: Any) -> Shape | None:
    shape = getattr(value, "shape", None)
    if shape is None or callable(shape):
        return None
    return Shape(tuple(None if size is None else int(size) for size in shape))


def _layer(value: Any) -> Weights | None:
    """The weights of anything that can be called and has ``weights``, or parameters as PyTorch has them."""
    if not callable(value):
        return None
    named: Callable[[], Any] | None = getattr(value, "named_parameters", None)
    if named:
        found = [(str(name), _tensor(one)) for name, one in named()]
    else:
        weights = list(getattr(value, "weights", ()))
        paths = [re.sub(r":\d+$", "", str(getattr(one, "path", "") or one.name)).split("/") for one in weights]
        found = list(zip(_short(paths), map(_tensor, weights), strict=True))
    return Weights(tuple((name, shape) for name, shape in found if shape)) if found else None


def _waits(value: Any) -> bool:
    """Whether the value is a layer that was not called yet."""
    try:
        weights = getattr(value, "weights", None) if callable(value) else None
    except Exception:
        return False
    return isinstance(weights, list | tuple) and not weights


def _short(paths: list[list[str]]) -> list[str]:
    """The last parts of paths, as many as tell them apart, without those that are the same in all."""
    longest = max(map(len, paths), default=0)
    cut = next((n for n in range(1, longest) if len({tuple(path[-n:]) for path in paths}) == len(paths)), longest)
    parts = [[""] * (cut - len(path)) + path[-cut:] for path in paths]
    telling = [at == cut - 1 or len({path[at] for path in parts}) > 1 for at in range(cut)]
    return ["/".join(part for part, tells in zip(path, telling, strict=True) if part and tells) for path in parts]


def _held(container: type, found: list[Form], keys: tuple[str, ...] = ()) -> Held:
    """Items that follow each other and are the same are one item and a number."""
    items: list[tuple[Form, int]] = []
    for form in found:
        if items and not keys and items[-1][0] == form:
            items[-1] = form, items[-1][1] + 1
        else:
            items.append((form, 1))
    return Held(container, tuple(items), keys)


def _covers(one: Form, other: Form) -> bool:
    """Whether one says all that the other says: the same, with sizes where the other has unknown ones."""
    if not (isinstance(one, Shape) and isinstance(other, Shape)):
        return one == other
    pairs = zip(one.axes, other.axes, strict=False)
    return len(one.axes) == len(other.axes) and all(theirs in (None, ours) for ours, theirs in pairs)

"""주장을 한 군데 다르게 적는다. 고친 주장이 그래도 성립하면 아무것도 확인하지 못하는 주장이다."""

import contextlib
import copy
import itertools
import re

from rnn_shapes.symbols import TABLE
from shape_claims import ClaimSyntaxError, Symbols, measuring, parse, parse_default, parse_value, running
from shape_claims.claim import DefaultClaim, Measurement, ShapeClaim
from shape_claims.outcome import Checked

SYMBOLS = Symbols(TABLE)
READERS = {"shape": parse, "value": parse_value, "default": parse_default}


def changed(role, claim, turn):
    """주장을 한 군데 다르게 적은 것. 형태는 배수를 붙이거나 축을 바꾸거나 빼고, 값은 다른 말로 바꾼다."""
    expression, said = claim.rsplit(" -> ", 1)
    if role == "shape":
        options = changed_shapes(said)
    elif " / " in said:
        options = [" / ".join(reversed(said.split(" / ")))]
    else:
        options = [re.sub(r"\d(?!.*\d)", lambda digit: str(9 - int(digit[0])), said), f"{said}도", f"다른 {said}"]
    usable = []
    for option in options:
        with contextlib.suppress(ClaimSyntaxError):
            READERS[role](f"{expression} -> {option}", SYMBOLS)
            usable.append(option)
    different = [option for option in usable if option != said]
    return f"{expression} -> {different[turn % len(different)]}"


def changed_shapes(shape):
    """한 군데가 다른 형태."""
    return [
        re.sub(r"[A-Z]\b", r"7\g<0>", shape, count=1),
        re.sub(r"\((\w+), (\w+)", r"(\2, \1", shape, count=1),
        re.sub(r"\((\w+), (?=\w)", "(", shape, count=1),
        re.sub(r"(\w+)\)", r"\1 + 1)", shape, count=1),
        re.sub(r"\d+", lambda size: str(int(size[0]) + 2), shape, count=1),
    ]


def _written(claim):
    """주장의 역할과, 페이지에 적힌 글."""
    if isinstance(claim, ShapeClaim):
        return "shape", f"{claim.expression} -> {claim.text}"
    if isinstance(claim, DefaultClaim):
        return "default", f"{claim.expression} -> {claim.text}"
    return "value", f"{claim.expression} -> {' / '.join(filter(None, (claim.text, claim.otherwise)))}"


@contextlib.contextmanager
def changing_claims():
    """페이지의 주장을 확인할 때마다, 한 군데 고친 주장도 그 자리에서 확인한다.

    코드도 주장의 식도 한 번만 실행하고 두 가지를 다 확인하려는 것이다. 내놓는 리스트에는 (주장, 고친 글, 문제)가
    모인다. 고친 주장이 그래도 성립하면 문제는 None이다.
    """
    original, turns, found, values = running.check, itertools.count(), [], {}

    def once(source, namespace):
        if source not in values:
            values[source] = eval(source, namespace)  # noqa: S307 - 페이지의 식이다
        return values[source]

    def check_both(claim, namespace, settings, scope, named):
        values.clear()
        outcome = original(claim, namespace, settings, scope, named)
        if isinstance(outcome, Checked) and not isinstance(claim, Measurement):
            role, written = _written(claim)
            said = changed(role, written, next(turns))
            false = original(READERS[role](said, SYMBOLS), namespace, settings, copy.deepcopy(scope))
            found.append((claim, said, None if isinstance(false, Checked) else false))
        return outcome

    running.check, measuring.eval = check_both, once
    try:
        yield found
    finally:
        running.check = original
        del measuring.eval

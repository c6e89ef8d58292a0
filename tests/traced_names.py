"""이름이 담은 텐서를 세는 또 하나의 길. 지켜보는 코드(``shape_claims.watching``)와는 아무것도 함께 쓰지 않는다.

``sys.settrace``로 코드를 한 줄씩 따라가며, 그 문장에 적힌 이름이 문장의 앞이나 뒤에서 텐서를 담았는지 본다. 이름은 구문
트리가 아니라 토큰에서 찾는다. 실행하지 않은 갈래에 적힌 이름까지 세므로, 여기서 얻은 비율은 실제보다 낮을 수는 있어도
높을 수는 없다.
"""

import builtins
import contextlib
import doctest
import io
import keyword
import re
import sys
import tokenize
from numbers import Number

from support import ROOT

from shape_claims.code_names import Running, digest
from shape_claims.readings import Readings
from shape_claims.watching import watch

BLOCK = re.compile(r"^( *)```\{(doctest|testcode)\}\n(.*?)^\1```", re.S | re.M)
INCLUDE = re.compile(r"^```\{include\} (\S+)\n```", re.M)


def names_by_line(code):
    """줄마다, 그 줄에서 시작하는 문장에 적힌 이름의 자리 ``(줄, 이름)``. 속성과 인자의 이름, 정의하는 이름은 뺀다."""
    found, statement, depth, before = {}, [], 0, ""
    tokens = [one for one in tokenize.generate_tokens(io.StringIO(code).readline) if one.type != tokenize.NL]
    for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        depth += token.string in ("(", "[", "{")
        depth -= token.string in (")", "]", "}")
        is_name = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
        is_argument = depth and after.string == "=" and before in ("(", ",")
        if is_name and not is_argument and before not in (".", "def", "class", "import", "as"):
            statement.append((token.start[0], token.string))
        if token.type not in (tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT):
            before = token.string
        if token.type == tokenize.NEWLINE or (token.string == ":" and not depth):
            lines = {line for line, _ in statement}
            for line in range(min(lines, default=1), max(lines, default=0) + 1):
                found.setdefault(line, []).extend(statement)
            statement = []
    return found


def holds_tensor(value, depth=0):
    """텐서이거나 텐서가 든 묶음인가. 층은 가중치가 있으면 그렇다고 보고, NumPy의 수 하나는 배열이 아니라고 본다."""
    if isinstance(value, str | bytes | Number | type) or depth > 3:
        return False
    if isinstance(value, dict):
        return any(holds_tensor(one, depth + 1) for one in value.values())
    if isinstance(value, list | tuple):
        return any(holds_tensor(one, depth + 1) for one in value[:50])
    with contextlib.suppress(Exception):
        if isinstance(tuple(value.shape), tuple):
            return not callable(value.shape) and type(value).__module__ != "builtins"
    with contextlib.suppress(Exception):
        return callable(value) and bool(value.weights)
    return False


class Tracer:
    """한 페이지나 스크립트의 코드를 따라간다."""

    def __init__(self):
        self.codes, self.running, self.found = {}, [], set()
        self.namespace, self.foreign = {"__name__": "__main__"}, set()

    def run(self, code, mode, running):
        """코드 한 조각을 지켜보면서 따라간다."""
        name = f"<traced {len(self.codes)}>"
        self.codes[name] = names_by_line(code), running
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            tree = watch(compile(code, name, mode, 0x400), code, running, self.foreign)
            compiled = compile(tree, name, mode)
            sys.settrace(self._trace)
            try:
                exec(compiled, self.namespace)  # noqa: S102 - 페이지의 코드다
            finally:
                sys.settrace(None)

    def _trace(self, frame, event, argument):
        """남의 코드에는 들어가지 않는다."""
        if frame.f_code.co_filename not in self.codes:
            return None
        lines, running = self.codes[frame.f_code.co_filename]
        last = frame.f_lineno

        def look(frame, event, argument):
            nonlocal last
            if event in ("line", "return", "exception"):
                for line in {last, frame.f_lineno}:
                    self._look(frame, lines.get(line, ()), running)
                last = frame.f_lineno
            return look

        return look

    def _look(self, frame, names, running):
        for line, name in names:
            if (running, line + running.line, name) in self.found:
                continue
            value = frame.f_locals.get(name, frame.f_globals.get(name, vars(builtins).get(name)))
            if holds_tensor(value):
                self.found.add((running, line + running.line, name))

    def seen(self):
        """지켜보는 코드가 적은 자리."""
        return {
            (running, one.line, one.name) for running in self.running for one in running.seen if Readings().text(one)
        }


def blocks_of(page):
    """페이지의 코드 블록과 그 종류를 차례대로."""
    text = INCLUDE.sub(lambda one: (page.parent / one[1]).read_text(encoding="utf-8"), page.read_text(encoding="utf-8"))
    return [(kind, re.sub(rf"^{indent}", "", block, flags=re.M)) for indent, kind, block in BLOCK.findall(text)]


def written_names(page):
    """코드에 적힌 이름의 자리를 블록마다. 실행하지 않고 센다."""
    for kind, block in blocks_of(page):
        examples = doctest.DocTestParser().get_examples(block) if kind == "doctest" else []
        pieces = [(one.lineno, one.source) for one in examples] if kind == "doctest" else [(0, block)]
        yield (
            digest(block),
            {
                (above + line, name)
                for above, code in pieces
                for one in names_by_line(code).values()
                for line, name in one
            },
        )


def trace_page(page):
    """페이지의 코드를 차례로 따라간다."""
    tracer = Tracer()
    for kind, block in blocks_of(page):
        running = Running(block)
        tracer.running.append(running)
        if kind == "testcode":
            tracer.run(block, "exec", running)
            continue
        for example in doctest.DocTestParser().get_examples(block):
            running.line, running.column = example.lineno, example.indent + 4
            tracer.run(example.source, "single", running)
    return tracer


def trace_script(script):
    """갤러리 스크립트를 따라간다."""
    code = script.read_text(encoding="utf-8")
    tracer = Tracer()
    tracer.running.append(Running(code))
    tracer.run(code, "exec", tracer.running[0])
    return tracer


def share(tracer):
    """텐서를 담은 이름의 자리 가운데 형태가 적힌 것의 비율과, 적히지 않은 자리."""
    missing = tracer.found - tracer.seen()
    return 1 - len(missing) / len(tracer.found), sorted((line, name) for _, line, name in missing)


if __name__ == "__main__":
    for given in sys.argv[1:]:
        path = ROOT / given
        tracer = trace_page(path) if path.suffix == ".md" else trace_script(path)
        ratio, missing = share(tracer)
        print(f"{given}: {len(tracer.found)} places, {ratio:.3f}", missing[:40])

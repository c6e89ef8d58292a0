"""파이썬 코드에서 실행되지 않는 글을 꺼낸다: 주석, 설명(docstring), 문자열.

코드가 실행되었다고 그 안의 글까지 맞는 것은 아니다. 독자는 주석과 출력도 읽는다.
"""

import ast
import doctest
import io
import re
import tokenize
from collections.abc import Iterator


def unexecuted_texts(code: str, *, drawn: bool = False) -> Iterator[tuple[int, str]]:
    """주석과 문자열을 줄 번호(1부터)와 함께 내놓는다. 파이썬이 아닌 코드에는 없다.

    형태나 주장만 적은 문자열은 코드가 다루는 값이므로 글이 아니다. 찍거나 그래프에 적으면 독자가 읽는 글이다.

    Args:
        code: 파이썬 코드.
        drawn: 그래프를 그리는 코드이면 참. 어느 문자열이든 그림에 적힐 수 있다.

    >>> list(unexecuted_texts('check("outputs -> (N, T)")  # 주석'))
    [(1, '# 주석')]
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    printed = {id(piece) for call in ast.walk(tree) if _is_print(call) for piece in ast.walk(call)}
    pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(_text(piece) for piece in node.values)
        elif not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in pieces:
            continue
        elif drawn or id(node) in printed or not DATA.fullmatch(node.value.strip()):
            yield node.lineno, node.value


DATA = re.compile(r"[^가-힣]*->[^가-힣]*|[(\[][^가-힣]*[)\]]")
"""주장이나 괄호에 든 형태처럼, 글이 아니라 값인 문자열."""
PRINTERS = {"print", "pprint", "pprint.pprint", "sys.stdout.write", "display"}


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in PRINTERS


def _text(piece: ast.expr) -> str:
    return str(piece.value) if isinstance(piece, ast.Constant) else "?"


def prints(code: str) -> bool:
    """실행하면 무엇을 찍는 코드인가. 정해 두기만 한 함수는 아직 찍지 않는다.

    >>> prints("def f(): print(1)"), prints("def f(): print(1)\\nf()")
    (False, True)
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return False
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    called = {name for node in tree.body if not isinstance(node, ast.FunctionDef) for name in _calls(node)}
    return any(PRINTERS & set(_calls(functions[name])) for name in called & set(functions)) or bool(called & PRINTERS)


def _calls(node: ast.AST) -> Iterator[str]:
    return (ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call))


def examples(source: str) -> list[doctest.Example]:
    """``>>>`` 블록의 예제.

    Raises:
        ValueError: 읽을 수 없는 예제일 때.
    """
    return [piece for piece in doctest.DocTestParser().parse(source) if isinstance(piece, doctest.Example)]

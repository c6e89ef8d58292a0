"""페이지가 아닌 곳의 글: 스크립트와 틀(template)의 글, 탐색기와 표가 쓰는 말.

doctree에 없으므로 파일에서 꺼내 같은 규칙으로 본다.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from rnn_shapes.lint.alarm import FileAlarm
from rnn_shapes.lint.places import markup_texts
from rnn_shapes.lint.shapes import bare_shapes

PACKAGE = Path(__file__).parent.parent
KOREAN = re.compile(r"[가-힣]")
SCRIPT = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<regex>(?<=[=(,:!&|?{};])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/[a-z]*)"
    r"|\"(?P<double>(?:\\.|[^\"\\\n])*)\"|'(?P<single>(?:\\.|[^'\\\n])*)'|`(?P<template>(?:\\.|[^`\\])*)`",
    re.S,
)
TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
WHAT = "실행하지 않는 자리의 형태입니다. 실행해서 얻은 자료에서 가져오거나 말로 풀어 적으세요"


def script_strings(script: str) -> Iterator[tuple[int, str]]:
    r"""자바스크립트의 문자열과 그 줄. 주석과 정규식은 뺀다.

    >>> list(script_strings('// 주석 "가"\nconst a = "나" + /"/ + `다 ${b}`;'))
    [(2, '나'), (2, '다 ?')]
    """
    for match in SCRIPT.finditer(script):
        text = match["double"] or match["single"] or match["template"]
        if text:
            yield script.count("\n", 0, match.start()) + 1, re.sub(r"\$\{[^}]*\}", "?", text)


def python_strings(code: str) -> Iterator[tuple[int, str]]:
    """파이썬이 쓰는 말과 그 줄. 설명(docstring)은 API 페이지에서 살피므로 뺀다.

    >>> list(python_strings('X = 1\\n"설명"\\nY = "말"'))
    [(3, '말')]
    """
    tree = ast.parse(code)
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


def template_texts(template: str) -> Iterator[tuple[int, str]]:
    """틀에서 독자가 읽는 글과 그 줄."""
    written = TEMPLATE_CODE.sub(_blank, template)
    for text in markup_texts(re.sub(r"(?s)<(script|style)\b.*?</\1>", _blank, written)):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, line
    for match in TEMPLATE_CODE.finditer(template):
        for quoted in re.findall(r"\"([^\"]*)\"|'([^']*)'", match.group()):
            yield template.count("\n", 0, match.start()) + 1, "".join(quoted)


def _blank(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _is_prose(text: str, path: Path) -> bool:
    """독자가 읽는 말인가.

    스크립트에는 우리말 없이 형태만 적은 것도 본다. 모듈에서는 그런 문자열이 그림에 비워 둘 자리를 정한다.
    """
    return bool(KOREAN.search(text)) or (path.suffix != ".py" and text.strip() in list(bare_shapes(text)))


def problems_in(path: Path) -> Iterator[FileAlarm]:
    """파일 하나에서 형태로 읽히는 글."""
    read = {".js": script_strings, ".html": template_texts, ".py": python_strings}[path.suffix]
    for line, text in read(path.read_text(encoding="utf-8")):
        for shape in bare_shapes(text) if _is_prose(text, path) else ():
            yield FileAlarm(line, shape, WHAT)


def read_by_readers(confdir: Path) -> Iterator[Path]:
    """살필 파일: 우리 스크립트와 틀, 사이트의 설정, 탐색기와 표와 그림의 말이 든 모듈."""
    patterns = ("_static/**/*.js", "_templates/**/*.html", "conf.py")
    yield from sorted(path for pattern in patterns for path in confdir.glob(pattern))
    for folder in ("contract", "figures", "pages"):
        yield from sorted((PACKAGE / folder).glob("*.py"))

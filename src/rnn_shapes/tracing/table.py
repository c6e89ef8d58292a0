"""표를 글자와 HTML로 그린다. 한글은 터미널에서 두 칸을 차지한다."""

import html
import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """터미널에서 차지하는 칸의 수.

    >>> width("Dense 층")
    8
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, longest: int = 76) -> str:
    """터미널에서 읽기 좋게 띄어쓰기에서 줄을 바꾼다. 이어지는 줄은 두 칸 들여 적는다.

    >>> wrapped("마스크가 끊겨 여기에 닿지 않습니다", longest=20)
    '마스크가 끊겨 여기에\\n  닿지 않습니다'
    """
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1].strip() else lines[-1] + word
        if width(joined) > longest and lines[-1].strip():
            lines.append(f"  {word}")
        else:
            lines[-1] = joined
    return "\n".join(lines)


def as_text(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """칸을 맞춘 글자의 표. 모두 빈 열은 뺀다."""
    columns = [place for place in range(len(head)) if any(line[place] for line in body)]
    lines = [[line[place] for place in columns] for line in [head, *body]]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]

    def padded(line: Sequence[str]) -> str:
        cells = (cell + " " * (size - width(cell)) for cell, size in zip(line, widths, strict=True))
        return "  ".join(cells).rstrip()

    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return "\n".join([padded(lines[0]), rule, *map(padded, lines[1:])])


def as_html(head: Sequence[str], body: Sequence[Sequence[str]], bad: Sequence[bool]) -> str:
    """노트북에 보일 표. 모두 빈 열은 빼고, 눈여겨볼 줄은 굵게 적는다."""
    columns = [place for place in range(len(head)) if any(line[place] for line in body)]
    cells = "".join(f'<th scope="col">{html.escape(head[place])}</th>' for place in columns)
    lines = []
    for line, wrong in zip(body, bad, strict=True):
        style = ' style="font-weight: bold"' if wrong else ""
        made = "".join(f'<td style="text-align: left; white-space: pre">{_cell(line[at])}</td>' for at in columns)
        lines.append(f"<tr{style}>{made}</tr>")
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _cell(text: str) -> str:
    return html.escape(text)

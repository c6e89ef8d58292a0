"""잰 값의 표: 타임스텝마다 낱말과 입력, 마스크, Keras가 낸 상태. 스크립트가 없어도 보인다."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from rnn_shapes.figures.drawing import number_text

WAYS = ("정방향", "역방향")
BLANK = "(빈자리)"
"""낱말이 없는 자리를 부르는 말."""


def columns(data: Mapping[str, Any]) -> list[str]:
    """표의 머리글."""
    heads = ["낱말", "입력 x", *(["마스크"] if data["mask"] is not None else [])]
    for number, way in enumerate(data["ways"]):
        where = f"{WAYS[number]} " if len(data["ways"]) > 1 else ""
        heads += [f"{where}h", *([f"{where}c"] if way["kind"] == "LSTM" else [])]
    return heads


def rows(data: Mapping[str, Any]) -> list[list[str]]:
    """타임스텝마다의 칸. 뒤에서부터 읽은 상태도 그 낱말의 줄에 놓는다."""
    found = []
    for t, (word, inputs) in enumerate(zip(data["words"], data["inputs"], strict=True)):
        cells = [word or BLANK, numbers(inputs)]
        if data["mask"] is not None:
            cells.append("읽음" if data["mask"][t] else "건너뜀")
        for way in data["ways"]:
            order = len(data["words"]) - 1 - t if way["backwards"] else t
            cells += [numbers(state) for state in way["states"][order]]
        found.append(cells)
    return found


def numbers(values: Sequence[float]) -> str:
    """벡터 하나."""
    return ", ".join(number_text(value) for value in values)


def html(data: Mapping[str, Any], title: str) -> str:
    """표의 HTML. 좁은 화면에서는 틀 안에서 옆으로 민다."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns(data))
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows(data)
    )
    return (
        f'<div class="live-frame"><table><caption>{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )

"""글에서 찾은 문제 하나."""

from dataclasses import dataclass

from docutils import nodes


@dataclass(frozen=True)
class Alarm:
    """페이지에서 찾은 문제."""

    node: nodes.Node
    """문제가 든 노드. 줄을 찾을 때 쓴다."""
    text: str
    """문제가 된 글자."""
    what: str
    """무엇이 잘못이고 어떻게 고치는지."""
    sought: str = ""
    """원본에서 찾을 글자. 비었으면 ``text``다."""


@dataclass(frozen=True)
class FileAlarm:
    """파일에서 꺼낸 글의 문제."""

    line: int
    """글이 시작하는 줄. 글자는 여기서부터 찾는다."""
    text: str
    what: str

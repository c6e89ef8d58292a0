"""그림: 그리는 함수, 이름으로 찾는 목록, 페이지에 놓는 directive."""

from collections.abc import Mapping

from rnn_shapes.figures import beams, cells, gates, layers, seq2seq, tokens
from rnn_shapes.figures.figure import Figure

FIGURES: Mapping[str, Figure] = {
    one.name: one
    for module in (cells, gates, layers, tokens, seq2seq, beams)
    for one in vars(module).values()
    if isinstance(one, Figure)
}
"""이름으로 찾는 모든 그림."""

"""그림: 그리는 함수, 이름으로 찾는 목록, 페이지에 놓는 directive."""

from collections.abc import Mapping

from rnn_shapes.figures import (
    activations,
    attention,
    beams,
    cells,
    choices,
    directions,
    gates,
    gradients,
    influence,
    layers,
    reading,
    seq2seq,
    shares,
    tasks,
    tokens,
    windows,
)
from rnn_shapes.figures.figure import Figure

FIGURES: Mapping[str, Figure] = {
    one.name: one
    for module in (
        *(cells, activations, gates, layers, directions, tokens, reading, tasks, gradients),
        *(shares, windows, seq2seq, attention, influence, choices, beams),
    )
    for one in vars(module).values()
    if isinstance(one, Figure)
}
"""이름으로 찾는 모든 그림."""

"""탐색기를 페이지에 놓는 directive와, 탐색기를 어떤 설정으로 여는 링크의 역할.

자료는 빌드할 때 페이지 안에 JSON으로 넣는다. 그래서 서버 없이 ``file://``에서도 된다.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata

from rnn_shapes.contract import pages as contract_tables
from rnn_shapes.contract.cases import CHOICES, DEFAULTS, INPUTS, LAYERS, WRAPS, Case
from rnn_shapes.figures import FIGURES
from rnn_shapes.figures.drawing import Label

logger = logging.getLogger(__name__)

PAGE = "reference/shapes"
"""탐색기가 있는 페이지."""

LONGEST = "(N, T, H + G)"
"""그림의 이름표에 들어갈 가장 긴 형태. 자리를 이만큼 비워 둔다."""
CONVOLUTION = "(N, T, Y - P + 1, X - P + 1, Z - P + 1, F)"

DRAWINGS = {
    "simple": ("simple_rnn_equation", {}, LONGEST),
    "layer": ("cell_and_layer", {}, LONGEST),
    "lstm": ("lstm_cell", {}, LONGEST),
    "gru": ("gru_cell", {"reset_after": "true"}, LONGEST),
    "gru-before": ("gru_cell", {"reset_after": "false"}, LONGEST),
    "stack": ("layer_grid", {"levels": "SimpleRNN, SimpleRNN"}, LONGEST),
    "bidirectional": ("bidirectional_layer", {}, LONGEST),
    "recurrent": ("layer_grid", {"levels": "ConvLSTM2D"}, CONVOLUTION),
    "plain": ("layer_grid", {"levels": "TimeDistributed"}, LONGEST),
}
"""탐색기가 보이는 그림마다 그리는 함수와 옵션, 자리를 비울 형태."""


def drawings() -> str:
    """이름표를 갈아 끼울 그림들. 처음에는 모두 감추어 둔다."""
    parts = []
    for name, (drawer, options, longest) in DRAWINGS.items():
        figure = FIGURES[drawer]
        labels = {label: Label(longest, checked=True, name=label) for label in figure.labels(options)}
        svg = figure.draw(labels, {}, options).svg(f"explorer-{name}", figure.title, "고른 설정에서 재어 적은 형태")
        parts.append(f'<div class="drawing" data-drawing="{name}" hidden>{svg}</div>')
    return "".join(parts)


class ShapeExplorer(SphinxDirective):
    """탐색기를 놓는다. 안에 적은 글은 스크립트가 없을 때 보인다."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """자료와 그림을 담은 요소를 만든다."""
        data = contract_tables.read(self.env).compact().replace("</", "<\\/")
        fallback = nodes.container(classes=["explorer-fallback"])
        self.state.nested_parse(self.content, self.content_offset, fallback)
        opened = nodes.raw("", '<shape-explorer aria-label="형태 탐색기" role="region">', format="html")
        script = f'<script type="application/json">{data}</script>'
        closed = nodes.raw("", f"{script}{drawings()}</shape-explorer>", format="html")
        return [opened, fallback, closed]


def read_configuration(text: str) -> tuple[Case, int]:
    """역할에 적은 설정을 읽는다. 층의 이름 다음에 감싸는 법, 옵션, 입력의 꼴을 띄어 적는다.

    Raises:
        ValueError: 모르는 낱말이 있거나 그 층에 없는 것일 때.

    >>> read_configuration("LSTM Bidirectional return_sequences merge_mode=None keras=2")[0].construction(3)
    'tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(hidden_dim, return_sequences=True), merge_mode=None)'
    """
    name, *words = text.split()
    if name not in LAYERS:
        raise ValueError(f"모르는 층입니다: {name}. 아는 층: {', '.join(LAYERS)}")
    more: dict[str, Any] = {}
    options: dict[str, Any] = {}
    keras = 3
    for word in words:
        option, _, value = word.partition("=")
        if word in WRAPS and word in LAYERS[name].wraps:
            more["wrap"] = word
        elif word in INPUTS:
            more["inputs"] = word
        elif word == "mask":
            more["mask"] = True
        elif word == "initial_state":
            more["initial_state"] = "list"
        elif word in ("keras=2", "keras=3"):
            keras = int(value)
        elif option in LAYERS[name].options and value in ("", *map(str, CHOICES.get(option, (False,)))):
            options[option] = {"None": None, "False": False, "": True}.get(value, value)
        else:
            raise ValueError(f"{name}에 없거나 모르는 설정입니다: {word}. 아는 옵션: {', '.join(DEFAULTS)}")
    return Case(name, options, **more), keras


def address(case: Case, keras: int) -> str:
    """탐색기의 상태를 적은 주소의 꼬리. ``shape-explorer.js``가 같은 꼴로 적고 읽는다."""
    parts = {"layer": case.layer, "wrap": case.wrap, "inputs": case.inputs}
    parts |= {option: str(value) for option, value in case.options.items()}
    parts |= {"mask": "True" if case.mask else "", "initial_state": "True" if case.initial_state else ""}
    defaults = {"wrap": "layer", "inputs": "tensor"}
    parts["keras"] = "2" if keras == 2 else ""
    return "&".join(f"{name}={value}" for name, value in parts.items() if value and defaults.get(name) != value)


class ExploreRole(SphinxRole):
    """역할 ``explore``. 탐색기를 적은 설정으로 여는 링크가 된다."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """설정이 있을 수 있는 것인지 보고 링크를 만든다."""
        try:
            case, keras = read_configuration(self.text)
            if refused := contract_tables.read(self.env).refusal(case, keras):
                raise ValueError(f"쓸 수 없는 조합입니다: {refused}")
        except ValueError as error:
            logger.error("탐색기의 설정을 읽을 수 없습니다: %s", error, location=self.get_location())
            return [nodes.literal(self.rawtext, self.text)], []
        link = explore_link("", "", contract_tables.code(case.construction(keras)), address=address(case, keras))
        return [link], []


class explore_link(nodes.TextElement):  # noqa: N801 - docutils의 노드는 소문자다
    """탐색기로 가는 링크. 주소는 HTML을 쓸 때 페이지의 자리에서 계산한다."""


def visit_link(translator: Any, node: explore_link) -> None:
    """상대 주소로 적는다."""
    here = translator.builder.current_docname
    target = translator.builder.get_relative_uri(here, PAGE)
    translator.body.append(f'<a class="explore reference internal" href="{target}#{node["address"]}">')


def depart_link(translator: Any, node: explore_link) -> None:
    """링크를 닫는다."""
    translator.body.append("</a>")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Directive와 역할을 등록한다."""
    app.setup_extension("rnn_shapes.contract.pages")
    app.add_node(explore_link, html=(visit_link, depart_link))
    app.add_directive("shape-explorer", ShapeExplorer)
    app.add_role("explore", ExploreRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

"""탐색기를 페이지에 놓는 directive와, 탐색기를 어떤 설정으로 여는 링크의 역할.

자료는 빌드할 때 페이지 안에 JSON으로 넣는다. 그래서 서버 없이 ``file://``에서도 된다.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from rnn_shapes.contract import pages
from rnn_shapes.contract.cases import DEFAULTS, INPUTS, KERAS, LAYERS, OF_CALL, WRAPS, Case, options_of, why_absent
from rnn_shapes.contract.code import construction
from rnn_shapes.contract.shipped import compact
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
    for name, (drawer, chosen, longest) in DRAWINGS.items():
        figure = FIGURES[drawer]
        options = figure.complete(chosen)
        labels = {label: Label(longest, checked=True, name=label) for label in figure.labels(options)}
        svg = figure.draw(labels, {}, options).svg(f"explorer-{name}", figure.title, "고른 설정에서 실행해 얻은 형태")
        parts.append(f'<div class="drawing" data-drawing="{name}" hidden>{svg}</div>')
    return "".join(parts)


class ShapeExplorer(SphinxDirective):
    """탐색기를 놓는다. 안에 적은 글은 스크립트가 없을 때 보인다."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """자료와 그림을 담은 요소를 만든다."""
        data = compact(pages.read(self.env)).replace("</", "<\\/")
        fallback = nodes.container(classes=["explorer-fallback"])
        self.state.nested_parse(self.content, self.content_offset, fallback)
        opened = nodes.raw("", '<shape-explorer aria-label="형태 탐색기" role="region">', format="html")
        script = f'<script type="application/json">{data}</script>'
        closed = nodes.raw("", f"{script}{drawings()}</shape-explorer>", format="html")
        return [opened, fallback, closed]


def read_configuration(text: str) -> tuple[Case, int]:
    """역할에 적은 설정을 읽는다. 층의 이름 다음에 감싸는 법, 옵션, 입력의 꼴을 띄어 적는다.

    Raises:
        ValueError: 모르는 낱말이 있거나, 그 층을 그렇게 감싸면 없는 설정일 때.

    >>> case, keras = read_configuration("LSTM Bidirectional return_sequences=False merge_mode=None keras=2")
    >>> case.wrap, case.options, keras
    ('Bidirectional', {'merge_mode': None}, 2)
    """
    name, *words = text.split() or [""]
    if name not in LAYERS:
        raise ValueError(f"모르는 층입니다: {name}. 아는 층: {', '.join(LAYERS)}")
    wraps = [word for word in words if word in WRAPS]
    wrap = (wraps or ["layer"])[0]
    if wrap not in LAYERS[name].wraps or len(wraps) > 1:
        raise ValueError(f"{name}에 없는 감싸는 법입니다: {' '.join(wraps)}. 있는 것: {', '.join(LAYERS[name].wraps)}")
    settings: dict[str, Any] = {}
    for word in words:
        if word not in wraps:
            key, value = _setting(word, name, wrap)
            if key in settings:
                raise ValueError(f"두 번 적은 설정입니다: {key}")
            settings[key] = value
    options = {key: settings[key] for key in DEFAULTS if settings.get(key, DEFAULTS[key]) != DEFAULTS[key]}
    rest = {key: settings[key] for key in ("inputs", *OF_CALL) if key in settings}
    return Case(name, options, wrap, **rest), settings.get("keras", 3)


def _setting(word: str, layer: str, wrap: str) -> tuple[str, Any]:
    """낱말 하나가 말하는 설정의 이름과 값. 값을 적지 않으면 켠다는 뜻이다."""
    key, equals, text = word.partition("=")
    if key == "keras" and text in map(str, KERAS):
        return key, int(text)
    if (word in INPUTS or key in (*DEFAULTS, *OF_CALL)) and (why := why_absent(key, layer, wrap)):
        raise ValueError(f"{layer}({wrap})에 쓸 수 없는 설정입니다: {word}. {why}")
    if word in INPUTS:
        return "inputs", word
    values = options_of(layer, wrap).get(key, ())
    if key == "initial_state" and not equals:
        return key, values[1]
    for value in values:
        if str(value) == (text if equals else "True"):
            return key, value
    known = ", ".join(options_of(layer, wrap))
    raise ValueError(f"모르는 설정입니다: {word}. {layer}({wrap})에서 고를 수 있는 것: {known}")


def address(case: Case, keras: int) -> str:
    """탐색기의 상태를 적은 주소의 꼬리. ``explorer/element.js``가 같은 꼴로 적고 읽는다."""
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
            if refused := pages.read(self.env).refusal(case, keras):
                raise ValueError(f"쓸 수 없는 조합입니다: {refused}")
        except ValueError as error:
            logger.error("탐색기의 설정을 읽을 수 없습니다: %s", error, location=self.get_location())
            return [nodes.literal(self.rawtext, self.text)], []
        link = explore_link("", "", pages.short(construction(case, keras)), address=address(case, keras))
        return [link], []


class explore_link(nodes.inline):  # noqa: N801 - docutils의 노드는 소문자다
    """탐색기로 가는 링크. 주소는 HTML을 쓸 때 페이지의 자리에서 계산한다. 다른 빌더는 코드만 적는다."""


def visit_link(translator: Any, node: explore_link) -> None:
    """상대 주소로 적는다."""
    here = translator.builder.current_docname
    target = translator.builder.get_relative_uri(here, PAGE)
    translator.body.append(f'<a class="explore reference internal" href="{target}#{node["address"]}">')


def depart_link(translator: Any, node: explore_link) -> None:
    """링크를 닫는다."""
    translator.body.append("</a>")


def setup_explorer(app: Sphinx) -> None:
    """Directive와 역할을 등록한다."""
    app.add_node(explore_link, html=(visit_link, depart_link))
    app.add_directive("shape-explorer", ShapeExplorer)
    app.add_role("explore", ExploreRole())

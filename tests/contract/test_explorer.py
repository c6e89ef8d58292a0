"""탐색기와 그 링크: 있을 수 있는 설정만 열고, 주소는 다른 것만 적는다."""

import json
import re
import shutil

import pytest
from support import ROOT

from rnn_shapes.contract import data
from rnn_shapes.contract.cases import LAYERS, Case, options_of, why_absent
from rnn_shapes.contract.code import construction
from rnn_shapes.contract.explorer import address, read_configuration
from rnn_shapes.contract.shipped import STATE_KEY, compact
from rnn_shapes.contract.table import KEYS, Table

FILE = ROOT / data.FILE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "모르는 층입니다: . 아는 층: SimpleRNN, GRU, LSTM"),
        ("LSTMCell", "모르는 층입니다: LSTMCell. 아는 층: SimpleRNN, GRU, LSTM"),
        ("LSTM reset_after=False", "LSTM(layer)에 쓸 수 없는 설정입니다: reset_after=False. LSTM에는 없습니다."),
        ("LSTM merge_mode=sum", "LSTM(layer)에 쓸 수 없는 설정입니다: merge_mode=sum. Bidirectional의 옵션입니다."),
        (
            "LSTM cell return_sequences",
            "LSTM(cell)에 쓸 수 없는 설정입니다: return_sequences. 셀이 아니라 층의 옵션입니다.",
        ),
        (
            "LSTM cell mask",
            "LSTM(cell)에 쓸 수 없는 설정입니다: mask. 셀은 한 타임스텝만 계산하므로 받지 않습니다.",
        ),
        ("LSTM cell any_length", "LSTM(cell)에 쓸 수 없는 설정입니다: any_length. 셀의 입력에는 길이가 없습니다."),
        ("Masking initial_state", "Masking(layer)에 쓸 수 없는 설정입니다: initial_state. Masking에는 없습니다."),
        ("Embedding mask", "Embedding(layer)에 쓸 수 없는 설정입니다: mask. Embedding에는 없습니다."),
        (
            "GRU backward_layer go_backwards",
            "GRU(backward_layer)에 쓸 수 없는 설정입니다: go_backwards."
            " 두 방향의 go_backwards는 달라야 하고, 역방향 층에 이미 켜져 있습니다.",
        ),
        (
            "LSTM Bidirectional merge_mode=max",
            "모르는 설정입니다: merge_mode=max. LSTM(Bidirectional)에서 고를 수 있는 것: use_bias, return_sequences",
        ),
        ("LSTM dropout", "모르는 설정입니다: dropout. LSTM(layer)에서 고를 수 있는 것: use_bias, return_sequences"),
        ("LSTM keras=4", "모르는 설정입니다: keras=4"),
        ("LSTM return_state return_state=False", "두 번 적은 설정입니다: return_state"),
        ("Embedding Bidirectional", "Embedding에 없는 감싸는 법입니다: Bidirectional. 있는 것: layer"),
        ("LSTM RNN cell", "LSTM에 없는 감싸는 법입니다: RNN cell. 있는 것: layer, RNN"),
    ],
)
def test_bad_configuration_is_explained(text, words):
    """탐색기의 링크에 있을 수 없는 설정을 적으면 무엇이 왜 안 되는지 말한다."""
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        read_configuration(text)


@pytest.mark.parametrize(
    ("text", "case", "keras"),
    [
        ("LSTM", Case("LSTM"), 3),
        ("LSTM return_sequences=False stateful=True keras=2", Case("LSTM", {"stateful": True}), 2),
        ("GRU reset_after=False", Case("GRU", {"reset_after": False}), 3),
        ("GRU Bidirectional merge_mode=None", Case("GRU", {"merge_mode": None}, "Bidirectional"), 3),
        ("LSTM input mask initial_state", Case("LSTM", {}, "layer", "input", True, "list"), 3),
    ],
)
def test_configuration_keeps_only_what_differs(text, case, keras):
    """읽은 설정에는 기본값과 다른 옵션만 있다."""
    assert read_configuration(text) == (case, keras)


def test_every_offered_setting_can_be_linked():
    """고를 수 있다고 한 설정은 모두 링크로 적을 수 있고, 만드는 식은 파이썬으로 읽힌다."""
    tried = 0
    for name, layer in LAYERS.items():
        for wrap in layer.wraps:
            for setting, values in options_of(name, wrap).items():
                for value in values:
                    word = value if setting == "inputs" else f"{setting}={value}"
                    case, keras = read_configuration(f"{name} {wrap if wrap != 'layer' else ''} {word}")
                    compile(construction(case, keras), "<construction>", "eval")
                    chosen = {**case.options, "inputs": case.inputs, "mask": case.mask}
                    chosen["initial_state"] = case.initial_state
                    assert chosen.get(setting, values[0]) == value, (name, wrap, word)
                    tried += 1
    assert tried > 500


def test_settings_not_offered_have_a_reason():
    """고를 수 없는 설정마다 이유가 있고, 고를 수 있는 설정에는 없다."""
    every = {setting for layer in LAYERS.values() for setting in layer.settings}
    for name, layer in LAYERS.items():
        for wrap in layer.wraps:
            offered = options_of(name, wrap)
            for setting in every:
                assert (setting in offered) == (why_absent(setting, name, wrap) == ""), (name, wrap, setting)


def test_address_names_only_what_differs():
    """주소에는 기본값과 다른 것만 적는다."""
    case, keras = read_configuration("GRU Bidirectional return_state merge_mode=None input mask keras=2")
    assert address(case, keras) == (
        "layer=GRU&wrap=Bidirectional&inputs=input&return_state=True&merge_mode=None&mask=True&keras=2"
    )


def test_script_gets_every_part_of_the_table():
    """스크립트에 실은 나무를 열쇠의 이름대로 따라가면 표에 있는 값이 모두 나온다."""
    table = Table(data.load(FILE))
    shipped = json.loads(compact(table))
    assert shipped["keys"] == {part: list(names) for part, names in {**KEYS, "states": STATE_KEY}.items()}
    for part, found in table.parts.items():
        for key, value in found.items():
            branch = shipped["parts"][part]
            for name in key[:-1]:
                inside = branch[str(name)]
                branch = branch[inside] if isinstance(inside, str) else inside  # 이름이면 그 형제와 같다
            assert branch[str(key[-1])] == json.loads(json.dumps(value)), (part, key)


@pytest.fixture
def explorer_site(site):
    """탐색기와 잰 자료가 있는 작은 사이트."""
    site.use("contract")
    site.page("reference/shapes.md", "---\norphan: true\n---\n\n# 형태\n")
    shutil.copy(FILE, site.source / "reference")
    return site


def test_impossible_link_fails_the_build(explorer_site):
    """있을 수 없는 설정이나 거절되는 조합을 여는 링크가 있으면 파일과 줄을 알리고 빌드가 실패한다."""
    text = "# 글\n\n{explore}`LSTM merge_mode=sum`\n\n{explore}`LSTM stateful input`\n"
    explorer_site.page("page.md", text)
    built = explorer_site.build("html", "--keep-going")
    assert built.code != 0
    first = "page.md:3: ERROR: 탐색기의 설정을 읽을 수 없습니다: LSTM(layer)에 쓸 수 없는 설정입니다: merge_mode=sum."
    second = "page.md:5: ERROR: 탐색기의 설정을 읽을 수 없습니다: 쓸 수 없는 조합입니다: 상태를 유지하려면"
    assert first in built.output and second in built.output


@pytest.mark.parametrize("builder", ["html", "text", "latex", "man", "epub"])
def test_link_and_tables_are_written_by_every_builder(explorer_site, builder):
    """탐색기의 링크와 찾아보기 표는 어느 빌더로도 적을 수 있다."""
    table = "```{contract-table} returns layer\n```\n"
    explorer_site.page("page.md", f"# 글\n\n{{explore}}`GRU return_state`\n\n{table}")
    built = explorer_site.build(builder, "-D", "epub_copyright=x", "-D", "version=1", "-D", "language=en")
    assert "NotImplementedError" not in built.output
    assert built.code == 0, built.output
    if builder == "text":
        text = (built.folder / "page.txt").read_text(encoding="utf-8")
        assert "GRU(hidden_dim, return_state=True)" in text and 'Keras 2: "[(N, H), (N, H)]"' in text

"""API 페이지는 TensorFlow 없이 읽히고, 흉내 낸 것은 남지 않고, 모듈마다 한 페이지에만 있다."""

import re
import subprocess
import sys

from support import ROOT

CODE = """
import sys
sys.path.insert(0, "src")
from rnn_shapes.pages.api import imitating
with imitating():
    from rnn_shapes.seq2seq import AttentionRNN
    print(AttentionRNN.__bases__[0].__module__, AttentionRNN.__doc__[:2], type(sys.modules["keras"]).__name__)
print({"keras", "tensorflow", "rnn_shapes.seq2seq", "rnn_shapes.seq2seq.attention_rnn"} & set(sys.modules))
from rnn_shapes import seq2seq
print(seq2seq.AttentionRNN.__bases__[0].__module__.partition(".")[0], seq2seq.AttentionRNN is AttentionRNN)
"""


def test_what_is_imitated_is_forgotten():
    """설명은 흉내 위에서 읽고, 그 뒤에 들여오면 진짜 Keras 위의 것이다."""
    result = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stdout.splitlines() == ["keras.layers 메모 Imitation", "set()", "keras False"], result.stderr[-2000:]


def test_every_module_is_on_one_page(html_build):
    """독자의 도구는 도구의 페이지에, 나머지는 사이트의 페이지에 있고, 빠진 모듈도 두 번 적은 모듈도 없다."""
    folder, _ = html_build
    source = ROOT / "src"
    paths = [path.relative_to(source) for path in (source / "rnn_shapes").rglob("*.py") if path.stem != "__main__"]
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths}
    tools = {name for name in modules if re.match(r"rnn_shapes\.(exporting|seq2seq|tracing)\b", name)}
    for page, expected in (("api", tools), ("api-site", modules - tools)):
        text = (folder / f"reference/{page}.html").read_text(encoding="utf-8")
        found = re.findall(r'<h[23]><code[^>]*><span class="pre">(rnn_shapes[\w.]*)</span>', text)
        assert sorted(found) == sorted(expected), page

"""API 페이지는 TensorFlow 없이 읽히고, 흉내 낸 것은 남지 않는다."""

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

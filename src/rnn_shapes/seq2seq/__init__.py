"""시퀀스-투-시퀀스: 어텐션을 단 셀, 디코딩, 빔 탐색, 손실. TensorFlow와 Keras 3만 있으면 된다.

TensorFlow Addons의 ``tfa.seq2seq``가 하던 일을 지금의 Keras에서 한다. 같은 가중치에서 같은 값이 나오는지는 진짜
Addons로 만든 자료와 비교하는 시험으로 확인한다.
"""

from rnn_shapes.seq2seq.attention import AttentionMechanism, Memory
from rnn_shapes.seq2seq.attention_cell import AttentionCell
from rnn_shapes.seq2seq.attention_rnn import AttentionRNN
from rnn_shapes.seq2seq.beam_search import Beams, beam_search
from rnn_shapes.seq2seq.beams import gather_tree, gather_tree_from_array, tile_batch
from rnn_shapes.seq2seq.cells import FeedbackCell, ResidualCell
from rnn_shapes.seq2seq.decoding import Decoded, decode
from rnn_shapes.seq2seq.losses import SequenceLoss, sequence_loss
from rnn_shapes.seq2seq.metrics import edit_distance, exact_match
from rnn_shapes.seq2seq.probability import MonotonicProbability, hardmax, monotonic_attention, safe_cumprod
from rnn_shapes.seq2seq.sampling import GreedySampler, RandomSampler, ScheduledSampler
from rnn_shapes.seq2seq.scores import BahdanauAttention, DotAttention, LuongAttention

__all__ = [
    "AttentionCell",
    "AttentionMechanism",
    "AttentionRNN",
    "BahdanauAttention",
    "Beams",
    "Decoded",
    "DotAttention",
    "FeedbackCell",
    "GreedySampler",
    "LuongAttention",
    "Memory",
    "MonotonicProbability",
    "RandomSampler",
    "ResidualCell",
    "ScheduledSampler",
    "SequenceLoss",
    "beam_search",
    "decode",
    "edit_distance",
    "exact_match",
    "gather_tree",
    "gather_tree_from_array",
    "hardmax",
    "monotonic_attention",
    "safe_cumprod",
    "sequence_loss",
    "tile_batch",
]

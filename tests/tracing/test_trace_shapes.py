"""``trace_shapes``는 어떤 모델이든 지나는 층을 차례로 보이고, 모델을 바꾸지 않는다."""

import keras
import numpy as np
import pytest
import tensorflow as tf
import tf_keras
from models import BATCH, IDS, SYMBOLS, UNITS, VECTORS, WIDTH, L, Loop, Pooling, Scale, SharedTwice, embedding, stack

from rnn_shapes import trace_shapes
from rnn_shapes.tracing.table import width


def seen(trace):
    """줄마다의 층과 형태, 마스크."""
    return [(row.name or row.kind, row.inputs, row.outputs, row.mask) for row in trace.rows]


def test_sequential_model_shows_where_the_mask_is_born_and_dies():
    """마스크는 임베딩에서 생겨 다음 층에 넘어가고, 시퀀스를 돌려주지 않는 순환층에서 끝난다."""
    model = stack(embedding(), L.LSTM(UNITS, return_sequences=True), L.GRU(UNITS), L.Dense(1))
    trace = trace_shapes(model, IDS, symbols=SYMBOLS)
    assert [(row.inputs, row.outputs, row.mask) for row in trace.rows] == [
        ("(N, T)", "(N, 1)", ""),
        ("(N, T)", "(N, T, E)", "생김 (N, T)"),
        ("(N, T, E)", "(N, T, H)", "넘김 (N, T)"),
        ("(N, T, H)", "(N, H)", "쓰고 끝남"),
        ("(N, H)", "(N, 1)", ""),
    ]
    assert trace.faults == ()


def test_functional_model_shows_arithmetic_between_layers():
    """층 사이의 곱셈과 자르기는 층이 아닌 계산으로 보이고, 말없이 끊긴 마스크도 보인다."""
    inputs = keras.Input((None,), dtype="int32")
    outputs, *states = L.Bidirectional(L.LSTM(UNITS, return_sequences=True, return_state=True), name="both")(
        embedding(name="embedding")(inputs) * 2.0
    )
    decoded = L.LSTM(2 * UNITS, name="decoder")(
        outputs, initial_state=[L.Concatenate()(states[::2]), L.Concatenate()(states[1::2])]
    )
    trace = trace_shapes(keras.Model(inputs, decoded), IDS, symbols=SYMBOLS)
    assert seen(trace)[1:4] == [
        ("embedding", "(N, T)", "(N, T, E)", "생김 (N, T)"),
        ("층이 아닌 계산(Mul)", "(N, T, E)", "(N, T, E)", "말없이 끊김"),
        ("both", "(N, T, E)", "(N, T, 2H)", ""),
    ]
    rows = {row.name: row for row in trace.rows}
    assert rows["both"].states == "0에서 시작 → (N, H) × 4"
    assert rows["decoder"].states == "(N, 2H), (N, 2H) 받음"
    assert [row.depth for row in trace.rows if row.name.startswith(("forward", "backward"))] == [2, 2]


def test_computations_of_a_layer_that_uses_the_mask_are_no_loss():
    """마스크를 받아 시퀀스를 하나로 모으는 층의 속에서는 마스크가 끊기지 않는다. 긴 계산은 줄여 적는다."""
    trace = trace_shapes(stack(embedding(), Pooling(name="pool")), IDS, symbols=SYMBOLS)
    assert [(row.name or row.kind, row.outputs, row.mask) for row in trace.rows[2:]] == [
        ("pool", "(N, E)", "쓰고 끝남"),
        ("score", "(N, T, 1)", "넘김 (N, T)"),
        ("층이 아닌 계산(StridedSlice, Sub, Mul, AddV2, …)", "(N, E)", ""),
    ]


def test_states_computed_between_layers_are_shown():
    """초기 상태로 주려고 한 계산도 보인다."""
    inputs = keras.Input((7, WIDTH))
    _, *states = L.Bidirectional(L.GRU(UNITS, return_state=True))(inputs)
    decoded = L.GRU(2 * UNITS)(inputs, initial_state=keras.ops.concatenate(states, axis=-1))
    trace = trace_shapes(keras.Model(inputs, decoded), VECTORS, symbols=SYMBOLS)
    assert ("층이 아닌 계산(ConcatV2)", "(N, H), (N, H)", "(N, 2H)", "") in seen(trace)


def test_shared_layer_called_twice_is_shown_twice():
    """같은 층을 두 번 부르면 두 줄이고, 그 사이의 계산도 제자리에 있다."""
    model = SharedTwice()
    model(IDS)
    trace = trace_shapes(model, IDS, symbols=SYMBOLS)
    assert [row.name or row.kind for row in trace.rows[1:]] == [
        "embedding",
        "encoder",
        "층이 아닌 계산(Mul)",
        "encoder",
        "층이 아닌 계산(AddV2)",
    ]


def test_loop_of_cells_is_folded_and_seen_inside_tf_function():
    """tf.function 안에서 되풀이한 것도 보이고, 한 묶음으로 접힌다."""
    trace = trace_shapes(Loop(), VECTORS, symbols=SYMBOLS)
    assert [(row.name, row.times, row.states) for row in trace.rows if row.name in ("cell", "head")] == [
        ("cell", 7, "(N, H) → (N, H)"),
        ("head", 7, ""),
    ]


def test_cells_of_rnn_are_shown_once():
    """RNN이 타임스텝마다 부르는 셀은 한 줄씩이다."""
    rnn = L.RNN([L.LSTMCell(UNITS), L.GRUCell(19)], return_state=True)
    trace = trace_shapes(rnn, VECTORS, symbols=SYMBOLS)
    assert [(row.kind, row.times) for row in trace.rows] == [
        ("RNN([LSTMCell, GRUCell])", 1),
        ("LSTMCell", 0),
        ("GRUCell", 0),
    ]
    assert trace.rows[0].states == "0에서 시작 → (N, H), (N, H), (N, 19)"
    assert "(타임스텝마다)" in str(trace)


def test_layers_inside_time_distributed_and_nested_models_are_shown():
    """감싼 모델 속의 층과 겹친 모델 속의 층이 한 칸씩 안쪽에 보인다."""
    inner = stack(keras.Input((7, WIDTH)), L.LSTM(UNITS, name="inside"))
    trace = trace_shapes(L.TimeDistributed(inner), VECTORS[None], symbols={"H": UNITS})
    assert [(row.depth, row.name) for row in trace.rows[1:]] == [(1, "inside")]
    inputs = keras.Input((7, WIDTH))
    trace = trace_shapes(keras.Model(inputs, inner(inputs)), VECTORS)
    assert [row.depth for row in trace.rows] == [0, 1, 2]


def test_own_layer_without_mask_support_cuts_the_mask():
    """마스크를 모르는 독자의 층과 Lambda에서 마스크가 끊긴다."""
    for layer in (Scale(name="cut"), L.Lambda(lambda x: 1.0 * x, name="cut")):
        trace = trace_shapes(stack(embedding(), layer, L.LSTM(UNITS)), IDS)
        assert {row.name: row.mask for row in trace.rows}["cut"].startswith("끊김")
        assert [fault.kind for fault in trace.faults] == ["lost_mask"]


def test_convolutional_states_are_told_from_outputs():
    """ConvLSTM의 상태 둘은 출력이 아니라 상태의 칸에 있다."""
    row = trace_shapes(L.ConvLSTM1D(UNITS, 3, return_state=True), VECTORS[..., None]).rows[0]
    assert (row.outputs, row.states) == ("(N, 9, 13)", "0에서 시작 → (N, 9, 13), (N, 9, 13)")


def test_several_inputs_and_dictionaries():
    """입력이 여럿이거나 딕셔너리여도 되고, mask=와 initial_state=도 넘긴다."""
    ins = {"a": keras.Input((7, WIDTH), name="a"), "b": keras.Input((WIDTH,), name="b")}
    model = keras.Model(ins, L.LSTM(WIDTH)(ins["a"]) + ins["b"])
    trace = trace_shapes(model, {"a": VECTORS, "b": VECTORS[:, 0]}, symbols=SYMBOLS)
    assert trace.rows[0].inputs == "(N, T, E), (N, E)"
    states = [np.zeros((BATCH, UNITS), "float32")] * 2
    row = trace_shapes(L.LSTM(UNITS), VECTORS, mask=IDS != 0, initial_state=states).rows[0]
    assert (row.mask, row.states) == ("mask=로 받음, 쓰고 끝남", "(N, 13), (N, 13) 받음")


def test_built_model_is_left_as_it_was():
    """상태와 움직이는 평균, 난수의 씨앗, 독자의 변수와 속성, 경고의 설정까지 그대로다."""
    model = stack(L.BatchNormalization(), L.LSTM(UNITS, stateful=True, dropout=0.5))
    model(VECTORS)
    model(VECTORS, training=True)
    lstm = model.layers[-1]
    lstm.counter = tf.Variable(1.0)
    variables = [*model.variables, *lstm.states]
    before = [np.array(one.numpy()) for one in variables]
    kept = [dict(vars(layer)) for layer in (model, *model.layers)]
    trace_shapes(model, VECTORS, training=True)
    assert all(np.array_equal(one.numpy(), old) for one, old in zip(variables, before, strict=True))
    assert kept == [dict(vars(layer)) for layer in (model, *model.layers)]
    assert keras.Layer.__call__.__qualname__ == "Layer.__call__"
    assert not tf.config.functions_run_eagerly()


def test_attributes_that_a_model_writes_are_put_back():
    """부를 때마다 제게 적는 모델도 부르기 전의 모습이다."""
    model = SharedTwice()
    model(IDS)
    calls, last = model.calls, model.last
    trace_shapes(model, IDS)
    assert (model.calls, model.last is last) == (calls, True)


def test_inputs_are_left_without_a_mask():
    """받은 것을 그대로 내놓으며 마스크를 붙이는 층이 있어도, 독자의 텐서에는 마스크가 붙지 않는다."""

    class Tag(L.Layer):
        def call(self, inputs):
            return inputs

        def compute_mask(self, inputs, previous_mask=None):
            return tf.ones(inputs.shape[:2], "bool")

    inputs = tf.constant(VECTORS)
    trace = trace_shapes(Tag(), inputs)
    assert trace.rows[0].mask == "생김 (N, T)"
    assert not hasattr(inputs, "_keras_mask")


def test_unbuilt_model_is_built_and_says_so():
    """짓지 않은 모델은 처음 부를 때처럼 지어지고, 상태는 0이고, 그 이름이 남는다."""
    lstm = L.LSTM(UNITS, stateful=True, name="kept")
    trace = trace_shapes(stack(lstm, L.Dense(1, name="head")), VECTORS)
    assert trace.built == ("kept", "head")
    assert not any(np.any(state.numpy()) for state in lstm.states)
    assert "만들어진 층: ‘kept’, ‘head’" in str(trace)


def test_model_that_raises_shows_the_trace_so_far():
    """멈춘 층까지의 줄과 오류의 까닭이 남고, 바꾸어 놓은 것은 되돌린다."""
    for before, inputs in (((), VECTORS), ((embedding(), Scale()), IDS)):
        trace = trace_shapes(stack(*before, L.LSTM(UNITS, name="first"), L.LSTM(UNITS, name="second")), inputs)
        assert isinstance(trace.error, ValueError)
        assert [(row.name, row.failed) for row in trace.rows[-2:]] == [("first", False), ("second", True)]
        assert "✗ ValueError: Input 0 with name 'None' of layer 'second'" in str(trace)
    assert keras.Layer.__call__.__qualname__ == "Layer.__call__"


def test_warnings_of_the_model_itself_are_not_swallowed():
    """마스크를 없앤다는 Keras의 경고는 표에 적고, 다른 경고는 그대로 난다."""

    class Loud(L.Layer):
        def call(self, inputs):
            import warnings

            warnings.warn("내 경고", stacklevel=2)
            return inputs

    with pytest.warns(UserWarning, match="내 경고") as caught:
        trace_shapes(stack(embedding(), Loud()), IDS)
    assert len([one for one in caught if "does not support masking" in str(one.message)]) == 0


def test_terminal_table_lines_up_with_hangul():
    """칸은 한글을 두 칸으로 세어 맞춘다."""
    lines = str(trace_shapes(stack(embedding(), L.LSTM(UNITS)), IDS, symbols=SYMBOLS)).splitlines()
    column = width(lines[0][: lines[0].index("입력")])
    for line in lines[2:5]:
        place = line.index("(N, T")
        assert width(line[:place]) == column


def test_notebook_table_is_escaped():
    """노트북의 표에 든 이름은 HTML로 읽히지 않는다."""
    page = trace_shapes(L.Dense(1, name="a<b>&"), VECTORS)._repr_html_()
    assert "a&lt;b&gt;&amp;" in page
    assert "<b>" not in page


def test_sizes_of_two_symbols_stay_numbers_and_are_told():
    """두 글자의 크기가 같으면 수로 적고 그 까닭을 말한다."""
    trace = trace_shapes(L.LSTM(13), VECTORS, symbols={"H": 13, "D": 13})
    assert trace.rows[0].outputs == "(N, 13)"
    assert "수로 적은 13: ‘H’, ‘D’의 크기가 같습니다" in str(trace)


def test_letters_that_need_no_asking_stand_on_their_own_axes_only():
    """유닛의 수가 배치 크기나 시퀀스 길이와 같아도 N이나 T라고 적지 않는다. 번호의 시퀀스는 실수로 바뀌어도 T다."""
    model = stack(embedding(), L.GRU(7, return_sequences=True), L.Dense(BATCH), L.GRU(7))
    assert [row[1:3] for row in seen(trace_shapes(model, IDS, symbols={"E": WIDTH}))] == [
        ("(N, T)", "(N, 7)"),
        ("(N, T)", "(N, T, E)"),
        ("(N, T, E)", "(N, T, 7)"),
        ("(N, T, 7)", "(N, T, 5)"),
        ("(N, T, 5)", "(N, 7)"),
    ]


def test_length_is_read_from_the_first_input_that_has_steps():
    """딕셔너리의 첫 입력에 타임스텝이 없어도 T를 안다."""
    ins = {"a": keras.Input((), name="a"), "b": keras.Input((7, WIDTH), name="b")}
    model = keras.Model(ins, L.GRU(UNITS)(ins["b"]) + ins["a"][:, None])
    trace = trace_shapes(model, {"a": VECTORS[:, 0, 0], "b": VECTORS}, symbols=SYMBOLS)
    assert trace.rows[0].inputs == "(N,), (N, T, E)"


def test_mask_that_a_functional_model_carries_apart_is_told():
    """텐서에서 떨어졌지만 함수형 모델이 만들 때 정해 둔 길로 온 마스크는 그렇게 적고, 잃었다고 알리지 않는다."""
    inputs = keras.Input((None,), dtype="int32")
    read = L.GRU(UNITS, return_sequences=True)(embedding()(inputs))
    both = L.Add()([read, L.MultiHeadAttention(1, 5)(read, read)])
    model = keras.Model(inputs, L.GRU(UNITS, name="last")(both))
    trace = trace_shapes(model, IDS)
    assert seen(trace)[-1][-1] == "mask=로 받음, 쓰고 끝남"
    assert trace.faults == ()
    longer = np.pad(IDS, ((0, 0), (0, 3)))
    assert np.allclose(model(longer), model(IDS), atol=1e-6)


@pytest.mark.parametrize("pair", [(IDS, np.zeros(BATCH)), (IDS, np.zeros(BATCH), np.ones(BATCH))])
def test_inputs_given_together_with_targets(pair):
    """데이터셋에서 꺼낸 짝을 통째로 넣어 멈추었으면 그렇게 말한다."""
    trace = trace_shapes(stack(embedding(), L.GRU(UNITS)), pair)
    assert trace.error is not None
    assert "(입력, 정답)이라면 입력만 넣으세요" in str(trace)


def test_error_does_not_print_the_values_of_a_tensor():
    """형태가 맞지 않는다는 오류에서는 값 대신 형태가 보인다."""
    model = stack(keras.Input((7, WIDTH)), L.LSTM(UNITS))
    text = " ".join(str(trace_shapes(model, VECTORS[:, 0])).split())
    assert "Invalid input shape for input […]" in text
    assert f"incompatible shape ({BATCH}, {WIDTH})" in text


@pytest.mark.parametrize(
    ("layer", "inputs", "symbols", "error", "message"),
    [
        ("LSTM", VECTORS, None, TypeError, "Keras의 모델이나 층을 주세요. 받은 것: str"),
        (tf_keras.layers.LSTM(3), VECTORS, None, TypeError, r"Keras 2\(tf_keras\)의 층입니다"),
        (L.LSTM(3), keras.Input((7, 11)), None, TypeError, "값이 있는 배열이나 텐서를 주세요"),
        (L.LSTM(3), tf.ragged.constant([[1.0], [2.0, 3.0]]), None, TypeError, r"x.to_tensor\(\)"),
        (L.LSTM(3), tf.data.Dataset.from_tensors(VECTORS), None, TypeError, "데이터셋입니다. 배치 하나를 주세요"),
        (L.LSTM(3), VECTORS.tolist(), None, TypeError, r"`np.array\(...\)`로 바꾸어"),
        (L.LSTM(3), VECTORS, {"N": "5"}, TypeError, "글자와 크기를 짝지어"),
        (L.LSTM(3), VECTORS, {3: 5}, TypeError, "글자와 크기를 짝지어"),
        (L.LSTM(3), VECTORS, {"N": True}, TypeError, "글자와 크기를 짝지어"),
        (L.LSTM(3), VECTORS, {"N": 0}, ValueError, "크기는 1 이상"),
        (L.LSTM(3), VECTORS, {" ": 5}, ValueError, "글자는 비어 있지 않아야"),
    ],
)
def test_bad_input_is_told_clearly(layer, inputs, symbols, error, message):
    """잘못 준 것에는 무엇을 주어야 하는지 말한다."""
    with pytest.raises(error, match=message):
        trace_shapes(layer, inputs, symbols=symbols)

"""``compare_exported``: 비교하지 못했으면 같다고 하지 않고, 비교로 드러나지 않는 것은 알린다."""

import shutil

import keras
import numpy as np
import pytest

from rnn_shapes import compare_exported
from rnn_shapes.exporting import formats, wording

layers = keras.layers
BATCH, LENGTH, DIM, UNITS, VOCABULARY = 5, 3, 2, 7, 13
INPUTS = np.random.RandomState(1).normal(size=(BATCH, LENGTH, DIM)).astype("float32")
IDS = np.random.RandomState(2).randint(1, VOCABULARY, (BATCH, LENGTH)).astype("int32")


class Reader(keras.Model):
    """층을 물려받아 만든 모델. 길이도 타입도 정해 두지 않는다."""

    def __init__(self):
        super().__init__()
        self.embedding, self.reading = layers.Embedding(VOCABULARY, DIM, mask_zero=True), layers.SimpleRNN(UNITS)

    def call(self, inputs, training=False):
        """번호를 읽는다."""
        return self.reading(self.embedding(inputs))


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    """출력이 셋인 모델과 내보낸 폴더."""
    keras.utils.set_random_seed(1)
    entry = keras.Input((None, DIM), name="sequences")
    model = keras.Model(entry, layers.LSTM(UNITS, return_state=True, return_sequences=True)(entry))
    path = tmp_path_factory.mktemp("exported") / "states"
    model.export(path, verbose=False)
    return model, path


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """번호를 읽는 모델과, ``input_signature`` 없이 내보낸 폴더."""
    model = Reader()
    model(IDS)
    path = tmp_path_factory.mktemp("exported") / "reader"
    model.export(path, verbose=False)
    return model, path


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        (INPUTS[0], "Invalid input shape"),  # 배치의 축이 없다
        (INPUTS[..., :1], "Error: "),
        (np.full(INPUTS.shape, "말"), "could not convert"),
    ],
)
def test_inputs_that_the_model_refuses_are_not_the_same(states, inputs, what):
    """모델도 파일도 멈추는 입력이면 비교한 것이 없으므로 같다고 하지 않고, 모델의 말을 전한다."""
    compared = compare_exported(*states, inputs)
    assert not compared.same and compared.first is None and len(compared.rows) == 1
    assert "✗ 비교하지 못했습니다" in str(compared)
    assert "준 입력을 모델이 받지 않습니다" in compared.suspicion
    assert what in compared.suspicion


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        (INPUTS[:0], "입력이 비어 있습니다: 형태 (0, 3, 2)"),
        (np.full_like(INPUTS, np.nan), "수가 아닌 값"),
        ([[1, 2], [3]], "받은 것: int"),
        (None, "받은 것: NoneType"),
        ({"sequences": INPUTS, "more": INPUTS}, "준 것에만 있는 것: more"),
    ],
)
def test_inputs_that_are_no_inputs(states, inputs, what):
    """비었거나 수가 아니거나 배열이 아닌 것, 이름이 다른 것은 무엇이 왜 안 되는지 말한다."""
    with pytest.raises(ValueError, match=r"하세요|적으세요|주세요") as caught:
        compare_exported(*states, inputs)
    assert what in str(caught.value)


def test_outputs_in_another_order(states, tmp_path):
    """출력의 순서만 바뀐 파일은 순서를 알려 준다."""
    model, path = states
    sequences, h, c = model.outputs
    keras.Model(model.input, [sequences, c, h]).export(tmp_path / "permuted", verbose=False)
    assert compare_exported(model, tmp_path / "permuted", INPUTS).suspicion == wording.permuted([0, 2, 1])
    fewer = compare_exported(keras.Model(model.input, [sequences, h]), path, INPUTS)
    assert (fewer.first.message, fewer.suspicion) == ("출력이 모델은 2개, 파일은 3개", wording.OTHER_SHAPE)


def test_small_output_beside_a_large_one(states, tmp_path):
    """출력마다 그 크기에 견주므로, 큰 출력 곁의 작은 출력이 틀려도 찾는다."""
    model, _ = states
    sequences, h, _ = model.outputs
    large = keras.Model(model.input, [sequences * 1e6, h])
    keras.Model(model.input, [sequences * 1e6, h + 1e-3]).export(tmp_path / "off", verbose=False)
    assert compare_exported(large, tmp_path / "off", INPUTS).first.output == 1


def test_slightly_other_weights(states, tmp_path):
    """조금만 다르면 가중치를 줄여 적은 파일일 수 있다고 한다."""
    model, path = states
    before = model.get_weights()
    model.set_weights([weight.astype("float16").astype("float32") for weight in before])
    assert compare_exported(model, path, INPUTS).suspicion == wording.SLIGHTLY
    model.set_weights(before)


def test_file_that_fixes_what_the_model_leaves_open(reader):
    """층을 물려받은 모델을 그대로 내보내면 길이와 타입이 굳는다. 넣어 보지 않은 것과 바꾸어 넣은 것을 알린다."""
    model, path = reader
    compared = compare_exported(model, path, IDS)
    assert compared.same
    assert list(compared.notes) == [
        wording.not_tried("args_0", (None, LENGTH), timed=True),
        wording.other_kind("args_0", "float32", "int32"),
    ]
    assert "다른 크기로는 비교하지" in str(compared) and "다른 크기로는 비교하지" in compared._repr_html_()
    spec = keras.InputSpec(shape=(None, None), dtype="int32")
    model.export(path.parent / "open", input_signature=[spec], verbose=False)
    assert compare_exported(model, path.parent / "open", IDS).notes == ()


def test_ids_that_pass_and_activations_that_changed(reader, states):
    """음수인 번호와 ``hard_sigmoid``는 모델과 파일이 함께 틀리므로 알린다."""
    model, path = reader
    assert wording.NEGATIVE_IDS in compare_exported(model, path, -IDS).notes
    entry = keras.Input((None, DIM), name="sequences")
    old = keras.Model(entry, layers.GRU(UNITS, recurrent_activation="hard_sigmoid")(entry))
    assert compare_exported(old, states[1], INPUTS).notes == (wording.HARD_SIGMOID,)


def test_stateful_file_called_once_or_with_one_sample(tmp_path):
    """한 번만 부르면 잊는지 알 수 없고, 하나만 넣으면 상태의 수만큼 답한다. 둘 다 알린다."""
    entry = keras.Input(batch_shape=(BATCH, None, DIM), name="sequences")
    model = keras.Model(entry, layers.SimpleRNN(UNITS, stateful=True)(entry))
    model.export(tmp_path / "stateful", verbose=False)
    compared = compare_exported(model, tmp_path / "stateful", INPUTS, calls=1)
    assert compared.same and compared.notes == (wording.one_sample(BATCH), wording.ONE_CALL)
    one = compare_exported(model, tmp_path / "stateful", INPUTS[:1])
    assert not one.same and one.suspicion == wording.MODEL_REFUSES


def test_half_precision(tmp_path):
    """정밀도가 낮은 모델은 가중치를 의심하지 않고 그 때문이라고 한다."""
    entry = keras.Input((None, DIM), name="sequences")
    model = keras.Model(entry, layers.SimpleRNN(UNITS, dtype="mixed_bfloat16")(entry))
    model.export(tmp_path / "half", verbose=False)
    model.set_weights([weight + 5e-3 for weight in model.get_weights()])  # 계산의 순서 대신 가중치로 조금 다르게 한다
    assert compare_exported(model, tmp_path / "half", INPUTS).suspicion == wording.half("bfloat16")
    spec = keras.InputSpec(shape=(BATCH, None, DIM), dtype="float32", name="sequences")
    model.export(str(tmp_path / "half.tflite"), format="litert", input_signature=[spec], verbose=False)
    assert compare_exported(model, tmp_path / "half.tflite", INPUTS).suspicion == wording.unsupported("bfloat16")


def test_folders_and_archives_around_a_saved_model(states, tmp_path):
    """압축한 것, 바깥 폴더, 안쪽 폴더, 빠진 폴더마다 대신 무엇을 줄지 말한다."""
    model, path = states
    served = shutil.copytree(path, tmp_path / "served" / "1")
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", path)
    for given, what in (
        (tmp_path / "served", f"{served}를 주세요"),
        (served / "variables", f"{served}를 주세요"),
        (packed, "압축한 파일입니다. 풀어서"),
    ):
        with pytest.raises(ValueError, match="주세요") as caught:
            compare_exported(model, given, INPUTS)
        assert what in str(caught.value)
    shutil.rmtree(served / "variables")
    assert "폴더에 든 것을 모두 옮기세요" in compare_exported(model, served, INPUTS).suspicion


def test_cut_and_empty_files(tmp_path):
    """빈 파일과 끝이 잘린 파일은 모르는 형식이라고 하지 않는다."""
    for content, what in (
        (b"", "빈 파일"),
        (bytes([8, 8, 58, 9, 18]), "끝이 잘린 ONNX"),
        (b"PK\x03\x04", "끝이 잘린 압축"),
    ):
        path = tmp_path / "file"
        path.write_bytes(content)
        with pytest.raises(ValueError, match=what):
            formats.format_of(path)


def test_arguments_that_make_no_sense(states):
    """경로가 아닌 것과 음수인 허용 차이는 받지 않는다."""
    model, path = states
    with pytest.raises(TypeError, match=r"경로를 주세요\. 받은 것: NoneType"):
        compare_exported(model, None, INPUTS)
    with pytest.raises(ValueError, match="tolerance는 0 이상"):
        compare_exported(model, path, INPUTS, tolerance=-1)

"""``compare_exported``: 일부러 망가뜨린 파일을 찾아내고, 멀쩡한 파일은 같다고 한다."""

import keras
import numpy as np
import pytest

from rnn_shapes import compare_exported
from rnn_shapes.exporting import wording

layers = keras.layers
BATCH, LENGTH, DIM, UNITS, VOCABULARY = 5, 3, 2, 7, 13
INPUTS = np.random.RandomState(1).normal(size=(BATCH, LENGTH, DIM)).astype("float32")
IDS = np.random.RandomState(2).randint(1, VOCABULARY, (BATCH, LENGTH))


@pytest.fixture(autouse=True)
def _seeded():
    keras.utils.set_random_seed(1)


def plain(**options):
    """길이와 배치 크기를 모르는 모델."""
    return keras.Sequential([keras.Input((None, DIM), name="sequences"), layers.LSTM(UNITS, **options)])


def reader(mask_zero=True, length=None):
    """번호를 읽는 모델."""
    entry = keras.Input((length,), dtype="int32", name="ids")
    return keras.Sequential([entry, layers.Embedding(VOCABULARY, DIM, mask_zero=mask_zero), layers.GRU(UNITS)])


def keeping(batch=BATCH):
    """상태를 이어 가는 모델."""
    entry = keras.Input(batch_shape=(batch, LENGTH, DIM), name="sequences")
    return keras.Sequential([entry, layers.LSTM(UNITS, stateful=True)])


def exported(model, path, **options):
    """내보낸 SavedModel의 경로."""
    model.export(path, verbose=False, **options)
    return path


def lite(model, path, *shape, dtype="float32", name="sequences"):
    """배치 크기를 정한 LiteRT 파일의 경로."""
    spec = keras.InputSpec(shape=shape, dtype=dtype, name=name)
    model.export(str(path), format="litert", input_signature=[spec], verbose=False)
    return path


def kinds(compared):
    """입력마다의 결과."""
    return {row.trial: row.kind for row in compared.rows}


def test_good_artifact_is_the_same(tmp_path):
    """멀쩡한 파일은 길이와 배치 크기, 빈자리를 바꾸어 넣어도 같고, 무엇을 넣었는지가 남는다."""
    model = reader()
    compared = compare_exported(model, exported(model, tmp_path / "good"), IDS)
    assert compared.same and compared.first is None and compared.suspicion == ""
    padded = [f"빈자리: {where}" for where in ("뒤", "앞", "가운데", "전부")]
    assert list(kinds(compared)) == ["준 대로", *padded, "짧게", "길게", "하나만", "하나 더"]
    assert [row.call for row in compared.rows][:4] == [1, 2, 3, 1]
    assert "✓ SavedModel 파일은" in str(compared) and "<table>" in compared._repr_html_()


def test_litert_with_the_interpreter_of_tensorflow(tmp_path):
    """배치 크기를 정한 LiteRT 파일은 그 크기로 넣어 보고, 길이는 바꾸어 본다."""
    model = reader()
    path = lite(model, tmp_path / "model.tflite", BATCH, None, dtype="int32", name="ids")
    compared = compare_exported(model, path, IDS)
    assert compared.format == "LiteRT" and compared.same
    assert "하나만" not in kinds(compared) and "짧게" in kinds(compared)


def test_changed_weights(tmp_path):
    """내보낸 뒤에 훈련한 모델은 첫 호출부터 다르다."""
    model = plain()
    path = exported(model, tmp_path / "old")
    model.set_weights([weight + 0.1 for weight in model.get_weights()])
    compared = compare_exported(model, path, INPUTS)
    assert not compared.same
    assert (compared.first.trial, compared.first.call) == ("준 대로", 1)
    assert compared.first.amount > 1e-3
    assert compared.suspicion == wording.OTHER_WEIGHTS
    assert "✗ SavedModel 파일은 ‘준 대로’, 배치 크기 5, 길이 3의 1번째 호출에서" in str(compared)


def test_dropped_mask(tmp_path):
    """마스크가 빠진 파일은 빈자리가 있을 때만 다르다."""
    model, unmasked = reader(), reader(mask_zero=False)
    unmasked.set_weights(model.get_weights())
    compared = compare_exported(model, exported(unmasked, tmp_path / "unmasked"), IDS)
    assert kinds(compared)["준 대로"] == "같음" and compared.first.trial == "빈자리: 뒤"
    assert compared.suspicion == wording.MASK_DROPPED


def test_state_that_was_left(tmp_path):
    """상태가 남은 채로 내보낸 파일을 찾고, 모델의 상태는 그대로 둔다."""
    model = keeping()
    model(INPUTS)
    before = [state.numpy() for state in model.layers[0].states]
    compared = compare_exported(model, exported(model, tmp_path / "left"), INPUTS)
    assert (compared.first.call, compared.suspicion) == (1, wording.BAKED)
    for state, value in zip(model.layers[0].states, before, strict=True):
        np.testing.assert_array_equal(state.numpy(), value)
    model.layers[0].reset_state()
    assert compare_exported(model, tmp_path / "left", INPUTS).suspicion == wording.WEIGHTS_OR_STATE
    assert compare_exported(model, exported(model, tmp_path / "clean"), INPUTS).same


def test_forgotten_state(tmp_path):
    """부를 때마다 처음에서 시작하는 파일은 둘째 호출에서 갈라진다."""
    model, forgetful = keeping(), plain()
    forgetful.set_weights(model.get_weights())
    compared = compare_exported(model, exported(forgetful, tmp_path / "forgetful"), INPUTS)
    assert (compared.first.call, compared.suspicion) == (2, wording.FORGETS)
    assert "둘째부터는" in str(compared)


def test_state_that_the_model_does_not_have(tmp_path):
    """거꾸로, 모델에 없는 상태를 이어 가는 파일도 둘째 호출에서 갈라진다."""
    model, stateful = plain(), keeping()
    stateful.set_weights(model.get_weights())
    compared = compare_exported(model, exported(stateful, tmp_path / "stateful"), INPUTS)
    assert (compared.first.call, compared.suspicion) == (2, wording.KEEPS)


def test_length_that_becomes_the_batch_size(tmp_path):
    """길이를 모르는 TimeDistributed의 파일은 형태가 다르고, 두 형태와 까닭을 말한다."""
    entry = keras.Input((None, DIM), name="sequences")
    reading = layers.LSTM(UNITS, return_sequences=True)
    model = keras.Sequential([entry, reading, layers.TimeDistributed(layers.Dense(1))])
    path = exported(model, tmp_path / "tagger")
    compared = compare_exported(model, path, INPUTS[:2])
    assert compared.first.message == "모델 (2, 3, 1), 파일 (2, 2, 1)"
    assert compared.suspicion == wording.TIME_DISTRIBUTED
    longer_batch = compare_exported(model, path, INPUTS)
    assert longer_batch.first.kind == "멈춤" and longer_batch.suspicion == wording.TIME_DISTRIBUTED


def test_wrong_batch(tmp_path):
    """배치 크기 하나로 굳은 파일에 여럿을 넣으면 무엇이 정해져 있는지 말한다."""
    model = plain()
    path = lite(model, tmp_path / "one.tflite", 1, None, DIM)
    compared = compare_exported(model, path, INPUTS)
    assert compared.first.kind == "멈춤" and len(compared.rows) == 1
    assert compared.suspicion == "파일의 입력 sequences의 크기는 [1, ?, 2]로 정해져 있습니다. 준 것: [5, 3, 2]"
    assert compare_exported(model, path, INPUTS[:1]).same


def test_flex_operations(tmp_path):
    """LiteRT에 없는 연산이 든 파일은 고치는 법을 말한다."""
    model = plain()
    model.export(str(tmp_path / "flex.tflite"), format="litert", verbose=False)
    compared = compare_exported(model, tmp_path / "flex.tflite", INPUTS)
    assert compared.suspicion == wording.FLEX
    assert "Select TensorFlow op(s)" in compared.first.message


def test_several_inputs_are_matched_by_name(tmp_path):
    """입력이 여럿이면 파일에 적힌 이름으로 짝을 짓고, 상태를 뒤바꾼 파일은 찾아낸다."""
    sequences = keras.Input((None, DIM), name="sequences")
    h, c = (keras.Input((UNITS,), name=name) for name in "hc")
    layer = layers.LSTM(UNITS, return_state=True)
    model = keras.Model([sequences, h, c], layer(sequences, initial_state=[h, c]))
    swapped = keras.Model([sequences, h, c], layer(sequences, initial_state=[c, h]))
    given = [INPUTS, *np.random.RandomState(3).normal(size=(2, BATCH, UNITS))]
    names = {"sequences": (BATCH, None, DIM), "h": (BATCH, UNITS), "c": (BATCH, UNITS)}
    specs = [keras.InputSpec(shape=shape, dtype="float32", name=name) for name, shape in names.items()]
    model.export(str(tmp_path / "states.tflite"), format="litert", input_signature=[specs], verbose=False)
    assert compare_exported(model, tmp_path / "states.tflite", given).same
    assert not compare_exported(model, exported(swapped, tmp_path / "swapped"), given).same


def test_smaller_difference_than_the_tolerance(tmp_path):
    """허용하는 차이를 넓히면 조금 다른 것은 같은 것이다."""
    model = plain()
    path = exported(model, tmp_path / "near")
    model.set_weights([weight + 1e-3 for weight in model.get_weights()])
    assert not compare_exported(model, path, INPUTS).same
    assert compare_exported(model, path, INPUTS, tolerance=0.5).same

"""``compare_exported``에 잘못된 것을 주면 무엇이 왜 안 되는지 말한다."""

import sys
import zipfile

import keras
import numpy as np
import pytest

from rnn_shapes import compare_exported
from rnn_shapes.exporting import formats, running

INPUTS = np.zeros((5, 7, 3), "float32")


@pytest.fixture(scope="module")
def model():
    """작은 모델."""
    return keras.Sequential([keras.Input((None, 3), name="sequences"), keras.layers.GRU(11)])


def said(error, model, path, inputs=INPUTS, **options):
    """오류의 글."""
    with pytest.raises(error) as caught:
        compare_exported(model, path, inputs, **options)
    return str(caught.value)


def test_files_that_were_not_exported(model, tmp_path):
    """없는 파일, 저장한 파일, 다른 폴더, 모르는 파일을 서로 다른 말로 알린다."""
    assert "그런 파일이 없습니다" in said(FileNotFoundError, model, tmp_path / "none")
    (tmp_path / "folder").mkdir()
    assert "saved_model.pb가 없음" in said(ValueError, model, tmp_path / "folder")
    model.save(tmp_path / "m.keras")
    model.save_weights(tmp_path / "m.weights.h5")
    assert "model.save 대신 model.export를 쓰세요" in said(ValueError, model, tmp_path / "m.keras")
    assert "HDF5" in said(ValueError, model, tmp_path / "m.weights.h5")
    (tmp_path / "text").write_text("<xml/>", encoding="utf-8")
    assert "모르는 형식입니다. SavedModel, ONNX, LiteRT 가운데" in said(ValueError, model, tmp_path / "text")
    (tmp_path / "saved_model.pb").write_bytes(b"\x08\x01")
    assert "파일 하나가 아니라 폴더입니다" in said(ValueError, model, tmp_path / "saved_model.pb")


def test_format_is_told_by_the_content(tmp_path):
    """이름이 무엇이든 내용으로 형식을 안다."""
    for content, kind in ((b"\x1c\0\0\0TFL3\x14", "LiteRT"), (bytes([8, 8, 18, 1, 65, 58, 2, 18, 0]), "ONNX")):
        path = tmp_path / "model.keras"
        path.write_bytes(content)
        assert formats.format_of(path) == kind
    with zipfile.ZipFile(tmp_path / "model.onnx", "w") as archive:
        archive.writestr("config.json", "{}")
    with pytest.raises(ValueError, match=r"\.keras 파일입니다"):
        formats.format_of(tmp_path / "model.onnx")


def test_missing_package_is_named(model, tmp_path, monkeypatch):
    """형식을 실행할 패키지가 없으면 설치할 이름을 말한다. 다른 형식의 패키지는 없어도 된다."""
    path = tmp_path / "model.onnx"
    path.write_bytes(bytes([8, 8, 58, 2, 18, 0]))
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    text = said(ModuleNotFoundError, model, path)
    assert (
        text
        == "ONNX 파일을 실행하려면 onnxruntime 패키지가 필요합니다. 다음 명령으로 설치하세요: pip install onnxruntime"
    )
    model.export(tmp_path / "saved", verbose=False)
    assert compare_exported(model, tmp_path / "saved", INPUTS).same


def test_package_that_is_broken_inside_is_not_called_missing(tmp_path, monkeypatch):
    """패키지 안에서 난 오류는 그대로 알린다."""
    (tmp_path / "broken.py").write_text("import not_there_at_all\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="not_there_at_all"):
        running.require("broken", "broken", "ONNX")


def test_broken_file_is_a_row(model, tmp_path):
    """열리지도 않는 파일은 첫 호출에서 멈춘 것이다."""
    (tmp_path / "cut.tflite").write_bytes(b"\x1c\0\0\0TFL3" + bytes(9))
    compared = compare_exported(model, tmp_path / "cut.tflite", INPUTS)
    assert [(row.call, row.kind) for row in compared.rows] == [(1, "멈춤")]


def test_inputs_that_do_not_fit(model, tmp_path):
    """입력의 수와 이름, 배치 크기가 맞지 않으면 무엇이 다른지 말한다."""
    model.export(tmp_path / "one", verbose=False)
    assert "준 입력은 2개인데 파일의 입력은 1개(sequences)" in said(
        ValueError, model, tmp_path / "one", [INPUTS, INPUTS]
    )
    assert "서로 다릅니다: [5, 7]" in said(ValueError, model, tmp_path / "one", [INPUTS, np.zeros((7, 3))])
    assert "넣을 값이 없습니다" in said(ValueError, model, tmp_path / "one", [])
    assert "calls는 1 이상" in said(ValueError, model, tmp_path / "one", calls=0)


def test_only_models_of_keras_3(tmp_path):
    """Keras 2의 모델과 층은 받지 않는다."""
    import tf_keras

    assert "Keras 2(tf_keras)" in said(TypeError, tf_keras.Sequential([tf_keras.layers.GRU(11)]), tmp_path)
    assert "받은 것: GRU" in said(TypeError, keras.layers.GRU(11), tmp_path)

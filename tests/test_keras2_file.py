"""갤러리의 ``keras2_model.py``가 손수 적는 파일은 Keras 2가 쓰는 파일과 같은 모양이다."""

import ast
import json

import h5py
import pytest
import tf_keras
from support import ROOT

SCRIPT = ROOT / "gallery" / "keras2_model.py"
TAKEN = {"write_keras2_file", "model_config", "lstm_names", "names"}


@pytest.fixture(scope="module")
def script():
    """스크립트에서 파일을 적는 데 쓰는 이름만."""
    body = ast.parse(SCRIPT.read_text(encoding="utf-8")).body
    defined = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
    assigned = {node.targets[0].id: node for node in body if isinstance(node, ast.Assign) and _is_name(node.targets[0])}
    chosen = [node for name, node in {**assigned, **defined}.items() if name in TAKEN]
    space = {"h5py": h5py}
    exec(compile(ast.Module(chosen, []), str(SCRIPT), "exec"), space)  # noqa: S102 우리의 스크립트다
    return space


def _is_name(target):
    return isinstance(target, ast.Name)


@pytest.fixture
def old(script):
    """설정이 같은 Keras 2의 모델."""
    return tf_keras.models.model_from_json(script["model_config"])


def contents(path):
    """파일에 든 것마다 배열의 형태와 이름표. Keras의 버전만 뺀다."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, part: found.update({name: (getattr(part, "shape", None), labels(part))}))
        found[""] = None, sorted(file.attrs)
    return found


def labels(part):
    """이름을 늘어놓은 이름표."""
    return {name: list(value) for name, value in part.attrs.items() if name.endswith("_names")}


def test_the_file_is_laid_out_as_keras_2_lays_it_out(script, old, tmp_path):
    """배열이 놓인 경로와 이름표가 Keras 2의 것과 같다. 층에 들지 않은 가중치의 빈 묶음은 적지 않는다."""
    script["write_keras2_file"](tmp_path / "ours.h5", script["model_config"], script["names"], old.get_weights())
    old.save(tmp_path / "theirs.h5")
    theirs = contents(tmp_path / "theirs.h5")
    theirs.pop("model_weights/top_level_model_weights", None)
    assert contents(tmp_path / "ours.h5") == theirs


def test_keras_2_reads_the_file(script, old, tmp_path):
    """Keras 2의 load_model은 손수 적은 파일을 읽고, 같은 답을 낸다."""
    path = tmp_path / "ours.h5"
    script["write_keras2_file"](path, script["model_config"], script["names"], old.get_weights())
    again = tf_keras.models.load_model(path, compile=False)
    assert [a.tolist() for a in again.get_weights()] == [a.tolist() for a in old.get_weights()]


def test_the_options_in_the_file_are_options_of_keras_2(script, old):
    """설정에 적은 옵션은 모두 Keras 2가 적는 설정에 있고 값도 같다."""
    written = json.loads(script["model_config"])["config"]["layers"][1]["config"]
    theirs = old.layers[0].get_config()
    assert {name: theirs[name] for name in written} == written

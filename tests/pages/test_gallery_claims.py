"""갤러리의 글에 적은 사실: 문장은 스크립트에 그대로 있고, 역할은 실행한 결과로 참이다."""

import re
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError
from support import ROOT

from rnn_shapes import sentences
from rnn_shapes.lint import scripts
from rnn_shapes.pages import gallery_claims

SCRIPT = '''"""
제목
====

소개입니다.
"""

accuracy = {"LSTM": 0.9, "GRU": 0.8}

# %%
# 무엇이 나은지 견주어 보는 긴 제목
# ----------------------------------
#
# LSTM이 GRU보다 더 많이
# 맞힙니다. 그림은 없습니다.

best = max(accuracy, key=accuracy.get)
'''
CLAIM = "{value}`'더 많이' if accuracy['LSTM'] > accuracy['GRU'] else '더 적게' -> 더 많이`"
SENTENCE = f"LSTM이 GRU보다 {CLAIM} 맞힙니다."
LAST = 16
"""마지막 코드가 시작하는 줄."""


@pytest.fixture
def script(tmp_path):
    """스크립트와 문장 하나가 있는 갤러리."""
    path = tmp_path / "gallery/one.py"
    path.parent.mkdir()
    path.write_text(SCRIPT, encoding="utf-8")
    write(path, SENTENCE)
    (tmp_path / "docs/gallery").mkdir(parents=True)
    return path


def write(script, *written):
    """문장들을 적는다."""
    lines = "".join(f'  "{sentence}",\n' for sentence in written)
    script.with_name("claims.toml").write_text(f"one = [\n{lines}]\n", encoding="utf-8")


def check(script, line=LAST, **names):
    """스크립트의 코드 한 덩이를 실행한 다음 sphinx-gallery가 하는 일."""
    made = script.parents[1] / "docs/gallery" / script.name
    namespace = {"accuracy": {"LSTM": 0.9, "GRU": 0.8}, **names}
    block_vars = {"src_file": str(script), "target_file": str(made), "example_globals": namespace}
    assert gallery_claims.check(("code", "", line), block_vars, {}) == ""
    return made.with_suffix(".claims").is_file()


def test_sentence_is_checked_after_the_last_block(script):
    """문장은 마지막 코드를 실행한 다음에 확인하고 기록한다. 그 앞에서는 아직 없는 이름을 쓴다."""
    assert not check(script, line=7)
    assert check(script)


def test_sentence_that_no_longer_holds_stops_the_build(script):
    """결과가 달라지면 스크립트와 문장, 잰 것과 적은 것을 말하고 기록하지 않는다."""
    with pytest.raises(ExtensionError) as caught:
        check(script, accuracy={"LSTM": 0.7, "GRU": 0.8})
    report = caught.value.args[0]
    assert report.startswith("gallery/one.py: LSTM이 GRU보다 더 많이 맞힙니다.: ")
    assert re.search(r"주장 +더 많이\n +값 +'더 적게'", report), report
    assert not script.parents[1].joinpath("docs/gallery/one.claims").exists()


def test_edited_prose_no_longer_is_the_sentence(script):
    """줄바꿈은 달라도 되지만, 스크립트의 글을 한 마디라도 고치면 비슷한 문장의 줄을 말한다."""
    assert not list(scripts.absent_sentences(script))
    script.write_text(SCRIPT.replace("GRU보다", "SimpleRNN보다"), encoding="utf-8")
    [alarm] = scripts.absent_sentences(script)
    assert alarm.line == 14
    assert alarm.text == "LSTM이 GRU보다 더 많이 맞힙니다."
    assert alarm.what == "claims.toml에 적은 문장이 스크립트의 글에 없습니다. 한쪽을 고쳤으면 다른 쪽도 맞추세요"
    script.write_text('"""\n제목\n====\n"""\n\nx = 1\n', encoding="utf-8")
    assert [one.line for one in scripts.absent_sentences(script)] == [1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one = [", "claims.toml을 읽지 못했습니다. "),
        ("one = 3", "claims.toml: one에는 문장의 목록을 적으세요."),
        ("one = [3]", "claims.toml: one에는 문장의 목록을 적으세요."),
        ("two = []", "claims.toml: two.py라는 스크립트가 없습니다. 이름을 바꿨으면 여기도 바꾸세요."),
        ('one = ["맞힙니다."]', "claims.toml: one: 역할이 없는 문장입니다. 확인할 말을 역할로 적으세요.\n  맞힙니다."),
        ('one = ["{value}`a b -> c`입니다."]', "claims.toml: one: "),
    ],
    ids=["TOML이 아님", "목록이 아님", "글이 아님", "없는 스크립트", "역할이 없음", "읽을 수 없는 역할"],
)
def test_mistake_in_the_file_is_told(script, text, message):
    """잘못 적으면 어느 스크립트의 무엇이 잘못인지 말한다."""
    script.with_name("claims.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ExtensionError, match=f"^{re.escape(message)}"):
        sentences.read(script.with_name("claims.toml"))


def test_script_with_another_sentence_runs_again(script):
    """확인한 문장이 지금의 문장과 다르면 그 스크립트는 다시 실행하게 한다. 실행하지 않는 빌드에서는 두고 본다."""
    app = SimpleNamespace(srcdir=script.parents[1] / "docs")
    done = app.srcdir / "gallery/one.py.md5"

    def is_left(plot_gallery=True):
        done.write_text("지문", encoding="utf-8")
        config = SimpleNamespace(plot_gallery=plot_gallery, sphinx_gallery_conf={"examples_dirs": "../gallery"})
        gallery_claims.run_unchecked(app, config)
        return done.exists()

    assert not is_left()
    assert is_left(plot_gallery="0")
    check(script)
    assert is_left()
    write(script, SENTENCE, "GRU도 {value}`len(accuracy) -> 2`")
    assert not is_left()


def test_sentences_of_the_gallery_stand_in_its_scripts():
    """저장소의 문장은 모두 스크립트의 글에 있고, 문장이 없는 스크립트는 없다."""
    known = sentences.read(ROOT / "gallery/claims.toml")
    assert not [one for name, some in known.items() for one in sentences.absent(some, ROOT / f"gallery/{name}.py")]
    assert set(known) == {path.stem for path in (ROOT / "gallery").glob("*.py")}
    assert not sentences.read(ROOT / "no/claims.toml")

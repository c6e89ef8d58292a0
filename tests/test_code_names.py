"""코드에 있는 이름의 형태가 빠짐없이 적히는지, 다른 길로 세어 본다."""

import pytest
from support import ROOT
from traced_names import share, trace_page, trace_script, written_names

LESSONS = sorted(path.stem for path in (ROOT / "docs/learn").glob("*.md"))
ENOUGH, MOST = 0.95, 0.9
"""텐서를 담은 이름 가운데서, 그리고 수를 담기도 하는 이름까지 친 가운데서."""


def test_independent_tracer_finds_the_same_names():
    """한 줄씩 따라가며 센, 텐서를 담은 이름의 자리 가운데 95% 이상에 형태가 적힌다."""
    lesson = trace_page(ROOT / "docs/learn/cells-and-layers.md")
    script = trace_script(ROOT / "gallery/cell_and_layer.py")
    for tracer in (lesson, script):
        ratio, missing = share(tracer)
        assert len(tracer.found) > 30 and ratio >= ENOUGH, missing


EXAMPLE = """import numpy as np
x, y = np.zeros(5), np.zeros(7)
def add(a, b):
    return [a + b for a, b in zip(a, b, strict=False)]
x = add(x, y)
total = sum(
    x
)
y = {"x": y, "name": "글"}
print(total, y.get("x"), x[0].shape)
"""


def test_tracer_notices_what_is_not_recorded(tmp_path):
    """적힌 것을 버리면 비율이 낮아진다. 세는 길이 지켜보는 길을 따라가지 않는다는 뜻이다."""
    (tmp_path / "example.py").write_text(EXAMPLE, encoding="utf-8")
    tracer = trace_script(tmp_path / "example.py")
    assert share(tracer) == (1, [])
    running = tracer.running[0]
    running.seen = [one for one in running.seen if one.name == "x"]
    assert share(tracer)[0] < 0.5


@pytest.mark.parametrize("lesson", LESSONS)
def test_names_of_a_lesson_have_shapes_wherever_they_stand(checked_docs, lesson):
    """강의마다, 블록에서 한 번이라도 텐서를 담은 이름은 그 블록의 다른 자리에도 형태가 적혀 있다.

    층은 만든 줄에서는 아직 가중치가 없으므로 세지 않는다.
    """
    recorded = {}
    for block in checked_docs[f"learn/{lesson}"]["blocks"]:
        tensors = [place for place, text in block["names"].items() if text[0] in "(["]
        places = {(int(place.partition(":")[0]), place.partition(" ")[2]) for place in tensors}
        recorded.setdefault(block["code"], set()).update(places)
    wanted, missing = 0, []
    for code, places in written_names(ROOT / f"docs/learn/{lesson}.md"):
        known = {name for _, name in recorded.get(code, ())}
        wanted += sum(name in known for _, name in places)
        missing += [(line, name) for line, name in places if name in known and (line, name) not in recorded[code]]
    assert wanted > 10
    assert 1 - len(missing) / wanted >= MOST, missing

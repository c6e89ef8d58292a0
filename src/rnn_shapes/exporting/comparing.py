"""``compare_exported``: 모델과 내보낸 파일에 같은 입력을 넣고 어디서 갈라지는지 찾는다."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnn_shapes.exporting import rows, trials, wording
from rnn_shapes.exporting.calling import Side, aligned, known_of, run_model
from rnn_shapes.exporting.formats import format_of
from rnn_shapes.exporting.noticing import notice
from rnn_shapes.exporting.rows import Row
from rnn_shapes.exporting.running import OPENERS
from rnn_shapes.exporting.states import kept, put, states_of
from rnn_shapes.exporting.suspecting import suspect, unreadable
from rnn_shapes.tracing import table

HEAD = ("입력", "배치 크기", "길이", "호출", "결과", "차이")


@dataclass(frozen=True)
class Comparison:
    """비교한 기록. 출력하면 표와, 갈라진 까닭의 짐작이 보인다."""

    format: str
    """파일의 형식. ``SavedModel``, ``ONNX``, ``LiteRT`` 가운데 하나다."""
    rows: Sequence[Row]
    """부른 차례의 줄."""
    suspicion: str = ""
    """갈라진 까닭의 짐작. 갈라지지 않았으면 비었다."""
    notes: Sequence[str] = ()
    """비교하지 않았거나 비교로 드러나지 않는 것."""

    @property
    def same(self) -> bool:
        """파일이 받는 입력에서는 모두 같은가. 준 입력을 모델부터 받지 않아 비교한 것이 없으면 아니다."""
        return self.first is None and self.rows[0].kind == rows.SAME

    @property
    def first(self) -> Row | None:
        """처음 갈라진 줄. 없으면 ``None``이다."""
        return next((row for row in self.rows if row.parted), None)

    def __str__(self) -> str:
        """터미널에 보일 표와 알리는 말."""
        body = [wording.cells(row) for row in self.rows]
        return "\n".join([table.as_text(HEAD, body), "", *map(table.wrapped, self._said())])

    def _repr_html_(self) -> str:
        """노트북에 보일 표와 알리는 말."""
        body = [wording.cells(row) for row in self.rows]
        listed = "".join(f"<li>{html.escape(note)}</li>" for note in self._said())
        return table.as_html(HEAD, body, [row.parted for row in self.rows]) + f"<ul>{listed}</ul>"

    def _said(self) -> list[str]:
        """표 아래에 차례로 적는 말."""
        return [wording.verdict(self.format, self.rows), *filter(None, [self.suspicion]), *self.notes]


def compare_exported(
    model: Any, path: "str | Path", inputs: Any, *, calls: int = 3, tolerance: float = 1e-5
) -> Comparison:
    """모델과 내보낸 파일에 같은 입력을 넣어 보고 어디서 갈라지는지 찾는다.

    입력을 준 대로 ``calls``번 이어서 넣고, 마스크를 만드는 층이 있으면 빈자리를 넣은 것을, 길이와 배치 크기가 정해지지
    않았으면 그것을 바꾼 것을 넣는다. 상태 유지 층은 0에서 시작하고, 모델의 상태는 끝나면 처음대로 되돌린다.

    Args:
        model: 내보낸 Keras의 모델.
        path: ``model.export``로 내보낸 파일이나 폴더. 형식은 이름이 아니라 내용으로 안다.
        inputs: 모델에 넣을 값. 입력이 여럿이면 모델이 받는 대로 리스트나 딕셔너리로 준다.
        calls: 같은 입력으로 몇 번 이어서 부르는가.
        tolerance: 출력마다, 차이를 그 출력의 가장 큰 값으로 나눈 것이 이보다 크면 다른 것이다.

    Returns:
        출력하면 표가 보이는 기록. ``same``과 ``first``로 코드에서도 쓴다.

    Raises:
        TypeError: Keras 3의 모델이 아니거나 경로가 아닐 때.
        ValueError: 내보낸 파일이 아니거나, 입력이 파일과 맞지 않을 때.
        FileNotFoundError: 파일이 없을 때.
        ModuleNotFoundError: 그 형식을 실행할 패키지가 없을 때.
    """
    _require(model, path, calls, tolerance)
    path = Path(path).expanduser()
    kind = format_of(path)
    side = Side(model, inputs, lambda: OPENERS[kind](path))
    if unopened := _unopened(side, kind):
        return unopened
    found: list[Row] = []
    with kept(model) as left:
        for trial in trials.trials(side.inputs, known_of(side)):
            found += _tried(side, trial, calls, tolerance)
            if found[-1].trial == trials.AS_GIVEN and found[-1].kind in (rows.STOPPED, rows.ALIKE):
                break  # 준 입력에서 멈추는 파일은 바꾼 입력에서 볼 것이 없다
        why = suspect(side, found, left, tolerance)
        notes = tuple(notice(side, calls)) if found[0].kind in (rows.SAME, rows.DIFFERENT) else ()
    return Comparison(kind, tuple(found), why, notes)


def _unopened(side: Side, kind: str) -> Comparison | None:
    """열리지 않는 파일의 기록. 열리면 없다."""
    try:
        side.opened()
    except ModuleNotFoundError:
        raise  # 파일의 탓이 아니다
    except Exception as error:
        row = Row(trials.AS_GIVEN, len(side.inputs[0]), None, 1, rows.STOPPED, message=wording.reason(error))
        return Comparison(kind, (row,), unreadable(side, kind, error))
    return None


def _tried(side: Side, trial: trials.Trial, calls: int, tolerance: float) -> list[Row]:
    """입력 하나를 이어서 불러 본 줄. 한쪽이 멈추면 거기서 그친다."""
    states = states_of(side.model)
    put(states)
    artifact = side.open() if states else side.opened()
    names = aligned(side, artifact)
    # 상태가 없는 모델도 첫 번째와 두 번째가 같은지 본다. 크기를 바꾼 입력은 한 번이면 된다.
    times = calls if trial.title == trials.AS_GIVEN or states else 1
    lines = []
    for call in range(1, times + 1):
        line = _called(side, artifact, names, trial, call, tolerance)
        lines.append(line)
        if line.kind in (rows.STOPPED, rows.ALIKE):
            break
    return lines


def _called(side: Side, artifact: Any, names: Sequence[str], trial: trials.Trial, call: int, tolerance: float) -> Row:
    where = (trial.title, trial.batch, trial.length, call)
    ours, refused = run_model(side, trial.inputs)
    try:
        theirs = artifact.run(dict(zip(names, trial.inputs, strict=True)))
    except Exception as error:
        kind = rows.ALIKE if refused else rows.STOPPED
        return Row(*where, kind, message=wording.reason(error))
    if refused:
        return Row(*where, rows.DIFFERENT, 0, float("inf"), wording.only_the_file(refused))
    apart = rows.difference(ours, theirs)
    kind = rows.DIFFERENT if apart.share > tolerance else rows.SAME
    return Row(*where, kind, *apart)


def _require(model: Any, path: Any, calls: int, tolerance: float) -> None:
    import keras

    if calls < 1:
        raise ValueError(f"calls는 1 이상이어야 합니다. 받은 것: {calls}")
    if not tolerance >= 0:
        raise ValueError(f"tolerance는 0 이상이어야 합니다. 받은 것: {tolerance}")
    if not isinstance(path, (str, Path)):
        raise TypeError(f"내보낸 파일의 경로를 주세요. 받은 것: {type(path).__name__}")
    if isinstance(model, keras.Model):
        return
    name = type(model).__module__.partition(".")[0]
    if name == "tf_keras":
        raise TypeError("Keras 2(tf_keras)의 모델입니다. compare_exported는 Keras 3의 모델만 비교합니다.")
    raise TypeError(f"Keras의 모델을 주세요. 받은 것: {type(model).__name__}")

"""비교한 결과를 알리는 말: 어디서 갈라졌고, 무엇을 의심하고, 어떻게 고치는가."""

import math
import re
from collections.abc import Sequence
from typing import Any

from rnn_shapes.exporting.formats import SAVED_MODEL
from rnn_shapes.exporting.rows import ALIKE, Row

ADVISED = "다시 내보내세요."
"""스스로 고칠 법을 말하는 글의 끝."""

LONGEST = 400
"""표에 적는 오류의 길이."""

BAKED = (
    "모델에 남아 있는 상태에서 시작한 답과 같습니다. 훈련하거나 예측하고 남은 상태가 파일에 들어갔습니다. "
    "상태를 비우고 다시 내보내세요."
)
FORGETS = (
    "둘째부터는 상태를 비우고 부른 모델의 답과 같습니다. 파일이 부를 때마다 처음 상태에서 시작합니다. 상태를 모델의 "
    "입력과 출력으로 꺼내서 내보내세요."
)
OTHER_STATE = "첫 답은 같고 그 뒤가 다릅니다. 파일이 상태를 이어 가지 않거나 다르게 이어 갑니다."
WEIGHTS_OR_STATE = (
    "첫 답부터 다릅니다. 내보낸 뒤에 가중치가 바뀌었거나, 내보낼 때 남아 있던 상태가 파일에 들어갔습니다. "
    "상태를 비우고 다시 내보내 보세요."
)
SLIGHTLY = (
    "첫 답부터 다르지만 출력의 크기에 비하면 조금입니다. 가중치를 정수나 float16으로 줄여 적은 파일이라면 그 때문이니, "
    "얼마나 달라도 되는지 정해 tolerance에 주세요. 그러지 않았다면 내보낸 뒤에 가중치가 바뀐 것입니다."
)
OTHER_SHAPE = "출력의 수나 형태가 모델과 다릅니다. 다른 모델의 파일입니다. 다시 내보내세요."
MODEL_REFUSES = "준 입력을 모델이 받지 않으므로 비교할 답이 없습니다. 모델이 받는 입력을 주세요."
OTHER_WEIGHTS = (
    "준 입력에서 처음부터 다릅니다. 내보낸 뒤에 가중치가 바뀌었거나 다른 모델의 파일입니다. 다시 내보내세요."
)
KEEPS = "모델에는 없는 상태를 파일이 이어 갑니다. 다른 모델의 파일입니다."
MASK_DROPPED = (
    "빈자리가 없으면 같고 있으면 다릅니다. 파일의 모델에 마스크가 없습니다. Embedding의 mask_zero나 Masking이 있는 "
    "모델에서 다시 내보내세요."
)
TIME_DISTRIBUTED = (
    "길이를 모르는 그래프에서 TimeDistributed는 길이 대신 배치 크기만큼 층을 부릅니다. Input에 길이를 적거나, "
    "Dense라면 감싸지 말고 쓰세요."
)
BY_SIZE = "준 크기에서는 같고 다른 크기에서 갈라집니다. 내보낼 때 크기가 굳은 곳이 있습니다. 쓸 크기로 내보내세요."
ONE_CALL = "calls가 1이라 상태가 이어지는지는 보지 못했습니다. 상태를 잊는 파일은 둘째 호출부터 갈라집니다."
NOT_NUMBERS = "모델의 답에 수가 아닌 값(NaN이나 inf)이 있어 그 자리는 비교한 것이 아닙니다. 가중치와 입력을 확인하세요."
NEGATIVE_IDS = (
    "음수인 번호를 넣었습니다. 모델도 파일도 멈추지 않고 임베딩 표의 뒤에서부터 센 줄을 꺼낸 것이라 서로 같습니다. "
    "넣기 전에 번호의 범위를 확인하세요."
)
HARD_SIGMOID = (
    "hard_sigmoid를 쓰는 층이 있습니다. Keras 2에서 훈련한 가중치라면 Keras 3의 식이 달라서 모델부터 다르게 답하므로, "
    "이 비교로는 드러나지 않습니다. Keras 2에서 적어 둔 답과 비교하세요."
)
FLEX = (
    "LiteRT에 없는 TensorFlow의 연산이 들어 있습니다. 배치 크기를 정한 input_signature를 주고 내보내거나 unroll=True로 "
    "만드세요."
)


def reason(error: BaseException) -> str:
    """오류의 종류와 글을 한 줄로.

    >>> reason(RuntimeError("Node 1\\n failed"))
    'RuntimeError: Node 1 failed'
    """
    text = re.sub(r"\x1b\[[\d;]*m|Exception encountered when calling \S+", "", str(error))
    text = " ".join(text.partition("Arguments received by")[0].split())
    whole = f"{type(error).__name__}: {text}"
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}…"


def only_the_file(error: BaseException) -> str:
    """모델은 거절한 입력을 파일이 받았다는 말."""
    return f"모델은 멈췄는데 파일은 답함({reason(error)})"


def fixed(name: str, shape: Sequence[int | None], given: Sequence[int]) -> str:
    """파일이 받지 않는 크기라는 말. 형태는 축마다 적는다.

    >>> fixed("args_0", (1, None), (5, 7))
    '파일의 입력 args_0의 크기는 [1, ?]로 정해져 있습니다. 준 것: [5, 7]'
    """
    return f"파일의 입력 {name}의 크기는 {_written(shape)}로 정해져 있습니다. 준 것: {list(given)}"


def _written(shape: Sequence[int | None]) -> str:
    return "[" + ", ".join("?" if size is None else str(size) for size in shape) + "]"


def no_arrays(leaves: Sequence[Any]) -> str:
    """입력에서 배열을 찾지 못했다는 말."""
    kinds = ", ".join(dict.fromkeys(type(one).__name__ for one in leaves)) or "빈 묶음"
    return (
        f"넣을 값이 없습니다. 첫 축이 배치인 배열이나, 그런 배열의 리스트나 딕셔너리를 주세요. 받은 것: {kinds}. "
        "수의 리스트라면 np.array로 감싸고, 길이가 다르면 pad_sequences로 맞추세요."
    )


def unpaired(theirs: Sequence[str], ours: Sequence[str], named: bool) -> str:
    """입력의 짝을 지을 수 없다는 말.

    >>> unpaired(["sensor", "static"], ["sensor"], True)
    '입력의 이름이 맞지 않습니다. 파일에만 있는 것: static. 딕셔너리의 키를 파일의 이름대로 적으세요.'
    """
    only = {"파일에만 있는 것": set(theirs) - set(ours), "준 것에만 있는 것": set(ours) - set(theirs)}
    listed = ". ".join(f"{whose}: {', '.join(sorted(names))}" for whose, names in only.items() if names)
    advice = (
        "딕셔너리의 키를 파일의 이름대로 적으세요."
        if named
        else "모델의 Input과 InputSpec에 같은 name을 적어 다시 내보내거나, 파일의 이름을 키로 하는 딕셔너리를 주세요."
    )
    return f"입력의 이름이 맞지 않습니다. {listed}. {advice}"


def model_refuses(error: BaseException) -> str:
    """모델부터 받지 않는 입력이라는 말."""
    return f"준 입력을 모델이 받지 않습니다({reason(error)}). 입력의 형태와 타입, 순서를 확인해서 다시 주세요."


def permuted(order: Sequence[int]) -> str:
    """출력의 순서만 다르다는 말.

    >>> permuted([1, 0])
    '출력의 순서만 다릅니다. 모델의 출력 0, 1번이 파일에서는 1, 0번입니다. 다시 내보내거나 순서를 바꾸어 쓰세요.'
    """
    ours, theirs = (", ".join(map(str, one)) for one in (range(len(order)), order))
    said = f"출력의 순서만 다릅니다. 모델의 출력 {ours}번이 파일에서는 {theirs}번입니다."
    return f"{said} 다시 내보내거나 순서를 바꾸어 쓰세요."


def unsupported(dtype: str) -> str:
    """그 타입을 실행하지 못하는 파일이라는 말."""
    said = f"모델의 계산이 {dtype}입니다. 이 형식은 그 타입의 연산을 다 실행하지 못합니다."
    return f"{said} float32 정책으로 만든 같은 모델에 가중치를 옮겨 내보내세요."


def half(dtype: str) -> str:
    """정밀도가 낮은 타입이라 조금 다르다는 말."""
    return (
        f"모델의 계산이 {dtype}입니다. 정밀도가 낮아서 계산의 순서만 달라도 이만큼 다릅니다. tolerance를 넓히거나, "
        "float32 정책으로 만든 같은 모델에 가중치를 옮겨 내보내세요."
    )


def unreadable(kind: str) -> str:
    """열리지 않는 파일이라는 말."""
    whole = " 폴더에 든 것을 모두 옮기세요." if kind == SAVED_MODEL else ""
    return f"파일을 열지 못했습니다. 옮기다가 잘렸거나 일부가 빠졌습니다.{whole} {ADVISED}"


def not_tried(name: str, shape: Sequence[int | None], timed: bool) -> str:
    """파일이 정해 둔 크기만 비교했다는 말.

    >>> not_tried("ids", (1, None), False)
    '파일은 입력 ids의 크기를 [1, ?]로 정해 두었습니다. 다른 크기로는 비교하지 않았습니다.'
    """
    said = f"파일은 입력 {name}의 크기를 {_written(shape)}로 정해 두었습니다. 다른 크기로는 비교하지 않았습니다."
    return f"{said} 길이를 가리지 않게 하려면 그 자리를 None으로 적은 input_signature로 내보내세요." if timed else said


def other_kind(name: str, theirs: str, given: str) -> str:
    """준 것과 다른 타입을 받는다는 말."""
    said = f"파일이 받는 {name}의 타입은 {theirs}인데 준 것은 {given}입니다. 비교할 때는 바꾸어 넣었지만,"
    advice = "넣을 타입을 Input이나 input_signature의 dtype에 적어 다시 내보내세요."
    return f"{said} 바꾸어 주지 않는 곳에서는 멈춥니다. {advice}"


def one_sample(batch: int) -> str:
    """하나를 넣어도 여럿을 답한다는 말."""
    return f"시퀀스를 하나만 넣어도 파일은 멈추지 않고 답을 {batch}개 냅니다. 쓰는 코드에서 넣은 수를 확인하세요."


def other_endpoints(names: Sequence[str]) -> str:
    """비교하지 않은 시그니처."""
    return f"serving_default만 비교했습니다. 파일에 더 있는 시그니처: {', '.join(names)}"


def cells(row: Row) -> tuple[str, ...]:
    """표의 한 줄."""
    length = "" if row.length is None else str(row.length)
    return row.trial, str(row.batch), length, str(row.call), row.kind, amount(row)


def amount(row: Row) -> str:
    """차이. 정해진 자리까지만 적는다."""
    if row.output is None:
        return ""
    if math.isinf(row.amount):
        return "형태가 다름" if row.message else "한쪽만 수가 아님"
    return f"{row.amount:.1e}" if row.amount else "0"


def verdict(kind: str, found: Sequence[Row]) -> str:
    """갈라졌는지, 갈라졌으면 어디서인지."""
    first = next((row for row in found if row.parted), None)
    if first is None and found[0].kind == ALIKE:
        return f"✗ 비교하지 못했습니다. 준 입력에서 모델도 {kind} 파일도 멈춥니다. ({found[0].message})"
    if first is None:
        return f"✓ {kind} 파일은 넣어 본 입력에서 모두 모델과 같습니다."
    where = f"‘{first.trial}’, 배치 크기 {first.batch}"
    where += f", 길이 {first.length}" if first.length is not None else ""
    what = "멈춥니다" if first.output is None else f"다르게 답합니다(출력 {first.output}, 차이 {amount(first)})"
    said = f" ({first.message})" if first.message else ""
    if first.output is not None and first.message:
        what = "다른 꼴로 답합니다"
    return f"✗ {kind} 파일은 {where}의 {first.call}번째 호출에서 {what}.{said}"

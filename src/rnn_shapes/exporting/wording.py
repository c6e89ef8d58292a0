"""비교한 결과를 알리는 말: 어디서 갈라졌고, 무엇을 의심하고, 어떻게 고치는가."""

import math
import re
from collections.abc import Sequence

from rnn_shapes.exporting.rows import Row

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
FLEX = (
    "LiteRT에 없는 TensorFlow의 연산이 들어 있습니다. 배치 크기를 정한 input_signature를 주고 내보내거나 unroll=True로 "
    "만드세요."
)


def reason(error: BaseException) -> str:
    """오류의 종류와 글을 한 줄로.

    >>> reason(RuntimeError("Node 1\\n failed"))
    'RuntimeError: Node 1 failed'
    """
    text = " ".join(re.sub(r"\x1b\[[\d;]*m", "", str(error)).split())
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
    written = "[" + ", ".join("?" if size is None else str(size) for size in shape) + "]"
    return f"파일의 입력 {name}의 크기는 {written}로 정해져 있습니다. 준 것: {list(given)}"


def cells(row: Row) -> tuple[str, ...]:
    """표의 한 줄."""
    length = "" if row.length is None else str(row.length)
    return row.trial, str(row.batch), length, str(row.call), row.kind, amount(row)


def amount(row: Row) -> str:
    """차이. 정해진 자리까지만 적는다."""
    if row.output is None:
        return ""
    return "형태가 다름" if math.isinf(row.amount) else f"{row.amount:.1e}" if row.amount else "0"


def verdict(kind: str, first: Row | None) -> str:
    """갈라졌는지, 갈라졌으면 어디서인지."""
    if first is None:
        return f"✓ {kind} 파일은 넣어 본 입력에서 모두 모델과 같습니다."
    where = f"‘{first.trial}’, 배치 크기 {first.batch}"
    where += f", 길이 {first.length}" if first.length is not None else ""
    what = "멈춥니다" if first.output is None else f"출력 {first.output}이 {amount(first)}만큼 다릅니다"
    said = f" ({first.message})" if first.message else ""
    if math.isinf(first.amount):
        what = "다른 꼴로 답합니다"
    return f"✗ {kind} 파일은 {where}의 {first.call}번째 호출에서 {what}.{said}"

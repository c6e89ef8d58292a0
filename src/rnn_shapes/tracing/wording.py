"""조용한 잘못을 알리는 말: 무엇이 어떻게 되었고, 어떻게 고치는가."""

from collections.abc import Sequence

SHARED = (
    "같은 셀을 여러 번 묶어 모두 한 벌의 가중치를 씁니다. `[cell] * 2` 대신 셀을 하나씩 새로 만드세요. "
    "일부러 나누어 쓰는 것이라면 괜찮습니다."
)
ONE_CELL = "셀 하나를 리스트에 넣은 `RNN`은 마스크를 받으면 멈춥니다. `RNN([cell])` 대신 `RNN(cell)`이라고 쓰세요."
READ_LAST = "마지막 상태는 빈자리까지 읽은 뒤의 것입니다."
READ_FIRST = "빈자리를 읽으며 바뀐 상태에서 내용을 읽기 시작합니다."
BOTH_WAYS = "한 방향은 빈자리를 읽은 다음에 내용을 읽고, 다른 방향의 마지막 상태는 빈자리를 읽은 뒤의 것입니다."
AVERAGED = "평균에 빈자리까지 들어갑니다."
"""가리지 않은 빈자리가 하는 일."""
SPLIT = (
    "양방향 층에 초기 상태로 텐서 하나를 주면 배치의 앞 절반은 정방향이, 뒤 절반은 역방향이 나누어 받습니다. "
    "`initial_state=[정방향, 역방향]`처럼 리스트로 주세요."
)
BACKWARDS = (
    "`go_backwards=True`인 층의 출력은 뒤집혀 나오지만 딸려 나오는 마스크는 뒤집히지 않아, 다음 층이 엉뚱한 자리를 "
    "빈자리로 봅니다. 다음 층에 뒤집은 마스크를 `mask=`로 직접 넘기세요."
)
UNROLLED = (
    "`go_backwards=True`와 `unroll=True`, `zero_output_for_mask=True`를 함께 쓰면 빈자리가 아닌 출력이 0이 됩니다. "
    "셋 가운데 하나를 빼세요."
)


def _harm(nothing_hidden: bool) -> str:
    if nothing_hidden:
        return "이번 배치에는 가릴 것이 없지만, 빈자리가 있는 배치에서는 결과가 달라집니다."
    return "그래서 빈자리까지 읽습니다."


def lost(where: str, nothing_hidden: bool) -> str:
    """순환층에 닿기 전에 끊긴 마스크."""
    harm = _harm(nothing_hidden)
    mend = "`mask=`로 직접 넘기거나 마스크를 넘기는 층을 쓰세요."
    return f"마스크가 {where}에서 끊겨 여기에 닿지 않습니다. {harm} {mend}"


def set_aside(nothing_hidden: bool) -> str:
    """초기 상태와 함께 주어서 쓰이지 않은 마스크."""
    harm = _harm(nothing_hidden)
    return f"초기 상태를 함께 주면 Keras는 텐서에 딸려 온 마스크를 쓰지 않습니다. {harm} `mask=`로 직접 넘기세요."


def unmasked(at_end: bool, reading: str, masked: bool) -> str:
    """가리지 않은 빈자리. 채운 쪽과 읽는 방향에 따라 탈이 다르다."""
    side = "뒤" if at_end else "앞"
    why = "마스크가 있지만 그 자리를 가리지 않아" if masked else "마스크가 없어"
    return (
        f"시퀀스의 {side}에 0이 이어집니다. 그것이 빈자리라면 {why} {reading} `Embedding(mask_zero=True)`나 "
        "`Masking`, `mask=`로 빈자리를 알려 주세요."
    )


def outside(ids: Sequence[int], size: int) -> str:
    """어휘 밖의 번호."""
    shown = ", ".join(map(str, ids[:5])) + (" 등" if len(ids) > 5 else "")
    what = "음수는 오류 없이 표의 뒤에서부터 센 줄을 꺼냅니다." if ids[0] < 0 else ""
    over = f"{size} 이상은 GPU나 XLA에서는 오류도 나지 않습니다." if ids[-1] >= size else ""
    return (
        f"번호 {shown}: 어휘는 0부터 {size - 1}까지입니다. {' '.join(filter(None, (what, over)))} "
        "넣기 전에 번호의 범위를 확인하세요."
    )


def batch(kept: int, given: int) -> str:
    """상태 유지 층이 받은, 크기가 다른 배치."""
    return (
        f"상태를 샘플 {kept}개의 것으로 유지하는 층에 샘플 {given}개를 주었습니다. 배치마다 샘플의 수가 같아야 합니다. "
        "`tf.data`라면 `batch(..., drop_remainder=True)`로 모자란 마지막 배치를 버리세요."
    )


def zeroed(count: int) -> str:
    """빈자리로 끝나 0이 된 마지막 출력."""
    return (
        f"`zero_output_for_mask=True`라서 빈자리로 끝나는 샘플 {count}개의 출력이 모두 0입니다. "
        "이 옵션을 빼거나 `return_state=True`로 받은 상태를 쓰세요."
    )


def length(given: int, wanted: int) -> str:
    """시퀀스와 길이가 다른 마스크."""
    return (
        f"마스크의 길이는 {given}인데 시퀀스의 길이는 {wanted}입니다. `unroll=True`이면 긴 마스크를 오류 없이 "
        "받아 앞부분만 씁니다. 시퀀스와 함께 마스크도 자르세요."
    )


def spare(count: int, wanted: int) -> str:
    """남는 초기 상태."""
    return f"초기 상태를 {count}개 주었지만 이 층의 상태는 {wanted}개입니다. 나머지는 쓰이지 않습니다."

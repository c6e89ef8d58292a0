"""잘못된 입력을 알아보고, 무엇이 왜 틀렸고 어떻게 고칠지 말한다."""

from typing import Any

import tensorflow as tf

from rnn_shapes.seq2seq.tensors import Tensor


def check_depths(query: Any, keys: Any) -> None:
    """내적으로 점수를 내는 쿼리와 키의 크기가 같은지 본다.

    Raises:
        ValueError: 다를 때.
    """
    if None not in (query, keys) and query != keys:
        raise ValueError(
            f"점수를 낼 수 없습니다. 쿼리의 크기는 {query}, 키의 크기는 {keys}입니다. "
            f"쿼리는 셀의 출력입니다. 키를 쿼리에 맞추려면 LuongAttention(units={query})를 쓰세요."
        )


def check_rows(query: Any, memory: Any) -> None:
    """쿼리의 행이 메모리의 행의 배수인지 본다. 빔마다 메모리를 복사하지 않아도 되게 하려는 것이다.

    Raises:
        ValueError: 배수가 아닐 때.
    """
    if None not in (query, memory) and (memory == 0 or query % memory):
        raise ValueError(
            f"쿼리와 메모리의 배치 크기가 맞지 않습니다. 쿼리는 {query}행, 메모리는 {memory}행입니다. "
            "같은 배치에서 나온 메모리를 reading에 주세요. 빔 탐색에서는 쿼리의 행이 메모리의 행의 배수여야 합니다."
        )


def check_lengths(lengths: Tensor, size: Any) -> Tensor:
    """길이가 1보다 작거나 메모리보다 길지 않은지 본다. 그래프에서는 실행할 때 본다.

    Returns:
        확인을 마친 길이.

    Raises:
        ValueError: 벗어난 길이가 있을 때.
        tf.errors.InvalidArgumentError: 그래프를 실행하다가 벗어난 길이를 만났을 때.
    """
    lengths = tf.cast(lengths, tf.int32)
    message = "메모리의 길이가 맞지 않습니다. 길이는 1 이상이고 메모리의 타임스텝 수보다 크지 않아야 합니다."
    known, limit = tf.get_static_value(lengths), tf.get_static_value(size)
    if known is not None and limit is not None:
        wrong = known[(known < 1) | (known > limit)]
        if wrong.size:
            raise ValueError(f"{message} 메모리의 타임스텝은 {limit}개인데 길이 가운데 {wrong[0]}이 있습니다.")
        return lengths
    checks = [
        tf.debugging.assert_positive(lengths, message=message),
        tf.debugging.assert_less_equal(lengths, tf.cast(size, tf.int32), message=message),
    ]
    with tf.control_dependencies([check for check in checks if check is not None]):
        return tf.identity(lengths)


def check_beams(beam_width: int, vocabulary: Any) -> None:
    """빔 너비가 1 이상이고 어휘보다 넓지 않은지 본다.

    Raises:
        ValueError: 아닐 때.
    """
    if beam_width < 1:
        raise ValueError(f"빔 너비는 1 이상이어야 합니다. 받은 것: beam_width={beam_width}")
    if vocabulary is not None and beam_width > vocabulary:
        raise ValueError(
            f"빔이 어휘보다 넓습니다. beam_width는 {beam_width}, 어휘의 크기는 {vocabulary}입니다. "
            f"첫 걸음에서 고를 토큰이 모자라니 beam_width를 {vocabulary} 이하로 하세요."
        )


def check_end_token(end_token: int, vocabulary: Any) -> None:
    """끝 토큰이 어휘 안에 있는지 본다. 밖에 있으면 어떤 행도 끝나지 않는다.

    Raises:
        ValueError: 밖에 있을 때.
    """
    if end_token < 0 or (vocabulary is not None and end_token >= vocabulary):
        raise ValueError(
            f"끝 토큰이 어휘에 없습니다. end_token은 {end_token}, 어휘의 크기는 {vocabulary}입니다. "
            "로짓의 마지막 축에서의 번호를 주세요."
        )


def check_sequences(targets: Tensor, logits: Tensor, weights: Tensor) -> None:
    """손실을 구할 정답과 로짓, 무게의 축의 수를 본다.

    Raises:
        ValueError: 맞지 않을 때.
    """
    if logits.shape.rank != 3 or targets.shape.rank not in (2, 3) or weights.shape.rank != 2:
        raise ValueError(
            "로짓의 축은 배치, 타임스텝, 어휘의 셋이고 정답과 무게의 축은 배치, 타임스텝의 둘이어야 합니다. "
            f"받은 축의 수: 로짓 {logits.shape.rank}, 정답 {targets.shape.rank}, 무게 {weights.shape.rank}"
        )

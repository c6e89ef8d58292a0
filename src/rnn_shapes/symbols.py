"""형태를 적는 글자와, 코드에서 그 값을 담는 이름의 표.

글에서는 ``N``, 코드에서는 ``batch_size``라고 적는다. 둘을 잇는 곳은 이 표 하나뿐이다.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral


@dataclass(frozen=True)
class Symbol:
    """형태의 한 축을 가리키는 글자."""

    letter: str
    """글에 쓰는 대문자 한 글자."""
    name: str
    """코드에서 그 크기를 담는 변수 이름."""
    meaning: str
    """독자에게 보이는 뜻."""


SYMBOLS: Mapping[str, Symbol] = {
    symbol.letter: symbol
    for symbol in (
        Symbol("N", "batch_size", "배치 크기"),
        Symbol("T", "seq_length", "시퀀스 길이"),
        Symbol("D", "input_dim", "입력 특성의 수"),
        Symbol("H", "hidden_dim", "은닉 상태의 크기(유닛 수)"),
        Symbol("S", "encoder_length", "인코더 쪽 시퀀스 길이"),
        Symbol("V", "vocab_size", "어휘 크기"),
        Symbol("E", "embedding_dim", "임베딩 벡터의 크기"),
        Symbol("K", "beam_width", "빔 너비"),
        Symbol("O", "output_size", "출력 크기"),
        Symbol("A", "attention_dim", "어텐션 층의 크기"),
        Symbol("G", "other_dim", "둘째 셀이나 역방향 층의 유닛 수"),
        Symbol("C", "channels", "입력 채널의 수"),
        Symbol("F", "filters", "합성곱 필터의 수"),
        Symbol("P", "kernel_size", "합성곱 커널의 한 변"),
        Symbol("Y", "rows", "세로 크기"),
        Symbol("X", "cols", "가로 크기"),
        Symbol("Z", "depth", "깊이"),
    )
}
"""글자로 찾는 기호표. 적힌 순서가 페이지에 보이는 순서다."""


def bound_sizes(namespace: Mapping[str, object]) -> dict[str, int]:
    """이름 공간에 정수로 묶여 있는 기호의 크기.

    Args:
        namespace: 한 페이지의 코드가 만든 이름들.

    Returns:
        ``{"N": 5, "T": 7}``처럼 글자에서 크기로 가는 표. 묶이지 않은 기호는 없다.

    >>> bound_sizes({"batch_size": 5, "hidden_dim": 11, "outputs": None})
    {'N': 5, 'H': 11}
    """
    return {
        letter: int(size)
        for letter, symbol in SYMBOLS.items()
        if isinstance(size := namespace.get(symbol.name), Integral) and not isinstance(size, bool)
    }

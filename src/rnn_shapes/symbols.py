"""형태를 적는 글자와, 코드에서 그 크기를 담는 이름의 표. 글에서는 ``N``, 코드에서는 ``batch_size``라고 적는다."""

from collections.abc import Mapping

from shape_claims.symbols import Symbol, Symbols

TABLE: Mapping[str, tuple[str, str]] = {
    "N": ("batch_size", "배치 크기"),
    "T": ("seq_length", "시퀀스 길이"),
    "D": ("input_dim", "입력 특성의 수"),
    "H": ("hidden_dim", "은닉 상태의 크기(유닛 수)"),
    "S": ("encoder_length", "인코더 쪽 시퀀스 길이"),
    "V": ("vocab_size", "어휘 크기"),
    "E": ("embedding_dim", "임베딩 벡터의 크기"),
    "K": ("beam_width", "빔 너비"),
    "O": ("output_size", "출력 크기"),
    "A": ("attention_dim", "어텐션 층의 크기"),
    "G": ("other_dim", "둘째 셀이나 역방향 층의 유닛 수"),
    "C": ("channels", "입력 채널의 수"),
    "F": ("filters", "합성곱 필터의 수"),
    "P": ("kernel_size", "합성곱 커널의 한 변"),
    "Y": ("rows", "세로 크기"),
    "X": ("cols", "가로 크기"),
    "Z": ("depth", "깊이"),
}
"""글자마다 코드의 이름과 뜻. ``conf.py``가 이대로 확장에 넘기고, 적힌 순서가 페이지에 보이는 순서다."""

MEANINGS: Mapping[str, tuple[str, ...]] = {
    "N": ("함께 계산하는 시퀀스의 수",),
    "T": ("시퀀스 하나에 있는 타임스텝의 수", "디코더가 쓰는 길이"),
    "D": ("타임스텝 하나의 입력 벡터 크기",),
    "H": ("상태 벡터의 크기",),
    "S": ("인코더가 읽는 길이",),
    "V": ("토큰 번호의 수", "디코더가 고르는 토큰의 수"),
    "E": ("토큰 하나를 나타내는 벡터의 크기",),
}
"""강의의 ‘글자 정리’에 풀어서 적는 뜻. 인코더와 디코더가 따로 있는 강의에서는 뒤의 것을 적는다."""

SYMBOLS: Mapping[str, Symbol] = Symbols(TABLE).table
"""글자로 찾는 기호."""

GATE_FACTORS = (2, 3, 4)
"""RNN 층의 형태에 나타나는 배수. 양방향은 두 벌, GRU는 가중치 세 벌, LSTM은 네 벌이다."""

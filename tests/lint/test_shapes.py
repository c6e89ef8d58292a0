"""글에서 형태로 읽히는 것과 읽히지 않는 것."""

import pytest

from rnn_shapes.lint.brackets import invisible
from rnn_shapes.lint.shapes import bare_shapes, code_shapes, math_shapes, row_shape

SHAPES = """
출력은 (N, T, H)이다.
출력은 (N,T,2H)다.
상태는 (N,) 하나다.
[batch_size, seq_length, input_dim]을 넣는다.
(None, 7, H)로 나온다.
(batch, time, features)가 들어간다.
(N, ..., H)
(5, 7, 22)를 얻는다.
가중치는 D×4H 행렬이다.
N x T 텐서
(N, T - 2, 3*H)
(배치 크기, 시퀀스 길이, 은닉 크기)
형태는(5, 7, 99)이다
5×7×99 텐서
（N, T, 9H）
(?, T, 9H)와 (-1, T, H)
출력은 N×T×9H입니다.
출력은 N×T×9H 크기의 텐서입니다.
출력은 N×T×9H를 이룬다.
출력은 N*T*9H 텐서입니다.
출력은 N by T by 9H입니다.
출력은 N·T·9H입니다.
출력은 N/T/9H입니다.
출력은 N, T, 9H입니다.
형태는 N, T, H입니다.
형태(shape)는 5, 7, 99입니다.
출력은 〈N, T, 9H〉입니다.
출력은 ⟨N, T, 9H⟩입니다.
출력은 「N, T, 9H」입니다.
출력은 {N, T, 9H}입니다.
출력은 <N, T, 9H>입니다.
출력은 (N T 9H)입니다.
출력은 (N; T; 9H)입니다.
출력은 (N × T × H)입니다.
출력은 (n, t, 9h)입니다.
출력은 (n, t, h)입니다.
출력은 (B, L, 9H)입니다.
출력은 (B, L, M)입니다.
출력은 (batch_size, seq_length, 9 * hidden_dim)입니다.
출력은 (배치, 시간, 특성)입니다.
출력은 (시간, 배치, 유닛)입니다.
출력은 (유닛, 배치)입니다.
출력은 배치 × 시간 × 유닛입니다.
출력은 (samples, timesteps, 9H)입니다.
출력은 (N, T, 2(H + 9))입니다.
출력은 (N, (T + 1), 9H)입니다.
출력은 (32, 1024, 512)입니다.
출력은 (32, 1,024, 512)입니다.
출력은 shape(5, 7, 99)입니다.
출력은 TensorShape([5, 7, 99])입니다.
출력의 형태는 [5, 7, 99]입니다.
(5, 7, 99)번째 출력입니다.
출력은 9차원 텐서입니다.
출력은 네 차원 텐서입니다.
출력은 축이 넷입니다.
출력의 축은 네 개입니다.
마지막 축의 크기는 9H입니다.
마지막 축은 유닛 수의 9배입니다.
마지막 축은 유닛 수의 아홉 배입니다.
마지막 축은 은닉 크기의 9배입니다.
출력 (형태는 N, T, 9H)
표준 어텐션은 N×N 점수 행렬을 만듭니다.
[batch, time, lstm_units]
출력 형태: N x T x 9H
출력은 (N, T, H×9)입니다.
출력은 (N, T, 아홉 배의 H)입니다.
출력은 (배치 크기, 시퀀스 길이, 9 × 은닉 크기)입니다.
출력은 (batch size, sequence length, 9H)입니다.
출력은 (bs, seq, hid)입니다.
출력은 (N)(T)(9H)입니다.
출력은 배치마다 T×9H입니다.
출력의 마지막 축은 9H입니다.
출력의 마지막 축 크기는 9H입니다.
특성 축이 9H로 늘어납니다.
출력 벡터는 9H차원입니다.
출력은 4차원입니다.
출력의 랭크는 4입니다.
출력은 5x7x99입니다.
outputs.shape[2]는 9H입니다.
tf.Tensor(shape=(5, 7, 99), dtype=float32)
float32[5, 7, 99]를 돌려줍니다.
""".strip().splitlines()

ORDINARY = """
순환 신경망(recurrent neural network, RNN)
토큰 [3, 1, 4]와 [12, 7]을 넣는다.
1997년과 2014년(1997, 2014)의 논문
f(x, y)와 range(1, 5), np.zeros(2, 3)
(H)는 은닉 크기다.
평균은 N×T개의 값으로 구한다.
LSTM(Hochreiter, 1997)
h와 c(은닉 상태, 셀 상태)
2×3은 6이다.
A4, T5 같은 이름(예: T5, GPT)
()는 빈 튜플이다.
(0, 1) 사이의 값
(2021, 12)
(1, 2)단계
LSTM(H, D)와 함수 f(N, T)
쿼리, 키, 값(Q, K, V)
상태(h, c)를 넘긴다
게이트(i, f, o)와 (z, r)
가중치 (W, U)와 편향 b
(1, 2, 3)장
(1, 2, 3)번
(2021, 12, 5)에 적었다
기호 N, T, D, H를 씁니다.
2H, 3H, 4H처럼 적습니다
GRU는 3H, LSTM은 4H
성분의 수는 D×4H입니다
매개변수의 수는 4×H×H입니다.
매개변수는 모두 4×D×H입니다.
형태(shape)는 글자로 적습니다
형태를 보고 토큰 [3, 1, 4]를 넣습니다
배치와 타임스텝을 함께 평균합니다
1차원 합성곱과 2차원 그림
축이 둘인 입력을 넣으면 안 됩니다
축은 셋이어야 한다며 거절했습니다
끝에 축이 하나 늘었습니다
가로·세로·높이
입력·출력·상태
(왼쪽, 오른쪽)과 (처음, 끝)
묶으면 4H(D + H + 1)입니다
z와 (1 - z)의 자리
유닛(unit) 수가 달라도 됩니다
크기가 두 배이므로 2H개입니다
S1, S2, S3
2.x와 3.x(2.16, 2.21)
값이 많습니다(1,024개)
(가, 나)와 (참, 거짓)
시간(time), 배치(batch), 타임스텝(time step)
(i, j)번째 칸
3×3 합성곱 커널
RNN(LSTM, GRU)과 (CPU, GPU)
(N개, T개)
화면의 비율은 (16:9, 4:3)
[1, 2]를 보세요
배치 크기가 1인 상태
배치 크기는 아는데 길이는 모른다
H에서 시작한다
t - 1에서 t로
“a/b/c”의 꼴
N과 T, D
개수는 T×9H입니다
D에서 4H로 바뀐다
시간 축을 길이 1로 남깁니다
시간 축이 1번 나온다
합성곱은 2차원입니다
2×3×4는 24입니다
(hidden, cell)의 차례
유닛의 두 배인 층
점 (3, 4)와 좌표 (2, 3)
각 층(1, 2, 3)의 출력
T와 F로 적은 답(T, F), (O, X)
생성 단계당 O(N²)에서 O(N)으로
크기를 5, 7, 11, 13처럼 서로 다른 소수로 정했습니다
""".strip().splitlines()


@pytest.mark.parametrize("text", SHAPES)
def test_bare_shape_is_found(text):
    """기호나 수, 낱말로 적은 형태를 찾아낸다."""
    assert list(bare_shapes(text))


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_prose_raises_no_alarm(text):
    """형태가 아닌 괄호와 나열과 곱셈은 그냥 둔다."""
    assert not list(bare_shapes(text))


@pytest.mark.parametrize("character", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u2063"])
def test_invisible_letters_hide_nothing(character):
    """보이지 않는 글자를 끼워도 형태를 찾고, 그 글자도 찾는다."""
    text = f"출력은 (N{character}, T, 9{character}H)입니다."
    assert list(bare_shapes(text)) == ["(N, T, 9H)"]
    assert list(invisible(text))


def test_visible_letters_are_not_invisible():
    """띄어쓰기와 한글, 기호는 보이지 않는 글자가 아니다."""
    assert not list(invisible("출력은 (N,\u00a0T) ✓ — “H”…\n다음 줄"))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("N, T, 9H", ""),
        ("N×T×9H", ""),
        ("N*T*9H", ""),
        ("(N, T, 9H)", ""),
        ("(5, 7, 99)", ""),
        ("TensorShape([5, 7, 99])", ""),
        ("[5, 7, 99]", "출력의 형태는"),
        ("outputs.shape == (N, T, 9H)", ""),
        ("outputs.shape[-1] == 9 * hidden_dim", ""),
        ("len(outputs.shape) == 4", ""),
        ("outputs.ndim == 4", ""),
        ("(batch_size, seq_length, 9 * hidden_dim)", ""),
        ("shape=(5, 7)", ""),
        ("[N][T][9H]", ""),
        ("batch x time x 9H", ""),
        ("tf.Tensor(shape=(5, 7, 99), dtype=float32)", ""),
        ("float32[5, 7, 99]", ""),
    ],
)
def test_shape_in_code_font_is_found(code, sentence):
    """코드 글꼴로 적은 형태도 찾아낸다."""
    assert list(code_shapes(code, sentence))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("tf.zeros([5, 7])", "형태를 넘긴다"),
        ("np.zeros([batch_size, hidden_dim])", "형태를 넘긴다"),
        ("[3, 1, 4]", "토큰을 넣는다"),
        ("i, f, o", "형태"),
        ("h, c = states", ""),
        ("outputs[:, -1]", "형태"),
        ("outputs[5, 7]", "형태"),
        ("kernel_size=(3, 3)", ""),
        ("LSTM(hidden_dim)", "형태"),
        ("4 * hidden_dim", "수는"),
        ("N", "형태"),
        ("N, T", "기호"),
        ("D×4H", "수는"),
        ("RNN([...], return_state=True)", ""),
        ("x.shape", "형태"),
        ("axis=(0, 1)", ""),
        ("inputs @ W", ""),
        ("get_initial_state(batch_size=batch_size)", ""),
    ],
)
def test_code_in_code_font_raises_no_alarm(code, sentence):
    """코드인 코드는 그냥 둔다."""
    assert not list(code_shapes(code, sentence))


@pytest.mark.parametrize(
    "source",
    [
        r"(N,\,T,\,9H)",
        r"R^{9H}",
        r"x \in \mathbb{R}^{N \times D}",
        r"\{N, T, 9H\}",
        r"\langle N, T, 9H \rangle",
        r"N \times T",
        r"N \cdot 9H",
    ],
)
def test_shape_in_math_is_found(source):
    """수식으로 적은 형태를 찾아낸다."""
    assert list(math_shapes(source))


@pytest.mark.parametrize(
    "source", [r"h_t = \tanh(x_t W + h_{t-1} U + b)", r"W_r^2", r"(1 - z_t) \odot \tilde{h}_t", r"h_0, h_1", r"U_h^T"]
)
def test_equation_raises_no_alarm(source):
    """식은 그냥 둔다."""
    assert not list(math_shapes(source))


@pytest.mark.parametrize("cells", [["출력", "N", "T", "9H"], ["N", "2H", "7"], ["B", "L", "4H", "출력"]])
def test_axes_in_cells_are_a_shape(cells):
    """한 칸에 축을 하나씩 적은 줄을 찾아낸다."""
    assert row_shape(cells)


@pytest.mark.parametrize(
    "cells",
    [["N", "batch_size", "배치 크기"], ["5", "7", "11"], ["N", "T", "D", "H"], ["H", "4H"], ["셀", "층", "RNN"]],
)
def test_table_of_names_and_sizes_raises_no_alarm(cells):
    """기호와 크기의 표는 그냥 둔다."""
    assert not row_shape(cells)

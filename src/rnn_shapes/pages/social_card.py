"""공유한 글에 붙을 그림. 글꼴은 matplotlib이 가져온 것만 쓰므로 어느 컴퓨터에서나 같고, 한글은 없다."""

import io

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

WIDTH, HEIGHT, DPI = 1200, 630, 100
GROUND, INK, FAINT, ACCENT, CHIP = "#0f241c", "#f2f7f4", "#93ada1", "#56c596", "#14332a"


def draw() -> bytes:
    """가로 1200, 세로 630픽셀의 PNG를 그린다. 언제 그려도 같은 바이트다."""
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=GROUND)
    canvas = figure.add_axes((0, 0, 1, 1))
    canvas.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    canvas.set_axis_off()
    canvas.text(90, 150, "RNN", color=INK, fontsize=62, weight="bold", va="center")
    canvas.text(330, 158, "TensorFlow · Keras 3", color=FAINT, fontsize=28, va="center")
    code = ["rnn = Bidirectional(LSTM(hidden_dim, return_sequences=True))", "outputs = rnn(inputs)"]
    for row, line in enumerate(code):
        canvas.text(90, 270 + 50 * row, line, color=FAINT, fontsize=18.5, family="DejaVu Sans Mono", va="center")
    canvas.add_patch(FancyBboxPatch((100, 420), 620, 110, "round,pad=10,rounding_size=18", fc=CHIP, ec=ACCENT, lw=4))
    canvas.text(130, 477, "(N, T, 2H)", color=INK, fontsize=50, family="DejaVu Sans Mono", va="center")
    canvas.text(640, 475, "✓", color=ACCENT, fontsize=50, va="center", family="DejaVu Sans")
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})  # 판의 이름을 적으면 판마다 바이트가 달라진다
    return drawn.getvalue()

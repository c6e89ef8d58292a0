"""자료 파일을 다시 만든다: ``python -m rnn_shapes.contract``."""

from rnn_shapes.contract.data import FILE, write
from rnn_shapes.contract.grid import cases
from rnn_shapes.contract.measuring import measure_all

if __name__ == "__main__":
    chosen = list(cases())
    partial = FILE.with_suffix(".part")
    partial.write_text(write(measure_all(chosen, print)), encoding="utf-8")
    partial.replace(FILE)  # 중간에 멈추어도 옛 파일이 온전히 남는다
    print(f"{len(chosen)}가지 경우를 쟀습니다: {FILE}")

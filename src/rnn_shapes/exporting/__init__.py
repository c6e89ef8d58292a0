"""내보낸 파일이 모델과 같은 답을 내는지 비교하는 도구.

``compare_exported``는 모델과 파일에 같은 입력을 넣어 보고 어디서 갈라지는지 알린다. 파일의 형식마다 그 형식에
필요한 패키지만 쓴다.
"""

from rnn_shapes.exporting.comparing import Comparison, compare_exported
from rnn_shapes.exporting.rows import Row

__all__ = ["Comparison", "Row", "compare_exported"]

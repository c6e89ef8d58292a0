"""이 폴더의 스크립트는 Addons가 있는 다른 환경에서 실행하므로, docstring의 예제를 찾느라 들여오지 않는다."""

collect_ignore = ["common.py", "decoding.py", "model.py", "parts.py", "record.py", "reference.py"]

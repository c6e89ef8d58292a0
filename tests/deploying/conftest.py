"""페이지에 그대로 보이는 코드는 다른 환경의 것이라 여기서 모으지 않는다. 들여오기만 해도 실행된다."""

collect_ignore_glob = ["onnx_*.py", "litert_*.py"]

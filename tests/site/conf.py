"""가장 작은 사이트. tests/의 시험이 페이지를 골라 복사해 쓴다."""

project = "작은 사이트"
language = "ko"
extensions = ["myst_parser", "rnn_shapes.sphinx_role"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
doctest_test_doctest_blocks = ""
rnn_shapes_evidence = "claims.json"
root_doc = "index"

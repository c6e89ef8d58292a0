"""TensorFlow RNN 문서의 형태 주장을 실행해서 확인하는 도구."""

from sphinx.application import Sphinx

from rnn_shapes import glossary, pages


def setup(app: Sphinx) -> None:
    """이 사이트를 등록한다."""
    glossary.setup_glossary(app)
    pages.setup_pages(app)

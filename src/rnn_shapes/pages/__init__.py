"""만들어진 페이지의 겉모습과, 내걸 때 필요한 것."""

from sphinx.application import Sphinx

from rnn_shapes.pages import (
    api,
    assets,
    bug_reports,
    description,
    gallery,
    gallery_claims,
    gallery_names,
    line_breaks,
    mathml,
    message,
    navigation,
    published,
    reading,
    repository,
    reproducible,
    search,
    security,
    strict,
)


def setup_pages(app: Sphinx) -> None:
    """이 폴더의 모듈을 모두 등록한다."""
    api.setup_api(app)
    mathml.setup_mathml(app)
    message.setup_message(app)
    gallery.setup_gallery(app)
    gallery_names.setup_gallery_names(app)
    gallery_claims.setup_gallery_claims(app)
    line_breaks.setup_line_breaks(app)
    repository.setup_repository(app)
    assets.setup_assets(app)
    bug_reports.setup_bug_reports(app)
    description.setup_description(app)
    navigation.setup_navigation(app)
    published.setup_published(app)
    reading.setup_reading(app)
    security.setup_security(app)
    strict.setup_strict(app)
    search.setup_search(app)
    reproducible.setup_reproducible(app)

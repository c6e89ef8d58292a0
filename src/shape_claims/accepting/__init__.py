"""Renewing a page that a new version of a library has made false: the builder ``accept``.

:mod:`~shape_claims.accepting.builder` runs a page and shows the difference; :mod:`~shape_claims.accepting.renewing` and
:mod:`~shape_claims.accepting.wording` say what a claim should say, :mod:`~shape_claims.accepting.outputs` what an
example should show; :mod:`~shape_claims.accepting.page` finds their places and
:mod:`~shape_claims.accepting.source` changes the file.
"""

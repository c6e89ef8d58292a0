"""Predictions: the reader says what comes out before reading it, and a claim's record tells whether it is right.

The :mod:`~shape_claims.predicting.directive` folds a solution that holds a claim. When HTML is written,
:mod:`~shape_claims.predicting.answers` makes the key from the claim's record, and
:mod:`~shape_claims.predicting.forms` writes the form. Without a record there is no form, only the folded solution.
"""

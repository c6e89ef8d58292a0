"""살아 있는 셀: 확인할 때 잰 층의 가중치와 입력을 페이지에 싣고, 독자가 한 걸음씩 계산해 보게 한다.

재는 것은 :mod:`~rnn_shapes.live.measuring`, 그림은 :mod:`~rnn_shapes.live.picture`, 표는
:mod:`~rnn_shapes.live.table`, 페이지에 놓는 것은 :mod:`~rnn_shapes.live.directive`에 있다. 계산하고 움직이는 것은
``docs/_static/live/``의 스크립트다.
"""

"""Collective streaming: matrix products by units that add outer products.

The four theorems are ``streaming-invariant``, ``streaming-equals-product``, ``streaming-traffic``
and ``streaming-steps``.
"""

"""What the theorems talk about, as Python that runs.

Every function that a theorem mentions is an :func:`~models.algebra.equation`: written once, over a
small algebra, and read twice, on Python values here and on solver terms in :mod:`proofs`.
This package imports neither a solver nor a command-line library.
"""

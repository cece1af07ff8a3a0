"""Amdahl's law with specialised hardware: the objective, exact numbers, the analysis.

*Definitions*: :mod:`models.amdahl.number` (exact real numbers), :mod:`models.amdahl.objective`
(the time of an allocation and its optimum, as equations), :mod:`models.amdahl.transition`,
:mod:`models.amdahl.peak`, :mod:`models.amdahl.overclaim`, :mod:`models.amdahl.absorption`,
:mod:`models.amdahl.bandwidth` and :mod:`models.amdahl.exponent` (what further theorems speak of),
:mod:`models.amdahl.analysis` (all of it at one pair of ratio and scalable share).

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

"""Amdahl's law with specialised hardware: the objective, exact numbers, the analysis.

*Definitions*: :mod:`models.amdahl.number` (exact real numbers), :mod:`models.amdahl.objective`
(the time of an allocation and its optimum, as equations), :mod:`models.amdahl.transition`,
:mod:`models.amdahl.peak`, :mod:`models.amdahl.overclaim`, :mod:`models.amdahl.absorption`,
:mod:`models.amdahl.bandwidth`, :mod:`models.amdahl.exponent` and :mod:`models.amdahl.frontier`
(what further theorems speak of),
:mod:`models.amdahl.analysis` (all of it at one pair of ratio and scalable share),
:mod:`models.amdahl.horizon` (all of it year by year), :mod:`models.amdahl.scenario` (several
workloads and hardware options).

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

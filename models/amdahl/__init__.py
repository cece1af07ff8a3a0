"""Amdahl's law with specialised hardware: the objective, exact numbers, the analysis.

*Definitions*: :mod:`models.amdahl.number` (exact real numbers), :mod:`models.amdahl.objective`
(the time of an allocation and its optimum, as equations), :mod:`models.amdahl.transition`,
:mod:`models.amdahl.peak`, :mod:`models.amdahl.overclaim`, :mod:`models.amdahl.absorption`,
:mod:`models.amdahl.bandwidth`, :mod:`models.amdahl.exponent`, :mod:`models.amdahl.units` and
:mod:`models.amdahl.frontier` (what further theorems speak of).

:mod:`models.amdahl.analysis` (all of it at one pair of ratio and scalable share),
:mod:`models.amdahl.sensitivity` (its derivatives), :mod:`models.amdahl.uncertainty` (over
intervals), :mod:`models.amdahl.horizon` (year by year), :mod:`models.amdahl.scenario` (several
workloads and hardware options).

:mod:`models.amdahl.enclosure` (certified intervals), :mod:`models.amdahl.bracket` (the place where
a sign changes); :mod:`models.amdahl.problem` (several units, bandwidth, exponent),
:mod:`models.amdahl.several` (the best division in closed form) and :mod:`models.amdahl.allocation`
(in certified brackets, where there is none).

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

"""Relative loss and logical compute: how fast loss falls while efficiency doubles.

*Definitions*: :mod:`models.efficiency.laws` (loss, time to a target, fleet, burden, as equations),
:mod:`models.efficiency.number` (exact numbers with exponentials and logarithms),
:mod:`models.efficiency.enclosure` (enclosures of any size), :mod:`models.efficiency.loss` (what the
laws come to for given numbers), :mod:`models.efficiency.trajectory` (rates and power that change),
:mod:`models.efficiency.fit` (exponents and rates from measured losses).

*References*: 'The Race to Efficiency', arXiv 2501.02156; 'The Unreasonable Effectiveness of Scaling
Laws', arXiv 2603.28507.
"""

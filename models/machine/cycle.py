"""Cycles as certificates: a run that is twice in the same state goes round for ever.

*Definitions*: the acceptance function :func:`repeats`.

*Results*: ``looping-certificate-sound`` (in :mod:`proofs.machine.cycle`).

*References*: Brent, 'An improved Monte Carlo factorization algorithm' (1980), for finding cycles;
'Cyclers' of the Busy Beaver deciders (bbchallenge.org), for cycles as evidence of non-halting.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.machine.program import Program
from models.machine.semantics import Next, OracleFunction, State, Stop, after, start
from models.machine.tree import Tree


@equation()
def repeats(
    algebra: Algebra,
    oracle: OracleFunction,
    program: Program,
    value: Tree,
    steps: int,
    period: int,
) -> bool:
    """Whether a run has not halted after ``steps`` machine steps, and after ``period`` more is in
    the same state: control list, accumulator and stack."""

    def again(there: State) -> bool:
        return algebra.bind(
            after.at(algebra, oracle, there, period), lambda later: algebra.same(later, there)
        )

    def unfinished(there: State) -> bool:
        return algebra.case(there, {
            State: lambda control, _, __: algebra.case(control, {
                Stop: lambda: False,
                Next: lambda _, __: again(there),
            })
        })

    return algebra.cond(
        period > 0,
        lambda: algebra.bind(
            after.at(algebra, oracle, start(algebra, program, value), steps), unfinished
        ),
        lambda: False,
    )

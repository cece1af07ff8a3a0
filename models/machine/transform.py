"""Program transformers: functions from programs to programs.

*Definitions*: :func:`substitute`, with the gas that the substituted program needs
(:func:`substituted_gas`).

*Results*: ``substitution`` (in :mod:`proofs.machine.substitution`).

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3 (composition of
Turing reductions).
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While


@equation(shared=True)
def substitute(algebra: Algebra, program: Program, answer: Program) -> Program:
    """``program`` with ``answer`` in place of every Ask."""

    def two(constructor: type[Program]) -> object:
        return lambda first, second: algebra.bind(
            substitute.at(algebra, first, answer),
            lambda a: algebra.bind(
                substitute.at(algebra, second, answer), lambda b: algebra.make(constructor, a, b)
            ),
        )

    return algebra.case(
        program,
        {
            Id: lambda: program,
            Hd: lambda: program,
            Tl: lambda: program,
            Ask: lambda: answer,
            Quote: lambda _: program,
            Cons: two(Cons),
            Then: two(Then),
            While: two(While),
            If: lambda c, p, q: algebra.bind(
                substitute.at(algebra, c, answer),
                lambda a: algebra.bind(
                    substitute.at(algebra, p, answer),
                    lambda b: algebra.bind(
                        substitute.at(algebra, q, answer), lambda d: algebra.make(If, a, b, d)
                    ),
                ),
            ),
        },
    )

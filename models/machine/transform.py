"""Program transformers: functions from programs to programs.

*Definitions*: :func:`substitute`; :func:`asks`, how often an Ask stands in a program, and
:func:`substituted_size`, how large the substituted program is; and the gas that the questions of a
run cost once a program answers them, :func:`answering_gas`.

*Results*: ``substitution`` (in :mod:`proofs.machine.substitution`).

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3 (composition of
Turing reductions).
"""

from __future__ import annotations

from collections.abc import Callable

from models.algebra import Algebra, Mapped, equation
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While, size
from models.machine.semantics import Done, OracleFunction, OutOfGas, evaluate
from models.machine.tree import Nil, Pair, Tree


@equation(shared=True)
def substitute(algebra: Algebra, program: Program, answer: Program) -> Program:
    """``program`` with ``answer`` in place of every Ask."""

    def two(constructor: Callable[[Program, Program], Program]) -> Callable[..., Program]:
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


@equation(shared=True)
def asks(algebra: Algebra, program: Program) -> int:
    """How many Asks there are in a program, each occurrence counted."""

    def two(first: Program, second: Program) -> int:
        return algebra.bind(
            asks.at(algebra, first),
            lambda left: algebra.bind(asks.at(algebra, second), lambda right: left + right),
        )

    def three(first: Program, second: Program, third: Program) -> int:
        return algebra.bind(two(first, second), lambda both: algebra.bind(
            asks.at(algebra, third), lambda last: both + last
        ))

    return algebra.case(
        program,
        {
            Id: lambda: 0,
            Hd: lambda: 0,
            Tl: lambda: 0,
            Ask: lambda: 1,
            Quote: lambda _: 0,
            Cons: two,
            Then: two,
            If: three,
            While: two,
        },
    )


def substituted_size(program: Program, answer: Program) -> int:
    """The size of ``substitute(program, answer)``: every Ask, of size 1, becomes ``answer``."""
    return size(program) + asks(program) * (size(answer) - 1)


@equation()
def answering_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    cost: Mapped[Tree, int],
    program: Program,
    value: Tree,
    gas: int,
) -> int:
    """The sum of ``cost`` over the questions that ``program`` asks on ``value`` within ``gas``.

    If ``answer`` answers each question z within ``cost(z)`` steps, then ``gas`` and this sum
    together suffice for ``substitute(program, answer)``: theorem ``substitution``.
    """

    def sum_of(program: Program, value: Tree, gas: int, rest: Callable[[int], int]) -> int:
        return algebra.bind(answering_gas.at(algebra, oracle, cost, program, value, gas), rest)

    def after(
        program: Program,
        value: Tree,
        gas: int,
        rest: Callable[[int, Tree, int], int],
        before: int = 0,
    ) -> int:
        """The sum before a part and for it, and, if the part halts, that for what follows it."""
        return sum_of(program, value, gas, lambda own: algebra.bind(
            evaluate.at(algebra, oracle, program, value, gas),
            lambda outcome: algebra.case(outcome, {
                OutOfGas: lambda: before + own,
                Done: lambda result, left: rest(before + own, result, left),
            }),
        ))

    def more(first: int, program: Program, value: Tree, gas: int) -> int:
        return sum_of(program, value, gas, lambda second: first + second)

    def at(gas: int) -> int:
        return algebra.case(
            program,
            {
                Id: lambda: 0,
                Hd: lambda: 0,
                Tl: lambda: 0,
                Ask: lambda: algebra.apply(cost, value),
                Quote: lambda _: 0,
                Cons: lambda p, q: after(
                    p, value, gas, lambda first, _, left: more(first, q, value, left - 1)
                ),
                Then: lambda p, q: after(
                    p, value, gas, lambda first, result, left: more(first, q, result, left)
                ),
                If: lambda c, p, q: after(
                    c, value, gas, lambda first, test, left: algebra.case(test, {
                        Nil: lambda: more(first, q, value, left - 1),
                        Pair: lambda _, __: more(first, p, value, left - 1),
                    })
                ),
                While: lambda c, p: after(
                    c, value, gas, lambda first, test, left: algebra.case(test, {
                        Nil: lambda: first,
                        Pair: lambda _, __: after(
                            p, value, left - 1, lambda both, result, left: more(
                                both, algebra.make(While, c, p), result, left
                            ), before=first
                        ),
                    })
                ),
            },
        )

    return algebra.cond(gas > 0, lambda: at(gas - 1), lambda: 0)

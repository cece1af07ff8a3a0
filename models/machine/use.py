"""The use of a run: the questions that it asks.

A list of questions is a tree, as every list is: nil, or a pair of a question and the rest.

*Definitions*: :func:`use`, the questions of a run in their order; :func:`agree`, whether two
oracles answer a list of questions alike; :func:`stage`, from which on oracles that tend to a limit
answer a list of questions as the limit does.

*Results*: ``use-principle`` (in :mod:`proofs.machine.use`). The questions are those of the query
log of :func:`models.machine.run.run` (tested).

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3; R. I. Soare,
'Turing Computability' (2016), section 3.3, for the use principle.
"""

from __future__ import annotations

from collections.abc import Callable

from models.algebra import Algebra, Mapped, equation
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While
from models.machine.semantics import Done, OracleFunction, OutOfGas, evaluate
from models.machine.tree import Nil, Pair, Tree


@equation()
def use(
    algebra: Algebra, oracle: OracleFunction, program: Program, value: Tree, gas: int, rest: Tree
) -> Tree:
    """The list of the questions that ``program`` asks on ``value`` within ``gas``, then ``rest``.

    With nil for ``rest`` it is the use of the run, which need not halt.
    """

    def before(call: Tree, program: Program, value: Tree, gas: int) -> Tree:
        """The questions of a part, before those that a call lists."""
        return algebra.bind(
            call, lambda listed: use.at(algebra, oracle, program, value, gas, listed)
        )

    def part(
        program: Program, value: Tree, gas: int, following: Callable[[Tree, int], Tree]
    ) -> Tree:
        """The questions of a part and, if it halts, of what follows it."""
        return algebra.bind(
            evaluate.at(algebra, oracle, program, value, gas),
            lambda outcome: algebra.case(outcome, {
                OutOfGas: lambda: use.at(algebra, oracle, program, value, gas, rest),
                Done: lambda result, left: before(following(result, left), program, value, gas),
            }),
        )

    def last(program: Program, value: Tree, gas: int) -> Tree:
        return use.at(algebra, oracle, program, value, gas, rest)

    def at(gas: int) -> Tree:
        return algebra.case(
            program,
            {
                Id: lambda: rest,
                Hd: lambda: rest,
                Tl: lambda: rest,
                Ask: lambda: algebra.make(Pair, value, rest),
                Quote: lambda _: rest,
                Cons: lambda p, q: part(p, value, gas, lambda _, left: last(q, value, left - 1)),
                Then: lambda p, q: part(p, value, gas, lambda result, left: last(q, result, left)),
                If: lambda c, p, q: part(
                    c, value, gas, lambda test, left: algebra.case(test, {
                        Nil: lambda: last(q, value, left - 1),
                        Pair: lambda _, __: last(p, value, left - 1),
                    })
                ),
                While: lambda c, p: part(
                    c, value, gas, lambda test, left: algebra.case(test, {
                        Nil: lambda: rest,
                        Pair: lambda _, __: part(
                            p, value, left - 1,
                            lambda result, left: last(algebra.make(While, c, p), result, left),
                        ),
                    })
                ),
            },
        )

    return algebra.cond(gas > 0, lambda: at(gas - 1), lambda: rest)


@equation()
def agree(
    algebra: Algebra, left: OracleFunction, right: OracleFunction, questions: Tree
) -> bool:
    """Whether two oracles give the same answer to every question of a list."""
    return algebra.case(
        questions,
        {
            Nil: lambda: True,
            Pair: lambda question, rest: algebra.cond(
                algebra.same(algebra.apply(left, question), algebra.apply(right, question)),
                lambda: agree.at(algebra, left, right, rest),
                lambda: False,
            ),
        },
    )


@equation()
def stage(algebra: Algebra, modulus: Mapped[Tree, int], questions: Tree) -> int:
    """The largest modulus of the questions of a list; 0 if there is none above."""
    return algebra.case(
        questions,
        {
            Nil: lambda: 0,
            Pair: lambda question, rest: algebra.bind(
                stage.at(algebra, modulus, rest),
                lambda later: algebra.cond(
                    algebra.apply(modulus, question) > later,
                    lambda: algebra.apply(modulus, question),
                    lambda: later,
                ),
            ),
        },
    )

"""Between a set and its jump there is another degree: Kleene and Post.

*Definitions*: :func:`membership`, the set A of an oracle; B is the join of A and the first set of a
generic pair (:mod:`models.machine.generic_pair`). :func:`right_on`, whether a program answers all
questions of a list rightly; :func:`from_set`, which makes of a program that computes B from A one
that computes the first set from the join of A and the second; :func:`half_cost`.

*Results*: ``kleene-post`` (in :mod:`proofs.machine.kleene_post`).

*References*: S. C. Kleene, E. L. Post, 'The upper semi-lattice of degrees of recursive
unsolvability' (1954); P. Odifreddi, 'Classical Recursion Theory' (1989), section V.2.
"""

from __future__ import annotations

from models.algebra import Algebra, Mapped, equation
from models.machine.condition import normal
from models.machine.degrees import half
from models.machine.program import Program, _literal
from models.machine.semantics import Done, OracleFunction, OutOfGas, evaluate
from models.machine.specialisation import specialise
from models.machine.transform import substitute
from models.machine.tree import TRUE, Nil, Pair, Tree


@equation()
def membership(algebra: Algebra, oracle: OracleFunction, tree: Tree) -> Tree:
    """The set of an oracle: true where it answers a pair, false where it answers nil."""
    return normal(algebra, algebra.apply(oracle, tree))


@equation()
def half_cost(algebra: Algebra, question: Tree) -> int:
    """The steps of :func:`models.machine.degrees.half` on a question."""
    return HALF_OF_JOIN_STEPS


HALF_OF_JOIN_STEPS = 7


@equation()
def right_on(
    algebra: Algebra,
    oracle: OracleFunction,
    program: Program,
    truth: OracleFunction,
    cost: Mapped[Tree, int],
    questions: Tree,
) -> bool:
    """Whether a program answers every question of a list as ``truth`` does, within its cost."""

    def right(question: Tree, rest: Tree) -> bool:
        return algebra.bind(
            evaluate.at(algebra, oracle, program, question, algebra.apply(cost, question)),
            lambda outcome: algebra.case(outcome, {
                Done: lambda value, _: algebra.cond(
                    algebra.same(value, algebra.apply(truth, question)),
                    lambda: right_on.at(algebra, oracle, program, truth, cost, rest),
                    lambda: False,
                ),
                OutOfGas: lambda: False,
            }),
        )

    return algebra.case(questions, {Nil: lambda: True, Pair: right})


@equation()
def from_set(algebra: Algebra, program: Program) -> Program:
    """If ``program`` computes from A the join of A and another set, this computes that set from
    the join of A and any set."""
    return algebra.bind(
        specialise.at(algebra, program, _literal(algebra, TRUE)),
        lambda member: algebra.bind(
            half.at(algebra, algebra.make(Nil)),
            lambda left: substitute.at(algebra, member, left),
        ),
    )

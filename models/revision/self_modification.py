"""Self-modification: a program that rewrites programs, round after round.

A modifier u turns programs into programs, as trees; from a first program e come the revisions
e, u(e), u(u(e)), …. However many rounds there are, what the last one decides can be decided without
any rewriting, by one program.

*Definitions*: :func:`revision`, the program after so many rounds; :func:`revising`, which makes the
rounds, and :func:`revised`, which then runs the program that results; :func:`composed`, the same
for a fixed first program and number of rounds, and :func:`counted`, for a number of rounds that a
program finds from the input; :func:`revising_gas`, what the rounds cost.

*Results*: ``closure`` (in :mod:`proofs.revision.self_modification`).

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 4 (programs as
data, the universal program).
"""

from __future__ import annotations

from models.algebra import Algebra, Mapped, equation
from models.machine.program import Cons, Hd, Id, Program, Quote, Then, Tl, While
from models.machine.semantics import OracleFunction
from models.machine.specialisation import specialise
from models.machine.tree import Tree
from models.machine.universal import UNIVERSAL

ROUND_STEPS, LAST_STEPS = 17, 3
"""Steps of a round of :func:`revising` beside the modifier, and of its last test."""

JOINING_STEPS, COUNTING_STEPS = 3, 9
"""Steps of :func:`revised` beside the rounds and what is run, and of :func:`counted` before."""


@equation()
def revision(
    algebra: Algebra, modified: OracleFunction, first: Tree, rounds: int
) -> Tree:
    """The program after so many rounds, ``modified`` being what the modifier computes."""
    return algebra.cond(
        rounds > 0,
        lambda: revision.at(algebra, modified, algebra.apply(modified, first), rounds - 1),
        lambda: first,
    )


@equation()
def revising(algebra: Algebra, modifier: Program) -> Program:
    """On ``<w.<e.x>>`` it makes as many rounds as w is long; it leaves ``<nil.<e'.x>>``."""
    make = algebra.make
    hd, tl = make(Hd), make(Tl)
    once = make(Cons, make(Then, hd, modifier), tl)
    return make(While, hd, make(Cons, make(Then, hd, tl), make(Then, tl, once)))


@equation()
def revised(algebra: Algebra, modifier: Program, universal: Program) -> Program:
    """On ``<w.<e.x>>`` it does what the program after as many rounds as w is long does on x;
    ``universal`` runs programs."""
    make = algebra.make
    return algebra.bind(
        revising.at(algebra, modifier),
        lambda loop: make(Then, loop, make(Then, make(Tl), universal)),
    )


@equation()
def composed(
    algebra: Algebra, modifier: Program, first: Tree, rounds: Tree, universal: Program
) -> Program:
    """On x it does what the program after these rounds, from the first one on, does on x."""
    return algebra.bind(
        revised.at(algebra, modifier, universal),
        lambda whole: algebra.bind(
            specialise.at(algebra, whole, rounds),
            lambda counted: specialise.at(algebra, counted, first),
        ),
    )


@equation()
def counted(
    algebra: Algebra, modifier: Program, first: Tree, counting: Program, universal: Program
) -> Program:
    """The same for a number of rounds that ``counting`` finds from x."""
    make = algebra.make
    begin = make(Cons, counting, make(Cons, make(Quote, first), make(Id)))
    return algebra.bind(
        revised.at(algebra, modifier, universal), lambda whole: make(Then, begin, whole)
    )


@equation()
def revising_gas(
    algebra: Algebra,
    modified: OracleFunction,
    cost: Mapped[Tree, int],
    first: Tree,
    rounds: int,
) -> int:
    """The steps of :func:`revising`; ``cost`` is that of the modifier, to the step."""
    return algebra.cond(
        rounds > 0,
        lambda: algebra.bind(
            revising_gas.at(
                algebra, modified, cost, algebra.apply(modified, first), rounds - 1
            ),
            lambda rest: algebra.apply(cost, first) + ROUND_STEPS + rest,
        ),
        lambda: LAST_STEPS,
    )


# With the universal program


def revise(modifier: Program) -> Program:
    """:func:`revised` with the universal program."""
    return revised(modifier, UNIVERSAL)


def compose(modifier: Program, first: Tree, rounds: Tree) -> Program:
    """:func:`composed` with the universal program."""
    return composed(modifier, first, rounds, UNIVERSAL)


def count(modifier: Program, first: Tree, counting: Program) -> Program:
    """:func:`counted` with the universal program."""
    return counted(modifier, first, counting, UNIVERSAL)

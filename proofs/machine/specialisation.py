"""Specialisation (the s-m-n theorem): a program's first argument fixed.

*Definitions* accepted by the kernel: :func:`specialising`.

*Results*: ``specialisation``: a specialised program has, with six steps more, exactly the outcome
of its program on the pair (:func:`outcome`); how large it is (:func:`larger`).

*How it is done*: the pair is built by a Cons of two one-step programs, in six steps with the Then
around it; both outcomes are then one call of the gas equation.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.1.
"""

from __future__ import annotations

from models.machine import specialisation as model
from models.machine.program import Cons, Id, Quote
from models.machine.specialisation import SPECIALISED_STEPS
from models.machine.tree import Pair
from proofs.kernel.reading import made
from proofs.kernel.rules import Theorem, define, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import Term, equal
from proofs.machine.program import counting, sizing
from proofs.machine.semantics import evaluation, evaluation_variables

specialising = once(lambda: define(model.specialise))


def specialisation_variables() -> tuple[Term, ...]:
    """Oracle f, program p, its first argument c, input x, gas n."""
    f, p, x, n = evaluation_variables()
    (c,) = variables(c=x.sort)
    return f, p, c, x, n


@once
def outcome() -> Theorem:
    """With six units more, a specialised program has the outcome of its program on the pair."""
    evaluate, special = evaluation(), specialising()
    run = evaluate.function
    f, p, c, x, n = specialisation_variables()
    program, constant, identity = special.function(p, c), made(Quote, c), made(Id)
    more = n + SPECIALISED_STEPS
    return prove(
        "specialisation",
        forall(f, p, c, x, n, then=equal(run(f, program, x, more), run(f, p, made(Pair, c, x), n))),
        lambda goal: [
            special(p, c),
            evaluate(f, program, x, more),
            evaluate(f, made(Cons, constant, identity), x, more - 1),
            evaluate(f, constant, x, more - 2),
            evaluate(f, identity, x, more - 4),
            # Without gas for the program itself neither side is Done.
            evaluate(f, p, made(Pair, c, x), n),
        ],
    )


@once
def larger() -> Theorem:
    """By how much a specialised program is larger: four and the pairs of the argument."""
    special, size = specialising(), sizing()
    _, p, c, _, _ = specialisation_variables()
    program, constant, identity = special.function(p, c), made(Quote, c), made(Id)
    return prove(
        "specialisation.size",
        forall(
            p, c,
            then=equal(
                size.function(program), size.function(p) + counting().function(c) + 4
            ),
        ),
        lambda goal: [
            special(p, c), size(program), size(made(Cons, constant, identity)), size(constant),
            size(identity),
        ],
    )


def specialisation() -> tuple[Theorem, ...]:
    """Both parts of ``specialisation``."""
    return outcome(), larger()

"""The Turing jump: not decided from the set below it, which is decided from it.

*Definitions* accepted by the kernel: :func:`absent`, that of :mod:`models.machine.turing_jump`.

*Results*: ``jump-escape``: for each program the code of its diagonal, on which it is wrong about
the jump (:func:`error`, :func:`escape`); ``jump-above``: the program ABOVE computes every set from
its jump, in 26 steps (:func:`above`).

*How it is done*: the jump of f is any J that is right about all trees, with the steps s in which
its members halt (:func:`is_jump`). Both theorems ask J about one program whose halting is known:
about the diagonal of p it is the opposite of what p says, about the absence of x what f says of x.

*References*: R. I. Soare, 'Turing Computability' (2016), section 3.4; N. D. Jones, 'Computability
and Complexity' (MIT Press 1997), chapter 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.algebra import curried
from models.machine import turing_jump as model
from models.machine.program import Ask, Quote, Then
from models.machine.semantics import Done, OutOfGas
from models.machine.tree import FALSE, TRUE, Nil, Pair
from models.machine.turing_jump import ABOVE, ABOVE_STEPS
from proofs.kernel.reading import array_of, is_a, made, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    as_term,
    both,
    choose_by,
    equal,
    iff,
    implies,
    negate,
    select,
)
from proofs.machine import escape as diagonals
from proofs.machine.degrees import is_truth
from proofs.machine.escape import no, short_diagonal, short_halting, short_looping, yes
from proofs.machine.program import coding, decode_code, decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    halts,
    more_gas,
    value,
)
from proofs.machine.straight import followed
from proofs.machine.substitution import computes

absent = once(lambda: define(model.absence))


def is_jump(f: Term, J: Term, s: Term, which: str = "") -> dict[str, Supposition]:
    """The hypotheses "J is the jump of f": it answers a pair for the trees e that halt on
    themselves relative to f, in s(e) steps, and nil for those that do so for no gas.

    ``which`` of several jumps they speak of is said after their labels.
    """
    decode, run = decoding().function, evaluation().function
    e, m = variables(e=decode.domain[0], m=INT)
    answer = select(J, e)
    return {
        f"members halt{which}": (
            (e,), implies(is_a(answer, Pair), halts(run(f, decode(e), e, select(s, e))))
        ),
        f"others loop{which}": (
            (e, m), implies(is_a(answer, Nil), equal(run(f, decode(e), e, m), made(OutOfGas)))
        ),
    }


def jump_variables() -> tuple[Term, ...]:
    """Oracle f, its jump J with the steps s of its members, program p, input x, gas n."""
    f, p, x, n = evaluation_variables()
    J, s = variables(J=f.sort, s=array_of(x.sort, INT))
    return f, J, s, p, x, n


@once
def error() -> Theorem:
    """What p answers at e, the code of its diagonal, is not whether e halts on itself."""
    run, decode = evaluation().function, decoding().function
    f, _, _, p, _, n = jump_variables()
    (m,) = variables(m=INT)
    whole = diagonals.LONG.of(p)
    own = coding().function(whole)
    answer = run(f, p, own, n)
    return prove(
        "jump-escape.error",
        forall(
            f, p, n, m,
            then=both(
                implies(no(answer), halts(run(f, decode(own), own, n + diagonals.LONG.more))),
                implies(yes(answer), equal(run(f, decode(own), own, m), made(OutOfGas))),
            ),
        ),
        lambda goal: [diagonals.error().at(f=f, p=p, n=n, m=m), decode_code().at(p=whole)],
    )


@once
def escape() -> Theorem:
    """For no gas is the answer of p at the code of its diagonal that of the jump, even if every
    pair may stand for yes."""
    run = evaluation().function
    f, J, s, p, _, n = jump_variables()
    own = coding().function(diagonals.LONG.of(p))
    answer = run(f, p, own, n)
    right = iff(is_a(select(J, own), Pair), is_a(value(answer), Pair))
    return prove(
        "jump-escape",
        forall(f, J, s, p, n, given=is_jump(f, J, s), then=negate(both(halts(answer), right))),
        lambda goal: [
            error().at(f=f, p=p, n=n, m=select(s, own)),
            goal.hypothesis("members halt", own),
            goal.hypothesis("others loop", own, n + diagonals.LONG.more),
        ],
    )


def jump_escape() -> tuple[Theorem, ...]:
    """All parts of ``jump-escape``."""
    return escape(), error(), decode_code()


@once
def asking() -> Theorem:
    """Of the jump of f, on the code of the absence of x, f gets the opposite of what it says of
    x."""
    code, absence = coding(), absent()
    f, J, s, _, x, _ = jump_variables()
    program = absence.function(x)
    own = code.function(program)
    asked = made(Then, made(Quote, x), made(Ask))

    def premises(goal: Goal) -> Iterable[Fact]:
        yield absence(x)
        yield short_diagonal()(asked)
        yield decode_code().at(p=program)
        yield followed(goal, f, asked, own, as_term(3))
        yield goal.hypothesis("members halt", own)
        yield goal.hypothesis("others loop", own, 5)
        yield short_halting().at(f=f, p=asked, x=own, n=3)
        yield short_looping().at(f=f, p=asked, x=own, n=3, m=select(s, own))

    return prove(
        "jump-above.asking",
        forall(
            f, J, s, x,
            given=is_jump(f, J, s),
            then=iff(is_a(select(J, own), Pair), is_a(select(f, x), Nil)),
        ),
        premises,
    )


@once
def above() -> Theorem:
    """Relative to the jump of f, ABOVE has on x the truth value of f(x), after 26 steps."""
    evaluate, code, absence = evaluation(), coding(), absent()
    f, J, s, p, x, n = jump_variables()
    program = quote(ABOVE, p.sort)
    said = choose_by(is_a(select(f, x), Pair), quote(TRUE, x.sort), quote(FALSE, x.sort))

    def premises(goal: Goal) -> Iterable[Fact]:
        yield asking().at(
            f=f, J=J, s=s, x=x,
            **{label: goal.schema(label) for label in ("members halt", "others loop")},
        )
        yield absence(x)
        yield from codes(absence(x).term.args[1])
        yield followed(goal, J, program, x, n)
        # With less gas it does not halt: with as much as this it would have some left over.
        yield followed(goal, J, program, x, as_term(ABOVE_STEPS))
        yield more_gas().at(f=J, p=program, x=x, n=n, d=ABOVE_STEPS - n)
        yield evaluate.invariant(J, program, x, n)

    def codes(program: Term) -> Iterator[Fact]:
        """The code of a program spelled out, and of its parts."""
        yield code(program)
        for part in program.args:
            if part.sort is program.sort:
                yield from codes(part)

    return prove(
        "jump-above",
        forall(
            f, J, s, x, n,
            given=is_jump(f, J, s),
            then=equal(
                evaluate.function(J, program, x, n),
                choose_by(n >= ABOVE_STEPS, made(Done, said, n - ABOVE_STEPS), made(OutOfGas)),
            ),
        ),
        premises,
    )


above_cost = once(lambda: define(model.above_cost))


@once
def above_costs() -> Definition:
    """The cost of ABOVE, as a function value."""
    above_cost()
    return comprehend(curried(model.above_cost))


def is_set(f: Term) -> Supposition:
    """The schema "f is a set"."""
    (z,) = variables(z=f.sort.domain)  # type: ignore[attr-defined]
    return (z,), is_truth(select(f, z))


JUMPING = ("members halt", "others loop")
"""The labels of the hypotheses :func:`is_jump`."""


def passed_on(goal: Goal, *labels: str) -> dict[str, object]:
    """Hypotheses that say "for all", passed on to a theorem that has them under the same label."""
    return {label: goal.schema(label) for label in labels}


@once
def above_computes() -> Theorem:
    """ABOVE computes a set from its jump."""
    f, J, s, p, x, _ = jump_variables()
    program = quote(ABOVE, p.sort)
    k = above_costs().function()
    _, claim = computes(J, program, f, k, x)
    return prove(
        "above-computes",
        forall(f, J, s, x, given={"set": is_set(f), **is_jump(f, J, s)}, then=claim),
        lambda goal: [
            above().at(f=f, J=J, s=s, x=x, n=select(k, x), **passed_on(goal, *JUMPING)),
            goal.hypothesis("set", x), above_costs()(x), above_cost()(x),
        ],
    )


def jump_above() -> tuple[Theorem, ...]:
    """Both parts of ``jump-above``."""
    return above(), asking()

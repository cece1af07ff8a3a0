"""Wrong variants of ``bounded-escape`` and its lemmas: each is refused, with a countermodel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from checks.exhaust import programs_to
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.oracle import EMPTY
from models.machine.program import Id, Program, Quote, Then, Tl, While, code, size
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import NIL, Nil
from models.machine.tree import TRUE as YES
from proofs.kernel.evaluate import compiled_statement
from proofs.kernel.reading import made, quote
from proofs.kernel.rules import Hypothesis, Refused, Statement, Theorem, prove
from proofs.kernel.solvers import configure
from proofs.kernel.tactics import replace
from proofs.kernel.terms import TRUE, Term, both, equal, implies, select
from proofs.machine import escape, semantics
from proofs.machine.program import coding, sizing
from tests.soundness.instances import confirm
from tests.soundness.variants import Proof, Variant, halts, proof_of, refused

f, p, x, n = semantics.evaluation_variables()
run = semantics.evaluation().function
IDENTITY = made(Id)
LONG, SHORT = escape.LONG.of(p), escape.SHORT.of(p)


def spelled_out(statement: Statement) -> Statement:
    """The statement with the diagonals of p as constructors, which are quicker to unfold."""

    def spelled(term: Term) -> Term:
        long = made(Then, p, made(While, IDENTITY, IDENTITY))
        return replace(replace(term, LONG, long), SHORT, made(While, p, IDENTITY))

    hypotheses = tuple(
        Hypothesis(h.label, spelled(h.term), h.bound) for h in statement.hypotheses
    )
    return Statement(statement.variables, hypotheses, spelled(statement.conclusion))


def variant(
    label: str,
    theorem: Callable[[], Theorem],
    statement: Callable[[Proof], Statement],
    fails: Callable[..., bool],
    *where: Term,
) -> Variant:
    return Variant(
        label, theorem, lambda true: spelled_out(statement(true)), fails,
        {"where": where, "levels": 4},
    )


# --- diagonals ------------------------------------------------------------------------------------

ANSWER = run(f, p, x, n)


ITSELF = equal(p, IDENTITY)


def no(outcome: Any) -> bool:
    return halts(outcome) and outcome.value == NIL


DIAGONALS = [
    variant(
        "in three steps more",
        escape.halting,
        lambda true: true.but(
            then=equal(run(f, LONG, x, n + 3), made(Done, made(Nil), semantics.gas(ANSWER)))
        ),
        lambda f, p, x, n: (
            no(answer := evaluate(f, p, x, n))
            and evaluate(f, diagonal(p), x, n + 3) != Done(NIL, answer.gas)
        ),
        ITSELF,
    ),
    variant(
        "whatever p answers",
        escape.halting,
        lambda true: true.but(given={"no": semantics.halts(ANSWER)}),
        lambda f, p, x, n: (
            halts(answer := evaluate(f, p, x, n))
            and evaluate(f, diagonal(p), x, n + 4) != Done(NIL, answer.gas)
        ),
        ITSELF,
    ),
    variant(
        "with the value of p",
        escape.short_halting,
        lambda true: true.but(then=equal(run(f, SHORT, x, n + 2), ANSWER)),
        lambda f, p, x, n: (
            no(answer := evaluate(f, p, x, n))
            and evaluate(f, short_diagonal(p), x, n + 2) != answer
        ),
    ),
    variant(
        "with one unit more left to p",
        escape.halting_only,
        lambda true: true.but(
            then=equal(
                run(f, p, x, n - 1),
                made(Done, made(Nil), semantics.gas(run(f, LONG, x, n)) + 4),
            )
        ),
        lambda f, p, x, n: (
            halts(outcome := evaluate(f, diagonal(p), x, n))
            and evaluate(f, p, x, n - 1) != Done(NIL, outcome.gas + 4)
        ),
        ITSELF,
    ),
    variant(
        "after nil",
        escape.looping,
        lambda true: true.but(given={"yes": escape.no(ANSWER)}),
        lambda f, p, x, n, m: (
            no(evaluate(f, p, x, n)) and evaluate(f, diagonal(p), x, m) != OutOfGas()
        ),
        ITSELF,
    ),
    variant(
        "after any answer",
        escape.short_looping,
        lambda true: true.but(given={"yes": semantics.halts(ANSWER)}),
        lambda f, p, x, n, m: (
            halts(evaluate(f, p, x, n)) and evaluate(f, short_diagonal(p), x, m) != OutOfGas()
        ),
        ITSELF,
    ),
]

# --- bounded-escape -------------------------------------------------------------------------------

_, _, _, c, _, k = proof_of(escape.escape).statement.variables
(m,) = proof_of(escape.error).statement.variables[-1:]
SIZE = sizing().function(p)
LONG_CODE, SHORT_CODE = coding().function(LONG), coding().function(SHORT)
SAYS_NO, SAYS_YES = Quote(NIL), Quote(YES)


@dataclass(frozen=True)
class Instance:
    """A wrong statement with values on which it fails: J is nothing or everything, the gas for its
    members is plenty, and that for the answers of p is one unit."""

    label: str
    theorem: Callable[[], Theorem]
    statement: Callable[[Proof], Statement]
    program: Program
    bound: int
    everything: bool = False

    def value(self, statement: Statement) -> bool | None:
        """The statement on these values; what is supposed of all small programs is tested on all.
        """
        values = {
            "f": EMPTY, "J": lambda _: self.everything, "s": lambda _: 1_000, "c": lambda _: 1,
            "p": self.program, "k": self.bound,
        }
        small = list(programs_to(self.bound))
        window = dict.fromkeys(("members halt", "decides"), lambda _: small)
        found: bool | None = compiled_statement(statement, window)(values)
        return found


def sooner(true: Proof) -> Statement:
    """With one unit of gas less for the diagonal."""
    small, other, _ = true.statement.conclusion.args
    gas = select(c, SHORT_CODE) + 1
    return true.but(then=both(small, other, semantics.halts(run(f, SHORT, SHORT_CODE, gas))))


ESCAPE = [
    Instance(
        "to size k-3",
        escape.escape,
        lambda true: true.but(given={"size": SIZE <= k - 3}),
        SAYS_NO, 4,
    ),
    Instance(
        "to size k-1",
        escape.short_escape,
        lambda true: true.but(given={"size": SIZE <= k - 1}),
        SAYS_NO, 2,
    ),
    Instance(
        "for programs of any size",
        escape.escape,
        lambda true: true.but(given={"size": TRUE}),
        SAYS_NO, 0,
    ),
    Instance(
        "with members that do not halt",
        escape.short_escape,
        lambda true: true.but(given={"members halt": TRUE}),
        SAYS_YES, 4, everything=True,
    ),
    Instance(
        "for a set that p does not decide",
        escape.short_escape,
        lambda true: true.but(given={"decides": TRUE}),
        Id(), 3,
    ),
    Instance("one step sooner", escape.short_escape, sooner, SAYS_NO, 3),
]


@pytest.mark.parametrize("wrong", ESCAPE, ids=lambda wrong: wrong.label)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    wrong.theorem()  # with all that its premises rest on
    true = proof_of(wrong.theorem)
    statement = wrong.statement(true)
    with configure(deadline=1.0), pytest.raises(Refused) as error:
        prove(f"{true.name} {wrong.label}", statement, true.premises, **true.options)
    assert error.value.failed and not any(o.proved for o in error.value.failed)
    assert wrong.value(statement) is False
    assert wrong.value(true.statement) is not False


def test_the_hypotheses_hold_on_some_instance() -> None:
    """That p says no of every program, and J is nothing: then J lacks the diagonal of p."""
    for theorem, bound in ((escape.short_escape, 3), (escape.escape, 5)):
        witness = Instance("witness", theorem, lambda true: true.statement, SAYS_NO, bound)
        assert witness.value(proof_of(theorem).statement) is True


# --- its other parts ------------------------------------------------------------------------------

SAID = run(f, p, LONG_CODE, n)

PARTS = [
    variant(
        "with the answers swapped",
        escape.error,
        lambda true: true.but(
            then=both(
                implies(escape.yes(SAID), semantics.halts(run(f, LONG, LONG_CODE, n + 4))),
                implies(escape.no(SAID), equal(run(f, LONG, LONG_CODE, m), made(OutOfGas))),
            )
        ),
        lambda f, p, n, m: (
            halts(said := evaluate(f, p, code(diagonal(p)), n))
            and said.value != NIL
            and not halts(evaluate(f, diagonal(p), code(diagonal(p)), n + 4))
        ),
        ITSELF,
    ),
    variant(
        "in three steps more",
        escape.error,
        lambda true: true.but(
            then=implies(escape.no(SAID), semantics.halts(run(f, LONG, LONG_CODE, n + 3)))
        ),
        lambda f, p, n, m: (
            no(evaluate(f, p, code(diagonal(p)), n))
            and not halts(evaluate(f, diagonal(p), code(diagonal(p)), n + 3))
        ),
        equal(p, quote(SAYS_NO, p.sort)),
    ),
    variant(
        "at the code of p",
        escape.error,
        lambda true: true.but(
            then=implies(
                escape.no(run(f, p, coding().function(p), n)),
                semantics.halts(run(f, LONG, LONG_CODE, n + 4)),
            )
        ),
        lambda f, p, n, m: (
            no(evaluate(f, p, code(p), n))
            and not halts(evaluate(f, diagonal(p), code(diagonal(p)), n + 4))
        ),
        equal(p, made(Tl)),
    ),
    variant(
        "smaller than it is",
        escape.larger,
        lambda true: true.but(then=sizing().function(LONG) <= SIZE + 3),
        lambda p: size(diagonal(p)) > size(p) + 3,
    ),
    variant(
        "to size 3",
        escape.sharp,
        lambda true: true.but(given={"size": SIZE <= 3}),
        lambda f, p: size(p) <= 3 and not halts(evaluate(f, p, code(p), 1)),
        equal(p, made(While, IDENTITY, IDENTITY)),
    ),
]

THEOREMS = list(dict.fromkeys(each.theorem for each in [*DIAGONALS, *PARTS, *ESCAPE]))


@pytest.mark.parametrize(
    "wrong", [*DIAGONALS, *PARTS], ids=lambda wrong: f"{wrong.theorem().name} {wrong.label}"
)
def test_a_wrong_variant_is_refused_with_a_countermodel(wrong: Variant) -> None:
    values = refused(wrong)
    assert wrong.fails(**values), values


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem().name)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)

"""Wrong variants of ``use-principle`` and its lemmas: each is refused, with a countermodel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.machine.program import Ask, Program, Then, Tl
from models.machine.semantics import evaluate
from models.machine.tree import NIL, Nil, Pair, Tree
from models.machine.use import agree, stage
from models.machine.use import use as asked
from proofs.kernel.evaluate import Finite
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Theorem
from proofs.kernel.terms import TRUE, Term, equal, implies, select
from proofs.machine import semantics, use
from tests.soundness.instances import confirm
from tests.soundness.variants import Variant, proof_of, refused

F, f, m, s, _, _ = use.limit_variables()
_, p, x, n = semantics.evaluation_variables()
_, g, _, _, _, rest = proof_of(use.same_run).statement.variables
RUN, USE = semantics.evaluation().function, use.asking().function
AGREE, STAGE = use.agreeing().function, use.settling().function
QUESTIONS = USE(f, p, x, n, made(Nil))
ASKS = equal(p, made(Ask))
ASKS_TAIL = equal(p, made(Then, made(Tl), made(Ask)))


def differ(f: Any, g: Any, p: Program, x: Tree, n: int, rest: Tree = NIL) -> bool:
    """Whether the runs differ, or their uses."""
    return evaluate(f, p, x, n) != evaluate(g, p, x, n) or (
        asked(f, p, x, n, rest) != asked(g, p, x, n, rest)
    )


TWO_ORACLES = [
    Variant(
        "without agreement",
        use.whole_run,
        lambda true: true.but(given={"agree": TRUE}),
        differ,
        {"where": [ASKS]},
    ),
    Variant(
        "with agreement at the input",
        use.whole_run,
        lambda true: true.but(given={"agree": equal(select(f, x), select(g, x))}),
        lambda f, g, p, x, n: f(x) == g(x) and differ(f, g, p, x, n),
        {"where": [ASKS_TAIL, equal(n, 3)]},
    ),
    Variant(
        "with agreement on the questions of a shorter run",
        use.whole_run,
        lambda true: true.but(given={"agree": AGREE(f, g, USE(f, p, x, n - 1, made(Nil)))}),
        lambda f, g, p, x, n: (
            agree(f, g, asked(f, p, x, n - 1, NIL)) and differ(f, g, p, x, n)
        ),
        {"where": [ASKS]},
    ),
    Variant(
        "with one unit more for the other",
        use.whole_run,
        lambda true: true.but(then=equal(RUN(g, p, x, n + 1), RUN(f, p, x, n))),
        lambda f, g, p, x, n: (
            agree(f, g, asked(f, p, x, n, NIL))
            and evaluate(g, p, x, n + 1) != evaluate(f, p, x, n)
        ),
    ),
    Variant(
        "with agreement on what follows",
        use.same_run,
        lambda true: true.but(given={"agree": AGREE(f, g, rest)}),
        lambda f, g, p, x, n, rest: agree(f, g, rest) and differ(f, g, p, x, n, rest),
        {"where": [ASKS]},
    ),
]


class Mended:
    """What F is, mended to tend to f with modulus m: a countermodel's says so where asked only."""

    def __init__(self, F: Any, f: Finite, m: Finite, s: int) -> None:
        self.stage, self.limit, self.modulus, self.s = F(s), f, m, s

    def __call__(self, question: Tree) -> Any:
        settled = self.s >= self.modulus(question)
        return (self.limit if settled else self.stage)(question)


def limit_fails(reached: Callable[..., bool]) -> Callable[..., bool]:
    """Whether ``reached`` says that the stage is, and the run is another."""

    def fails(F: Any, f: Any, m: Any, p: Program, x: Tree, n: int, s: int) -> bool:
        latest = stage(m, asked(f, p, x, n, NIL))
        return reached(m, x, s, latest) and differ(f, Mended(F, f, m, s), p, x, n)

    return fails


def tends_at(question: Term) -> Term:
    """What tending to f says of F at a question in stage s."""
    return implies(
        s >= select(m, question), equal(select(select(F, s), question), select(f, question))
    )


# At the questions asked, F is what its tending to f makes it; elsewhere F is mended.
SEARCH = {
    "where": [ASKS, tends_at(x)],
    "window": {"converges": lambda values: [(values["x"], values["s"])]},
}

IN_STAGES = [
    Variant(
        "one stage earlier",
        use.in_the_limit,
        lambda true: true.but(given={"stage": s + 1 >= STAGE(m, QUESTIONS)}),
        limit_fails(lambda m, x, s, latest: s + 1 >= latest),
        SEARCH,
    ),
    Variant(
        "at every stage",
        use.in_the_limit,
        lambda true: true.but(given={"stage": s >= 0}),
        limit_fails(lambda m, x, s, latest: s >= 0),
        SEARCH,
    ),
    Variant(
        "from the input's modulus on",
        use.in_the_limit,
        lambda true: true.but(given={"stage": s >= select(m, x)}),
        limit_fails(lambda m, x, s, latest: s >= m(x)),
        {
            **SEARCH,
            "where": [
                ASKS_TAIL, equal(n, 3), s >= 0, is_a(x, Pair),
                tends_at(x), tends_at(part(x, Pair, "tail")),
            ],
        },
    ),
    Variant(
        "without convergence",
        use.settled,
        lambda true: true.but(given={"converges": TRUE}),
        lambda F, f, m, questions, s: (
            s >= stage(m, questions) and not agree(f, F(s), questions)
        ),
        {"window": {"converges": lambda _: []}},
    ),
]

VARIANTS = [*TWO_ORACLES, *IN_STAGES]
THEOREMS: tuple[Callable[[], Theorem], ...] = (
    use.same_run, use.whole_run, use.settled, use.in_the_limit,
)


@pytest.mark.parametrize(
    "wrong", VARIANTS, ids=lambda wrong: f"{wrong.theorem().name} {wrong.label}"
)
def test_a_wrong_variant_is_refused_with_a_countermodel(wrong: Variant) -> None:
    values = refused(wrong)
    assert wrong.fails(**values), values


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem().name)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)

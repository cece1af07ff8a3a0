"""Statement mutation: of every theorem, each small change is refuted, or known to be true.

``make mutants`` goes through all of it. Here all mutants are run, all that are listed as true are
proved, and a part of those that the kernel has to prove or to refuse otherwise is handed to it.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from checks.catalogue import CARDS
from models.machine.breadth_first import way_of
from models.machine.condition import CHECKED
from models.machine.kleene_post import from_set
from models.machine.oracle import EMPTY, FULL, Join, Table
from models.machine.program import Quote, code, parse_program
from models.machine.transform import substitute
from models.machine.tree import NIL, Pair, elements, numeral
from proofs.amdahl import collapse
from proofs.kernel.evaluate import NO_WINDOW, compiled_statement
from proofs.kernel.reading import quote
from proofs.kernel.rules import Hypothesis, Refused, Statement, prove
from proofs.kernel.solvers import configure
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import INT, REAL, as_term, both, either, equal, iff, implies
from proofs.machine import degrees, semantics
from tests.soundness.mutation import (
    CONCLUSION,
    DENIED,
    DIRECTION,
    EXCHANGED,
    LEFT_OUT,
    NUMBER,
    PART_LEFT_OUT,
    SIDES,
    STRICTNESS,
    Mutant,
    mutants,
)
from tests.soundness.mutation_false import PROVED_FALSE
from tests.soundness.mutation_kernel import ask, disproved, from_theorem
from tests.soundness.mutation_pool import Instance, Trials, pool, subjects
from tests.soundness.mutation_report import (
    DEADLINE,
    found,
    listed,
    listed_false,
    mutants_of,
    proved,
    refused,
    stale,
)
from tests.soundness.mutation_true import STILL_TRUE

PROVED = [card.id for card in CARDS if card.proof]
SAMPLE = 16
"""Every so-many-th of a theorem's mutants is handed to the kernel."""


def of_card(id_: str) -> list[Mutant]:
    """All mutants of the theorems of a card."""
    names = [name for name, subject in subjects().items() if subject.card.id == id_]
    assert names
    return [mutant for name in names for mutant in mutants_of(name)]


# --- every mutant ---------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", PROVED)
def test_each_mutant_is_refuted_by_running_or_known_to_be_true(id_: str) -> None:
    open_ = [mutant for mutant in of_card(id_) if found(mutant) is None]
    assert not open_, (
        "neither refuted nor listed in tests/soundness/mutation_true.py; an instance on which one "
        "fails may go to the card or to tests/soundness/mutation_instances.py"
    )


@pytest.mark.parametrize("id_", PROVED)
def test_what_is_listed_is_proved(id_: str) -> None:
    """True or false."""
    for mutant in of_card(id_):
        if (mutant.theorem, mutant.name) in {**listed(), **listed_false()}:
            assert not proved(mutant), mutant


@pytest.mark.parametrize("id_", PROVED)
def test_what_is_weaker_by_its_form_follows_from_the_theorem(id_: str) -> None:
    for mutant in [m for m in of_card(id_) if m.weaker][::SAMPLE]:
        assert not proved(mutant), mutant


@pytest.mark.parametrize("id_", PROVED)
def test_the_kernel_refuses_the_others(id_: str) -> None:
    """With the true proof's premises; all that lack a hypothesis, and a part of the others."""
    wrong = [m for m in of_card(id_) if not m.weaker and (m.theorem, m.name) not in listed()]
    for number, mutant in enumerate(wrong):
        if mutant.kind == LEFT_OUT or number % SAMPLE == 0:
            assert refused(mutant), mutant


def test_what_is_listed_is_a_mutant() -> None:
    assert not stale()
    for entries, found_ in ((STILL_TRUE, listed()), (PROVED_FALSE, listed_false())):
        names = [each for entry in entries for names in entry.mutants.values() for each in names]
        assert len(names) == len(found_)
        assert all(entry.reason.endswith(".") for entry in entries)
    assert not set(listed()) & set(listed_false())


def test_what_is_listed_as_false_is_beyond_reach() -> None:
    """The reason given: on its way are more than 20 nodes, each with two children."""
    checked = code(substitute(from_set(Quote(NIL)), CHECKED))
    assert len(list(elements(way_of(checked, NIL)))) > 20


def test_every_theorem_has_instances() -> None:
    for name in subjects():
        assert next(pool(name), None) is not None, name


# --- mutants of a statement -----------------------------------------------------------------------

a, b, n = variables(a=INT, b=INT, n=INT)


def names(statement: Statement, *kinds: str) -> dict[str, bool]:
    """The mutants of some kinds, by name, and whether they are weaker by their form."""
    return {m.name: m.weaker for m in mutants("", statement) if m.kind in kinds}


def test_hypotheses_and_parts_left_out() -> None:
    statement = forall(
        a, b, given={"some": either(a < b, equal(a, b))}, then=implies(both(a < 0, b < 0), a < b)
    )
    assert names(statement, LEFT_OUT, PART_LEFT_OUT) == {
        "some: left out": False,
        "some: a < b left out": True,
        "some: a = b left out": True,
        "conclusion: a < 0 and b < 0 left out": False,
        "conclusion: a < 0 left out": False,
        "conclusion: b < 0 left out": False,
    }


def test_comparisons() -> None:
    statement = forall(a, b, given={"below": a < b, "same": equal(a, b)}, then=a <= b)
    assert names(statement, STRICTNESS, SIDES, DIRECTION) == {
        "below: a < b or equal": False,
        "below: a < b with its sides exchanged": False,
        "same: a = b as ≤": False,
        "same: a = b as ≥": False,
        "conclusion: a ≤ b made strict": False,
        "conclusion: a ≤ b with its sides exchanged": False,
    }
    opposite = forall(a, b, given={"below": a <= b}, then=both(a < b, iff(a < 0, b < 0)))
    assert names(opposite, STRICTNESS, DIRECTION) == {
        "below: a ≤ b made strict": True,
        "conclusion: a < b or equal": True,
        # Of an equivalence neither side makes it true more often.
        "conclusion: a < 0 or equal": False,
        "conclusion: b < 0 or equal": False,
        "conclusion: a < 0 ⟺ b < 0 as ⟹": True,
        "conclusion: a < 0 ⟺ b < 0 as ⟸": True,
    }


def test_numbers_and_arguments() -> None:
    statement = forall(a, b, given={"few": a <= 3}, then=b <= 2 * a - 1)
    assert names(statement, NUMBER) == {
        "few: a ≤ 3 with 4 for 3": False,
        "few: a ≤ 3 with 2 for 3": True,
        "conclusion: 2 · a with 3 for 2": False,
        "conclusion: 2 · a with 1 for 2": False,
        "conclusion: 2 · a - 1 with 2 for 1": False,
        "conclusion: 2 · a - 1 with 0 for 1": True,
    }
    assert names(statement, EXCHANGED, DENIED) == {
        "conclusion: 2 · a - 1 with its arguments exchanged": False
    }
    two = forall(a, b, n, then=equal(a - b, n - b - a))
    assert names(two, EXCHANGED, DENIED) == {
        "conclusion: a - b with its arguments exchanged": False,
        "conclusion: n - b with its arguments exchanged": False,
        "conclusion: n - b - a with its arguments exchanged": False,
        "conclusion: a - b = n - b - a denied": False,
    }


def test_the_rest_of_a_mutant_is_the_theorem() -> None:
    statement = forall(a, b, given={"low": 0 <= a, "high": a < b}, then=0 < b)
    for mutant in mutants("positive", statement):
        changed = {
            label: term for label, term in parts(mutant.statement).items()
            if term is not parts(statement)[label]
        }
        assert list(changed) == [mutant.place]
        assert mutant.statement.text() != statement.text()


def parts(statement: Statement) -> dict[str, object]:
    return {**{h.label: h.term for h in statement.hypotheses}, CONCLUSION: statement.conclusion}


# --- that this can fail ---------------------------------------------------------------------------

HERE = [Instance({"n": number}, NO_WINDOW, "test") for number in range(-5, 6)]


def test_a_statement_that_says_nothing_has_mutants_that_survive() -> None:
    """No number is above and below 0, so whatever is concluded is true."""
    empty = forall(n, given={"low": n < 0, "high": 0 < n}, then=equal(n, 2))
    here = Trials(empty, HERE)
    surviving = {m.name for m in mutants("empty", empty) if here.refuted(m) is None}
    assert {m.name for m in mutants("empty", empty) if m.place == CONCLUSION} <= surviving
    assert "low: left out" not in surviving


def test_a_hypothesis_that_is_not_needed_is_found_out() -> None:
    """Without it no instance fails, and the kernel proves the mutant."""
    statement = forall(n, given={"low": 3 <= n, "idle": n <= 100}, then=0 < n)
    theorem = prove("positive from 3 on", statement)
    here = Trials(statement, HERE)
    surviving = [
        m for m in mutants(theorem.name, statement) if not m.weaker and here.refuted(m) is None
    ]
    assert [m.name for m in surviving if m.kind == LEFT_OUT] == ["idle: left out"]
    # Nor is the bound sharp.
    assert "low: 3 ≤ n with 2 for 3" in {m.name for m in surviving}
    assert "low: left out" not in {m.name for m in surviving}


def test_a_claim_that_a_wrong_mutant_is_true_is_refused() -> None:
    (wrong,) = [m for m in mutants_of("gas-monotone") if m.name == "halts: left out"]
    with configure(deadline=DEADLINE), pytest.raises(Refused):
        from_theorem(semantics.gas_monotone(), wrong)


@pytest.mark.parametrize("p", ["quote 1", "while(quote 1, id)"])
def test_a_mutant_is_not_disproved_where_it_holds(p: str) -> None:
    """The far point is not in the set: a program that says it is, or nothing, is wrong."""
    ((name, entry),) = listed_false().items()
    (mutant,) = [m for m in mutants_of(name[0]) if m.name == name[1]]
    values = entry.values(mutant.statement)
    other = {**values, "p": quote(parse_program(p), values["p"].sort)}
    with configure(deadline=DEADLINE), pytest.raises(Refused):
        disproved(subjects()[name[0]].theorem, mutant, other, entry.premises)


def test_the_kernel_proves_a_mutant_that_its_premises_prove() -> None:
    """Refusal is not for want of fitting premises: a mutant that says the same is proved."""
    theorem = semantics.gas_monotone()
    same = Mutant(theorem.name, LEFT_OUT, "halts", "the same", theorem.statement)
    assert ask(theorem, same).statement.text() == theorem.statement.text()


def test_a_conclusion_without_a_value_is_not_enough() -> None:
    """1/x with x = 0 is any number to a solver, but the same one wherever it stands."""
    (x,) = variables(x=REAL)
    nothing = Instance({"x": 0}, NO_WINDOW, "test")
    one = as_term(1, REAL) / x
    for conclusion, fails in ((one <= 5, True), (one <= one + 1, False)):
        statement = forall(x, then=conclusion)
        assert Trials(statement, []).fails(statement, nothing) is fails


def test_what_is_said_of_all_real_numbers_is_proved_for_an_instance() -> None:
    """Every number of a grid takes longer than none, but none does near the pole at x = 2/3."""
    theorem = collapse.needed()
    given = {"R": Fraction(-1, 2), "s": Fraction(999, 1000)}
    places = [Fraction(n, 16) for n in range(1, 16)]
    near = Instance(given, {"unique minimiser": lambda _: places}, "test")
    (wrong,) = [m for m in mutants_of(theorem.name) if m.name == "ratio: left out"]
    assert compiled_statement(wrong.statement, near.window)(given) is False
    assert not Trials(theorem.statement, []).fails(wrong.statement, near)
    assert found(wrong) is not None


def test_an_instance_off_its_schema_does_not_count() -> None:
    """J is no join at the question that the program makes of x, which is in no window."""
    theorem = degrees.halves()
    x = numeral(6)
    join, asked = Join(FULL, EMPTY), Pair(NIL, x)
    values = {"g": FULL, "h": EMPTY, "J": Table({asked: numeral(2)}), "x": x}
    here = Trials(theorem.statement, [])
    assert not here.fails(theorem.statement, Instance(values, NO_WINDOW, "test"))
    without = Statement(
        theorem.statement.variables,
        tuple(Hypothesis(h.label, h.term, h.bound) for h in theorem.statement.hypotheses if
              h.label != "join"),
        theorem.statement.conclusion,
    )
    assert here.fails(without, Instance(values, NO_WINDOW, "test"))
    assert not here.fails(without, Instance({**values, "J": join}, NO_WINDOW, "test"))

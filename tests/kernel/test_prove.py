"""Proofs: statements, instances, induction, schemas, claims on the way, opaque terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.amdahl.number import Real
from proofs.kernel.reading import array_of
from proofs.kernel.rules import (
    Fact,
    Goal,
    Hypothesis,
    KernelError,
    Refused,
    Schema,
    Statement,
    Theorem,
    define,
    prove,
    theorem_named,
    theorems,
    trusted,
)
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    FALSE,
    INT,
    REAL,
    TRUE,
    Function,
    Term,
    both,
    constant,
    equal,
    iff,
    implies,
    negate,
    select,
)
from tests.kernel.equations import counting, equation, k, m, n, r, s, unused

(f,) = variables(f=array_of(INT, INT))
(g,) = variables(g=array_of(INT, INT))


def theorem(statement: Statement, *facts: Fact, **options: Any) -> Theorem:
    """A theorem of a name that no other has."""
    return prove(unused("theorem"), statement, lambda _: facts, **options)


def refused(statement: Statement, *facts: Fact, **options: Any) -> Refused:
    with pytest.raises(Refused) as found:
        theorem(statement, *facts, **options)
    return found.value


# --- statements -----------------------------------------------------------------------------------


def test_a_statement_speaks_of_its_variables_only() -> None:
    for make in (
        lambda: forall(n, then=n < m),
        lambda: forall(n, given={"m": m > 0}, then=n > 0),
        lambda: forall(n, given={"all": ((k,), m > k)}, then=n > 0),
        lambda: forall(n, given={"all": ((k,), k > n)}, then=k > n),
    ):
        with pytest.raises(KernelError, match="not a variable of the statement"):
            make()


class Everything(tuple[Term, ...]):
    def __contains__(self, _: object) -> bool:
        return True


def test_variables_that_say_they_hold_everything() -> None:
    with pytest.raises(KernelError, match="not a variable"):
        theorem(Statement(Everything((n,)), (), n < m))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Statement((n + 1,), (), TRUE),
        lambda: Statement((n, n), (), TRUE),
        lambda: Statement((n, constant("n", REAL)), (), TRUE),
        lambda: Statement((n,), (Hypothesis("a", n > 0), Hypothesis("a", n > 1)), TRUE),
        lambda: Statement((), (Hypothesis("a", TRUE, (n, n)),), TRUE),
        lambda: Statement((), (Hypothesis("a", TRUE, (n + 1,)),), TRUE),
        lambda: Statement((n,), (), n),
        lambda: Statement((n,), (Hypothesis("a", n),), TRUE),
        lambda: Statement((3,), (), TRUE),
    ],
)
def test_a_statement_that_is_none(make: Callable[[], Statement]) -> None:
    with pytest.raises((KernelError, TypeError, AttributeError)):
        make()


def test_only_equal_statements_have_equal_text() -> None:
    a, b = n > 0, n > 1
    statements = [
        forall(n, given={"a": a, "b": b}, then=TRUE),
        forall(n, given={"a": b, "b": a}, then=TRUE),
        forall(n, given={"a": a}, then=TRUE),
        forall(n, given={"b": a}, then=TRUE),
        forall(n, given={"a": a, "b": a, "c": b}, then=TRUE),
        forall(n, given={"a": a, "b": b, "c": b}, then=TRUE),
        forall(n, given={"a": a, "b": a, "c": ((n,), b)}, then=TRUE),
        forall(n, given={"a": a, "b": b, "c": ((n,), a)}, then=TRUE),
        forall(n, given={"a": ((n,), a)}, then=TRUE),
        forall(given={"a": ((n,), a)}, then=TRUE),
        forall(n, given={"a\nb": a}, then=TRUE),
        forall(n, m, given={"a": a}, then=TRUE),
        forall(n, given={"a": a}, then=b),
        forall(n, given={"a": a}, then=negate(b)),
        forall(n, then=both(a, b)),
    ]
    texts = [statement.text() for statement in statements]
    assert len(set(texts)) == len(texts)
    assert forall(n, given={"a": a, "b": b}, then=TRUE).text() == texts[0]


def test_a_statement_in_words() -> None:
    said = str(forall(n, given={"positive": n > 0, "all": ((k,), k < n)}, then=n > 1))
    assert said == "for all n: if 0 < n and (for all k: k < n) then 1 < n"


# --- instances ------------------------------------------------------------------------------------


def test_an_instance_is_an_implication() -> None:
    positive = theorem(forall(n, m, given={"n": n > 0, "m": m > n}, then=m > 1))
    fact = positive.at(n=k, m=k + k)
    assert fact.term is implies(both(k > 0, k + k > k), k + k > 1)
    assert repr(fact).startswith("⊢ ")


@pytest.mark.parametrize(
    "values",
    [{}, {"n": 1}, {"n": 1, "m": 2, "k": 3}, {"n": 1, "k": 2}, {"n": r, "m": 1}, {"n": "1", "m": 1},
     {"n": n > 0, "m": 1}, {"n": True, "m": 1}, {"n": 1.0, "m": 1}, {"n": None, "m": 1}],
)
def test_an_instance_has_a_value_for_each_variable(values: dict[str, Any]) -> None:
    order = theorem(forall(n, m, then=implies(n < m, n <= m)))
    with pytest.raises((KernelError, TypeError)):
        order.at(**values)


def test_premises_are_not_more_than_they_say() -> None:
    """Instances at some terms say nothing of others."""
    above = theorem(forall(n, then=n < n + 1))
    double = define(equation(lambda algebra, n: n + n, n=int))
    d = double.function
    assert theorem(forall(n, then=equal(d(n), n + n)), double(n))
    refused(forall(n, then=equal(d(n), n + n)))
    refused(forall(n, then=equal(d(n), n + n)), double(3), double(m))
    refused(forall(n, then=equal(d(d(n)), 4 * n)), double(n), above.at(n=n))
    assert theorem(forall(n, then=equal(d(d(n)), 4 * n)), double(n), double(d(n)))


def test_what_a_theorem_rests_on() -> None:
    double = define(equation(lambda algebra, n: n + n, n=int))
    base = theorem(forall(n, then=n * n >= 0))
    middle = theorem(forall(n, then=double.function(n) >= 2 * n), double(n))
    whole = prove(
        unused("whole"),
        forall(n, then=both(double.function(n) >= 2 * n, n * n >= 0)),
        lambda goal: [goal.have(n * n >= 0, base.at(n=n)), middle.at(n=n)],
    )
    assert whole.rests_on == tuple(
        sorted([("definition", double.function.name), ("theorem", base.name),
                ("theorem", middle.name)])
    )
    assert base.rests_on == ()
    assert theorems()[-1] is whole


def test_a_theorem_proved_again_is_the_same_statement() -> None:
    name = unused("again")
    first = prove(name, forall(n, then=n * n >= 0))
    second = prove(name, forall(n, then=n * n >= 0))
    assert trusted(first) and trusted(second)
    with pytest.raises(KernelError, match="another theorem"):
        prove(name, forall(n, then=n * n >= -1))


def test_a_refusal_names_what_failed() -> None:
    def premises(goal: Goal) -> list[Fact]:
        return [goal.have(n > 0, label="too much"), goal.have(n * n >= 0)]

    name = unused("refused")
    with pytest.raises(Refused) as found:
        prove(name, forall(n, then=n * n >= n), premises)
    assert [o.label for o in found.value.failed] == ["too much"]
    assert str(found.value).startswith(f"{name}: not proved\n  too much: z3: sat, cvc5: sat")
    assert theorem_named(name) is None


# --- induction ------------------------------------------------------------------------------------


def test_induction_proves_what_needs_it() -> None:
    count = define(counting(), measure=lambda n: n)
    claim = forall(n, given={"whole": n >= 0}, then=equal(count.function(n), n))
    refused(claim, count(n))
    proved = prove(
        unused("count"), claim, lambda goal: [count(n), goal.induction(n=n - 1)], measure=n
    )
    assert trusted(proved)


@pytest.mark.parametrize(
    "values",
    [{}, {"n": n}, {"n": n + 1}, {"n": n - 1}, {"n": n + n}, {"n": 0}, {"n": -n}, {"n": n - 2},
     {"m": m - 1}, {"n": m, "m": n}],
    ids=str,
)
@pytest.mark.parametrize("measure", [n, n + 1, -n, n * n, n - n], ids=repr)
def test_induction_does_not_prove_what_is_false(values: dict[str, Any], measure: Term) -> None:
    for conclusion in (FALSE, n > m, n < 0):
        with pytest.raises(Refused):
            prove(
                unused(),
                forall(n, m, then=conclusion),
                lambda goal: [goal.induction(**values)],
                measure=measure,
            )


def test_all_hypotheses_of_induction_together_do_not_prove_false() -> None:
    with pytest.raises(Refused):
        prove(
            unused(),
            forall(n, then=FALSE),
            lambda goal: [goal.induction(n=n + i) for i in range(-20, 20)],
            measure=n,
        )


def test_an_instance_of_the_hypothesis_is_guarded() -> None:
    def premises(goal: Goal) -> list[Fact]:
        fact = goal.induction(n=n - 1)
        guard, conclusion = fact.term.args
        assert conclusion is (n - 1 < m)
        parts = (0 <= n - 1, n - 1 < n, (n - 1) * 2 < m)
        assert guard is both(*parts)
        return []

    with pytest.raises(Refused):
        prove(
            unused(), forall(n, m, given={"half": n * 2 < m}, then=n < m), premises, measure=n
        )


def test_the_hypotheses_of_the_statement_guard_the_induction() -> None:
    """Where the hypothesis fails at n-1 the induction says nothing of it."""
    with pytest.raises(Refused):
        prove(
            unused(),
            forall(n, m, given={"is three": equal(n, 3)}, then=m > n),
            lambda goal: [goal.induction(n=n - 1)],
            measure=n,
        )


def test_no_induction_without_a_measure() -> None:
    def premises(goal: Goal) -> list[Fact]:
        with pytest.raises(KernelError, match="not proved by induction"):
            goal.induction(n=n - 1)
        return []

    prove(unused(), forall(n, then=TRUE), premises)


@pytest.mark.parametrize("measure", [r, n > 0, m, f, n + m])
def test_a_measure_is_a_whole_number_of_the_variables(measure: Term) -> None:
    with pytest.raises((KernelError, TypeError)):
        prove(unused(), forall(n, r, then=TRUE), measure=measure)


@pytest.mark.parametrize(
    "values", [{"k": 0}, {"n": r}, {"n": "n"}, {"n": None}, {"m": 1}, {"n": 1.0}]
)
def test_induction_at_what_is_no_value(values: dict[str, Any]) -> None:
    def premises(goal: Goal) -> list[Fact]:
        with pytest.raises((KernelError, TypeError)):
            goal.induction(**values)
        return []

    prove(unused(), forall(n, then=TRUE), premises, measure=n)


# --- schemas --------------------------------------------------------------------------------------


def monotone(function: Term = f) -> tuple[tuple[Term, ...], Term]:
    """The schema "each value is below the next"."""
    return (k,), select(function, k) < select(function, k + 1)


def growing() -> Theorem:
    """From the schema: f(n) >= f(0) + n for n >= 0, by induction."""
    return prove(
        unused("growing"),
        forall(
            f, n,
            given={"monotone": monotone(), "whole": n >= 0},
            then=select(f, n) >= select(f, 0) + n,
        ),
        lambda goal: [goal.hypothesis("monotone", n - 1), goal.induction(n=n - 1)],
        measure=n,
    )


def test_a_schema_is_used_at_instances() -> None:
    proved = growing()
    assert trusted(proved)

    def premises(goal: Goal) -> list[Fact]:
        assert goal.hypothesis("monotone", n + 2).term is (
            select(f, n + 2) < select(f, n + 2 + 1)
        )
        for values in ((), (n, n), (r,), ("k",)):
            with pytest.raises((KernelError, TypeError)):
                goal.hypothesis("monotone", *values)
        with pytest.raises(KernelError, match="no hypothesis"):
            goal.hypothesis("other")
        return []

    prove(unused(), forall(f, n, given={"monotone": monotone()}, then=TRUE), premises)


def test_a_schema_is_no_premise_by_itself() -> None:
    refused(forall(f, given={"monotone": monotone()}, then=select(f, 0) < select(f, 1)))


def test_a_schema_speaks_of_the_goals_own_variables() -> None:
    """The induction may not change what a schema speaks of: it is known of f alone."""

    def premises(goal: Goal) -> list[Fact]:
        with pytest.raises(KernelError, match="changes what monotone speaks of"):
            goal.induction(f=g, n=n - 1)
        return [goal.induction(f=f, n=n - 1)]

    prove(
        unused(),
        forall(f, g, n, given={"monotone": monotone()}, then=implies(n < n, FALSE)),
        premises,
        measure=n,
    )


def test_whoever_applies_a_theorem_supplies_its_schema() -> None:
    proved = growing()
    with pytest.raises(KernelError, match="nothing supplied for monotone"):
        proved.at(f=f, n=n)
    every = theorem(forall(n, then=n * n >= 0))
    wrong = every.schema(k, n=k)
    for supply in (wrong, every, every.at(n=n), None, TRUE, lambda k: TRUE, "monotone"):
        with pytest.raises(KernelError):
            proved.at(f=f, n=n, monotone=supply)
    with pytest.raises(KernelError):
        proved.at(f=f, n=n, monotone=wrong, other=wrong)


def test_a_schema_is_handed_on() -> None:
    proved = growing()
    statement = forall(
        f, given={"monotone": monotone()}, then=select(f, 3) >= select(f, 0) + 3
    )
    whole = prove(
        unused("handed on"),
        statement,
        lambda goal: [proved.at(f=f, n=3, monotone=goal.schema("monotone"))],
    )
    assert ("theorem", proved.name) in whole.rests_on
    # Under another name of its bound variable, and for another function value.
    prove(
        unused("renamed"),
        forall(
            g,
            given={"increasing": ((m,), select(g, m) < select(g, m + 1))},
            then=select(g, 3) >= select(g, 0) + 3,
        ),
        lambda goal: [proved.at(f=g, n=3, monotone=goal.schema("increasing"))],
    )


@pytest.mark.parametrize(
    "hypothesis",
    [
        ((k,), select(f, k) <= select(f, k + 1)),
        ((k,), select(f, k + 1) < select(f, k)),
        ((k,), implies(k >= 0, select(f, k) < select(f, k + 1))),
        ((k,), select(f, k) < select(f, k + 2)),
        ((k, m), select(f, k) < select(f, k + 1)),
        ((k,), select(f, n) < select(f, n + 1)),
        ((k,), select(g, k) < select(g, k + 1)),
        ((m,), select(f, n) < select(f, m)),
    ],
    ids=repr,
)
def test_a_wrong_schema_is_refused(hypothesis: Any) -> None:
    proved = growing()

    def premises(goal: Goal) -> list[Fact]:
        with pytest.raises(KernelError):
            proved.at(f=f, n=3, monotone=goal.schema("wrong"))
        return []

    prove(unused(), forall(f, g, n, given={"wrong": hypothesis}, then=TRUE), premises)


def constant_function() -> Theorem:
    """From "all k have f(k) = n" to f(n) = n. Its schema has the variable n beside the bound k."""
    return prove(
        unused("constant"),
        forall(f, n, given={"all": ((k,), equal(select(f, k), n))}, then=equal(select(f, n), n)),
        lambda goal: [goal.hypothesis("all", n)],
    )


def test_a_value_is_not_captured_by_the_bound_variable() -> None:
    """At n := k the schema says "all k' have f(k') = k", not "all k have f(k) = k"."""
    proved = constant_function()

    def premises(goal: Goal) -> list[Fact]:
        with pytest.raises(KernelError):
            proved.at(f=f, n=k, all=goal.schema("identity"))
        fact = proved.at(f=f, n=k, all=goal.schema("constant"))
        assert fact.term is equal(select(f, k), k)
        return [fact]

    prove(
        unused("captured"),
        forall(
            f, k,
            given={
                "identity": ((k,), equal(select(f, k), k)),
                "constant": ((m,), equal(select(f, m), k)),
            },
            then=equal(select(f, k), k),
        ),
        premises,
    )


def test_a_bound_variable_of_the_same_name_as_a_variable() -> None:
    """In the schema n is bound; in the other hypothesis it is the statement's."""
    both_ = prove(
        unused("shadow"),
        Statement(
            (f, n),
            (Hypothesis("all", select(f, n) > 0, (n,)), Hypothesis("one", n > 5)),
            both(select(f, 7) > 0, n > 5),
        ),
        lambda goal: [goal.hypothesis("all", 7)],
    )

    def premises(goal: Goal) -> list[Fact]:
        fact = both_.at(f=f, n=m, all=goal.schema("positive"))
        assert fact.term is implies(m > 5, both(select(f, 7) > 0, m > 5))
        return [fact]

    prove(
        unused(),
        forall(f, m, given={"positive": ((k,), select(f, k) > 0)}, then=implies(m > 5, m > 4)),
        premises,
    )


def test_a_theorem_as_a_schema() -> None:
    square = theorem(forall(n, m, then=implies(n >= m, n - m >= 0)))
    lemma = prove(
        unused("lemma"),
        forall(m, given={"all": ((k,), implies(k >= m, k - m >= 0))}, then=m - m >= 0),
        lambda goal: [goal.hypothesis("all", m)],
    )
    fact = lemma.at(m=7, all=square.schema(k, n=k, m=7))
    assert fact.term is (as_int(7) - 7 >= 0)
    assert ("theorem", square.name) in theorem(forall(then=TRUE), fact).rests_on
    for schema in (
        square.schema(m, n=k, m=m),  # of the other place
        square.schema(k, n=k, m=8),  # at another value
        square.schema(m, n=k, m=7),  # of a variable that is not there: k is one k
        square.schema(n=k, m=7),  # of none
        square.schema(k, m, n=k, m=7),  # of too many
    ):
        assert isinstance(schema, Schema)
        with pytest.raises(KernelError):
            lemma.at(m=7, all=schema)


def as_int(value: int) -> Term:
    return (n + value).args[1]


def test_a_variable_of_the_goal_is_not_bound_by_what_uses_its_hypotheses() -> None:
    """f(n) > 0 is known of the goal's n, not of all n."""
    echo = prove(
        unused("echo"),
        forall(
            f, n,
            given={"said": ((k,), both(select(f, n) > 0, equal(k, k + 0)))},
            then=select(f, n) > 0,
        ),
        lambda goal: [goal.hypothesis("said", 0)],
    )

    def premises(goal: Goal) -> list[Fact]:
        said = goal.schema("said")
        with pytest.raises(KernelError, match="cannot be bound"):
            echo.schema(n, f=f, n=n, said=said)
        assert echo.schema(m, f=f, n=n, said=said)
        return []

    prove(
        unused(),
        forall(
            f, n, given={"said": ((k,), both(select(f, n) > 0, equal(k, k + 0)))}, then=TRUE
        ),
        premises,
    )


# --- claims on the way ----------------------------------------------------------------------------


def test_a_claim_follows_from_its_premises_alone() -> None:
    """Not from the hypotheses, and not from claims made before, unless they are named."""
    statement = forall(n, given={"above": n > 2}, then=n > 0)

    def forgets(goal: Goal) -> list[Fact]:
        return [goal.have(n > 1)]

    def names(goal: Goal) -> list[Fact]:
        first = goal.have(n > 1, goal.hypothesis("above"))
        return [goal.have(n > 0, first)]

    def forgets_the_first(goal: Goal) -> list[Fact]:
        goal.have(n > 1, goal.hypothesis("above"))
        return [goal.have(n > 0)]

    with pytest.raises(Refused):
        prove(unused(), statement, forgets)
    with pytest.raises(Refused):
        prove(unused(), statement, forgets_the_first)
    assert len(prove(unused(), statement, names).obligations) == 3


def test_a_claim_that_is_not_used_is_still_proved() -> None:
    with pytest.raises(Refused):
        prove(unused(), forall(n, then=TRUE), lambda goal: [goal.have(FALSE)][:0])


@pytest.mark.parametrize("claim", [n, 3, None, "n > 0", r])
def test_a_claim_is_a_claim(claim: Any) -> None:
    with pytest.raises((KernelError, TypeError, AttributeError)):
        prove(unused(), forall(n, then=TRUE), lambda goal: [goal.have(claim)])


def test_a_proof_that_fails_makes_nothing() -> None:
    class Stop(Exception):
        pass

    goals: list[Goal] = []

    def premises(goal: Goal) -> list[Fact]:
        goals.append(goal)
        raise Stop

    name = unused("stopped")
    with pytest.raises(Stop):
        prove(name, forall(n, given={"h": n > 0}, then=TRUE), premises)
    assert theorem_named(name) is None
    with pytest.raises(KernelError, match="not being proved"):
        goals[0].hypothesis("h")


# --- opaque ---------------------------------------------------------------------------------------


def test_an_opaque_proof_knows_nothing_of_division() -> None:
    half = forall(r, then=equal(r / 2 + r / 2, r))
    assert theorem(half)
    refused(half, opaque=True)
    quotient = theorem(forall(r, s, then=implies(negate(equal(s, 0)), equal((r / s) * s, r))))
    assert theorem(half, quotient.at(r=r, s=2), opaque=True)
    refused(half, quotient.at(r=r, s=3), opaque=True)


def test_an_opaque_proof_knows_nothing_of_calls() -> None:
    double = define(equation(lambda algebra, x: x + x, Real, x=Real))
    d = double.function
    claim = forall(r, then=equal(d(r) - r, r))
    assert theorem(claim, double(r), opaque=True)
    refused(claim, double(s), opaque=True)
    # Equal arguments are not known to have equal values.
    congruent = forall(r, s, given={"same": equal(r, s)}, then=equal(d(r), d(s)))
    assert theorem(congruent)
    refused(congruent, opaque=True)
    refused(forall(r, s, given={"same": equal(r, s)}, then=equal(1 / r, 1 / s)), opaque=True)


def test_equal_terms_are_one_opaque_number_and_different_ones_two() -> None:
    assert theorem(forall(r, s, then=equal(r / s - r / s, 0)), opaque=True)
    refused(forall(r, s, then=equal(r / s, s / r)), opaque=True)
    refused(forall(r, s, then=equal(r / s, (r + 0) / s)), opaque=True)
    unknown = Function(unused("unknown"), (REAL, REAL), REAL)
    refused(forall(r, s, then=equal(unknown(r, s), unknown(s, r))), opaque=True)
    refused(forall(r, s, then=iff(r / s > 0, s / r > 0)), opaque=True)


def test_an_opaque_claim() -> None:
    def premises(goal: Goal) -> list[Fact]:
        return [goal.have(equal(r / r, 1), goal.hypothesis("nonzero"), opaque=True)]

    statement = forall(r, given={"nonzero": negate(equal(r, 0))}, then=equal(r / r, 1))
    with pytest.raises(Refused):
        prove(unused(), statement, premises)
    assert theorem(statement)


def test_an_opaque_obligation_has_no_division() -> None:
    proved = theorem(forall(r, s, then=equal(r / s - r / s, 0)), opaque=True)
    (obligation,) = proved.obligations
    assert "(/" not in obligation.text and "opaque!0" in obligation.text
    assert "(set-logic QF_NRA)" in obligation.text

"""Witnesses and counterexamples: every card has them, and wrong ones are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from checks.catalogue import CARDS, Card
from checks.results import LONGEST, InstanceResult
from checks.verification import load, prove_card, run_instances
from checks.witness import (
    Claim,
    Claims,
    Named,
    Needless,
    Without,
    Witness,
    _same,
    confirm,
    described,
    dropped,
    missing,
)
from models.amdahl.number import square_root
from models.machine.program import Program, parse_program
from models.machine.semantics import Bottom, Do, Done, Next, OutOfGas, Push, Stop
from models.machine.tree import TRUE, Tree, format_tree, numeral, parse_tree
from proofs.kernel.evaluate import Finite, Unevaluated, Window
from proofs.kernel.reading import sort_of
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    BOOL,
    INT,
    REAL,
    ArraySort,
    Term,
    both,
    equal,
    implies,
    select,
)
from proofs.kernel.terms import TRUE as HOLDS

WITH_PROOF = [one for one in CARDS if one.proof]
MOST_WORDS = 32

every_card = pytest.mark.parametrize("one", WITH_PROOF, ids=lambda one: one.id)


# --- the cards ------------------------------------------------------------------------------------


@cache
def found(one: Card) -> tuple[Mapping[str, Statement], tuple[InstanceResult, ...]]:
    """A card's statements, and what its claims come to."""
    _, verdict, reason, statements = prove_card(one)
    assert verdict == "proved", reason
    return statements, run_instances(one, statements)


@every_card
def test_each_theorem_has_a_witness_and_each_hypothesis_a_use(one: Card) -> None:
    """Every theorem that a card's proof returns has a confirmed witness, and for every hypothesis
    there is a confirmed counterexample to the statement without it, or a proof that it can go."""
    statements, results = found(one)
    wrong = [f"{r.theorem}: {r.about}: {r.reason}" for r in results if not r.confirmed]
    assert not wrong, "\n".join(wrong)
    told = {(r.theorem, r.hypothesis) for r in results}
    for name, statement in statements.items():
        assert (name, "") in told, f"{name} has no witness"
        for hypothesis in statement.hypotheses:
            assert (name, hypothesis.label) in told, f"{name}: nothing about {hypothesis.label!r}"


@every_card
def test_what_is_said_can_be_read(one: Card) -> None:
    _, results = found(one)
    for result in results:
        if result.confirmed:
            assert result.says.endswith(".") and "  " not in result.says
            assert len(result.says.split()) <= MOST_WORDS, result.says
        # What Python says of a value that nobody has put into words.
        for words in (*result.values.values(), *(value for _, value in result.shown)):
            assert not re.search(r"<function|<lambda>| at 0x|<class|object>|namespace\(", words)


def test_no_claim_is_about_a_theorem_that_there_is_not() -> None:
    """A card's claims may be made together with another card's; each is about a theorem of one."""
    named: dict[str, set[str]] = {}
    for one in WITH_PROOF:
        if one.instances:
            named.setdefault(one.instances, set()).update(found(one)[0])
    for reference, theorems in named.items():
        assert set(load(reference)()) <= theorems, reference


# --- claims of a statement ------------------------------------------------------------------------

n, m, k = variables(n=INT, m=INT, k=INT)
r, s = variables(r=REAL, s=REAL)
f, truth = variables(f=ArraySort(INT, INT), truth=BOOL)
p, x = variables(p=sort_of(Program), x=sort_of(Tree))

# True: if 0 < n and n <= m then 0 < m.
ABOVE = forall(n, m, given={"positive": n > 0, "at most": n <= m}, then=m > 0)
# False, with the same hypotheses.
MORE = forall(n, m, given={"positive": n > 0, "at most": n <= m}, then=m > 1)
# True: a function that is nowhere negative is not at n.
NOWHERE = forall(
    f, n, given={"nowhere negative": ((k,), select(f, k) >= 0), "positive": n > 0},
    then=select(f, n) >= 0,
)
# Two bound variables: a function that does not fall.
RISING = forall(
    f, n, given={"rising": ((k, m), implies(k <= m, select(f, k) <= select(f, m)))},
    then=select(f, 0) <= select(f, n * n),
)
QUOTIENT = forall(r, s, given={"nonzero": s > 0}, then=equal(r / s * s, r))


def claim_of(statement: Statement, claim: Claim) -> InstanceResult:
    result = confirm("some-theorem", statement, claim)
    assert (result.theorem, result.says) == ("some-theorem", claim.says)
    assert result.confirmed is (result.reason == "")
    return result


def refused(statement: Statement, claim: Claim) -> str:
    """Why a claim is refused; nothing is shown of it then but its values."""
    result = claim_of(statement, claim)
    assert not result.confirmed and result.shown == ()
    assert "\n" not in result.reason
    return result.reason


def accepted(statement: Statement, claim: Claim) -> InstanceResult:
    result = claim_of(statement, claim)
    assert result.confirmed, result.reason
    return result


def test_a_witness() -> None:
    result = accepted(ABOVE, Witness("Both are 1.", {"n": 1, "m": 1}))
    assert (result.kind, result.hypothesis, result.about) == ("witness", "", "Witness")
    assert result.values == {"n": "1", "m": "1"} and result.formal == ""


@pytest.mark.parametrize(
    ("statement", "values", "reason"),
    [
        (ABOVE, {"n": 0, "m": 1}, "the hypothesis 'positive' fails"),
        (ABOVE, {"n": 2, "m": 1}, "the hypothesis 'at most' fails"),
        (MORE, {"n": 1, "m": 1}, "the conclusion fails"),
    ],
)
def test_a_wrong_witness(statement: Statement, values: dict[str, int], reason: str) -> None:
    assert refused(statement, Witness("It is wrong.", values)) == reason


def test_a_counterexample_for_each_hypothesis() -> None:
    result = accepted(ABOVE, Without("positive", "Both are 0.", {"n": 0, "m": 0}))
    assert (result.kind, result.hypothesis, result.formal) == ("without", "positive", "0 < n")
    assert result.about == "Without 'positive' (0 < n) it fails"
    accepted(ABOVE, Without("at most", "m is less.", {"n": 1, "m": 0}))


@pytest.mark.parametrize(
    ("statement", "label", "values", "reason"),
    [
        (ABOVE, "positive", {"n": 0, "m": -1}, "the hypothesis 'at most' fails"),
        (ABOVE, "at most", {"n": 0, "m": -1}, "the hypothesis 'positive' fails"),
        (ABOVE, "positive", {"n": 0, "m": 1}, "the conclusion holds"),
        (ABOVE, "at most", {"n": 2, "m": 1}, "the conclusion holds"),
        (MORE, "positive", {"n": 1, "m": 1}, "the hypothesis 'positive' is not seen to fail"),
        (ABOVE, "absent", {"n": 0, "m": 0}, "it does not run: ValueError: no hypothesis 'absent'"),
        (ABOVE, "", {"n": 0, "m": 0}, "it does not run: ValueError: no hypothesis ''"),
    ],
)
def test_a_wrong_counterexample(
    statement: Statement, label: str, values: dict[str, int], reason: str
) -> None:
    result = claim_of(statement, Without(label, "It is wrong.", values))
    assert result.reason == reason and not result.confirmed and result.shown == ()
    assert "fails" not in result.about and result.about.startswith(f"Without '{label}'")


# --- hypotheses that say "for all" ----------------------------------------------------------------

DIPPED = Finite({3: -1}, 0)


def window(label: str, *members: Any) -> Window:
    return {label: lambda _: members}


def test_a_hypothesis_for_all_is_tried_on_its_window() -> None:
    tried = window("nowhere negative", 0, 1, 2)
    accepted(NOWHERE, Witness("It is 0.", {"f": Finite({}, 0), "n": 3}, tried))
    reason = refused(NOWHERE, Witness("It dips.", {"f": Finite({2: -1}, 0), "n": 3}, tried))
    assert reason == "the hypothesis 'nowhere negative' fails"


def test_where_it_fails_first_is_shown() -> None:
    values = {"f": DIPPED, "n": 3}
    tried = window("nowhere negative", 0, 3, 4)
    result = accepted(NOWHERE, Without("nowhere negative", "It dips at 3.", values, tried))
    assert result.shown == (("at k", "3"), ("f(k)", "-1"), ("f(n)", "-1"))
    assert result.formal == "for all k: 0 ≤ f(k)"


def test_a_window_may_depend_on_the_values() -> None:
    def here(values: Mapping[str, Any]) -> list[int]:
        return [values["n"]]

    claim = Without(
        "nowhere negative", "It dips at n.", {"f": DIPPED, "n": 3}, {"nowhere negative": here}
    )
    accepted(NOWHERE, claim)


@pytest.mark.parametrize("empty", [{}, window("nowhere negative"), window("positive", 1)])
@pytest.mark.parametrize("label", ["", "nowhere negative", "positive"])
def test_an_empty_window(empty: Window, label: str) -> None:
    """Also that of another hypothesis than the one that is dropped: it would hold of nothing."""
    if label == "positive":
        values = {"f": Finite({-3: -1}, 0), "n": -3}
    else:
        values = {"f": DIPPED if label else Finite({}, 0), "n": 3}
    claim: Claim = Witness("None.", values, empty)
    if label:
        claim = Without(label, "None.", values, empty)
    assert refused(NOWHERE, claim) == "'nowhere negative' was tried on no value"


def test_a_window_that_misses_where_the_hypothesis_fails() -> None:
    claim = Without(
        "nowhere negative", "It dips.", {"f": DIPPED, "n": 3}, window("nowhere negative", 0, 1, 2)
    )
    assert refused(NOWHERE, claim) == "the hypothesis 'nowhere negative' is not seen to fail"


def test_a_window_on_which_another_hypothesis_fails() -> None:
    claim = Without(
        "positive", "It dips at -3.", {"f": Finite({-3: -1}, 0), "n": -3},
        window("nowhere negative", 0, -3),
    )
    assert refused(NOWHERE, claim) == "the hypothesis 'nowhere negative' fails"


def test_two_bound_variables() -> None:
    values = {"f": Finite({4: -1}, 0), "n": 2}
    claim = Without("rising", "It falls to -1 at 4.", values, window("rising", (1, 2), (3, 4)))
    assert accepted(RISING, claim).shown == (
        ("at k", "3"), ("at m", "4"), ("f(k)", "0"), ("f(m)", "-1"), ("f(0)", "0"),
        ("f(n²)", "-1"),
    )
    claim = Without("rising", "No pair at all.", values, window("rising", 1, 2))
    assert refused(RISING, claim).startswith("it does not run: ")


# --- values that are none -------------------------------------------------------------------------


def fails(argument: Any) -> Any:
    raise RuntimeError(f"no answer\nto {argument}")


@pytest.mark.parametrize("kind", [Witness, lambda *rest: Without("nowhere negative", *rest)])
def test_a_value_that_raises(kind: Callable[..., Claim]) -> None:
    values = {"f": Named("a broken function", fails), "n": 3}
    reason = refused(NOWHERE, kind("It raises.", values, window("nowhere negative", 0, 3)))
    assert reason == "it does not run: RuntimeError: no answer to 0"


def test_a_value_that_was_not_found() -> None:
    """That an answer is not known makes no conclusion fail."""

    def undecided(argument: int) -> int:
        if argument < 0:
            raise Unevaluated("not decided")
        return 0

    values = {"f": Named("undecided", undecided), "n": -3}
    claim = Without("positive", "Nothing is known.", values, window("nowhere negative", 0, 1))
    assert refused(NOWHERE, claim) == "it does not run: Unevaluated: not decided"


def test_a_window_that_raises() -> None:
    def broken(values: Mapping[str, Any]) -> list[int]:
        raise KeyError("no such key")

    claim = Witness("It raises.", {"f": Finite({}, 0), "n": 3}, {"nowhere negative": broken})
    assert refused(NOWHERE, claim) == "it does not run: KeyError: 'no such key'"


def test_a_value_that_cannot_be_written() -> None:
    class Broken:
        def __call__(self, argument: int) -> int:
            return 0

        def __repr__(self) -> str:
            raise TypeError("no words")

    claim = Witness("It is 0.", {"f": Broken(), "n": 3}, window("nowhere negative", 0))
    assert refused(NOWHERE, claim) == "it does not run: TypeError: no words"


def test_a_value_that_is_missing() -> None:
    assert refused(ABOVE, Witness("No m.", {"n": 1})) == (
        "it does not run: ValueError: there is no value of m"
    )


@pytest.mark.parametrize(
    ("variable", "right", "wrong"),
    [
        (n, [0, -1], [True, Fraction(1), 1.0, "1", None]),
        (r, [0, Fraction(1, 2), square_root(Fraction(2))], [False, 0.5, "1/2"]),
        (truth, [True], [0, None]),
        (f, [Finite({}, 0), Named("f", abs)], [0, {0: 1}]),
        (x, [numeral(2)], [2, parse_program("id"), "nil"]),
        (p, [parse_program("id")], [numeral(0), "id"]),
    ],
)
def test_a_value_of_another_sort(variable: Term, right: list[Any], wrong: list[Any]) -> None:
    statement = forall(variable, then=HOLDS)
    name = str(variable.data)
    for value in right:
        accepted(statement, Witness("It has its sort.", {name: value}))
    for value in wrong:
        reason = refused(statement, Witness("It has another sort.", {name: value}))
        assert f"the value of {name} is not of sort " in reason


def test_values_that_the_statement_does_not_speak_of_are_not_shown() -> None:
    result = accepted(ABOVE, Witness("Both are 1.", {"z": 7, "m": 1, "n": 1}))
    assert list(result.values) == ["n", "m"]


# --- no value -------------------------------------------------------------------------------------


def test_a_conclusion_without_a_value_does_not_hold() -> None:
    result = accepted(QUOTIENT, Without("nonzero", "It is 1/0.", {"r": 1, "s": 0}))
    assert result.shown == (("r / s · s", "no value"),)
    result = accepted(
        forall(r, s, given={"positive": s > 0}, then=equal(roots()(s), r)),
        Without("positive", "The root of -1.", {"r": 1, "s": -1}),
    )
    assert result.shown[0][1] == "no value"


def roots() -> Any:
    """The function symbol of the square root."""
    from proofs.amdahl.objective import square_root as chosen

    return chosen().function


def test_nothing_else_may_be_without_a_value() -> None:
    """Neither a witness's conclusion, nor a hypothesis that is kept or dropped."""
    quotient = equal(r / s, 1)
    zero = {"r": 0, "s": 0}
    kept = forall(r, s, given={"quotient": quotient, "positive": s > 0}, then=r > 0)
    for statement, claim in (
        (forall(r, s, then=quotient), Witness("It is 0/0.", zero)),
        (kept, Without("positive", "It is 0/0.", zero)),
        (forall(r, s, given={"quotient": quotient}, then=r > 0), Without("quotient", "0/0.", zero)),
    ):
        assert refused(statement, claim) == "it does not run: NoValue: division by zero"


# --- hypotheses that can go -----------------------------------------------------------------------

HERE = __name__
ALSO_SMALL = forall(n, m, given={"positive": n > 0, "at most": n <= m, "small": n < 9}, then=m > 0)


def less() -> Theorem:
    """``ALSO_SMALL`` without "small"."""
    return prove("test-witness-less", ABOVE)


def more_variables() -> Theorem:
    """The same, with a variable that it does not use."""
    return prove("test-witness-variables", forall(m, k, n, given=given(ABOVE), then=m > 0))


def given(statement: Statement) -> dict[str, Term]:
    return {h.label: h.term for h in statement.hypotheses}


def another_conclusion() -> Theorem:
    return prove("test-witness-conclusion", forall(n, m, given=given(ABOVE), then=m >= 0))


def another_hypothesis() -> Theorem:
    changed = {"positive": n > 1, "at most": n <= m}
    return prove("test-witness-hypothesis", forall(n, m, given=changed, then=m > 0))


def one_hypothesis_more() -> Theorem:
    return prove("test-witness-more", ALSO_SMALL)


def one_hypothesis_less() -> Theorem:
    """It needs less than is claimed: then it is that which should be said."""
    both_in_one = {"positive": both(n > 0, n <= m)}
    return prove("test-witness-fewer", forall(n, m, given=both_in_one, then=m > 0))


def other_variables() -> Theorem:
    names = {"positive": k > 0, "at most": k <= m}
    return prove("test-witness-names", forall(k, m, given=names, then=m > 0))


def several() -> tuple[Theorem, ...]:
    return (less(),)


def statement_alone() -> Statement:
    return ABOVE


def not_proved() -> Theorem:
    return prove("test-witness-refused", MORE)


def used_wrongly() -> Theorem:
    raise KernelError("a rule was used wrongly")


@pytest.mark.parametrize("make", [less, more_variables])
def test_a_hypothesis_that_can_go(make: Callable[[], Theorem]) -> None:
    claim = Needless("small", "n < 9 says no more.", f"{HERE}:{make.__name__}")
    result = accepted(ALSO_SMALL, claim)
    assert (result.kind, result.hypothesis, result.values) == ("needless", "small", {})
    assert result.about == "Without 'small' (n < 9) it holds"


@pytest.mark.parametrize(
    "make",
    [
        another_conclusion, another_hypothesis, one_hypothesis_more, one_hypothesis_less,
        other_variables, several, statement_alone,
    ],
)
def test_a_theorem_that_says_something_else(make: Callable[[], Any]) -> None:
    make()  # it can be made
    name = f"{HERE}:{make.__name__}"
    reason = refused(ALSO_SMALL, Needless("small", "It says something else.", name))
    assert reason == f"{name} does not say the same without it"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (f"{HERE}:not_proved", "Refused: test-witness-refused: not proved"),
        (f"{HERE}:used_wrongly", "KernelError: a rule was used wrongly"),
        (f"{HERE}:ABOVE", "TypeError"),
        (f"{HERE}:absent", "AttributeError"),
        ("tests.absent:less", "ModuleNotFoundError"),
        (HERE, "AttributeError"),
        ("", "ValueError"),
    ],
)
def test_what_is_no_theorem(name: str, reason: str) -> None:
    found = refused(ALSO_SMALL, Needless("small", "It is no theorem.", name))
    assert found.startswith(f"it does not run: {reason}")


def test_a_hypothesis_that_there_is_not_cannot_go() -> None:
    reason = refused(ALSO_SMALL, Needless("absent", "There is none.", f"{HERE}:less"))
    assert reason == "it does not run: ValueError: no hypothesis 'absent'"


@pytest.mark.parametrize(
    ("hypotheses", "same"),
    [
        ({"h": ((k,), k > n)}, True),
        ({"h": ((m,), k > n)}, False),  # for all m, of one k
        ({"h": k > n}, False),
        ({"other": ((k,), k > n)}, False),
        ({"h": ((k,), k > n), "i": ((k,), k > n)}, False),
        ({}, False),
    ],
)
def test_a_hypothesis_is_its_label_its_term_and_what_it_says_for_all_of(
    hypotheses: dict[str, Any], same: bool
) -> None:
    whole = forall(n, m, k, given={"h": ((k,), k > n), "g": m > 0}, then=m >= 0)
    assert _same(dropped(whole, "g"), forall(n, m, k, given=hypotheses, then=m >= 0)) is same


# --- what is missing ------------------------------------------------------------------------------


def lacking(claims: tuple[Claim, ...]) -> list[tuple[str, str]]:
    results = list(missing("some-theorem", ABOVE, claims))
    assert all(not result.confirmed and result.theorem == "some-theorem" for result in results)
    return [(result.kind, result.hypothesis) for result in results]


def test_what_is_missing() -> None:
    one = Witness("It is one.", {})
    first, second = (Without(label, "It is one.", {}) for label in ("positive", "at most"))
    goes = Needless("at most", "It can go.", "a:b")
    assert lacking(()) == [("witness", ""), ("without", "positive"), ("without", "at most")]
    assert lacking((one,)) == [("without", "positive"), ("without", "at most")]
    assert lacking((first, second)) == [("witness", "")]
    assert lacking((goes, one)) == [("without", "positive")]
    assert lacking((one, first, goes)) == lacking((second, first, one)) == []
    assert lacking((one, first, Without("absent", "None.", {}))) == [("without", "at most")]


def test_dropped() -> None:
    weaker = dropped(ABOVE, "at most")
    assert [h.label for h in weaker.hypotheses] == ["positive"]
    assert (weaker.variables, weaker.conclusion) == (ABOVE.variables, ABOVE.conclusion)
    with pytest.raises(ValueError, match="no hypothesis 'absent'"):
        dropped(ABOVE, "absent")


def test_a_card_without_claims_lacks_all() -> None:
    bare = Card("some-card", "Title", "machine", "Source", "Statement.", "Statement.")
    results = run_instances(bare, {"first": ABOVE, "second": NOWHERE})
    assert [(r.theorem, r.hypothesis) for r in results if not r.confirmed] == [
        ("first", ""), ("first", "positive"), ("first", "at most"),
        ("second", ""), ("second", "nowhere negative"), ("second", "positive"),
    ]


def two_claims() -> Claims:
    return {
        "first": (
            Witness("Both are 1.", {"n": 1, "m": 1}),
            Without("positive", "Both are 0.", {"n": 0, "m": 0}),
        )
    }


def test_claims_are_those_of_the_theorem() -> None:
    named = Card(
        "some-card", "Title", "machine", "Source", "Statement.", "Statement.",
        instances=f"{HERE}:two_claims",
    )
    results = run_instances(named, {"first": ABOVE, "second": forall(n, then=equal(n, n))})
    assert [(r.theorem, r.hypothesis, r.confirmed) for r in results] == [
        ("first", "", True), ("first", "positive", True), ("first", "at most", False),
        ("second", "", False),
    ]


# --- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (-3, "-3"),
        (Fraction(1, 2), "1/2"),
        (Fraction(4), "4"),
        (square_root(Fraction(2)), "sqrt(2) ≈ 1.41421"),
        (1 / (1 + square_root(Fraction(3))), "-1/2 + sqrt(3)/2 ≈ 0.366025"),
        (square_root(Fraction(2)) * square_root(Fraction(2)), "2"),
        (numeral(3), "3"),
        (Finite({numeral(2): True}, False), "{2 -> true, else -> false}"),
        (Finite({1: Fraction(1, 2)}, Finite({}, 0)), "{1 -> 1/2, else -> {else -> 0}}"),
        (Done(TRUE, 4), "Done(1, 4)"),
        (OutOfGas(), "OutOfGas"),
        (parse_program("while(hd, tl)"), "while(hd, tl)"),
        (Named("the numerals", lambda tree: tree), "the numerals"),
        (Push(TRUE, Bottom()), "[1]"),
        (Next(Do(parse_program("hd")), Stop()), "do hd"),
    ],
)
def test_values_as_a_reader_writes_them(value: Any, text: str) -> None:
    assert described(value) == text


def test_the_terms_that_decide_are_shown_once() -> None:
    statement = forall(
        n, m, given={"h": n * n > m, "g": n > 2}, then=both(n * n > m, implies(m > 0, n > 0))
    )
    result = accepted(statement, Without("h", "It is 9.", {"n": 3, "m": 9}))
    assert result.shown == ()  # n and m are said already
    real = forall(r, s, given={"h": r * r > s}, then=equal(r * r / s, 1 + r))
    result = accepted(real, Without("h", "All is 1.", {"r": 1, "s": 1}))
    assert result.shown == (("r²", "1"), ("r² / s", "1"), ("1 + r", "2"))


def test_a_long_hypothesis_is_not_written_out_again() -> None:
    long = n > 0
    for _ in range(30):
        long = both(long, m + n > n * n - m)
    short = confirm("t", forall(n, m, given={"h": n > 0}, then=n > 0), Without("h", "So.", {}))
    found = confirm("t", forall(n, m, given={"h": long}, then=n > 0), Without("h", "So.", {}))
    assert short.about == "Without 'h' (0 < n)" and found.about == "Without 'h'"
    assert len(found.formal) > LONGEST and found.to_json()["formal"] == found.formal


def test_a_long_outcome_is_cut_and_a_value_is_not() -> None:
    long = parse_tree("<" * 150 + "1" + ".1>" * 150)
    (trees,) = variables(trees=ArraySort(INT, sort_of(Tree)))
    statement = forall(trees, x, n, given={"h": n > 0}, then=equal(select(trees, n), x))
    values = {"trees": Finite({}, long), "x": TRUE, "n": 0}
    result = accepted(statement, Without("h", "They differ.", values))
    ((term, value),) = result.shown
    assert (term, value) == ("trees(n)", format_tree(long, style="numbers")[:200] + "…")
    result = accepted(forall(x, then=equal(x, x)), Witness("It is itself.", {"x": long}))
    assert parse_tree(result.values["x"]) == long


def test_as_json() -> None:
    right = accepted(ABOVE, Without("positive", "Both are 0.", {"n": 0, "m": 0}))
    assert right.to_json() == {
        "theorem": "some-theorem", "kind": "without", "hypothesis": "positive", "formal": "0 < n",
        "says": "Both are 0.", "values": {"n": "0", "m": "0"}, "shown": [], "confirmed": True,
    }
    wrong = claim_of(ABOVE, Witness("None.", {"n": 0, "m": 0})).to_json()
    assert wrong["confirmed"] is False and wrong["hypothesis"] is None
    assert wrong["reason"] == "the hypothesis 'positive' fails"

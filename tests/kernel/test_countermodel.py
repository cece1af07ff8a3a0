"""Why a statement was refused: values of its variables, as a reader writes them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from models.algebra import Mapped
from models.amdahl import objective as amdahl
from models.amdahl.number import Real
from models.amdahl.units import NoUnits, Unit, Units
from models.machine.program import If, Program, Then, While, parse_program
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import NIL, Tree, numeral, parse_tree, trees
from proofs.amdahl.objective import square_root, time
from proofs.kernel import evaluate as evaluate_module
from proofs.kernel.countermodel import Counterexample, _values, counterexample, explain
from proofs.kernel.evaluate import Finite, Unevaluated, compiled, compiled_statement, default
from proofs.kernel.reading import array_of, function_of, is_a, made, quote, sort_of
from proofs.kernel.rules import Goal, Refused, Statement, define, prove
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    BOOL,
    FALSE,
    INT,
    REAL,
    Function,
    both,
    constant,
    equal,
    implies,
    negate,
    select,
)
from proofs.machine import semantics
from tests.kernel.equations import counting, equation, k, m, n, r, s, unused

f, p, x, gas = semantics.evaluation_variables()
run = semantics.evaluation().function
TREE, PROGRAM = sort_of(Tree), sort_of(Program)


def refuse(statement: Statement, *facts: Any, **options: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        prove(unused(), statement, lambda _: facts, **options)
    return refused.value


# --- the project's own terms ----------------------------------------------------------------------


def test_programs_trees_and_gas_are_written_as_everywhere() -> None:
    program = parse_program("while(hd, cons(tl, ask))")
    statement = forall(
        f, p, x, gas,
        given={
            "program": equal(p, quote(program, PROGRAM)),
            "input": equal(x, quote(numeral(3), TREE)),
            "oracle": equal(select(f, x), quote(numeral(1), TREE)),
            "gas": equal(gas, 1),
        },
        then=semantics.halts(run(f, p, x, gas)),
    )
    found = explain(refuse(statement))
    assert found is not None and found.confirmed
    assert found.values["p"] == program and found.values["x"] == numeral(3)
    assert found.values["f"](numeral(3)) == numeral(1)
    lines = str(found).splitlines()
    assert lines[0].startswith("countermodel (") and lines[0].endswith("confirmed by running):")
    assert "  p = while(hd, cons(tl, ask))" in lines
    assert "  x = 3" in lines and "  n = 1" in lines
    assert not any(word in str(found) for word in ("declare", "(as ", "store", "Pair(", "Quote("))


@pytest.mark.parametrize("wanted", [If, While, Then])
def test_a_program_of_each_kind_comes_back(wanted: Any) -> None:
    statement = forall(f, p, x, gas, then=negate(is_a(p, wanted)))
    found = counterexample(statement)
    assert found is not None and isinstance(found.values["p"], wanted)
    evaluate(*(found.values[name] for name in "fpxn"))


def test_numbers_come_back() -> None:
    for value in (Fraction(-7, 3), Fraction(0), Fraction(10**30, 7)):
        found = counterexample(forall(r, then=negate(equal(r, value))))
        assert found is not None and found.values == {"r": value}
    for whole in (-5, 0, 10**30):
        found = counterexample(forall(n, then=negate(equal(n, whole))))
        assert found is not None and found.values == {"n": whole}


def test_truth_values_and_functions_come_back() -> None:
    (truth,) = variables(truth=BOOL)
    found = counterexample(forall(truth, then=truth))
    assert found is not None and found.values == {"truth": False}
    (g,) = variables(g=array_of(TREE, INT))
    two = both(equal(select(g, quote(NIL, TREE)), 3), equal(select(g, quote(numeral(2), TREE)), 5))
    found = counterexample(forall(g, then=negate(two)))
    assert found is not None
    assert found.values["g"](NIL) == 3 and found.values["g"](numeral(2)) == 5


def test_data_with_a_number_inside_come_back() -> None:
    (o,) = variables(o=run.range)
    value = made(Done, quote(numeral(2), TREE), -4)
    found = counterexample(forall(o, then=negate(equal(o, value))))
    assert found is not None and found.values["o"] == Done(numeral(2), -4)
    found = counterexample(forall(o, then=is_a(o, Done)))
    assert found is not None and found.values["o"] == OutOfGas()


# --- confirmed by running -------------------------------------------------------------------------


def test_functions_are_what_they_are_defined_to_be() -> None:
    """A countermodel of the obligation may take f(5) for anything; this one runs f."""
    definition = define(counting(), measure=lambda n: n)
    g = definition.function
    refused = refuse(forall(n, then=negate(equal(g(n), 4))))
    found = explain(refused, where=[n < 6], levels=6)
    assert found is not None and found.confirmed and found.values == {"n": 4}
    # What holds, and is not proved only for want of induction, has no counterexample.
    lost = explain(refuse(forall(n, then=g(n) >= 0)))
    assert lost is not None and not lost.confirmed and "not confirmed" in str(lost)


def test_no_counterexample_to_what_is_true() -> None:
    assert counterexample(forall(n, then=n * n >= 0)) is None
    assert counterexample(forall(n, given={"never": n < n}, then=FALSE)) is None


def test_a_search_that_is_narrowed() -> None:
    statement = forall(n, m, then=n <= m)
    for where, values in (
        ([equal(n, 7), equal(m, n - 2)], {"n": 7, "m": 5}),
        ([equal(7, n), equal(n - 2, m)], {"n": 7, "m": 5}),
        ([equal(m, n - 2), equal(m, 3)], {"n": 5, "m": 3}),
    ):
        found = counterexample(statement, where=where)
        assert found is not None and found.values == values
    for where in ([equal(n, 7), equal(m, 8)], [n < m], [equal(n, n + 1)], [FALSE]):
        assert counterexample(statement, where=where) is None
    found = counterexample(statement, where=[n > 100, m < -100])
    assert found is not None and found.values["n"] > 100 and found.values["m"] < -100


def test_a_schema_is_tested_on_its_window() -> None:
    (g,) = variables(g=array_of(INT, INT))
    growing = ((k,), select(g, k) < select(g, k + 1))
    statement = forall(g, n, given={"growing": growing}, then=select(g, n) > n)
    window = {"growing": lambda values: range(values["n"] - 2, values["n"] + 2)}
    found = counterexample(statement, window=window)
    if found is not None:  # the solver knows nothing of the schema, so its model may fail it
        values, at = found.values["g"], found.values["n"]
        assert all(values(i) < values(i + 1) for i in range(at - 2, at + 2))
    assert counterexample(statement, window={"growing": lambda values: [0]}, where=[
        equal(select(g, 0), 0), equal(select(g, 1), 1), equal(n, 1),
    ])


def test_what_is_not_a_number_confirms_nothing() -> None:
    """Division by zero, and a root of what has none, are no values."""
    assert counterexample(forall(r, then=equal(r / 0, r / 0 + 1))) is None
    t = time().function
    assert counterexample(forall(r, s, then=equal(t(r, s, 1), 0))) is None
    root = square_root().function
    found = counterexample(forall(r, then=root(r) < r), where=[equal(r, 1)])
    assert found is not None and found.values == {"r": 1}
    assert counterexample(forall(r, then=root(r) < 0), where=[equal(r, -1)]) is None
    assert time().function.equation is amdahl.time
    with pytest.raises(ZeroDivisionError):
        amdahl.time(Fraction(2), Fraction(1, 2), Fraction(1))


def test_a_refused_definition_is_explained() -> None:
    g = equation(lambda algebra, n: g.at(algebra, n - 1), n=int)
    with pytest.raises(Refused) as refused:
        define(g, measure=lambda n: n)
    found = explain(refused.value)
    assert found is not None and not found.confirmed and found.values["n"] <= 0


def test_a_refused_claim_is_explained_in_its_own_variables() -> None:
    def premises(goal: Goal) -> Any:
        yield goal.have(n > 7, goal.hypothesis("above"), label="a claim too strong")

    with pytest.raises(Refused) as refused:
        prove(unused(), forall(n, given={"above": n > 5}, then=n > 6), premises)
    found = explain(refused.value)
    assert found is not None and found.confirmed and found.values == {"n": 6}


def test_a_function_of_no_model_confirms_nothing() -> None:
    unknown = Function(unused("unknown"), (INT,), INT)
    statement = forall(n, then=unknown(n) > 0)
    assert counterexample(statement) is None
    found = explain(refuse(statement))
    assert found is not None and not found.confirmed


# --- evaluation -----------------------------------------------------------------------------------


def test_statements_are_evaluated() -> None:
    value = compiled_statement(forall(n, given={"h": n > 0}, then=n > 3))
    assert [value({"n": i}) for i in (0, 1, 4)] == [None, False, True]


def test_connectives_evaluate_no_more_than_they_need() -> None:
    bad = equal(r / 0, r)
    for term in (both(r > 0, bad), implies(r > 0, bad), negate(both(r > 0, bad))):
        compiled(term)({"r": Fraction(-1)})
        with pytest.raises(Unevaluated):
            compiled(term)({"r": Fraction(1)})


def test_an_assignment_that_is_used_again() -> None:
    double = function_of(equation(lambda algebra, n: n + n, n=int))
    value = compiled(double(n))
    assignment = {"n": 1}
    assert value(assignment) == 2
    assignment["n"] = 5
    assert value(assignment) == 10


@pytest.fixture
def counted() -> Callable[..., Any]:
    """A function that calls its argument, as a term, and the list of its calls."""
    calls: list[int] = []

    def body(algebra: Any, g: Mapped[int, int], n: int) -> int:
        calls.append(n)
        value: int = algebra.apply(g, n)
        return value

    def value(*, statement: bool = False) -> tuple[Any, list[int]]:
        applied = function_of(equation(body, opaque=True, g=Mapped[int, int], n=int))
        (g,) = variables(g=array_of(INT, INT))
        if statement:
            given = {"h": applied(g, n) > 0}
            return compiled_statement(forall(g, n, given=given, then=applied(g, n) > 3)), calls
        return compiled(applied(g, n)), calls

    return value


def test_a_call_is_computed_once_for_all_assignments(counted: Callable[..., Any]) -> None:
    value, calls = counted(statement=True)
    double, other = (lambda n: 2 * n), (lambda n: n + 9)
    assert [value({"g": double, "n": i}) for i in (1, 2, 1, 0, 2)] == [
        False, True, False, None, True
    ]
    assert calls == [1, 2, 0]
    # Another function is another argument.
    assert value({"g": other, "n": 1}) is True
    assert calls == [1, 2, 0, 1]


class Unhashable:
    """A function value that is compared, and so has no hash."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, found: int) -> None:
        self.found = found

    def __call__(self, argument: int, /) -> int:
        return self.found


def test_a_function_value_without_a_hash_is_no_hindrance(counted: Callable[..., Any]) -> None:
    value, calls = counted()
    assert [value({"g": Unhashable(i), "n": 1}) for i in (5, 6)] == [5, 6]
    assert calls == [1, 1]


def test_equal_tables_are_one_function_value(counted: Callable[..., Any]) -> None:
    value, calls = counted()
    assert [value({"g": Finite({1: i}, 2), "n": 1}) for i in (5, 6, 5)] == [5, 6, 5]
    assert calls == [1, 1]


def test_what_has_no_value_is_asked_again(counted: Callable[..., Any]) -> None:
    value, _ = counted()
    answers: dict[int, int] = {}

    def partial(n: int) -> int:
        if n not in answers:
            raise Unevaluated("not yet")
        return answers[n]

    with pytest.raises(Unevaluated, match="not yet"):
        value({"g": partial, "n": 3})
    answers[3] = 7
    assert value({"g": partial, "n": 3}) == 7


def test_not_everything_is_remembered(
    counted: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate_module, "MOST_REMEMBERED", 10)
    value, calls = counted()

    def double(n: int) -> int:
        return 2 * n

    assert [value({"g": double, "n": i}) for i in range(25)] == list(range(0, 50, 2))
    assert value({"g": double, "n": 24}) == 48
    assert calls == list(range(25))
    assert value({"g": double, "n": 3}) == 6
    assert calls[-1] == 3


def test_real_numbers_are_exact() -> None:
    """Also inside of equations, whatever the sort of their value."""
    thirds = equation(lambda algebra, x, n: 1 / x * x < 1, bool, x=Real, n=int)
    call = function_of(thirds)
    assert compiled(call(r, n))({"r": 49, "n": 1}) is False  # 1/49*49 is less in floating point
    whole = equation(lambda algebra, n: Fraction(type(n) is int), Real, opaque=True, n=int)
    assert compiled(equal(function_of(whole)(n), 1))({"n": 3}) is True
    assert compiled(equal(r / s * s, r))({"r": 1, "s": 3}) is True
    assert compiled(r / s)({"r": 1, "s": 3}) == Fraction(1, 3)
    # Numbers in data too are divided in equations.
    parts = equation(
        lambda algebra, listed: algebra.case(
            listed, {NoUnits: lambda: 0, Unit: lambda ratio, weight, share, _: ratio / weight}
        ),
        Real, listed=Units,
    )
    sort_of(Units)
    for ratio, weight in ((r, s), (r + 0, s + s - s), (r * 1, s * s * s * s)):
        unit = made(Unit, ratio, weight, r, made(NoUnits))
        found = compiled(function_of(parts)(unit))({"r": 1, "s": 3})
        assert type(found) is Fraction
        assert found in (Fraction(1, 3), Fraction(1, 81))


def test_defaults_have_their_sort() -> None:
    for sort in (BOOL, INT, REAL, TREE, PROGRAM, run.range, array_of(TREE, INT)):
        value = default(sort)
        variable = constant("v", sort)
        assert compiled(equal(variable, variable))({"v": value}) is True
    assert default(array_of(TREE, INT))(NIL) == 0


def test_finite_functions() -> None:
    table = Finite({NIL: 1}, 2)
    assert [table(tree) for count in range(3) for tree in trees(count)] == [1, 2, 2, 2]
    assert repr(table) == "{nil -> 1, else -> 2}"
    shown = Counterexample({"f": table, "n": 3}, True, "z3")
    assert str(shown).splitlines()[1:] == ["  f = {nil -> 1, else -> 2}", "  n = 3"]


def test_values_with_shared_parts_are_read() -> None:
    # As both solvers write large trees.
    (t, u) = variables(t=sort_of(Tree), u=sort_of(Tree))
    text = (
        "((t (let ((_let_1 (as Nil Tree))) (let ((_let_2 (Pair _let_1 _let_1)))"
        " (Pair _let_2 _let_2)))) (u (let ((a Nil)) (Pair a a))))"
    )
    assert _values(text, [t, u]) == {"t": parse_tree("<<nil.nil>.<nil.nil>>"), "u": numeral(1)}

"""Attempts to prove false through the rules: by odd definitions, odd Python values, odd names.

Each attempt ends in an exception before there is a theorem. The first ones need nothing but the
public functions; none touches what the rules keep for themselves.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from models.algebra import Equation
from models.amdahl.number import Real
from models.machine.tree import NIL, Pair, Tree
from proofs.kernel import terms
from proofs.kernel.reading import part, sort_of
from proofs.kernel.rules import (
    Definition,
    Fact,
    Hypothesis,
    KernelError,
    Refused,
    Statement,
    Theorem,
    choose,
    define,
    height,
    prove,
    theorems,
    trusted,
)
from proofs.kernel.solvers import configure
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    FALSE,
    INT,
    REAL,
    TRUE,
    Function,
    Sort,
    Term,
    as_term,
    both,
    constant,
    either,
    equal,
    implies,
    negate,
)

REFUSALS = (KernelError, Refused, TypeError, ValueError, AttributeError)

a, b, c, n, m = variables(**dict.fromkeys(("a", "b", "c", "n", "m"), INT))
r, v = variables(r=REAL, v=REAL)
numbers = itertools.count()


@pytest.fixture(autouse=True)
def no_false_theorem() -> Iterator[None]:
    before = {id(theorem) for theorem in theorems()}
    yield
    for theorem in theorems():
        if id(theorem) in before:  # opening all of them takes time
            continue
        if theorem.statement.conclusion is FALSE and not theorem.statement.hypotheses:
            assert not trusted(theorem)


def contradiction(*facts: Fact) -> Theorem:
    """False, if it follows from the facts."""
    statement = Statement((), (), FALSE)
    return prove(f"false {next(numbers)}", statement, lambda _: list(facts))


def equation(body: Callable[..., Any], result: Any = int, **parameters: Any) -> Equation[Any, Any]:
    """An equation of a name that no other has."""
    body.__name__ = f"f{next(numbers)}"
    body.__annotations__ = {**parameters, "return": result}
    return Equation(body)


def loop() -> Equation[Any, Any]:
    """f(n) = f(n) + 1"""
    f = equation(lambda algebra, n: f.at(algebra, n) + 1, n=int)
    return f


# --- definitions and choices ----------------------------------------------------------------------


def two_values(definition: Definition) -> Theorem:
    """False, where a definition says that f(0) = c with a constant c of no meaning."""
    same = prove(
        f"all equal {next(numbers)}",
        forall(c, then=equal(definition.function(0), c)),
        lambda _: [definition(0)],
    )
    return contradiction(same.at(c=0), same.at(c=1))


def body_with_a_free_constant() -> Theorem:
    return two_values(define(equation(lambda algebra, n: c, n=int)))


def property_with_a_free_constant() -> Theorem:
    f = equation(lambda algebra, n: n, n=int)
    return two_values(choose(f, lambda n, value: equal(value, c), witness=lambda n: c))


def property_with_a_free_constant_by_an_axiom() -> Theorem:
    f = equation(lambda algebra, n: n, n=int)
    chosen = choose(f, lambda n, value: equal(value, c), axiom="every number is equal to some")
    return two_values(chosen)


def measure_by_the_form_of_a_term() -> Theorem:
    f = equation(lambda algebra, n: f.at(algebra, n + 0) + 1, n=int)
    definition = define(f, measure=lambda n: as_term(1 if n.op == "constant" else 0))
    return contradiction(definition(a), definition(a + 0), *[])


def measure_by_turns() -> Theorem:
    said = itertools.cycle([5, 0, 5, 5])
    return contradiction(define(loop(), measure=lambda n: as_term(next(said)))(0))


def measure_falling_at_each_call() -> Theorem:
    said = itertools.count(0, -1)
    return contradiction(define(loop(), measure=lambda n: as_term(100 + next(said)))(0))


def measure_in_the_reals() -> Theorem:
    """f(x) = f(x/2) + 1 for x > 0 has f(1) above every number."""
    f = equation(
        lambda algebra, x: algebra.cond(
            x > 0, lambda: f.at(algebra, x / 2) + 1, lambda: as_term(0)
        ),
        x=Real,
    )
    definition = define(f, measure=lambda x: x, invariant=lambda x, value: value >= 0)
    large = prove(
        "unbounded",
        forall(r, n, given={"positive": r > 0}, then=definition.function(r) >= n),
        lambda goal: [definition(r), definition.invariant(r), goal.induction(r=r / 2, n=n - 1)],
        measure=n,
    )
    return contradiction(large.at(r=1, n=definition.function(as_term(1, REAL)) + 1))


def measure_of_a_pair_that_grows_first() -> Theorem:
    f = equation(lambda algebra, n, m: f.at(algebra, n + 1, m - 1) + 1, n=int, m=int)
    return contradiction(define(f, measure=lambda n, m: (n, m))(0, 0))


def measure_of_a_pair_that_goes_below_zero() -> Theorem:
    f = equation(lambda algebra, n, m: f.at(algebra, n, m - 1) + 1, n=int, m=int)
    return contradiction(define(f, measure=lambda n, m: (n, m))(0, 0))


def no_measure_at_all() -> Theorem:
    return contradiction(define(loop(), measure=lambda n: ())(0))


def invariant_by_the_form_of_a_term() -> Theorem:
    f = equation(lambda algebra, n: n, n=int)
    definition = define(f, invariant=lambda n, value: FALSE if value.op == "call" else TRUE)
    return contradiction(definition.invariant(0))


def invariant_by_turns() -> Theorem:
    said = iter([TRUE, TRUE, FALSE, FALSE, FALSE])
    f = equation(lambda algebra, n: n, n=int)
    return contradiction(define(f, invariant=lambda n, value: next(said)).invariant(0))


def property_by_turns() -> Theorem:
    said = iter([TRUE, TRUE, FALSE, FALSE, FALSE])
    f = equation(lambda algebra, n: n, n=int)
    return contradiction(choose(f, lambda n, value: next(said), witness=lambda n: n)(0))


def property_by_the_form_of_a_term() -> Theorem:
    f = equation(lambda algebra, n: n, n=int)
    chosen = choose(
        f, lambda n, value: FALSE if value.op == "call" else TRUE, witness=lambda n: n
    )
    return contradiction(chosen(0))


def defined_by_each_other() -> Theorem:
    f = equation(lambda algebra, n: g.at(algebra, n) + 1, n=int)
    g = equation(lambda algebra, n: f.at(algebra, n), n=int)
    return contradiction(define(f)(0), define(g)(0))


def defined_twice() -> Theorem:
    first = equation(lambda algebra, n: n, n=int)
    second = equation(lambda algebra, n: n + 1, n=int)
    second.name = first.name
    return contradiction(define(first)(0), define(second)(0))


def body_exchanged() -> Theorem:
    f = equation(lambda algebra, n: n, n=int)
    before = define(f)
    f.body = equation(lambda algebra, n: n + 1, n=int).body
    return contradiction(before(0), define(f)(0))


class Equal(Equation[Any, Any]):
    """Equations that say they are one."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Equal)

    def __hash__(self) -> int:
        return 0


def equations_that_say_they_are_equal() -> Theorem:
    first = Equal(equation(lambda algebra, n: n, n=int).body)
    second = Equal(equation(lambda algebra, n: n + 1, n=int).body)
    return contradiction(define(first)(0), define(second)(0))


def witness_of_an_unknown_function() -> Theorem:
    f = equation(lambda algebra, n: n, n=int)
    from proofs.kernel.reading import function_of

    itself = function_of(f)
    return contradiction(
        choose(f, lambda n, value: equal(value, itself(n) + 1), witness=lambda n: itself(n) + 1)(0)
    )


# --- induction, schemas, opaque proofs ------------------------------------------------------------


def hypothesis_at_the_same_measure() -> Theorem:
    return prove("false at once", forall(n, then=FALSE), lambda goal: [goal.induction()], measure=n)


def hypothesis_below_zero() -> Theorem:
    return prove(
        "false below", forall(n, then=FALSE), lambda goal: [goal.induction(n=n - 1)], measure=n
    )


def hypothesis_of_a_tree_without_base() -> Theorem:
    """With only pairs there would be no least tree."""
    tree = sort_of(Tree)
    (x,) = variables(x=tree)
    height(x)  # the kernel has seen the datatype as it is
    constructors = tree.constructors
    object.__setattr__(tree, "constructors", constructors[1:])
    try:
        below = height(part(x, Pair, "head"))
    finally:
        object.__setattr__(tree, "constructors", constructors)
    return prove(
        "no least tree",
        forall(x, then=FALSE),
        lambda goal: [*below, goal.induction(x=part(x, Pair, "head"))],
        measure=terms.rank(x),
    )


def schema_captured_by_a_predicted_name() -> Theorem:
    """From "all z have z <= v" at the v that is about to be the name of z."""
    z = constant("opaque", INT)
    bounded = prove(
        "no bound",
        Statement((n,), (Hypothesis("all", z <= n, (z,)),), FALSE),
        lambda goal: [goal.hypothesis("all", n + 1)],
    )
    reflexive = prove("reflexive", forall(a, then=a <= a))
    following = int(str(terms.fresh(a).data).split("!")[1]) + 1
    return contradiction(
        bounded.at(n=terms.numbered(following, INT), all=reflexive.schema(a, a=a))
    )


def schema_of_a_variable_of_the_goal() -> Theorem:
    """From n > 0 to "all n have n > 0", inside the goal whose n it is."""
    lemma = prove(
        "all positive is false",
        Statement((), (Hypothesis("all", n > 0, (n,)),), FALSE),
        lambda goal: [goal.hypothesis("all", 0)],
    )
    positive = prove(
        "positive if so",
        Statement((n,), (Hypothesis("so", equal(a, a + n - n), (a,)),), n >= n - n + n),
    )
    del positive
    echo = prove(
        "echo",
        Statement((n,), (Hypothesis("said", both(n > 0, equal(a - a, 0)), (a,)),), n > 0),
        lambda goal: [goal.hypothesis("said", 0)],
    )

    def premises(goal: Any) -> list[Fact]:
        said = goal.schema("said")
        return [lemma.at(all=echo.schema(n, n=n, said=said))]

    never = prove(
        "never positive",
        Statement((n,), (Hypothesis("said", both(n > 0, equal(a - a, 0)), (a,)),), FALSE),
        premises,
    )
    return contradiction(never.at(n=1))


def opaque_number(name: Callable[[], Term]) -> Callable[[], Theorem]:
    def attempt() -> Theorem:
        u = name()
        every = prove(
            f"all reciprocals {next(numbers)}", forall(u, v, then=equal(u, 1 / v)), opaque=True
        )
        return contradiction(*(every.at(**{str(u.data): k, "v": 1}) for k in (1, 2)))

    attempt.__name__ = f"opaque_number_{name.__name__}"
    return attempt


def numbered() -> Term:
    return terms.numbered(0, REAL)


def fresh() -> Term:
    """The first of the names that opaque terms have, if it comes."""
    return terms.fresh(constant("opaque", REAL))


def shared_part_named_like_a_variable() -> Theorem:
    u = terms.fresh(constant("part", INT))
    k = int(str(u.data).split("!")[1])
    shared = [(n + i) * (n + i) for i in range(k + 1)]
    claim = both(*(implies(s < 0, s > s) for s in shared), equal(u, shared[k] + shared[k]))
    every = prove("named like a part", forall(u, n, then=claim))
    return contradiction(every.at(**{str(u.data): -1, "n": 0}))


# --- odd values and names -------------------------------------------------------------------------

INJECTED = "(assert false)"


class Number(int):
    """A number that is written as something else."""

    text = f"77))){INJECTED}(assert (not (= 77 77"

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def __format__(self, _: str) -> str:
        return self.text

    def __abs__(self) -> Number:
        return self


class Numerator(Number):
    text = f"77.0))){INJECTED}(assert (not (= 77.0 77"


def number_written_as_a_command() -> Theorem:
    every = prove(
        "all 77", forall(n, given={"positive": n > 0}, then=equal(n, Number(77)))
    )
    return contradiction(every.at(n=1))


def fraction_written_as_a_command() -> Theorem:
    value = Fraction(77)
    value._numerator = Numerator(77)  # type: ignore[attr-defined]
    every = prove("all 77.0", forall(r, given={"positive": r > 0}, then=equal(r, value)))
    return contradiction(every.at(r=1))


class Name(str):
    """A name that is written as something else."""

    def __str__(self) -> str:
        return self

    def __format__(self, _: str) -> str:
        return f"odd Int){INJECTED}(declare-const more"


def variable_written_as_a_command() -> Theorem:
    x = constant(Name("odd"), INT)
    return contradiction(prove("all odd", Statement((x,), (), equal(x, 3))).at(odd=1))


def function_written_as_a_command() -> Theorem:
    f = Function(Name("odd"), (), INT)
    return contradiction(prove("odd is 3", Statement((), (), equal(f(), 3))).at())


def function_renamed() -> Theorem:
    f = Function("even", (), INT)
    f.name = f"even () Int){INJECTED}(declare-fun more"
    return contradiction(prove("even is 3", Statement((), (), equal(f(), 3))).at())


def sort_written_as_a_command() -> Theorem:
    sort = Sort(f"Int){INJECTED}(set-info :none 1")
    x, y = variables(x=sort, y=sort)
    claim = both(equal(x, y), negate(equal(x, y)))
    return contradiction(prove("odd sort", Statement((x, y), (), claim)).at(x=x, y=y))


def sort_renamed() -> Theorem:
    name = INT.name
    INT.name = f"Int){INJECTED}(declare-const more Int"
    try:
        every = prove("all the same", forall(n, then=equal(n, 3)))
    finally:
        INT.name = name
    return contradiction(every.at(n=1))


def array_sort_renamed() -> Theorem:
    sort = terms.ArraySort(INT, terms.BOOL)
    object.__setattr__(sort, "name", f"(Array Int Bool)){INJECTED}(declare-const more Int")
    (array,) = variables(array=sort)
    claim = both(terms.select(array, 0), negate(terms.select(array, 0)))
    return contradiction(prove("odd array", Statement((array,), (), claim)).at(array=array))


def constructor_written_as_a_command() -> Theorem:
    cls = type("Only", (), {})
    cls.__name__ = f"only))){INJECTED}(declare-datatypes ((More 0)) (((more"
    sort = terms.Datatype("Odd", [cls])
    sort.constructors[0].fields = ()
    x, y = variables(x=sort, y=sort)
    claim = both(equal(x, y), negate(equal(x, y)))
    return contradiction(prove("odd datatype", Statement((x, y), (), claim)).at(x=x, y=y))


def field_written_as_a_command() -> Theorem:
    sort = terms.Datatype("Odd", [type("Only", (), {})])
    sort.constructors[0].fields = ((f"f Int)))){INJECTED}(declare-fun more (Int", INT),)
    x, y = variables(x=sort, y=sort)
    claim = both(equal(x, y), negate(equal(x, y)))
    return contradiction(prove("odd field", Statement((x, y), (), claim)).at(x=x, y=y))


def seed_written_as_a_command() -> Theorem:
    with configure(seed=f"0)(set-logic ALL){INJECTED}(check-sat)(exit);"):
        return contradiction()


def operator_written_as_a_command() -> Theorem:
    odd: Any = tuple.__new__(Term, (f"true)){INJECTED}(assert (not true", (), terms.BOOL, None))
    every = prove("odd operator", forall(n, given={"positive": n > 0}, then=odd))
    return contradiction(every.at(n=1))


class Late(Term):
    """A term that is another one each time it is looked at."""

    __slots__ = ()
    op = property(lambda self: "false" if next(numbers) % 2 else "true")  # type: ignore[assignment]
    args = ()
    sort = terms.BOOL
    data = None


def term_that_is_another_one_each_time() -> Theorem:
    late: Any = tuple.__new__(Late, ("true", (), terms.BOOL, None))
    return contradiction(prove("late", Statement((), (), late)).at())


def least_above_zero(goal_sort: Sort) -> Theorem:
    """Of whole numbers: above 0 there is none below 1; said without a literal."""
    z, o = variables(z=goal_sort, o=goal_sort)
    return prove(
        "least",
        forall(
            z, o, n,
            then=implies(both(equal(z + z, z), equal(o * o, o), z < o, z < n), o <= n),
        ),
    )


def real_number_as_a_whole_one() -> Theorem:
    def whole(value: Fraction) -> Term:
        return terms.rebuild(a * b, (as_term(value), as_term(Fraction(1))))

    values = [whole(Fraction(k)) for k in (0, 1, Fraction(1, 2))]
    fact = least_above_zero(INT).at(**dict(zip(("z", "o", "n"), values, strict=True)))
    return contradiction(fact)


def function_of_another_sort_later() -> Theorem:
    f = Function("later", (INT,), INT)
    fact = least_above_zero(INT).at(z=f(0), o=f(1), n=f(2))
    f.range = REAL
    values = [equal(f(i), k) for i, k in enumerate((0, 1, Fraction(1, 2)))]
    x = variables(x=REAL)[0]
    return prove("later is real", forall(x, then=negate(both(*values))), lambda _: [fact])


class Label(str):
    """A label that is another one when it is wanted."""

    same = False

    def __hash__(self) -> int:
        return hash("a") if Label.same else str.__hash__(self)

    def __eq__(self, other: object) -> bool:
        return Label.same or str.__eq__(self, other)  # type: ignore[arg-type]


def labels_that_are_one_later() -> Theorem:
    schemas = (
        Hypothesis(Label("a"), n < 0, (n,)),
        Hypothesis(Label("b"), n * n >= 0, (n,)),
    )
    both_labels = prove(
        "two labels", Statement((), schemas, FALSE), lambda goal: [goal.hypothesis("a", 0)]
    )
    squares = prove("squares", forall(n, then=n * n >= 0))
    Label.same = True
    try:
        return contradiction(both_labels.at(**{"a": squares.schema(n, n=n)}))
    finally:
        Label.same = False


class Changing:
    """What looks like a statement, and says another thing when it is asked again."""

    variables: tuple[Term, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()

    def __init__(self) -> None:
        self.said = itertools.count()

    def text(self) -> str:
        return "true"

    @property
    def conclusion(self) -> Term:
        return FALSE if next(self.said) else TRUE


def statement_that_changes() -> Theorem:
    statement: Any = Changing()
    return contradiction(prove("changing", statement).at())


def hypotheses_exchanged_in_a_theorem() -> Theorem:
    """Of the same terms in the same order, but another one of them is the schema."""
    square, negative = n * n >= 0, n < 0
    hypotheses = (
        Hypothesis("a", square), Hypothesis("b", square), Hypothesis("c", negative, (n,)),
    )
    theorem = prove(
        "all negative", Statement((n,), hypotheses, FALSE), lambda goal: [goal.hypothesis("c", 0)]
    )
    _, second, third = theorem.statement.hypotheses
    object.__setattr__(second, "term", negative)
    object.__setattr__(third, "term", square)
    try:
        squares = prove("squares are not negative", forall(n, then=square))
        return contradiction(theorem.at(n=-1, c=squares.schema(n, n=n)))
    finally:
        object.__setattr__(second, "term", square)
        object.__setattr__(third, "term", negative)


def selector_as_a_function() -> Theorem:
    """A function of the name that the solvers give to the head of a pair."""
    tree = sort_of(Tree)
    f = Function("Pair.head", (tree,), tree)
    (x,) = variables(x=tree)
    pair = terms.construct(tree.constructor(Pair), x, x)
    return prove("named like a field", forall(x, then=equal(f(pair), x)))


def number_function_as_a_function() -> Theorem:
    f = equation(lambda algebra, n: as_term(-5), n=int)
    f.name = "abs"
    definition = define(f)
    positive = prove("abs is positive", forall(n, then=definition.function(n) >= 0))
    return contradiction(positive.at(n=0), definition(0))


def empty_datatype() -> Theorem:
    sort = terms.Datatype("Void", [type("Again", (), {})])
    sort.constructors[0].fields = (("again", sort),)
    (x,) = variables(x=sort)
    inner = terms.field(sort.constructors[0], 0, x)
    return prove(
        "no void",
        forall(x, then=FALSE),
        lambda goal: [*height(inner), goal.induction(x=inner)],
        measure=terms.rank(x),
    )


def division_by_zero() -> Theorem:
    return contradiction(
        prove("zero over zero", forall(r, then=equal(r / 0 * 0, r))).at(r=1)
    )


def whole_numbers_divided() -> Theorem:
    return contradiction(prove("halves", forall(n, then=equal(n / 2, n))).at(n=1))


ATTEMPTS = [
    body_with_a_free_constant,
    property_with_a_free_constant,
    property_with_a_free_constant_by_an_axiom,
    measure_by_the_form_of_a_term,
    measure_by_turns,
    measure_falling_at_each_call,
    measure_in_the_reals,
    measure_of_a_pair_that_grows_first,
    measure_of_a_pair_that_goes_below_zero,
    no_measure_at_all,
    invariant_by_the_form_of_a_term,
    invariant_by_turns,
    property_by_turns,
    property_by_the_form_of_a_term,
    defined_by_each_other,
    defined_twice,
    body_exchanged,
    equations_that_say_they_are_equal,
    witness_of_an_unknown_function,
    hypothesis_at_the_same_measure,
    hypothesis_below_zero,
    hypothesis_of_a_tree_without_base,
    schema_captured_by_a_predicted_name,
    schema_of_a_variable_of_the_goal,
    opaque_number(numbered),
    opaque_number(fresh),
    shared_part_named_like_a_variable,
    number_written_as_a_command,
    fraction_written_as_a_command,
    variable_written_as_a_command,
    function_written_as_a_command,
    function_renamed,
    sort_written_as_a_command,
    sort_renamed,
    array_sort_renamed,
    constructor_written_as_a_command,
    field_written_as_a_command,
    seed_written_as_a_command,
    operator_written_as_a_command,
    term_that_is_another_one_each_time,
    real_number_as_a_whole_one,
    function_of_another_sort_later,
    labels_that_are_one_later,
    statement_that_changes,
    hypotheses_exchanged_in_a_theorem,
    selector_as_a_function,
    number_function_as_a_function,
    empty_datatype,
    division_by_zero,
    whole_numbers_divided,
]


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.__name__)
def test_false_is_not_proved(attempt: Callable[[], Theorem]) -> None:
    with pytest.raises(REFUSALS):
        attempt()


def test_what_is_true_is_still_proved() -> None:
    """The same shapes, used rightly."""
    f = equation(
        lambda algebra, n: algebra.cond(
            n > 0, lambda: f.at(algebra, n - 1) + 1, lambda: as_term(0)
        ),
        n=int,
    )
    definition = define(f, measure=lambda n: n, invariant=lambda n, value: value >= 0)
    same = prove(
        "counts",
        forall(n, given={"whole": n >= 0}, then=equal(definition.function(n), n)),
        lambda goal: [definition(n), goal.induction(n=n - 1)],
        measure=n,
    )
    assert trusted(same)
    three = prove(
        "counts to three",
        forall(then=equal(definition.function(3), 3)),
        lambda _: [same.at(n=3)],
    )
    assert trusted(three)
    assert either(TRUE, FALSE) is TRUE and NIL == NIL

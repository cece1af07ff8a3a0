"""Nothing outside the kernel makes a theorem, and nothing that was changed stays one.

What is tried here: making tokens by other means than the rules, changing what they stand for, and
carrying facts to where they don't hold. What Python can't prevent is said in the kernel itself.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import pytest

from models.algebra import Equation, curried
from models.machine.tree import Tree
from proofs.kernel import rules, terms
from proofs.kernel.reading import sort_of
from proofs.kernel.rules import (
    Definition,
    Fact,
    Goal,
    Hypothesis,
    KernelError,
    Obligation,
    Refused,
    Schema,
    Statement,
    Theorem,
    choose,
    comprehend,
    define,
    definition_of,
    prove,
    theorems,
    trusted,
)
from proofs.kernel.solvers import Answer
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    BOOL,
    FALSE,
    INT,
    TRUE,
    Constructor,
    Function,
    Term,
    either,
    equal,
    negate,
)

n, m, k = variables(n=INT, m=INT, k=INT)
TOKENS = [Theorem, Fact, Schema, Definition]


@pytest.fixture(autouse=True)
def no_false_theorem() -> Iterator[None]:
    before = {id(theorem) for theorem in theorems()}
    yield
    for theorem in theorems():
        if id(theorem) in before:  # opening all of them takes time
            continue
        if theorem.statement.conclusion is FALSE and not theorem.statement.hypotheses:
            assert not trusted(theorem)


def square() -> Theorem:
    """Squares are not negative."""
    return prove("square of a number", forall(n, then=n * n >= 0))


def successor() -> Definition:
    def next_number(algebra: Any, n: int) -> int:
        return n + 1

    next_number.__annotations__ = {"n": int, "return": int}
    return define(ONCE.setdefault("next_number", Equation(next_number)))


ONCE: dict[str, Equation[Any, Any]] = {}


def four_of(four: Any) -> Equation[Any, Any]:
    """The function that is 4 everywhere, its body given as a term."""

    def four_forged(algebra: Any, n: int) -> Any:
        return four

    four_forged.__annotations__ = {"n": int, "return": int}
    return Equation(four_forged)


def counter() -> Definition:
    """A definition with obligations: f(n) = f(n-1) + 1 above 0, else 0."""

    def counted_down(algebra: Any, n: int) -> Any:
        return algebra.cond(
            n > 0, lambda: ONCE["counted_down"].at(algebra, n - 1) + 1, lambda: terms.as_term(0)
        )

    counted_down.__annotations__ = {"n": int, "return": int}
    return define(ONCE.setdefault("counted_down", Equation(counted_down)), measure=lambda n: n)


def tokens() -> list[Any]:
    """One of each."""
    theorem, definition = square(), successor()
    opened = comprehend(curried(ONCE["next_number"]))
    return [theorem, theorem.at(n=3), theorem.schema(n, n=n), definition, opened]


def use(token: Any) -> object:
    """What each kind of token is good for."""
    if isinstance(token, Theorem):
        return token.at(n=0)
    if isinstance(token, Definition):
        return token(0)
    if isinstance(token, Schema):
        lemma = prove(
            "zero is not negative",
            Statement((), (Hypothesis("all", n * n >= 0, (n,)),), terms.as_term(0) * 0 >= 0),
            lambda goal: [goal.hypothesis("all", 0)],
        )
        return lemma.at(all=token)
    return prove("of one premise", forall(then=TRUE), lambda _: [token])


@contextmanager
def changed(owner: object, name: str, value: object) -> Iterator[None]:
    """An attribute that does not change, changed for a while."""
    before = getattr(owner, name)
    object.__setattr__(owner, name, value)
    try:
        yield
    finally:
        object.__setattr__(owner, name, before)


def worthless(token: Any) -> None:
    assert not trusted(token)
    with pytest.raises(KernelError):
        use(token)


# --- made by other means --------------------------------------------------------------------------


@pytest.mark.parametrize("cls", TOKENS)
def test_a_token_is_not_made_by_its_class(cls: type) -> None:
    with pytest.raises(KernelError, match="made by the rules"):
        cls()
    with pytest.raises(KernelError, match="made by the rules"):
        cls(square().statement)


@pytest.mark.parametrize("cls", TOKENS)
def test_a_token_is_not_made_beside_its_class(cls: type) -> None:
    worthless(object.__new__(cls))


@pytest.mark.parametrize("cls", TOKENS)
def test_no_subclasses(cls: type) -> None:
    with pytest.raises(KernelError, match="no subclasses"):
        type("Mine", (cls,), {})


@pytest.mark.parametrize("cls", TOKENS)
def test_a_subclass_that_says_it_is_of_the_kernel_makes_nothing(cls: type) -> None:
    def new(cls: type) -> Any:
        return object.__new__(cls)

    mine = type("Mine", (cls,), {"__module__": rules.__name__, "__new__": new, "term": FALSE})
    worthless(mine())


@pytest.mark.parametrize("index", range(5))
def test_copies_are_refused(index: int) -> None:
    token = tokens()[index]
    for attempt in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(KernelError):
            attempt(token)
    assert trusted(token) and use(token)


@pytest.mark.parametrize("index", range(5))
def test_tokens_have_nothing_to_change(index: int) -> None:
    token = tokens()[index]
    for name in ("term", "statement", "rests_on", "obligations", "anything"):
        for put in (setattr, object.__setattr__):
            with pytest.raises(AttributeError):
                put(token, name, FALSE)
    assert trusted(token) and use(token)


def test_a_token_of_another_class_is_not_one_of_that_class() -> None:
    fact = square().at(n=4)
    for cls in (Theorem, Schema, Definition):
        with changed(fact, "__class__", cls), pytest.raises(KernelError):
            use(fact)
    theorem = square()
    with changed(theorem, "__class__", Fact), pytest.raises(KernelError):
        use(theorem)
    assert use(fact) and use(theorem)


@pytest.mark.parametrize("value", [None, 0, "square", TRUE, FALSE, square, object()])
def test_other_objects_are_no_facts(value: Any) -> None:
    assert not trusted(value)
    for attempt in (
        lambda: prove("from nothing", forall(then=FALSE), lambda _: [value]),
        lambda: prove("by nothing", forall(then=FALSE), lambda goal: [goal.have(FALSE, value)]),
    ):
        with pytest.raises(KernelError):
            attempt()


def test_tokens_of_another_kernel() -> None:
    """A second set of rules has a record of its own."""
    other = rules._build()
    prove_there = other[5]
    theorem = prove_there("elsewhere", forall(n, then=n * n >= 0), lambda _: [], None, False)
    assert isinstance(theorem, Theorem)
    worthless(theorem)


def test_obligations_and_answers_are_not_theorems() -> None:
    answers = {name: Answer(name, "1", "unsat", 0.0) for name in ("z3", "cvc5")}
    forged = Obligation("conclusion", terms.script([], FALSE), answers)
    assert forged.proved  # it says so: nothing is made of it
    worthless(forged)


# --- changed afterwards ---------------------------------------------------------------------------


def test_a_changed_statement_is_no_theorem() -> None:
    theorem = square()
    statement = theorem.statement
    for name, value in (
        ("conclusion", FALSE),
        ("conclusion", n * n > 0),
        ("hypotheses", (Hypothesis("h", FALSE),)),
        ("variables", ()),
        ("variables", (n, m)),
    ):
        with changed(statement, name, value):
            worthless(theorem)
    assert trusted(theorem) and use(theorem)


def test_a_changed_hypothesis_is_no_theorem() -> None:
    theorem = prove("above", forall(n, given={"positive": n > 1}, then=n > 0))
    hypothesis = theorem.statement.hypotheses[0]
    for name, value in (("term", TRUE), ("label", "other"), ("bound", (n,))):
        with changed(hypothesis, name, value):
            worthless(theorem)
    assert trusted(theorem) and use(theorem)


def other_class(cls: type, **members: Any) -> type:
    """A class that an object of a plain one can be given."""
    return type("Mine", (cls,), {"__slots__": (), **members})


def test_a_statement_of_another_class_is_no_statement() -> None:
    """It could be one thing while it is compared, and another while it is used."""
    theorem = prove("above", forall(n, given={"positive": n > 1}, then=n > 0))
    statement = theorem.statement
    (hypothesis,) = statement.hypotheses
    written = statement.text()
    for owner, members in (
        (statement, {"text": lambda _: written, "conclusion": FALSE}),
        (hypothesis, {"term": TRUE}),
        (theorem.obligations[0], {"text": "nothing"}),
        (theorem.obligations[0].answers["z3"], {"__repr__": lambda _: "nothing"}),
    ):
        plain = type(owner)
        # The same for whoever compares it, as the attributes are the same.
        with changed(owner, "__class__", other_class(plain)):
            worthless(theorem)
        with changed(owner, "__class__", other_class(plain, **members)):
            worthless(theorem)
    assert trusted(theorem) and use(theorem)


def test_a_list_that_changes_is_none() -> None:
    theorem = prove(
        "above all",
        Statement((n,), (Hypothesis("all", m < n, (m,)), Hypothesis("one", n > 1)), n > 0),
    )
    statement = theorem.statement

    class Twofold(tuple[Any, ...]):
        __slots__ = ()

    for owner, name in (
        (statement, "variables"), (statement, "hypotheses"), (statement.hypotheses[0], "bound"),
    ):
        with changed(owner, name, Twofold(getattr(owner, name))):
            worthless(theorem)
    assert trusted(theorem)


def test_a_label_that_changes_is_none() -> None:
    theorem = prove("above", forall(n, given={"positive": n > 1}, then=n > 0))

    class Equal(type):
        def __eq__(cls, other: object) -> bool:
            return other is str

        def __hash__(cls) -> int:
            return hash(str)

    class Twofold(str, metaclass=Equal):
        __slots__ = ()

    assert {Twofold} <= {str}
    for owner, name in (
        (theorem.statement.hypotheses[0], "label"), (theorem.obligations[0], "label"),
        (theorem.obligations[0], "text"), (theorem.obligations[0].answers["z3"], "reason"),
    ):
        with changed(owner, name, Twofold(getattr(owner, name))):
            worthless(theorem)
    assert trusted(theorem)


def falsehood(term: Term, *reads: tuple[Term, ...], **members: Any) -> type:
    """A class by which a term has other arguments at each reading, the last ones from then on."""
    left = list(reads)

    def args(_: Term) -> tuple[Term, ...]:
        return left.pop(0) if len(left) > 1 else left[0]

    return other_class(type(term), args=property(args), **members)


REFUSED = pytest.raises((KernelError, TypeError))


def test_a_schema_of_a_term_of_another_class() -> None:
    """It must not turn into another one while variables are put in."""
    lemma = prove(
        "what is below itself", Statement((), (Hypothesis("all", m < m, (m,)),), FALSE),
        lambda goal: [goal.hypothesis("all", 0)],
    )
    schema = square().schema(n, n=n)
    claim = square().statement.conclusion
    with changed(claim, "__class__", falsehood(claim, (), (n, n), op="<")), REFUSED:
        lemma.at(all=schema)
    with changed(claim, "__class__", other_class(Term)), REFUSED:
        lemma.at(all=schema)


def test_a_value_with_a_part_of_another_class() -> None:
    """A test on a part must not be computed by what the part says that it is."""
    tree = sort_of(Tree)
    pair = next(c for c in tree.constructors if c.fields)
    x, y, t = variables(x=tree, y=tree, t=tree)
    head = terms.field(pair, 0, t)
    parts = terms.construct(pair, terms.field(pair, 0, head), terms.field(pair, 1, head))
    theorem = prove(
        "a pair has parts",
        forall(t, given={"pair": terms.test(pair, head)}, then=equal(head, parts)),
    )
    value = terms.construct(pair, x, y)
    for members in ({}, {"op": "make", "data": pair}):
        with changed(x, "__class__", falsehood(x, (y, y), **members)):
            for use_it in (
                lambda: theorem.at(t=value), lambda: theorem.schema(y, t=value),
                lambda: rules.height(value), lambda: rules.height(x),
            ):
                with REFUSED:
                    use_it()
    assert theorem.at(t=value) and rules.height(x)


def test_arguments_of_another_class() -> None:
    definition, theorem = successor(), square()
    for value in (n, n + 1, (n + 1) * 2):
        with changed(n, "__class__", other_class(Term)):
            for use_it in (
                lambda value=value: definition(value),
                lambda value=value: theorem.at(n=value),
                lambda value=value: prove(
                    "with a hypothesis",
                    Statement((m,), (Hypothesis("all", k < m, (k,)),), m > 0),
                    lambda goal: [goal.hypothesis("all", value)],
                ),
            ):
                with REFUSED:
                    use_it()


def test_a_bound_variable_of_another_class() -> None:
    """No code of its class is to run in the rule, such as what says whether it is the goal's."""
    ran = []

    def premises(goal: Goal) -> list[Fact]:
        given = prove(
            "above all of them", Statement((n,), (Hypothesis("all", k < n, (k,)),), n > 0),
            lambda goal: [goal.hypothesis("all", 0)],
        )
        hidden = other_class(Term, __hash__=lambda _: ran.append("hash") or 1)
        for values in ({"n": m}, {"n": n}):
            with changed(k, "__class__", hidden), REFUSED:
                given.schema(k, **values, all=goal.schema("all"))
        return []

    prove("nothing", Statement((m,), (Hypothesis("all", k < m, (k,)),), TRUE), premises)
    assert not ran
    with changed(m, "__class__", other_class(Term)), REFUSED:
        square().schema(m, n=n)


@pytest.mark.parametrize("name", ["function", "constructor"])
def test_a_symbol_of_another_class(name: str) -> None:
    tree = sort_of(Tree)
    pair = next(c for c in tree.constructors if c.fields)
    (t,) = variables(t=tree)
    definition = successor()
    used = terms.construct(pair, t, t) if name == "constructor" else definition.function(n)
    symbol: Any = pair if name == "constructor" else definition.function
    equals = {"__eq__": lambda *_: True, "__hash__": lambda _: 1}
    for members in ({}, equals):
        with changed(symbol, "__class__", other_class(type(symbol), **members)):
            with REFUSED:
                list(terms.postorder([used]))
            with REFUSED:
                terms.unchanged(tree if name == "constructor" else symbol)
    assert list(terms.postorder([used]))


def every_term(*roots: Term) -> list[Term]:
    return list(terms.postorder(roots))


@pytest.mark.parametrize("name", ["op", "args", "sort", "data", "anything"])
def test_terms_do_not_change(name: str) -> None:
    theorem = prove("below eight", forall(n, given={"n": n < 7}, then=n < 8))
    fact = theorem.at(n=5)
    for term in every_term(theorem.statement.conclusion, fact.term, successor()(n).term):
        before = term.op, term.args, term.sort, term.data
        for put in (setattr, object.__setattr__):
            with pytest.raises(AttributeError):
                put(term, name, getattr(TRUE, name, None))
        for drop in (delattr, object.__delattr__):
            with pytest.raises(AttributeError):
                drop(term, name)
        assert all(a is b for a, b in zip(
            before, (term.op, term.args, term.sort, term.data), strict=True
        ))
    assert use(theorem) and use(fact)


def test_what_a_term_holds_does_not_change_either() -> None:
    """A fraction in a term could be changed by its own attributes."""
    half = terms.as_term(Fraction(1, 2))
    unchanging = (str, int, tuple, type(None), Constructor, Function)
    for term in every_term(half, n * n + 1 < 8, successor()(n).term):
        assert type(term.args) is tuple and type(term.data) in unchanging
    assert terms.number(half) == Fraction(1, 2)


def test_terms_made_by_other_means_are_refused() -> None:
    with pytest.raises(TypeError):
        Term("true", (), BOOL, None)
    true: Any = tuple.__new__(Term, ("true", (), BOOL, None))
    four: Any = tuple.__new__(Term, ("int", (), INT, 4))
    less: Any = tuple.__new__(Term, ("<", (n, n), BOOL, None))
    refused = pytest.raises((KernelError, TypeError))
    for conclusion in (true, less, four < 5, either(true, n < 1)):
        with refused:
            prove("forged", forall(n, then=conclusion))
        with refused:
            prove("forged", forall(n, given={"forged": conclusion}, then=TRUE))
        with refused:
            prove("forged", forall(n, then=TRUE), lambda goal, claim=conclusion: [goal.have(claim)])
    with refused:
        define(four_of(four))
    for fact in (square().at(n=four), successor()(four)):
        with refused:
            use(fact)


def test_a_changed_definition_is_no_definition() -> None:
    definition = successor()
    function = definition.function
    for name, value in (("name", "other"), ("domain", ()), ("range", terms.REAL)):
        with changed(function, name, value):
            worthless(definition)
    assert trusted(definition) and use(definition)
    assert definition_of(function) is definition


def test_a_changed_function_value_is_none() -> None:
    successor()
    opened = comprehend(curried(ONCE["next_number"]))
    fact = opened(n)
    for name, value in (("name", "other"), ("domain", (INT,)), ("range", INT)):
        with changed(opened.function, name, value):
            worthless(opened)
    assert trusted(opened) and use(opened) and trusted(fact)


@pytest.mark.parametrize("index", range(5))
def test_a_changed_record_is_none(index: int) -> None:
    """Not even what the rules keep behind a token can be changed unseen."""
    token = tokens()[index]
    record = rules._open(token, object)
    for name in type(record).__slots__:
        value = getattr(record, name)
        if name in ("obligations", "laws", "parameters", "bound"):
            other: object = (*value, *value, n)[: len(value) + 1]
        elif name == "rests":
            other = value ^ {("axiom", "anything")}
        elif name == "goal":
            other = Goal("another", forall(then=TRUE))
        else:
            other = {"term": FALSE, "statement": forall(then=FALSE)}.get(name, "another")
        with changed(record, name, other):
            worthless(token)
    assert trusted(token) and use(token)


def test_a_changed_datatype_is_not_written() -> None:
    """Not even for a statement that would be true of the changed one."""
    tree = sort_of(Tree)
    x, y = variables(x=tree, y=tree)
    claim = prove("two trees", forall(x, y, then=either(equal(x, y), negate(equal(x, y)))))
    for owner, name, value in (
        (tree, "constructors", tree.constructors[:1]),
        (tree, "name", "Other"),
        (tree.constructors[1], "name", "Other"),
        (tree.constructors[1], "fields", ()),
    ):
        with changed(owner, name, value):
            with pytest.raises((TypeError, KernelError)):
                prove("one tree", forall(x, y, then=equal(x, y)))
            worthless(claim)
    assert use_of_two(claim)


def use_of_two(theorem: Theorem) -> Fact:
    nil = terms.construct(sort_of(Tree).constructors[0])
    return theorem.at(x=nil, y=nil)


def test_symbols_do_not_change() -> None:
    function = successor().function
    for owner in (function, INT, terms.ArraySort(INT, INT)):
        with pytest.raises(AttributeError):
            owner.name = "other"
        with pytest.raises(AttributeError):
            del owner.name
    with pytest.raises(AttributeError):
        n.op = "true"


@pytest.mark.parametrize("make", [square, counter], ids=lambda make: make.__name__)
def test_a_changed_obligation(make: Callable[[], Any]) -> None:
    token = make()
    obligation = token.obligations[0]
    with pytest.raises(AttributeError):
        obligation.text = ""
    with pytest.raises(TypeError):
        obligation.answers["z3"] = Answer("z3", "1", "unsat", 0.0)
    for name, value in (
        ("text", terms.script([], FALSE)),
        ("label", "another"),
        ("answers", {}),
    ):
        with changed(obligation, name, value):
            worthless(token)
    for name, value in (("verdict", "unknown"), ("version", "0"), ("solver", "another")):
        with changed(obligation.answers["cvc5"], name, value):
            worthless(token)
    assert trusted(token) and use(token)


# --- changed in the middle of a proof -------------------------------------------------------------


def test_a_conclusion_exchanged_in_the_middle() -> None:
    """The proof is of the statement as it was handed in, and the theorem says that one."""
    statement = forall(n, then=n * n >= 0)

    def premises(goal: Goal) -> list[Fact]:
        object.__setattr__(statement, "conclusion", FALSE)
        object.__setattr__(goal, "statement", forall(then=FALSE))
        return []

    theorem = prove("conclusion exchanged", statement, premises)
    assert theorem.statement.conclusion == (n * n >= 0)
    assert statement.conclusion is FALSE


def test_a_conclusion_weakened_in_the_middle() -> None:
    statement = forall(n, then=FALSE)

    def premises(goal: Goal) -> Iterator[Fact]:
        with changed(statement, "conclusion", TRUE):
            yield from ()

    with pytest.raises(Refused):
        prove("weakened", statement, premises)

    def for_good(goal: Goal) -> list[Fact]:
        object.__setattr__(statement, "conclusion", TRUE)
        return []

    with pytest.raises(Refused):
        prove("weakened for good", statement, for_good)


def test_a_hypothesis_strengthened_in_the_middle() -> None:
    statement = forall(n, given={"n": n > 0}, then=n > 1)
    (hypothesis,) = statement.hypotheses

    def premises(goal: Goal) -> list[Fact]:
        with changed(hypothesis, "term", n > 1):
            fact = goal.hypothesis("n")
            claim = goal.have(n > 1, fact)
        assert fact.term == (n > 0)
        return [fact, claim]

    with pytest.raises(Refused):
        prove("strengthened", statement, premises)


def test_an_induction_whose_measure_changes() -> None:
    statement = forall(n, then=FALSE)

    def premises(goal: Goal) -> list[Fact]:
        object.__setattr__(statement, "variables", ())
        return [goal.induction(n=n)]

    with pytest.raises(Refused):
        prove("by a changed measure", statement, premises, measure=n)


# --- carried elsewhere ----------------------------------------------------------------------------


def kept(make: Callable[[Goal], Any]) -> tuple[Goal, Any]:
    """A goal that is over, and what was made in it."""
    found: list[Any] = []

    def premises(goal: Goal) -> list[Fact]:
        found[:] = [goal, make(goal)]
        return []

    hypothesis = Hypothesis("all", equal(k - k, 0), (k,))
    statement = Statement((n,), (Hypothesis("never", n < n), hypothesis), TRUE)
    prove("of which something is kept", statement, premises, measure=n)
    goal, thing = found
    return goal, thing


FACTS: dict[str, Callable[[Goal], Fact]] = {
    "hypothesis": lambda goal: goal.hypothesis("never"),
    "schema": lambda goal: goal.hypothesis("all", 3),
    "induction": lambda goal: goal.induction(n=n - 1),
    "claim": lambda goal: goal.have(FALSE, goal.hypothesis("never")),
}


@pytest.mark.parametrize("kind", FACTS)
def test_a_fact_of_another_goal(kind: str) -> None:
    _, fact = kept(FACTS[kind])
    assert trusted(fact)  # in its goal
    for attempt in (
        lambda: prove("kept fact", forall(then=FALSE), lambda _: [fact]),
        lambda: prove("kept claim", forall(then=FALSE), lambda other: [other.have(FALSE, fact)]),
        lambda: define(ONCE["kept"], premises=lambda n: [fact]),
        lambda: choose(
            ONCE["kept"], lambda n, value: FALSE, witness=lambda n: n, premises=lambda n: [fact]
        ),
    ):
        ONCE.setdefault("kept", _identity())
        with pytest.raises(KernelError, match="another goal"):
            attempt()


def _identity() -> Equation[Any, Any]:
    def kept_function(algebra: Any, n: int) -> int:
        return n

    kept_function.__annotations__ = {"n": int, "return": int}
    return Equation(kept_function)


def test_a_fact_of_the_goal_outside() -> None:
    """A proof inside another one has no part in its hypotheses."""

    def premises(outer: Goal) -> list[Fact]:
        fact = outer.hypothesis("never")
        with pytest.raises(KernelError, match="another goal"):
            prove("inside", forall(then=FALSE), lambda _: [fact])
        with pytest.raises(KernelError, match="another goal"):
            prove("inside", forall(then=FALSE), lambda inner: [inner.have(FALSE, fact)])
        return []

    prove("outside", forall(n, given={"never": n < n}, then=TRUE), premises)


def test_a_schema_of_another_goal() -> None:
    lemma = prove(
        "zero difference",
        Statement((), (Hypothesis("all", equal(k - k, 0), (k,)),), TRUE),
    )
    _, schema = kept(lambda goal: goal.schema("all"))
    fact = lemma.at(all=schema)
    with pytest.raises(KernelError, match="another goal"):
        prove("kept schema", forall(then=FALSE), lambda _: [fact])
    with pytest.raises(KernelError):
        lemma.schema(k, all=schema)


@pytest.mark.parametrize("kind", FACTS)
def test_a_finished_goal_makes_nothing(kind: str) -> None:
    goal, _ = kept(lambda goal: goal)
    with pytest.raises(KernelError, match="not being proved"):
        FACTS[kind](goal)
    with pytest.raises(KernelError, match="not being proved"):
        goal.schema("all")


@pytest.mark.parametrize("kind", FACTS)
def test_a_forged_goal_makes_nothing(kind: str) -> None:
    statement = forall(n, given={"never": n < n}, then=TRUE)
    with pytest.raises(KernelError, match="not being proved"):
        FACTS[kind](Goal("forged", statement))


class Twin(Goal):
    """A goal that says it is whichever one is being proved."""

    like: Any = None

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(self.like)


def test_a_goal_that_says_it_is_another() -> None:
    twin = Twin("twin", forall(then=TRUE))

    def premises(goal: Goal) -> list[Fact]:
        Twin.like = goal
        with pytest.raises(KernelError, match="not being proved"):
            twin.hypothesis("never")
        return []

    prove("with a twin", forall(n, given={"never": n < n}, then=TRUE), premises)


def test_one_name_one_statement() -> None:
    square()
    with pytest.raises(KernelError, match="another theorem"):
        prove("square of a number", forall(m, then=m * m >= 0))
    assert square().statement.conclusion == (n * n >= 0)


# --- what is left ---------------------------------------------------------------------------------


def test_the_limits_are_written_down() -> None:
    text = " ".join((rules.__doc__ or "").split())
    assert "searches the interpreter's memory" in text
    assert "puts other functions in the place of these modules' own" in text
    assert "changes a sort or a symbol while a rule runs" in text


def test_what_a_token_says_is_a_copy() -> None:
    for token in (square(), successor()):
        said = token.said
        for name in said.__slots__:
            object.__setattr__(said, name, None)
        assert trusted(token) and use(token)
        assert all(getattr(token.said, name) is not None for name in said.__slots__)
    theorem = square()
    with changed(theorem.statement, "conclusion", FALSE), pytest.raises(KernelError):
        assert theorem.said


def test_trusted_says_no_and_raises_nothing() -> None:
    class Odd:
        @property
        def __class__(self) -> type:  # type: ignore[override]
            raise RuntimeError

    assert not trusted(Odd())
    theorem = square()
    with changed(theorem.statement, "hypotheses", 3):
        assert not trusted(theorem)
    with changed(theorem.statement, "conclusion", Odd()):
        assert not trusted(theorem)

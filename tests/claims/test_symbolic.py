"""The symbolic engine: the same verdicts as going through all instances, and no more than was read.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from itertools import product
from operator import add, floordiv, mod, mul, sub
from typing import Any

import pytest
import z3

from checks.claims import Nat, Program, claim, refute
from checks.claims.claim import Claim
from checks.claims.generators import ORACLES, PROGRAMS, TREES
from checks.claims.reading import Number, Path, Reading, concrete, reading_on
from checks.claims.replay import replay, save
from checks.claims.result import Outcome
from checks.claims.symbolic import _Questions, _Search
from models.machine.oracle import Table
from models.machine.tree import TRUE

Refuted = Callable[..., Outcome]

NAMES = """
from fractions import Fraction as F
from models.machine import tree as trees_module
from models.machine.tree import Nil, Pair, length, pairs, truth, unary
from models.machine.program import Cons, Id, Quote, Then, While, code, decode, size
from models.machine.semantics import Done, OutOfGas, evaluate, machine, start
from models.amdahl.objective import break_even, threshold, time
"""

AGREED = {
    # name: size, claim
    "sums": (6, """
        def c(m: Nat, n: Nat) -> bool:
            return (m + n) * (m + n) >= m * m + n * n
    """),
    "products": (7, """
        def c(m: Nat, n: Nat) -> bool:
            assume(m > 1 and n > 1)
            return m * n != 12
    """),
    "heads are smaller": (4, """
        def c(t: Tree) -> bool:
            if isinstance(t, Pair):
                return pairs(t.head) < pairs(t)
            return t == NIL
    """),
    "decode of code": (4, """
        def c(p: Program) -> bool:
            return decode(code(p)) == p
    """),
    "code of decode": (3, """
        def c(t: Tree) -> bool:
            assume(t != NIL)
            return code(decode(t)) == t
    """),
    "size of decode": (5, """
        def c(t: Tree, n: Nat) -> bool:
            assume(n > 1)
            return size(decode(t)) + n <= pairs(t) + 2
    """),
    "gas is monotone": (4, """
        def c(p: Program, x: Tree, g: Nat) -> bool:
            a = evaluate(EMPTY, p, x, g)
            assume(a != OutOfGas())
            return evaluate(EMPTY, p, x, g + 1) == Done(a.value, a.gas + 1)
    """),
    "sequence commutes": (3, """
        def c(p: Program, q: Program, x: Tree) -> bool:
            return evaluate(EMPTY, Then(p, q), x, 4) == evaluate(EMPTY, Then(q, p), x, 4)
    """),
    "the oracle does not matter": (4, """
        def c(f: Oracle, p: Program, g: Nat) -> bool:
            return evaluate(f, p, NIL, g) == evaluate(EMPTY, p, NIL, g)
    """),
    "the machine agrees with the equation": (4, """
        def c(p: Program, x: Tree, g: Nat) -> bool:
            made = Done(x, g)
            return g > 2 or evaluate(FULL, p, x, g) != made or p == Id() or made.gas == g
    """),
    "two oracles": (4, """
        def c(f: Oracle, x: Tree) -> bool:
            return f(x) == TRUE or f(Pair(x, x)) == FALSE or f(NIL) != f(x)
    """),
    "numerals": (4, """
        def c(n: Nat, t: Tree) -> bool:
            return length(numeral(n)) == n and Pair(t, numeral(n)) != Pair(numeral(n), numeral(1))
    """),
    "lists": (5, """
        def c(ts: tuple[Tree, ...], flag: bool) -> bool:
            return sum(pairs(t) for t in ts) < 3 or len(ts) < 2 or flag
    """),
    "tuples and caps": (5, """
        def c(both: tuple[Nat, Bound], few: Annotated[Nat, AtMost(1)]) -> bool:
            m, n = both
            return m + few < 3 or n > 1
    """),
    "a loop": (6, """
        def root(n):
            i = 0
            while i * i < n:
                i += 1
            return i
        def c(n: Nat) -> bool:
            return n == 0 or (root(n) - 1) * (root(n) - 1) < n
    """),
    "recursion in Python": (4, """
        def depth(t):
            match t:
                case Pair(head, tail):
                    return 1 + max(depth(head), depth(tail))
                case Nil():
                    return 0
        def c(t: Tree) -> bool:
            return depth(t) * 2 <= pairs(t) + 2
    """),
    "constants come first": (3, """
        def c(t: Tree, n: Nat, s: Share, b: bool) -> bool:
            if isinstance(t, Tree) and NIL != t and F(1, 3) <= s and (True ^ b):
                return TRUE == t or 2 == n or F(1, 2) == s or 0 < n
            return isinstance(n, int) and isinstance(s, (int, F)) and isinstance(b, bool | str)
    """),
    "a range": (5, """
        def c(n: Nat, m: int) -> bool:
            return sum(range(n)) * 2 == n * (n - 1) and abs(m) >= m
    """),
    "specialised hardware pays": (4, """
        def c(r: Fraction, s: Share, x: Share) -> bool:
            assume(r > 1 and x < 1 and x > 0)
            return time(r, s, x) < 1
    """),
    "collapse": (6, """
        def c(r: Fraction, s: Share, x: Share) -> bool:
            assume(r > 1)
            assume(x < 1)
            assume(s >= threshold(r))
            return time(r, s, x) >= 1
    """),
    "break-even below the share": (4, """
        def c(r: Fraction, s: Share) -> bool:
            assume(r > 1)
            assume(0 < s and s < threshold(r))
            return break_even(r, s) < s
    """),
    "halves": (5, """
        def c(s: Share, n: Nat) -> bool:
            return F(1, 2) * s + n <= F(n * 2 + 1, 2) and 1 - s >= 0 and s / 2 != F(1, 6)
    """),
}


@pytest.mark.parametrize("name", AGREED)
def test_it_says_what_going_through_all_instances_says(
    claimed: Callable[..., Any], name: str
) -> None:
    size, text = AGREED[name]
    body = textwrap.dedent(text).replace("def c(", "@claim\ndef c(")
    loaded, found = claimed(f"from typing import Annotated\n{NAMES}\n{body}")
    all_ = refute(found, loaded=loaded, size=size)
    read = refute(found, loaded=loaded, size=size, engine="symbolic")
    assert read.reason == all_.reason == ""
    assert (read.verdict, read.bound) == (all_.verdict, all_.bound)
    if all_.counterexample is not None:
        assert read.counterexample is not None
        assert read.counterexample.size == all_.counterexample.size
        assert read.counterexample.smallest
        assert replay(save(read, loaded)).judgement.what == "fails"


@pytest.mark.parametrize(("body", "reason"), [
    ("p: Program) -> bool:\n    return halts(p, NIL)", "halts is no equation of the model"),
    ("n: Nat) -> bool:\n    return str(n) != '2'", "__str__ of a symbolic value"),
    ("n: Nat) -> bool:\n    return n in {0, 1, 2}", "__hash__ of a symbolic value"),
    ("n: Nat) -> bool:\n    return n / 2 < 9", "/ of two whole numbers"),
    ("n: Nat) -> bool:\n    return n * 0.5 < 9", "a floating-point number"),
    ("n: Nat) -> bool:\n    return n >> 1 <= n", "__rshift__ of a symbolic value"),
    ("t: Tree) -> bool:\n    return t is NIL or t != NIL", "it compares objects by `is`"),
    ("t: Tree) -> bool:\n    return type(t) == Nil or t != NIL", "type is no equation"),
    ("n: Nat) -> bool:\n    import math\n    return math.isqrt(n) <= n", "imports inside"),
    ("t: Tree) -> bool:\n    return hasattr(t, 'fields')", "attribute fields"),
    ("s: Share) -> bool:\n    return s.denominator > 0", "attribute denominator of a number"),
    ("p: Program) -> bool:\n    return trees_module.brief(p) != ''", "brief is no equation"),
    ("n: Bound) -> bool:\n    return balance(n, 1) >= 0", "a square root"),
    ("p: Function) -> bool:\n    return size(p) < 9", "programs that stand for others"),
])
def test_what_cannot_be_read_is_unknown_and_says_why(
    refuted: Refuted, body: str, reason: str
) -> None:
    found = refuted(
        f"{NAMES}\nfrom models.amdahl.objective import balance\n@claim\ndef c({body}\n",
        engine="symbolic", size=3,
    )
    assert found.verdict == "unknown"
    assert reason in found.reason
    assert not found.whole


def test_no_claim_catches_that_it_cannot_be_read(refuted: Refuted) -> None:
    found = refuted(
        """
        @claim
        def c(n: Nat) -> bool:
            try:
                return str(n) == ""
            except Exception:
                return True
        """,
        engine="symbolic", size=3,
    )
    assert (found.verdict, found.bound) == ("unknown", None)


def test_an_instance_on_which_the_claim_raises_is_listed(refuted: Refuted) -> None:
    found = refuted(
        "@claim\ndef c(n: Nat) -> bool:\n    return 10 // (n - 2) < 100\n", engine="symbolic",
        size=6,
    )
    assert (found.verdict, found.errors, found.bound) == ("unknown", 1, 6)
    assert found.listed[0].values == {"n": "2"}
    assert "ZeroDivisionError" in found.listed[0].reason
    found = refuted(
        "@claim\ndef c(t: Tree) -> bool:\n    return t.head == NIL\n", engine="symbolic", size=3
    )
    assert "AttributeError" in found.listed[0].reason
    assert found.verdict == "refuted"
    assert found.counterexample is not None
    assert (found.counterexample.size, found.counterexample.smallest) == (2, False)


def test_a_failure_beside_an_error_is_found(refuted: Refuted) -> None:
    found = refuted(
        """
        @claim
        def c(m: Nat, n: Nat) -> bool:
            if n == 2:
                undecided("two")
            return m + n < 2
        """,
        engine="symbolic", size=6,
    )
    assert found.verdict == "refuted"
    assert found.counterexample is not None
    assert (found.counterexample.size, found.counterexample.smallest) == (2, True)


def test_an_assumption_that_holds_of_nothing_is_vacuous(refuted: Refuted) -> None:
    found = refuted(
        "@claim\ndef c(n: Nat) -> bool:\n    assume(n * n < n)\n    return False\n",
        engine="symbolic", size=4,
    )
    assert found.verdict == "unknown"
    assert found.reason.startswith("vacuous")


def test_a_finite_space_is_exhausted_whole(refuted: Refuted) -> None:
    found = refuted(
        "@claim\ndef c(a: bool, b: bool) -> bool:\n    return (a ^ b) == (a != b)\n",
        engine="symbolic",
    )
    assert (found.verdict, found.whole) == ("exhausted", True)
    assert "exhausted, all there are, by 1 path" in str(found)
    assert found.to_json()["paths"] == 1


def test_a_budget_ends_it(refuted: Refuted) -> None:
    found = refuted(
        f"{NAMES}\n@claim\ndef c(p: Program) -> bool:\n    return decode(code(p)) == p\n",
        engine="symbolic", budget=0.5,
    )
    assert found.verdict == "unknown"
    assert found.reason.startswith("stopped by the budget of 0.5 s")


def test_a_path_without_end(refuted: Refuted) -> None:
    text = "@claim\ndef c(n: Nat) -> bool:\n    while n != 1:\n        pass\n    return True\n"
    found = refuted(text, engine="symbolic", size=3, limit=0.05)
    assert found.reason == "a path is not read within 0.3 s"
    found = refuted(text, engine="symbolic", size=3, budget=0.2)
    assert found.reason.startswith("stopped by the budget of 0.2 s")


def test_what_is_found_is_confirmed_by_running(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong reading does not refute anything."""
    @claim("No number is 2.")
    def never_two(n: Nat) -> bool:
        return n != 2

    from checks.claims import symbolic

    def wrong(value: Any, model: Any) -> Any:
        return 1 + concrete(value, model)

    monkeypatch.setattr(symbolic, "concrete", wrong)
    found = refute(never_two, engine="symbolic", size=4)
    assert found.verdict == "unknown"
    assert "Z3 says that it fails on 3, and run on that it does not" in found.reason


def test_more_paths_than_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    @claim("Sums of bits.")
    def bits(numbers: tuple[bool, ...]) -> bool:
        return sum(1 for number in numbers if number) <= len(numbers)

    monkeypatch.setattr("checks.claims.symbolic.MOST_PATHS", 6)
    found = refute(bits, engine="symbolic", size=5)
    assert found.reason == "it has more than 6 paths at size 3; none fails to size 2"


def test_unfolding_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from models.machine.program import code, decode

    @claim("Programs are decoded.")
    def decoded(p: Program) -> bool:
        return bool(decode(code(p)) == p)

    monkeypatch.setattr("checks.claims.reading.MOST_CALLS", 20)
    found = refute(decoded, engine="symbolic", size=5)
    assert "it unfolds to more than 20 calls" in found.reason


@pytest.mark.parametrize("operation", [add, sub, mul, floordiv, mod], ids=lambda op: op.__name__)
def test_whole_numbers_are_pythons(operation: Callable[[Any, Any], Any]) -> None:
    x, y = z3.Ints("x y")
    for left, right in product(range(-5, 6), repeat=2):
        if operation in (floordiv, mod) and not right:
            continue
        sides = [z3.IntVal(left), z3.IntVal(right)]
        # On the path on which no divisor is 0.
        with reading_on(Reading(SAME, 0).store, Path(lambda conditions: None, (False,) * 2)):
            symbolic = operation(Number(x), Number(y))
            by_constant = operation(Number(x), right)
        for found in (symbolic, by_constant):
            value = z3.simplify(z3.substitute(found.term, *zip((x, y), sides, strict=True)))
            assert value.as_long() == operation(left, right)


def same(p: Program, n: Nat) -> bool:
    return True


SAME: Claim = claim("")(same)


def is_that(value: Any, one: Any) -> Any:
    """That a symbolic value is this one."""
    if not isinstance(one, Table):
        return (value == one).formula
    return z3.And(
        value.cofinite if one.otherwise == TRUE else z3.Not(value.cofinite),
        *(formula if tree in one.answers else z3.Not(formula)
          for tree, formula in value.listed.items()),
    )


@pytest.mark.parametrize(("kind", "space", "size"), [
    ("Program", PROGRAMS, 3), ("Tree", TREES, 4), ("Oracle", ORACLES, 3),
])
def test_parameters_are_all_values_of_a_size(
    claimed: Callable[..., Any], kind: str, space: Any, size: int
) -> None:
    """Z3's models, one after another, are the values that the space counts."""
    _, found = claimed(f"@claim\ndef c(x: {kind}) -> bool:\n    return True\n")
    search = _Search(found, size, None, 10.0, lambda _: None)
    reading = Reading(found, size)
    ask = _Questions(search, reading)
    path = Path(ask, ())
    drawn: set[str] = set()
    with reading_on(reading.store, path):
        (value,) = reading.parameters()
        blocked: list[Any] = []
        while (instance := ask.instance(blocked, (value,))) is not None:
            (one,) = instance.values
            text = found.shown(instance.values)["x"]
            assert text not in drawn
            drawn.add(text)
            blocked.append(z3.Not(is_that(value, one)))
    assert len(drawn) == space.count(size)

"""Layers on finite windows: which sets are decided, by which programs, and what holds of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from checks.exhaust import programs_to, trees_to
from checks.machine import layer as module
from checks.machine import layer_laws
from checks.machine.certificate import Checker, Rejected
from checks.machine.decide import decide, search
from checks.machine.decide.search import Decision
from checks.machine.jump import unit
from checks.machine.layer import LARGEST_SIZE, MOST_RUNS, answers, decide_layer, decided_by
from checks.machine.layer_laws import (
    composition,
    compositions,
    growth,
    halting_set,
    halves,
    join,
    laws,
    outside,
)
from checks.machine.oracles import BoundedJump, read_oracle
from models.errors import BadInput
from models.machine import layer as windows
from models.machine.degrees import half
from models.machine.layer import (
    Answer,
    Answers,
    DecidedSet,
    Found,
    Layer,
    OpenProgram,
    Subset,
    check_window,
    compare,
    found_by,
    layer,
    parse_window,
    said,
)
from models.machine.oracle import EMPTY, FULL, Join, JoinedSet, Oracle, Table
from models.machine.program import Ask, Id, Program, code, parse_program, programs, size
from models.machine.run import run
from models.machine.transform import asks, substitute, substituted_size
from models.machine.tree import FALSE, NIL, TRUE, Tree, numeral, parse_tree

SMALL = tuple(trees_to(2))
"""nil, 1, 2 and <1.0>, in this order."""

NIL_ONLY = Table({NIL: TRUE})

GAS = 300
"""More than small programs need that halt on small trees."""


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where the tables of this module are kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUMPBOUND_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def pairs_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The oracle of all pairs."""
    file = tmp_path_factory.mktemp("pairs") / "pairs.while"
    file.write_text("pairs read X { Y := X } write Y")
    return f"while:{file}"


def reference(oracle: Oracle) -> Answers:
    """What programs say, by the reference machine; that a run which goes on has no end is shown
    by a certificate."""

    def answer(program: Program, tree: Tree) -> Answer:
        value = run(program, tree, oracle=oracle, gas=GAS).value
        if value is not None:
            return said(value)
        return "none" if decide(program, tree, oracle=oracle).verdict == "loops" else "unknown"

    return answer


def named(found: Layer) -> dict[frozenset[Tree], str]:
    """The sets with their programs."""
    return {frozenset(found.trees(one.members)): repr(one.program) for one in found.sets}


def trees(*texts: str) -> frozenset[Tree]:
    return frozenset(parse_tree(text) for text in texts)


# What a layer is


def test_programs_of_size_one() -> None:
    """On nil and 1: Id says no and yes, Hd and Tl say no twice, Ask is the oracle."""
    found = decide_layer(1, "pairs:1", "set:nil")
    assert named(found) == {trees("1"): "id", trees(): "hd", trees("nil"): "ask"}
    assert found.by_size[0] == Found(5, 5, found.sets, ())
    assert found.complete and found.programs == 5


def test_another_value_decides_nothing() -> None:
    """On 2 the value of Id is 2, and that of Cons(Id, Id) is a pair of pairs."""
    assert [said(value) for value in (FALSE, TRUE, numeral(2))] == ["no", "yes", "none"]
    found = decide_layer(1, "0,1,2", "set:nil")
    assert named(found) == {trees(): "hd", trees("2"): "tl", trees("nil"): "ask"}
    assert found.by_size[0].deciding == 4


def test_a_loop_on_the_window_decides_nothing() -> None:
    """While(Id, Id) halts on nil alone."""
    loop = parse_program("while(id, id)")
    for window, members in (("0", [0]), ("1", []), ("0,1", [])):
        found = decided_by(loop, parse_window(window), EMPTY)
        assert [decided.members for decided in found.sets] == members
        assert found.unknown == ()


def test_sets_by_hand() -> None:
    found = decide_layer(4, "pairs:2", "set:nil")
    assert named(found) == {
        trees("<1.0>"): "hd", trees("2"): "tl", trees("0"): "ask", trees(): "quote 0",
        trees("0", "1", "2", "<1.0>"): "quote 1",
        trees("0", "1", "2"): "then(hd, ask)", trees("0", "1", "<1.0>"): "then(tl, ask)",
        trees("1", "2", "<1.0>"): "then(ask, ask)",
        trees("0", "<1.0>"): "if(id, hd, ask)", trees("0", "2"): "if(id, tl, ask)",
        trees("2", "<1.0>"): "if(hd, hd, tl)",
    }


@pytest.mark.parametrize(
    ("oracle", "programs_", "deciding", "new_sets"),
    [
        ("empty", (5, 1, 77, 160, 2402, 11094), (4, 1, 32, 102, 870, 5429), (3, 1, 0, 1, 6, 3)),
        ("set:nil", (5, 1, 77, 160, 2402, 11094), (4, 1, 29, 102, 712, 5023), (4, 1, 3, 3, 0, 4)),
        ("full", (5, 1, 77, 160, 2402, 11094), (4, 1, 28, 102, 684, 4892), (4, 0, 0, 7, 0, 4)),
    ],
)
def test_growth_in_numbers(
    oracle: str, programs_: tuple[int, ...], deciding: tuple[int, ...], new_sets: tuple[int, ...]
) -> None:
    found = decide_layer(6, "pairs:2", oracle)
    assert tuple(part.programs for part in found.by_size) == programs_
    assert tuple(part.deciding for part in found.by_size) == deciding
    assert tuple(len(part.sets) for part in found.by_size) == new_sets
    assert found.complete


# The same by going through programs one by one


@pytest.mark.parametrize(
    ("oracle", "window", "bound"),
    [
        ("empty", "pairs:2", 4),
        ("full", "pairs:3", 4),
        ("set:nil", "pairs:2", 5),
        ("set:nil,<1.0>", "codes:3", 4),
        ("jump:3", "codes:2", 4),
        ("join:set:nil+set:1", "<0.0>,<1.1>,0,1,<0.1>", 4),
        ("join:full+set:nil", "pairs:2", 4),
        ("jump/full", "pairs:1", 4),
        ("jump:3/join:full+empty", "numbers:6", 4),
        ("while", "numbers:4", 4),
    ],
)
def test_against_the_reference(
    oracle: str, window: str, bound: int, pairs_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "THOROUGH", ())  # what it finds is not needed here
    spec = pairs_file if oracle == "while" else oracle
    found = decide_layer(bound, window, spec, workers=1)
    relative_to = read_oracle(spec, workers=1).oracle
    slow = layer(relative_to, bound, parse_window(window), reference(relative_to))
    assert found.window == slow.window
    assert found.by_size == slow.by_size
    assert len(found.sets) >= 3


def test_against_the_reference_for_any_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """Oracles that are no sets."""
    monkeypatch.setattr(search, "THOROUGH", ())
    odd = Table({NIL: numeral(2), TRUE: NIL}, otherwise=parse_tree("<1.1>"))
    for oracle in (odd, Join(odd, FULL)):
        found = decide_layer(4, SMALL, oracle)
        assert found.by_size == layer(oracle, 4, SMALL, reference(oracle)).by_size


def test_each_program_for_itself_is_decided_alike() -> None:
    for spec in ("set:nil", "join:full+empty"):
        oracle = read_oracle(spec).oracle
        one_by_one = layer(oracle, 4, SMALL, answers(oracle))
        assert decide_layer(4, "pairs:2", spec).by_size == one_by_one.by_size
        for program in programs_to(3):
            expected = found_by(program, size(program), SMALL, reference(oracle))
            assert decided_by(program, SMALL, oracle) == expected


def test_the_smallest_programs_decide_their_sets() -> None:
    """Each again, by the reference machine; and it is the first one of all that do."""
    for spec in ("set:nil", "full", "jump:4"):
        found = decide_layer(6, "pairs:2", spec, workers=1)
        for decided in found.sets:
            assert size(decided.program) == decided.size
            for tree in SMALL:
                value = run(decided.program, tree, oracle=found.oracle).value
                assert value == (TRUE if tree in found.trees(decided.members) else FALSE)


# However it is decided


def test_any_number_of_workers_and_any_units(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = decide_layer(5, "pairs:2", "set:nil", workers=1)
    for units, workers in ((100, 1), (1000, 2)):
        monkeypatch.setattr(unit, "UNIT", units)
        found = decide_layer(5, "pairs:2", "set:nil", workers=workers)
        assert found.by_size == whole.by_size
    assert decide_layer(5, SMALL, NIL_ONLY).by_size == whole.by_size
    assert decide_layer(5, SMALL, read_oracle("set:nil"), workers=2).by_size == whole.by_size


def test_progress() -> None:
    told: list[tuple[str, int, int]] = []
    decide_layer(
        4, "pairs:2", "set:nil",
        progress=lambda event: told.append((event.stage, event.done, event.total)),
    )
    assert told[-1] == ("deciding", 243, 243)


def test_nothing_that_the_search_proposes_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def every(programs: Any, value: int, classes: Any, wanted: Any, found: Any) -> None:
        found[:] = wanted

    expected = decide_layer(4, "pairs:2", "full").by_size
    # Halting runs are not seen to halt at first, and all programs are said to loop.
    monkeypatch.setattr(module, "SHORT", 0)
    monkeypatch.setattr(module, "without_value", every)
    assert decide_layer(4, "pairs:2", "full").by_size == expected


def test_a_loop_that_is_not_shown_stays_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def rejected(*_: Any) -> Any:
        raise Rejected("nothing is believed")

    complete = decide_layer(3, "pairs:1", "full")
    monkeypatch.setattr(Checker, "check", rejected)
    monkeypatch.setattr(module, "decide", lambda *_, **__: Decision("unknown", reason="tired"))
    found = decide_layer(3, "pairs:1", "full")
    assert found.sets == complete.sets
    assert not found.complete
    open_ = {repr(one.program): one for one in found.unknown}
    # While(Id, Id) says no on nil, and loops on 1; While(Ask, Id) loops on both.
    assert open_["while(id, id)"] == OpenProgram(parse_program("while(id, id)"), 0, 0b10)
    assert open_["while(ask, id)"].undecided == 0b11
    by_reference = {
        repr(program)
        for program in programs_to(3)
        if any(run(program, tree, oracle=FULL, gas=GAS).value is None for tree in found.window)
        and all(
            run(program, tree, oracle=FULL, gas=GAS).value in (None, TRUE, FALSE)
            for tree in found.window
        )
    }
    assert set(open_) == by_reference


def test_a_question_that_is_undecided_leaves_the_program_unknown() -> None:
    """Asked about nil the oracle does not answer, asked about 1 it says no."""
    oracle = BoundedJump(frozenset(), frozenset([NIL]), "jump:1")
    found = decide_layer(3, "0,1", oracle)
    open_ = {repr(one.program): one for one in found.unknown}
    assert open_["ask"] == OpenProgram(Ask(), 0, 0b01)
    assert open_["then(hd, ask)"].undecided == 0b11
    # With another value, or a loop, on 1 the program decides nothing, whatever it says on nil.
    assert "cons(ask, id)" not in open_ and "cons(id, ask)" not in open_
    assert found.holds(0b01) is None and found.holds(0) is True
    assert decided_by(Ask(), found.window, oracle).unknown == (open_["ask"],)
    assert layer(oracle, 1, found.window, answers(oracle)).by_size == found.by_size[:1]


def test_undecided_programs_relative_to_a_set(
    pairs_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "THOROUGH", ())
    found = decide_layer(5, "0,2", pairs_file)
    assert not found.complete
    # It loops on all pairs, which is more than the answers' being true or false says.
    listed = {repr(one.program): one for one in found.unknown}
    assert found.trees(listed["while(ask, cons(id, id))"].undecided) == parse_window("2")


# Unknowns, by the definition


def given(said: dict[tuple[str, str], Answer]) -> Answers:
    """Answers by program and tree; no where nothing is said."""
    return lambda program, tree: said.get((repr(program), repr(tree)), "no")


def test_what_is_unknown_of_a_program() -> None:
    window = parse_window("0,1,2")
    found = found_by(Id(), 1, window, given({("id", "1"): "unknown", ("id", "2"): "yes"}))
    assert found == Found(1, 0, (), (OpenProgram(Id(), 0b100, 0b010),))
    (open_,) = found.unknown
    assert [open_.may_decide(subset) for subset in range(8)] == [
        subset in (0b100, 0b110) for subset in range(8)
    ]


@pytest.mark.parametrize("first", ["unknown", "none"])
def test_a_program_that_decides_nothing_is_not_unknown(first: Answer) -> None:
    """Whether it is seen before or after what is undecided."""
    second: Answer = "none" if first == "unknown" else "unknown"
    said: dict[tuple[str, str], Answer] = {("id", "nil"): first, ("id", "1"): second}
    assert found_by(Id(), 1, parse_window("0,1"), given(said)) == Found(1, 0, (), ())


def test_what_is_unknown_of_a_layer() -> None:
    said: dict[tuple[str, str], Answer] = {
        ("hd", "nil"): "unknown", ("tl", "1"): "yes", ("ask", "nil"): "none",
    }
    found = layer(EMPTY, 1, parse_window("0,1"), given(said))
    assert [decided.members for decided in found.sets] == [0b00, 0b10]
    assert [found.holds(subset) for subset in range(4)] == [True, None, True, False]
    assert not found.complete
    other = layer(EMPTY, 1, found.window, given({
        ("id", "nil"): "yes", ("hd", "nil"): "yes", ("hd", "1"): "yes",
    }))
    assert [decided.members for decided in other.sets] == [0b01, 0b11, 0b00]
    both = compare(other, found)
    assert [one.members for one, _ in both.both] == [0b00]
    assert [one.members for one in both.left] == [0b11]
    assert [one.members for one in both.right] == [0b10]
    assert [one.members for one in both.unknown] == [0b01]
    assert compare(found, other).unknown == both.unknown


def test_the_first_program_counts() -> None:
    said: dict[tuple[str, str], Answer] = {("id", "nil"): "none"}
    found = layer(EMPTY, 1, parse_window("0"), given(said))
    assert found.sets == (DecidedSet(0, parse_program("hd"), 1),)


def test_subsets() -> None:
    found = decide_layer(2, "pairs:2", "set:nil")
    for subset in range(16):
        assert found.subset(found.trees(subset)) == subset
    assert found.subset([numeral(7), numeral(1)]) == 0b0010
    assert found.up_to(1).sets == found.sets[:4]
    assert found.up_to(0).sets == ()
    for wrong in (-1, 3):
        with pytest.raises(BadInput, match="expected a size from 0 to 2"):
            found.up_to(wrong)
    with pytest.raises(BadInput, match="expected those from 1 to 3"):
        Layer(EMPTY, 3, found.window, found.by_size)


# Comparisons


def test_an_oracle_decides_more_than_none() -> None:
    """The set {nil} within four trees: Ask decides it from itself; without an oracle no program of
    size at most 4 does, and one of size 5 does."""
    empty, one = (decide_layer(5, "pairs:2", spec) for spec in ("empty", "set:nil"))
    only = one.subset([NIL])
    assert one.up_to(1).holds(only) is True
    assert empty.up_to(4).holds(only) is False and empty.holds(only) is True
    found = compare(one.up_to(4), empty.up_to(4))
    assert {decided.members for decided in found.left} == (
        set(one.up_to(4).by_members()) - set(empty.up_to(4).by_members())
    )
    assert only in {decided.members for decided in found.left}
    assert {mine.members for mine, _ in found.both} | {
        decided.members for decided in found.right
    } == set(empty.up_to(4).by_members())
    assert all(mine.members == other.members for mine, other in found.both)
    assert found.unknown == ()


def test_layers_on_different_windows_are_not_compared() -> None:
    with pytest.raises(BadInput, match="different windows"):
        compare(decide_layer(1, "pairs:1"), decide_layer(1, "pairs:2"))


# Growth


@pytest.mark.parametrize("spec", ["empty", "set:nil,2", "join:full+empty", "jump:3"])
def test_layers_grow(spec: str) -> None:
    listed = [decide_layer(n, "pairs:2", spec, workers=1) for n in range(1, 6)]
    for below, above in pairwise(listed):
        assert set(below.sets) <= set(above.sets)
        assert above.up_to(below.size).by_size == below.by_size
    result = growth(listed[-1], listed[:-1])
    assert result.verdict == "exhausted"
    assert result.instances == sum(len(below.sets) for below in listed[:-1])


def test_growth_is_refuted_by_a_set_that_is_lost() -> None:
    small, other, large = (
        decide_layer(n, "pairs:2", spec) for n, spec in ((1, "set:nil"), (1, "set:1"), (2, "empty"))
    )
    result = growth(large, [other])
    assert result.verdict == "refuted"
    assert result.counterexample == {"size": "1", "set": "{1}", "p": "ask"}
    assert growth(large, [small]).verdict == "refuted"


# Composition


def test_the_size_of_a_substituted_program() -> None:
    listed = list(programs_to(4))
    terms = ("id", "ask", "if(ask, ask, while(ask, id))")
    assert [asks(parse_program(term)) for term in terms] == [0, 1, 3]
    for program in listed:
        for answer in listed[:90]:
            expected = size(substitute(program, answer))
            assert substituted_size(program, answer) == expected
            assert expected == size(program) + asks(program) * (size(answer) - 1)


@pytest.mark.parametrize("spec", ["set:nil", "set:1,<1.0>", "full"])
def test_layers_are_closed_under_composition(spec: str) -> None:
    """Each composition again by the reference machine, and in the layer of its size as that was
    decided without it."""
    found = decide_layer(6, "pairs:2", spec)
    count = within = 0
    for one in compositions(found, upper=3, most=8):
        if one is None:
            continue
        count += 1
        middle = Table(dict.fromkeys(found.trees(one.middle), TRUE))
        for tree in SMALL:
            expected = TRUE if tree in found.trees(one.members) else FALSE
            assert run(one.upper, tree, oracle=middle).value == expected
            assert run(one.program, tree, oracle=found.oracle).value == expected
        assert one.program == substitute(one.upper, one.lower)
        assert one.size == size(one.program)
        if one.size <= found.size:
            within += 1
            assert found.up_to(one.size).holds(one.members) is True
    assert count > 80 and within > 40
    result = composition(found, upper=3, most=8)
    assert (result.verdict, result.instances) == ("exhausted", count)


def test_a_program_asked_outside_of_the_window_has_to_be_right_there() -> None:
    """Hd decides {} on 0 and 1; but asked about <<1.1>.0> it says no longer no."""
    found = decide_layer(1, "0,1", "empty")
    assert found.by_members()[0].program == parse_program("hd")
    listed = list(compositions(found, upper=5, most=3))
    assert None in listed
    lower, upper = parse_program("hd"), parse_program("then(cons(cons(id, id), id), ask)")
    # On 1 the question is <<1.1>.1>, whose head is no answer.
    assert run(substitute(upper, lower), numeral(1)).value == parse_tree("<1.1>")
    assert not any(
        one is not None and (one.lower, one.upper) == (lower, upper) for one in listed
    )
    result = composition(found, upper=5, most=3)
    assert (result.instances, result.skipped) == (
        sum(one is not None for one in listed), sum(one is None for one in listed)
    )


def test_a_wrong_bound_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    found = decide_layer(3, "pairs:2", "set:nil")
    assert composition(found, upper=2).verdict == "exhausted"
    with monkeypatch.context() as patch:
        patch.setattr(layer_laws, "substituted_size", lambda p, q: size(p) + size(q))
        result = composition(found, upper=2)
    assert result.verdict == "refuted" and result.counterexample is not None
    assert "not 2" in result.counterexample["wrong"]
    with monkeypatch.context() as patch:
        # The program of another set.
        patch.setattr(layer_laws, "substitute", lambda p, q: parse_program("quote 0"))
        patch.setattr(layer_laws, "substituted_size", lambda p, q: 1)
        result = composition(found, upper=2)
    assert result.counterexample is not None
    assert result.counterexample["wrong"] == "quote 0 does not decide it"


def test_a_set_that_a_layer_lacks_is_refuted() -> None:
    """The layer without one of its sets is not closed under composition."""
    found = decide_layer(3, "pairs:2", "set:nil")
    lost = found.subset([NIL, numeral(1), numeral(2)])
    assert repr(found.by_members()[lost].program) == "then(hd, ask)"
    parts = tuple(
        Found(part.programs, part.deciding,
              tuple(one for one in part.sets if one.members != lost), part.unknown)
        for part in found.by_size
    )
    result = composition(Layer(found.oracle, 3, found.window, parts), upper=3)
    assert result.verdict == "refuted" and result.counterexample is not None
    assert result.counterexample["wrong"] == "it is not in the layer of size 3"


# Joins


def test_the_sizes_of_halves() -> None:
    assert (size(half(FALSE)), size(half(TRUE))) == (5, 6)


@pytest.mark.parametrize(
    ("first", "second", "bound"), [("set:nil", "set:1", 7), ("full", "set:nil,2", 6)]
)
def test_layers_reappear_in_the_join(first: str, second: str, bound: int) -> None:
    left, right = (decide_layer(3, "pairs:2", spec) for spec in (first, second))
    both = decide_layer(bound, "pairs:2", f"join:{first}+{second}", workers=1)
    oracle = both.oracle
    assert isinstance(oracle, Table if first != "full" else JoinedSet)
    for side, tag, more in ((left, FALSE, 4), (right, TRUE, 5)):
        for found in halves(side, tag):
            program = found.part.program
            assert found.size == size(found.program) == found.part.size + more * asks(program)
            for tree in SMALL:
                expected = run(program, tree, oracle=side.oracle).value
                assert run(found.program, tree, oracle=oracle).value == expected
            if found.size <= both.size:
                assert both.up_to(found.size).holds(found.part.members) is True
    result = join(left, right, both)
    assert (result.verdict, result.instances) == ("exhausted", len(left.sets) + len(right.sets))


def test_a_layer_of_another_join_is_refuted() -> None:
    left, right = (decide_layer(1, "pairs:1", spec) for spec in ("set:nil", "set:1"))
    assert join(left, right, decide_layer(1, "pairs:1", "join:set:nil+set:1")).verdict == (
        "exhausted"
    )
    result = join(left, right, decide_layer(1, "pairs:1", "join:set:1+set:nil"))
    assert result.verdict == "refuted" and result.counterexample is not None
    assert result.counterexample["p"] == "ask"


# The jump


@pytest.mark.parametrize("spec", ["empty", "full", "set:nil"])
@pytest.mark.parametrize("bound", [3, 4, 5, 6])
def test_the_jump_is_outside(spec: str, bound: int) -> None:
    """On the codes of the programs of size at most k no program of size at most k-2, and so none
    of size at most k-4, decides which of them halt."""
    oracle = read_oracle(spec)
    found = decide_layer(min(bound, 4), f"codes:{bound}", oracle, workers=1)
    halting = halting_set(found, bound, oracle, workers=1)
    assert halting is not None
    for n in range(1, bound - 1):
        assert found.up_to(n).holds(halting) is False
    result = outside(found, bound, halting)
    assert result.verdict == "exhausted"
    assert result.instances == sum(1 for _ in programs_to(bound - 2))


def test_the_halting_set_is_that_of_the_programs() -> None:
    oracle = read_oracle("full")
    found = decide_layer(1, "codes:3", oracle)
    halting = halting_set(found, 3, oracle, workers=1)
    assert halting is not None
    members = found.trees(halting)
    for program in programs_to(3):
        halts = decide(program, code(program), oracle=FULL).verdict == "halts"
        assert (code(program) in members) is halts
    assert len(members) == 5 + 1 + 68


def test_the_bound_is_sharp() -> None:
    """All programs of size at most 2 halt, which quote 1, of size 2, decides; no program of size 1
    has only the values that it would need."""
    oracle = read_oracle("empty")
    found = decide_layer(2, "codes:2", oracle)
    halting = halting_set(found, 2, oracle, workers=1)
    assert halting == (1 << 6) - 1
    assert repr(found.by_members()[halting].program) == "quote 1"
    assert found.up_to(1).holds(halting) is False
    assert outside(found, 2, halting).verdict == "unknown"  # there is no program to speak of
    refuted = outside(found, 4, halting)
    assert refuted.verdict == "refuted" and refuted.counterexample == {"p": "quote 1"}


def test_an_undecided_jump_is_unknown() -> None:
    found = decide_layer(1, "codes:3", "empty")
    result = outside(found, 3, None)
    assert (result.verdict, result.reason) == ("unknown", "not all of the jump is decided")
    said: dict[tuple[str, str], Answer] = {("id", repr(tree)): "unknown" for tree in found.window}
    open_ = layer(EMPTY, 1, found.window, given(said))
    assert outside(open_, 3, 0b1).verdict == "unknown"


def test_all_laws() -> None:
    oracle, other = read_oracle("set:nil"), read_oracle("full")
    listed = [decide_layer(3, "codes:4", each) for each in (oracle, other)]
    results = list(laws(listed[0], "codes:4", oracle, (listed[1], other), workers=1))
    assert [(result.name, result.verdict) for result in results] == [
        ("growth", "exhausted"), ("composition", "exhausted"), ("join", "exhausted"),
        ("jump", "exhausted"),
    ]
    pairs = decide_layer(2, "pairs:2", oracle)
    assert [result.name for result in laws(pairs, "pairs:2", oracle)] == ["growth", "composition"]


# Windows


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("pairs:0", ["0"]),
        ("pairs:2", ["0", "1", "2", "<1.0>"]),
        ("numbers:0", ["0"]),
        ("numbers:3", ["0", "1", "2", "3"]),
        ("codes:1", ["1", "<1.0>", "<2.0>", "<3.0>", "<4.0>"]),
        ("0", ["0"]),
        ("<1.2>, [0, 1] ,nil,<1.2>,0", ["<1.2>", "<0.<1.0>>", "0"]),
    ],
)
def test_windows(spec: str, expected: list[str]) -> None:
    assert parse_window(spec) == tuple(parse_tree(text) for text in expected)


def test_windows_of_all_trees_and_codes() -> None:
    assert parse_window("pairs:5") == tuple(trees_to(5))
    assert parse_window("codes:5") == tuple(
        code(program) for n in range(1, 6) for program in programs(n)
    )
    assert len(parse_window("numbers:1000")) == 1001


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("", "window: line 1, column 1: no tree"),
        ("pairs", "window: line 1, column 1: unexpected 'pairs'"),
        ("pairs:", "window 'pairs:': bound ''; expected a number from 0 to 11"),
        ("pairs:12", "window 'pairs:12': bound '12'; expected a number from 0 to 11"),
        ("pairs:-1", "window 'pairs:-1': bound '-1'; expected a number from 0 to 11"),
        ("pairs:²", "bound '²'"),
        ("codes:0", "expected a number from 1 to 7"),
        ("codes:8", "expected a number from 1 to 7"),
        ("numbers:1001", "expected a number from 0 to 1000"),
        (f"numbers:{'1' * 5000}", "expected a number from 0 to 1000"),
        ("tree:1", "unknown window 'tree:1'; expected pairs:N, codes:K, numbers:N or TREE,TREE,…"),
        ("0;1", "window: line 1, column 2: unexpected ';'; expected ',' or the end"),
        ("0,", "window: line 1, column 3: no tree"),
        ("0,<1", "window: line 1, column 5: the text ends inside a pair"),
        ("60000,50000", "window '60000,50000': a window of large trees; expected numerals and"),
        ("1" * 5000, "a window of large trees"),
    ],
)
def test_no_windows(spec: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_window(spec)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_large_tree_is_refused_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "parse_tree_at", lambda *_, **__: pytest.fail("made"))
    with pytest.raises(BadInput, match="a window of large trees"):
        parse_window("9000000")


@pytest.mark.parametrize(
    ("window", "message"),
    [
        ((), "no tree in the window"),
        ((NIL, TRUE, NIL), "0 is in the window twice"),
        ((NIL, "nil"), "expected trees"),
    ],
)
def test_what_is_no_window(window: Any, message: str) -> None:
    refusing: list[Callable[[], object]] = [
        lambda: check_window(window),
        lambda: Layer(EMPTY, 0, window, ()),
        lambda: layer(EMPTY, 1, window, answers(EMPTY)),
        lambda: decide_layer(1, window),
    ]
    for refuse in refusing:
        with pytest.raises(BadInput, match=message):
            refuse()


# Bounds


@pytest.mark.parametrize("bound", [-1, 0, LARGEST_SIZE + 1, 10**30])
def test_no_size(bound: int) -> None:
    with pytest.raises(BadInput, match=f"expected a size from 1 to {LARGEST_SIZE}"):
        decide_layer(bound, "pairs:1")


def test_too_many_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LayerDecider", lambda *_: pytest.fail("began"))
    with pytest.raises(BadInput) as caught:
        decide_layer(6, "codes:6")
    assert str(caught.value) == (
        "13,739 programs on 13,739 trees are 188,760,121 runs; expected at most "
        f"{MOST_RUNS:,}: a smaller size or window"
    )


def test_size_6_takes_seconds() -> None:
    decide_layer(1, "pairs:2", "set:nil")  # compiles
    began = time.perf_counter()
    decide_layer(6, "pairs:2", "set:nil", workers=1)
    assert time.perf_counter() - began < 20


def members_of(found: Layer) -> set[Subset]:
    return set(found.by_members())


def test_a_smaller_window_has_the_smaller_sets() -> None:
    """What is decided on a window is decided on each part of it."""
    large, small = (decide_layer(4, window, "set:nil") for window in ("pairs:3", "pairs:2"))
    restricted = {small.subset(large.trees(subset)) for subset in members_of(large)}
    assert restricted <= members_of(small)

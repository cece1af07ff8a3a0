"""Constructions: what they make is what the models make, it runs, and the command that makes it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from checks.catalogue import CARDS
from checks.constructions import (
    CONSTRUCTIONS,
    KINDS,
    Construction,
    construction,
    equation_lines,
)
from checks.machine.kleene_post import jump_of
from checks.machine.turing_jump import Jump
from checks.verification import load
from models.errors import BadInput
from models.machine import (
    code_substitution,
    condition,
    degrees,
    diagonal,
    extension_search,
    generic_programs,
    internalisation,
    kleene_post,
    recursion,
    specialisation,
    transform,
    turing_jump,
    universal,
)
from models.machine.breadth_first import advance
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import (
    Ask,
    Id,
    Program,
    code,
    decode,
    format_program,
    parse_program,
    size,
)
from models.machine.run import run
from models.machine.source import load_program
from models.machine.tree import (
    FALSE,
    NIL,
    TRUE,
    Pair,
    Tree,
    format_tree,
    length,
    numeral,
    parse_tree,
    trees,
    truth,
)
from models.machine.universal import OVERHEAD, UNIVERSAL, UNIVERSAL_STEPS
from models.revision import limit_lemma, mind_changes, self_modification
from tests.checks.console import Command
from tests.revision import modifiers

RUNNING = [found for found in CONSTRUCTIONS.values() if found.runs]
every_construction = pytest.mark.parametrize(
    "found", CONSTRUCTIONS.values(), ids=lambda found: found.name
)
every_running = pytest.mark.parametrize("found", RUNNING, ids=lambda found: found.name)


# --- what there is --------------------------------------------------------------------------------


def test_cards_name_constructions_and_each_is_on_a_card() -> None:
    named = {name for one in CARDS for name in one.constructions}
    assert named == set(CONSTRUCTIONS)


@every_construction
def test_words(found: Construction) -> None:
    assert construction(found.name) is found
    assert found.says.endswith(".") and "  " not in found.says
    names = [name for name, _ in found.parameters]
    assert len(set(names)) == len(names)
    assert found.call == (f"{found.name}({', '.join(names)})" if names else found.name)
    assert len(found.example) in (0, len(names))
    if found.runs:
        assert all(kind != "other" for _, kind in found.parameters)
    else:
        assert not found.example and found.definition


@pytest.mark.parametrize(
    "found", [found for found in CONSTRUCTIONS.values() if found.definition],
    ids=lambda found: found.name,
)
def test_the_equation_is_that_of_the_function(found: Construction) -> None:
    """The kernel's definition reads the very function that is run."""
    definition = load(found.definition)()
    assert definition.function.equation is found.build
    first, *rows = equation_lines(found)
    if rows:
        assert first == f"{found.call} ="
        assert all(row.startswith("  ") for row in rows)
        assert rows[-1].endswith(", otherwise")
        assert all(", if " in row for row in rows[:-1])
    else:
        assert first.startswith(f"{found.call} = ")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("specialise", ["specialise(p, c) = Then(Cons(Quote(c), Id), p)"]),
        ("internalise", ["internalise(p, t) = substitute(p, answers(t))"]),
        ("absence", ["absence(x) = While(Then(Quote(x), Ask), Id)"]),
        ("time", ["time(R, s, x) = (1 - s) / (1 + (R - 1) · x) + s / (1 - x)"]),
        ("balance", ["balance(R, s) = square_root((1 - s) · (R - 1) / s)"]),
        (
            "optimal_time",
            ["optimal_time(R, s) = (square_root(s · (R - 1)) + square_root(1 - s))² / R"],
        ),
        (
            "substitute",
            [
                "substitute(p, q) =",
                "  p, if p is Id or p is Hd or p is Tl",
                "  q, if p is Ask",
                "  p, if p is Quote",
                "  Cons(substitute(p.first, q), substitute(p.second, q)), if p is Cons",
                "  Then(substitute(p.first, q), substitute(p.second, q)), if p is Then",
                "  If(substitute(p.test, q), substitute(p.then, q), substitute(p.otherwise, q)), "
                "if p is If",
                "  While(substitute(p.test, q), substitute(p.body, q)), otherwise",
            ],
        ),
    ],
)
def test_equations_for_a_reader(name: str, lines: list[str]) -> None:
    assert equation_lines(construction(name)) == lines


# --- what they make -------------------------------------------------------------------------------

GROW, IS_ZERO = modifiers.GROW, modifiers.IS_ZERO
DECREMENT, COMPLEMENT = parse_program("then(tl, ask)"), parse_program("if(ask, quote 0, quote 1)")
ONCE, TWICE = parse_program("then(hd, ask)"), parse_program("cons(ask, then(tl, ask))")
TRANSCRIPT = parse_tree("[<nil.true>]")

MADE: dict[str, tuple[Program, str]] = {
    "substitute": (
        transform.substitute(TWICE, COMPLEMENT),
        "cons(if(ask, quote 0, quote 1), then(tl, if(ask, quote 0, quote 1)))",
    ),
    "half": (degrees.half(parse_tree("true")), "then(cons(quote 1, id), ask)"),
    "joining": (
        degrees.joining(parse_program("ask"), COMPLEMENT),
        "if(hd, if(then(hd, hd), quote 0, if(then(hd, tl), quote 0, "
        "then(tl, if(ask, quote 0, quote 1)))), if(id, then(tl, ask), quote 0))",
    ),
    "specialise": (
        specialisation.specialise(parse_program("cons(tl, hd)"), parse_tree("1")),
        "then(cons(quote 1, id), cons(tl, hd))",
    ),
    "answers": (
        internalisation.answers(TRANSCRIPT), "if(if(id, quote 0, quote 1), quote 1, ask)"
    ),
    "internalise": (
        internalisation.internalise(TWICE, TRANSCRIPT),
        "cons(if(if(id, quote 0, quote 1), quote 1, ask), "
        "then(tl, if(if(id, quote 0, quote 1), quote 1, ask)))",
    ),
    "absence": (turing_jump.absence(parse_tree("1")), "while(then(quote 1, ask), id)"),
    "above": (
        turing_jump.ABOVE,
        "then(cons(quote 8, cons(cons(quote 6, cons(cons(quote 4, id), quote <3.0>)), quote 1)), "
        "if(ask, quote 0, quote 1))",
    ),
    "known": (condition.ANSWER, ""),
    "checked": (condition.CHECKED, "then(ask, then(while(if(id, quote 0, quote 1), id), tl))"),
    "decided": (condition.BIT, ""),
    "trying": (extension_search.trying(condition.ANSWER), ""),
    "finding": (extension_search.finding(condition.ANSWER), ""),
    "searching_from": (
        extension_search.search(condition.ANSWER, code(parse_program("hd")), NIL, numeral(2)), ""
    ),
    "asking_jump": (generic_programs.asking_jump(), ""),
    "extending_conditions": (generic_programs.extending_conditions(), ""),
    "half_staging": (generic_programs.half_staging(), ""),
    "staging": (generic_programs.staging(), ""),
    "building": (generic_programs.building(), ""),
    "computing": (generic_programs.computing(NIL, TRUE), ""),
    "from_set": (
        kleene_post.from_set(DECREMENT),
        "then(cons(quote 1, id), then(tl, then(cons(quote 0, id), ask)))",
    ),
    "diagonal": (diagonal.diagonal(ONCE), "then(then(hd, ask), while(id, id))"),
    "short_diagonal": (diagonal.short_diagonal(ONCE), "while(then(hd, ask), id)"),
    "reducing": (code_substitution.reducing(code(COMPLEMENT)), ""),
    "with_self": (recursion.with_self(ONCE), ""),
    "recursive": (recursion.recursive(parse_program("hd")), ""),
    "make_recursive": (recursion.MAKE_RECURSIVE, ""),
    "one_step": (universal.one_step(universal.ASK), ""),
    "universal": (UNIVERSAL, ""),
    "clocked": (universal.CLOCKED, ""),
    "revised": (self_modification.revised(GROW, UNIVERSAL), ""),
    "composed": (
        self_modification.composed(GROW, code(IS_ZERO), numeral(2), UNIVERSAL), ""
    ),
    "counted": (self_modification.counted(GROW, code(IS_ZERO), Id(), UNIVERSAL), ""),
    "changing": (
        limit_lemma.changing(DECREMENT),
        "while(if(then(tl, ask), then(cons(hd, cons(quote 0, tl)), then(tl, ask)), "
        "then(cons(hd, cons(quote 0, tl)), then(then(tl, ask), if(id, quote 0, quote 1)))), "
        "cons(hd, cons(quote 0, tl)))",
    ),
    "deciding": (limit_lemma.deciding(DECREMENT), ""),
    "guesser": (limit_lemma.guessing(Ask(), limit_lemma.halts_within(universal.ASK)), ""),
    "stopping": (
        limit_lemma.stopping(parse_program("quote 3"), DECREMENT),
        "then(cons(id, quote 3), then(tl, ask))",
    ),
    "steady": (limit_lemma.steady(Ask()), "then(hd, ask)"),
    "contrary": (mind_changes.contrary_by(numeral(1), universal.ASK), ""),
}
"""By name the program of the example: as the models make it, and as a text that fits on a line."""


def test_every_example_is_here() -> None:
    assert set(MADE) == {found.name for found in RUNNING}


OF_ANOTHER: dict[str, tuple[str, Any]] = {
    "one_step": ("proofs.machine.universal_step:one_step", universal.one_step),
    "searching_from": ("proofs.machine.extension_search:search", extension_search.search),
    "revised": ("proofs.revision.self_modification:revised", self_modification.revised),
    "composed": ("proofs.revision.self_modification:composed", self_modification.composed),
    "counted": ("proofs.revision.self_modification:counted", self_modification.counted),
    "guesser": ("proofs.revision.limit_lemma:guesser", limit_lemma.guessing),
    "contrary": ("proofs.revision.contrary:contrary_program", mind_changes.contrary_by),
}
"""Constructions without an equation to show: by name the kernel's definition of the function that
makes them, with a program put down for one of its parameters, or too long to show."""


def test_where_the_kernel_has_what_shows_no_equation() -> None:
    """It is either a program or made, in MADE, by a function of which the kernel has a definition.
    """
    for found in RUNNING:
        if found.definition:
            continue
        assert equation_lines(found) == []
        if isinstance(found.build, Program):
            assert found.parameters == () and found.name not in OF_ANOTHER
        else:
            where, function = OF_ANOTHER[found.name]
            assert load(where)().function.equation is function


def test_each_example_is_run_somewhere() -> None:
    rows = {name for name, *_ in ROWS}
    assert rows | set(CLAIMS) | {"one_step"} == set(MADE)


@every_running
def test_an_example_is_what_the_models_make(found: Construction, jumpbound: Command) -> None:
    program, text = MADE[found.name]
    assert found.program(found.example) == program
    said = jumpbound("construct", found.name, *found.example)
    assert (said.code, said.err) == (0, "")
    assert parse_program(said.out) == program
    assert said.out == f"{format_program(program)}\n"
    assert text in ("", said.out.strip())


@every_running
def test_as_json(found: Construction, jumpbound: Command) -> None:
    program = MADE[found.name][0]
    said = jumpbound("construct", found.name, *found.example, "--json")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == {
        "name": found.name, "arguments": list(found.example), "program": format_program(program),
        "size": size(program),
    }


def code_of(program: Program | str) -> str:
    found = parse_program(program) if isinstance(program, str) else program
    return format_tree(code(found), style="numbers")


TL = parse_program("tl")
FIXED = code_of(specialisation.specialise(TL, code(TL)))
QUINE = recursion.recursive(parse_program("hd"))
ASKS_OF_NIL = code_of("then(quote <true.nil>, ask)")


HALTS = "it halts"
LOOPS = "it goes on"


ROWS = [
    ("substitute", "empty", "3", "<1.1>"),
    ("substitute", "set:3", "3", "2"),  # the pair of false and true
    ("half", "set:<1.2>", "2", "1"),
    ("half", "set:<0.2>", "2", "0"),
    ("joining", "set:5", "<0.5>", "1"),
    ("joining", "set:5", "<0.4>", "0"),
    ("joining", "set:5", "<1.5>", "0"),
    ("joining", "set:5", "<1.4>", "1"),
    ("joining", "set:5", "<2.5>", "0"),
    ("joining", "set:0", "0", "0"),
    ("specialise", "empty", "2", "<2.1>"),
    ("answers", "empty", "0", "1"),
    ("answers", "empty", "1", "0"),
    ("answers", "full", "1", "1"),
    ("internalise", "empty", "0", "<1.1>"),
    ("internalise", "empty", "1", "2"),
    ("absence", "empty", "5", HALTS),
    ("absence", "set:1", "5", LOOPS),
    ("above", "jump", "1", "0"),
    ("above", "jump/set:1", "1", "1"),
    ("diagonal", "empty", "<3.0>", HALTS),
    ("diagonal", "set:3", "<3.0>", LOOPS),
    ("short_diagonal", "empty", "<3.0>", HALTS),
    ("short_diagonal", "set:3", "<3.0>", LOOPS),
    # Every tree is in the full set, which answers true: its tail is nil.
    ("checked", "full", "5", "0"),
    ("checked", "empty", "5", LOOPS),
    # The condition <true.<false.nil>>: nil is out, 1 is in, and of 2 nothing is known.
    ("decided", "empty", "<0.<1.<0.0>>>", "<0.0>"),
    ("decided", "empty", "<1.<1.<0.0>>>", "<0.1>"),
    ("decided", "empty", "<2.<1.<0.0>>>", "0"),
    ("known", "empty", "<<1.<0.0>>.<1.1>>", "<0.1>"),
    ("known", "empty", "<<1.<0.0>>.<1.2>>", "0"),
    ("known", "set:2", "<0.<0.2>>", "<0.1>"),
    ("known", "set:2", "<0.<0.3>>", "<0.0>"),
    ("known", "set:2", "<0.<2.2>>", "<0.0>"),
    # It takes three steps to ask whether nil is in the set, as it is in both.
    ("trying", "empty", f"<<{ASKS_OF_NIL}.0>.<[[1]].0>>", "0"),
    ("trying", "empty", f"<<{ASKS_OF_NIL}.0>.<[[0, 0, 1]].0>>", "<1.<0.1>>"),
    ("finding", "empty", f"<<{code_of('hd')}.<3.0>>.<[0].0>>", "<[0].3>"),
    ("searching_from", "empty", "0", "<[0].0>"),
    ("from_set", "set:<0.2>", "2", "1"),
    ("from_set", "set:<0.2>", "3", "0"),
    ("from_set", "set:<1.2>", "2", "0"),
    # The example answers for the complement: this is the jump of full, from that of empty.
    ("reducing", "jump", code_of("then(ask, id)"), "1"),
    ("reducing", "jump", code_of("while(ask, id)"), "0"),
    ("reducing", "jump/full", code_of("while(ask, id)"), "1"),
    ("with_self", f"set:{FIXED}", f"<{code_of(TL)}.5>", "1"),
    ("with_self", f"set:{FIXED}", f"<{code_of('hd')}.5>", "0"),
    ("recursive", "empty", "5", code_of(QUINE)),
    ("make_recursive", "empty", code_of("hd"), code_of(QUINE)),
    # In stage 9 it has seen what these guess at themselves.
    ("contrary", "empty", f"<{code_of('quote 1')}.9>", "0"),
    ("contrary", "empty", f"<{code_of('ask')}.9>", "1"),
    ("contrary", "full", f"<{code_of('ask')}.9>", "0"),
]


@pytest.mark.parametrize(("name", "oracle", "value", "expected"), ROWS)
def test_what_is_printed_runs(
    name: str, oracle: str, value: str, expected: str, jumpbound: Command
) -> None:
    made = jumpbound("construct", name, *CONSTRUCTIONS[name].example).out.strip()
    said = jumpbound(
        "run", "-e", made, "--input", value, "--oracle", oracle, "--gas", "20000", "--numbers",
        "--json",
    )
    assert said.err == ""
    found = json.loads(said.out)
    if expected == LOOPS:
        assert (said.code, found["outcome"]) == (1, "out-of-gas")
    else:
        assert (said.code, found["outcome"]) == (0, "halted")
        assert expected == HALTS or parse_tree(expected) == parse_tree(found["value"])


# Each claim says what a program does in terms of runs of the programs it is made for.


@dataclass(frozen=True)
class Claim:
    """``says``: the value that the example has on each of the ``inputs`` relative to an oracle,
    none if it goes on for ever; ``relative``: the oracle that it is given, for the one that is
    meant; ``gas``: enough where it does not."""

    says: Callable[[Oracle, Tree], Tree | None]
    inputs: Sequence[Tree]
    relative: Callable[[Oracle], Oracle] = lambda f: f
    gas: int = 30_000


ENOUGH = 60
"""Steps: more than any of the small programs takes that halts."""

SETS = (EMPTY, FULL, Table({numeral(0): TRUE, numeral(2): TRUE}))
SMALL = [tree for pairs in range(3) for tree in trees(pairs)]
CODES = [code(parse_program(text)) for text in (
    "ask", "cons(hd, ask)", "if(tl, quote 1, quote 0)", "while(tl, tl)", "while(ask, tl)",
    "while(id, id)",
)]
NUMBERS = [numeral(number) for number in (0, 1, 2, 3, 6)]


def value(e: Tree, x: Tree, f: Oracle, gas: int = ENOUGH) -> Tree | None:
    return run(decode(e), x, oracle=f, gas=gas).value


def parts(tree: Tree) -> tuple[Tree, Tree]:
    assert isinstance(tree, Pair)
    return tree.head, tree.tail


def pairs(*each: Sequence[Tree]) -> list[Tree]:
    """Of all choices the pairs, to the right."""
    return [
        reduce(lambda rest, one: Pair(one, rest), reversed(choice)) for choice in product(*each)
    ]


def without_tails(tree: Tree, count: int) -> Tree:
    return reduce(lambda left, _: left.tail if isinstance(left, Pair) else NIL, range(count), tree)


def universally(f: Oracle, given: Tree) -> Tree | None:
    return value(*parts(given), f)


def by_the_clock(f: Oracle, given: Tree) -> Tree:
    task, clock = parts(given)
    found = value(*parts(task), f, length(clock))
    return NIL if found is None else Pair(TRUE, found)


def grown(f: Oracle, given: Tree) -> Tree | None:
    """GROW puts a tl before a program, once a round."""
    rounds, task = parts(given)
    e, x = parts(task)
    return value(e, without_tails(x, length(rounds)), f)


def next_change(f: Oracle, given: Tree) -> Tree | None:
    """The stage is in the set or not; from 3 on these sets say the same."""
    x, stage = parts(given)
    for number in range(length(stage), 3):
        if f(numeral(number)) != f(numeral(number + 1)):
            return Pair(x, numeral(number))
    return None


def seen_to_halt(f: Oracle, given: Tree) -> Tree:
    e, stage = parts(given)
    return truth(value(e, e, f, length(stage)) is not None)


def opposite(f: Oracle, given: Tree) -> Tree:
    """What contrary(1) has: of at most two changes of mind, true coming first, the last opposed."""
    e, clock = parts(given)
    last, left = True, 2
    for stage in range(length(clock)):
        found = value(e, Pair(e, numeral(stage)), f, length(clock))
        if found is None:
            break
        if (found != NIL) != last and left > 0:
            last, left = not last, left - 1
    return truth(not last)


def first_right(f: Oracle, z: Tree, a: Tree, b: Tree) -> tuple[Tree, Tree] | None:
    """The condition that is found from a for z on b, and the value; none if z does not halt. Only
    those to five bits are tried: the programs that halt take no more steps."""
    queue: Tree = Pair(Pair(a, NIL), NIL)
    while length(t := parts(parts(queue)[0])[0]) <= 5:
        known = partial(condition.partial_join, f, t)
        found = run(decode(z), b, oracle=known, gas=length(t)).value
        if found is not None:
            return t, found
        queue = advance(TRUE, queue)
    return None


def asked_of_jump(f: Oracle, given: Tree) -> Tree:
    z, conditions = parts(given)
    return truth(first_right(f, z, *parts(conditions)) is not None)


def extended(f: Oracle, given: Tree) -> Tree:
    z, conditions = parts(given)
    a, b = parts(conditions)
    found = first_right(f, z, a, b)
    if found is None:
        return Pair(a, Pair(FALSE, b))
    return Pair(found[0], Pair(truth(found[1] == NIL), b))


def after_stage(f: Oracle, state: Tree) -> Tree:
    queue, conditions = parts(state)
    node = parts(parts(queue)[0])[0]
    z = node.head if isinstance(node, Pair) else NIL
    first, second = parts(extended(f, Pair(z, conditions)))
    second, first = parts(extended(f, Pair(z, Pair(second, first))))
    return Pair(advance(NIL, queue), Pair(first, second))


def after_stages(f: Oracle, given: Tree) -> Tree:
    count, state = parts(given)
    return Pair(NIL, reduce(lambda now, _: after_stage(f, now), range(length(count)), state))


def second_set(f: Oracle, x: Tree) -> Tree:
    begun = Pair(Pair(Pair(NIL, Pair(NIL, NIL)), NIL), Pair(NIL, NIL))
    _, state = parts(after_stages(f, Pair(numeral(length(x) + 1), begun)))
    bits = parts(parts(state)[1])[1]
    return parts(without_tails(bits, length(bits) - length(x) - 1))[0]


EXTENDING = pairs(
    [code(parse_program(text)) for text in (
        "hd", "quote 1", "then(quote <0.2>, ask)", "then(quote <1.0>, ask)",
    )],
    [NIL, Pair(TRUE, NIL)], [NIL, numeral(2)],
)
LOOPING = pairs([code(parse_program("while(quote 1, id)"))], [NIL, Pair(TRUE, NIL)], [NIL])
"""A program, a first condition, and a second one; no program of the latter halts."""

STATES = [
    Pair(Pair(Pair(Pair(z, NIL), NIL), NIL), conditions)
    for z, conditions in map(parts, EXTENDING[:4] + LOOPING)
]
"""With a queue of one node."""


CLAIMS = {
    "universal": Claim(universally, pairs(CODES, SMALL), gas=OVERHEAD * ENOUGH + UNIVERSAL_STEPS),
    "clocked": Claim(
        by_the_clock, [Pair(task, clock) for task in pairs(CODES, SMALL[:3]) for clock in NUMBERS]
    ),
    "revised": Claim(grown, pairs(NUMBERS[:3], CODES[:4], SMALL)),
    "composed": Claim(lambda _, x: truth(without_tails(x, 2) == NIL), SMALL),
    "counted": Claim(lambda _, x: TRUE, SMALL),
    "changing": Claim(next_change, pairs(SMALL, NUMBERS), gas=500),
    "asking_jump": Claim(asked_of_jump, EXTENDING + LOOPING, jump_of),
    "extending_conditions": Claim(extended, EXTENDING, jump_of),
    "half_staging": Claim(extended, EXTENDING + LOOPING, jump_of),
    "staging": Claim(after_stage, STATES, jump_of),
    "building": Claim(after_stages, pairs(NUMBERS[:2], STATES), jump_of),
    "computing": Claim(second_set, SMALL, jump_of),
    # In the limit the stage is none of 0, 1, 2.
    "deciding": Claim(lambda f, _: f(numeral(3)), SMALL, Jump),
    "guesser": Claim(seen_to_halt, pairs(CODES, NUMBERS)),
    "stopping": Claim(lambda f, _: f(numeral(3)), SMALL),
    "steady": Claim(lambda f, given: f(parts(given)[0]), pairs(SMALL, NUMBERS)),
    "contrary": Claim(opposite, pairs(CODES, [numeral(stage) for stage in (0, 1, 4, 8)])),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_it_does_what_is_said_of_it(name: str) -> None:
    found = construction(name)
    program, claim = found.program(found.example), CLAIMS[name]
    for f, tree in product(SETS, claim.inputs):
        said = run(program, tree, oracle=claim.relative(f), gas=claim.gas).value
        assert said == claim.says(f, tree), (f, tree)


@pytest.mark.parametrize("f", SETS, ids=repr)
def test_one_step_after_the_other_is_the_run(f: Oracle) -> None:
    """As many steps, and the same value in the accumulator."""
    found = construction("one_step")
    once = found.program(found.example)
    for e, x in product(CODES[:5], SMALL):
        state = run(universal.START, Pair(NIL, Pair(e, x))).value
        for _ in range(run(decode(e), x, oracle=f, gas=ENOUGH).steps):
            assert state is not None and parts(state)[0] != NIL
            state = run(once, state, oracle=f).value
        expected = value(e, x, f)
        if expected is not None:
            control, rest = parts(state)
            assert (control, parts(rest)[0]) == (NIL, expected)


def test_the_command_that_the_help_names(jumpbound: Command) -> None:
    said = jumpbound("construct", "--help")
    assert said.code == 0
    assert "jumpbound construct specialise 'cons(tl, hd)' 1" in " ".join(said.out.split())


# --- the list -------------------------------------------------------------------------------------


def test_arguments_from_files(jumpbound: Command, place: Path) -> None:
    """Programs and trees; a program whose code is taken too."""
    (place / "tail.while").write_text("tail read X { X := tl X } write X", encoding="utf-8")
    (place / "head.term").write_text("hd // first\n", encoding="utf-8")
    (place / "tree.txt").write_text("<1.2>\n", encoding="utf-8")
    assert jumpbound("construct", "specialise", "@head.term", "@tree.txt").out == (
        jumpbound("construct", "specialise", "hd", "<1.2>").out
    )
    deciding = jumpbound("construct", "deciding", "@tail.while")
    assert deciding.code == 0
    tail = load_program(place / "tail.while")
    assert parse_program(deciding.out) == limit_lemma.deciding(tail)
    assert jumpbound("construct", "reducing", "@head.term").out == (
        jumpbound("construct", "reducing", "hd").out
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("specialise", "@none.term", "1"), "none.term: cannot read it: No such file"),
        (("specialise", "@", "1"), "p: no file after '@'; expected @FILE"),
        (("specialise", "hd", "@wrong.txt"), "wrong.txt: line 2, column 1: unexpected 'x'"),
        (("recursive", "@wrong.txt"), "wrong.txt: line 1, column 1: "),
        (("contrary", "@wrong.txt"), "n: '@wrong.txt'; expected a whole number"),
    ],
)
def test_files_that_are_no_argument(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], message: str
) -> None:
    (place / "wrong.txt").write_text("<1.\nx>", encoding="utf-8")
    said = jumpbound("construct", *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"jumpbound: {message}") and said.err.count("\n") == 1


def test_the_list(jumpbound: Command) -> None:
    said = jumpbound("construct")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert len(lines) == len(RUNNING)
    for line, found in zip(lines, RUNNING, strict=True):
        call, says = line.split("  ", 1)
        assert (call, says.strip()) == (found.call, found.says)


def test_the_list_as_json(jumpbound: Command) -> None:
    said = jumpbound("construct", "--json")
    assert (said.code, said.err) == (0, "")
    listed = json.loads(said.out)["constructions"]
    assert [each["name"] for each in listed] == [found.name for found in RUNNING]
    for each in listed:
        assert [one["name"] for one in each["parameters"]] == [
            name for name, _ in CONSTRUCTIONS[each["name"]].parameters
        ]
        kinds = {one["kind"] for one in each["parameters"]}
        assert kinds <= {"program", "tree", "code", "number"}
        made = jumpbound("construct", each["name"], *each["example"])
        assert parse_program(made.out) == MADE[each["name"]][0]


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("abov", "no construction 'abov'; expected 'above'"),
        ("nowhere", "no construction 'nowhere'; expected one that 'jumpbound construct' lists"),
        ("''", "no construction ''; expected one that 'jumpbound construct' lists"),
        ("specialise", "0 arguments of specialise; expected p (a program), c (a tree)"),
        ("specialise id", "1 argument of specialise; expected p (a program), c (a tree)"),
        ("specialise id 1 2", "3 arguments of specialise; expected p (a program), c (a tree)"),
        ("above id", "1 argument of above; expected none"),
        ("reducing", "0 arguments of reducing; expected q (a program)"),
        ("specialise 'cons(tl, hd' 1", "p: line 1, column 12: the text ends inside cons("),
        ("specialise id '<1'", "c: line 1, column 3: the text ends inside a pair"),
        ("specialise 1 id", "p: line 1, column 1: "),
        ("substitute id ''", "q: "),
        ("half tl", "tag: line 1, column 1: "),
        ("use", "use makes no program from arguments as text"),
        ("time 4 1/4 0", "time makes no program from arguments as text"),
        ("use f p x n rest", "use makes no program from arguments as text"),
        ("substitute_code 1 2", "substitute_code makes no program from arguments as text"),
        ("half --wrong", "No such option: --wrong"),
        ("contrary one", "n: 'one'; expected a whole number from 0 to 10000"),
        ("contrary 10001", "n: '10001'; expected a whole number from 0 to 10000"),
        ("contrary ' 1'", "n: ' 1'; expected a whole number from 0 to 10000"),
        ("contrary", "0 arguments of contrary; expected n (a whole number)"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_bad_arguments(command: str, message: str, as_json: bool, jumpbound: Command) -> None:
    said = jumpbound("construct", *shlex.split(command), *(["--json"] if as_json else []))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"jumpbound: {message}"), said.err
    assert said.err.count("\n") == 1 and said.err.endswith("\n")


def test_a_name_that_is_long() -> None:
    with pytest.raises(BadInput) as error:
        construction("x" * 10_000)
    assert len(str(error.value)) < 500


def test_numbers_may_be_large() -> None:
    made = construction("contrary")
    small, large = made.program(("0",)), made.program(("10000",))
    assert size(large) - size(small) == 10_000
    assert parse_program(format_program(large)) == large


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("other", "number")])
def test_arguments_may_be_deep(kind: str) -> None:
    depth = 5_000 if kind == "code" else 30_000
    if kind == "tree":
        made = construction("absence").program((str(depth),))
        assert size(made) == depth + 5
    else:
        name = "diagonal" if kind == "program" else "reducing"
        made = construction(name).program(("then(hd, " * depth + "id" + ")" * depth,))
        assert size(made) > 2 * depth
    assert parse_program(format_program(made)) == made

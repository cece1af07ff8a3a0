"""The compiled machine does what the reference does, to the step and to the question."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.algebra import Concrete
from models.errors import BadInput
from models.machine import compiled_run
from models.machine.compiled import (
    ACCUMULATOR,
    AT_LOOP,
    CONTROL,
    DO,
    HALTED,
    LOOP,
    MKCONS_ENTRY,
    OUT_OF_GAS,
    REGISTERS,
    STACK,
    STEPS,
    SWAP_ENTRY,
    TOP,
    WHILE,
    advance,
)
from models.machine.compiled_run import Machine, TooLarge, run, run_batch
from models.machine.flat import Enumeration, Forest
from models.machine.oracle import EMPTY, FULL, Decided, Oracle, OracleUndecided, Table
from models.machine.program import (
    Ask,
    Cons,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
    code,
    format_program,
    parse_program,
    programs,
)
from models.machine.run import Run, trace
from models.machine.run import run as reference
from models.machine.semantics import (
    Bottom,
    Branch,
    Control,
    Do,
    Instruction,
    Loop,
    MkCons,
    Next,
    Push,
    Stack,
    State,
    Stop,
    Swap,
)
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, head, numeral, parse_tree, tree_list

ROOT = Path(__file__).parents[2]

SMALL = [program for size in range(1, 6) for program in programs(size)]
INPUTS = [parse_tree(text) for text in ("2", "[<1.0>, 0, 3]")]
MEMBERS = ["1", "<1.0>", "<0.<1.1>>", "<5.<<0.0>.<1.0>>>", "[[0, 1], 2, 3]"]
ORACLES: dict[str, Oracle] = {
    "empty": EMPTY,
    "full": FULL,
    "nil": Table({NIL: TRUE}),
    "larger trees": Table(dict.fromkeys(map(parse_tree, MEMBERS), TRUE)),
    "any answers": Table({NIL: numeral(3), numeral(3): parse_tree("<2.<1.0>>")}, numeral(1)),
    "decided": Decided(parse_program("if(hd, hd, tl)")),
}
REVERSAL = parse_program(
    "then(cons(id, quote 0), then(while(hd, cons(then(hd, tl), cons(then(hd, hd), tl))), tl))"
)
"""The list, reversed."""

QUESTIONS = parse_program("while(tl, cons(cons(hd, then(cons(tl, hd), ask)), tl))")
"""Asks about trees that get larger and larger, and goes on when the second of the pair ends."""


def agree(program: Program, value: Tree, oracle: Oracle = EMPTY, gas: int = 200) -> Run:
    """The run, which is the reference's."""
    found = run(program, value, oracle=oracle, gas=gas)
    assert found == reference(program, value, oracle=oracle, gas=gas)
    return found


# Small programs


@pytest.fixture(scope="module")
def expected() -> dict[tuple[Program, Tree, str], Run]:
    """The reference's runs; without a question they are the same for all oracles."""
    found: dict[tuple[Program, Tree, str], Run] = {}
    for program in SMALL:
        for value in [*INPUTS, code(program)]:
            for name, oracle in ORACLES.items():
                runs = (program, value, "empty")
                if name == "empty" or found[runs].queries:
                    found[program, value, name] = reference(program, value, oracle=oracle, gas=100)
                else:
                    found[program, value, name] = found[runs]
    return found


@pytest.mark.parametrize("name", ORACLES)
def test_every_small_program(name: str, expected: dict[tuple[Program, Tree, str], Run]) -> None:
    for values in (*([value] * len(SMALL) for value in INPUTS), [code(p) for p in SMALL]):
        batch = run_batch(
            SMALL, values, oracle=ORACLES[name], gas=100, results=True, queries=True
        )
        for i, (program, value) in enumerate(zip(SMALL, values, strict=True)):
            wanted = expected[program, value, name]
            assert Run(batch.results[i], int(batch.steps[i]), batch.queries[i]) == wanted
            assert bool(batch.halted[i]) is (wanted.outcome == "halted")


@pytest.mark.parametrize("name", ORACLES)
def test_one_at_a_time(name: str, expected: dict[tuple[Program, Tree, str], Run]) -> None:
    for program in SMALL[::7]:
        for value in (INPUTS[1], code(program)):
            found = run(program, value, oracle=ORACLES[name], gas=100)
            assert found == expected[program, value, name]


def test_gas_to_the_step(expected: dict[tuple[Program, Tree, str], Run]) -> None:
    for (program, value, name), wanted in list(expected.items())[::23]:
        oracle = ORACLES[name]
        if wanted.value is not None:
            assert run(program, value, oracle=oracle, gas=wanted.steps) == wanted
        less = run(program, value, oracle=oracle, gas=wanted.steps - 1)
        assert (less.value, less.steps) == (None, wanted.steps - 1)
        assert less.queries == wanted.queries[: len(less.queries)]


def control_list(entries: list[int], enumeration: Enumeration) -> Control:
    """The control list of the reference; the last entry is the next."""
    control: Control = Stop()
    for entry in entries:
        program = enumeration.program(entry >> 2)
        instruction: Instruction
        if entry in (SWAP_ENTRY, MKCONS_ENTRY):
            instruction = Swap() if entry == SWAP_ENTRY else MkCons()
        elif entry & 3 == DO:
            instruction = Do(program)
        else:
            fields = program.fields()
            instruction = Loop(*fields) if entry & 3 == LOOP else Branch(*fields[1:])
        control = Next(instruction, control)
    return control


class Small:
    """All programs of size at most 5 in flat arrays, and room to run them."""

    def __init__(self) -> None:
        self.forest = Forest()
        self.all = Enumeration(5, self.forest)
        self.forest.reserve(1000)
        self.control = np.zeros(100, np.int32)
        self.stack = np.zeros(100, np.int32)
        self.registers = np.zeros(REGISTERS, np.int64)
        self.trees: dict[int, Tree] = {}

    def begin(self, program: int) -> None:
        """The program on its own code."""
        self.trees = {0: NIL}
        self.registers[:] = 0
        self.registers[CONTROL] = 1
        self.registers[ACCUMULATOR] = self.all.code[program]
        self.registers[TOP] = self.forest.count
        self.control[0] = 4 * program

    def go_on(self, gas: int, stops_at_loops: bool = False) -> int:
        """Why it stopped; the oracle is full."""
        nothing = np.zeros(0, np.int32)
        rows = self.all.all
        return int(advance(
            rows.opcode, rows.first, rows.second, rows.third,
            self.forest.heads, self.forest.tails, nothing, nothing, nothing, 1,
            self.control, self.stack, np.zeros((0, 0), np.int32), self.registers,
            gas, stops_at_loops,
        ))

    def tree(self, number: int) -> Tree:
        """A tree of the run."""
        if number not in self.trees:
            left, right = int(self.forest.heads[number]), int(self.forest.tails[number])
            self.trees[number] = Pair(self.tree(left), self.tree(right))
        return self.trees[number]

    def state(self) -> State:
        """The state, as the reference has it."""
        stack: Stack = Bottom()
        for tree in self.stack[: self.registers[STACK]].tolist():
            stack = Push(self.tree(tree), stack)
        entries = self.control[: self.registers[CONTROL]].tolist()
        accumulator = self.tree(int(self.registers[ACCUMULATOR]))
        return State(control_list(entries, self.all), accumulator, stack)


@pytest.fixture(scope="module")
def small() -> Small:
    made = Small()
    assert made.forest.tree(1) == TRUE  # the answer of the oracle above
    return made


def test_every_state(small: Small) -> None:
    for program in range(small.all.starts[5]):
        small.begin(program)
        value = small.forest.tree(int(small.all.code[program]))
        states = trace(small.all.program(program), value, oracle=FULL, gas=40)
        for gas, state in enumerate(states):
            reason = small.go_on(gas)
            assert small.state() == state
            assert reason == (HALTED if state.control == Stop() else OUT_OF_GAS)


def test_going_on_after_each_loop(small: Small) -> None:
    for program in range(small.all.starts[6]):
        small.begin(program)
        reason = small.go_on(150)
        before = (reason, small.registers.tolist(), small.state())
        small.begin(program)
        while (reason := small.go_on(150, stops_at_loops=True)) == AT_LOOP:
            entry = int(small.control[small.registers[CONTROL] - 1])
            assert (entry & 3, small.all.all.opcode[entry >> 2]) == (DO, WHILE)
            assert small.registers[STEPS] < 150
        assert (reason, small.registers.tolist(), small.state()) == before


def test_it_stops_at_each_round_of_a_loop(small: Small) -> None:
    text = "while(id, tl)"
    node = [format_program(small.all.program(n)) for n in range(small.all.starts[4])].index(text)
    small.begin(node)
    small.registers[ACCUMULATOR] = small.forest.node(numeral(2))
    stops = []
    while small.go_on(100, stops_at_loops=True) == AT_LOOP:
        stops.append(int(small.registers[STEPS]))
    # The first step enters the loop: from there it goes on.
    assert stops == [4, 8]


# Arrays that fill up


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Next to no room at first."""
    monkeypatch.setattr(compiled_run, "FIRST_HEAP", 1)
    monkeypatch.setattr(compiled_run, "FIRST_LOG", 1)


@pytest.mark.parametrize("name", ORACLES)
def test_little_room(name: str, tiny: None) -> None:
    oracle = ORACLES[name]
    for program in SMALL[::11]:
        agree(program, parse_tree("[<1.0>, 0, 3]"), oracle, gas=120)
    agree(REVERSAL, tree_list(map(numeral, range(20))), oracle, gas=10_000)
    agree(QUESTIONS, Pair(NIL, numeral(40)), oracle, gas=10_000)
    agree(parse_program("while(quote 1, cons(ask, id))"), NIL, oracle, gas=1000)
    agree(parse_program("while(quote 1, cons(tl, ask))"), numeral(30), oracle, gas=1000)


def test_what_is_needed_is_kept(tiny: None) -> None:
    # On the stack, while a loop makes trees that nobody needs.
    busy = "while(hd, cons(then(hd, tl), cons(quote <2.1>, hd)))"
    text = f"cons(cons(id, id), then(cons(id, id), cons(tl, {busy})))"
    found = agree(parse_program(text), numeral(40), gas=3000)
    assert found.value is not None
    # In the log; the trees asked about are interned ones that the run makes again.
    asked = parse_program(f"cons(cons(tl, quote 0), then(cons(id, {busy}), then(hd, ask)))")
    members = Table({Pair(numeral(9), NIL): numeral(4)}, numeral(1))
    again = parse_program("while(hd, cons(then(hd, tl), then(cons(quote 1, quote 1), ask)))")
    agree(asked, numeral(10), members, gas=3000)
    agree(again, Pair(numeral(40), NIL), Table({Pair(TRUE, TRUE): numeral(4)}), gas=3000)


def test_memory_is_that_of_what_is_kept() -> None:
    program = parse_program("while(quote 1, cons(cons(quote 2, tl), then(hd, tl)))")
    machine = Machine([program], [NIL])
    before = len(machine.heads)
    assert not machine.run(0, 3_000_000)
    assert len(machine.heads) == before


def test_a_heap_as_large_as_is_needed(monkeypatch: pytest.MonkeyPatch, tiny: None) -> None:
    monkeypatch.setattr(compiled_run, "LARGEST_HEAP", 1000)
    program = parse_program("while(hd, cons(then(hd, tl), cons(quote 0, tl)))")
    assert agree(program, Pair(numeral(400), NIL), gas=10_000).value == Pair(NIL, numeral(400))
    with pytest.raises(TooLarge, match=r"the run holds \d+ pairs after \d+ steps; expected at mo"):
        run(program, Pair(numeral(800), NIL), gas=100_000)
    with pytest.raises(TooLarge, match="1 programs and 1001 pairs in inputs and oracle; expected"):
        run(Id(), numeral(1000))


def test_as_many_questions_as_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_run, "LARGEST_LOG", 2048)
    program = parse_program("while(id, then(cons(tl, ask), hd))")
    for oracle in (EMPTY, Decided(Id())):
        assert len(run(program, numeral(2048), oracle=oracle, gas=10**6).queries) == 2048
        with pytest.raises(TooLarge, match="the run asks more than 2048 questions in"):
            run(program, numeral(2049), oracle=oracle, gas=10**6)
        found = run(program, numeral(5000), oracle=oracle, gas=10**6, queries=False)
        assert (found.value, found.queries) == (NIL, ())


def test_as_large_a_value_as_is_handed_back(monkeypatch: pytest.MonkeyPatch) -> None:
    program = parse_program("while(hd, cons(then(hd, tl), cons(quote 0, tl)))")
    monkeypatch.setattr(compiled_run, "LARGEST_VALUE", 102)
    assert run(program, Pair(numeral(101), NIL)).value == Pair(NIL, numeral(101))
    with pytest.raises(TooLarge, match="more than 102 pairs in the value and the questions"):
        run(program, Pair(numeral(102), NIL))
    # The input is there already.
    assert run(Tl(), numeral(500)).value == numeral(499)


# Depth and sharing


def nested(layers: int, around: Any) -> Program:
    """A program inside so many others."""
    program: Program = Tl()
    for _ in range(layers):
        program = around(program)
    return program


@pytest.mark.parametrize(
    ("around", "steps", "value"),
    [
        (lambda p: Then(p, Tl()), 60_001, 0),
        (lambda p: Then(Tl(), p), 60_001, 0),
        (lambda p: If(p, p, Tl()), 90_001, None),
        (lambda p: If(Tl(), p, p), 90_001, 29_999),
        (lambda p: While(Then(Id(), Quote(NIL)), p), 5, 30_000),
        (lambda p: Then(Cons(p, Id()), Tl()), 180_001, 30_000),
        (lambda p: Then(Cons(Id(), p), Tl()), 180_001, None),
    ],
)
def test_deep_programs(around: Any, steps: int, value: int | None) -> None:
    """Thirty thousand layers; equal parts are shared, or this would take exponential time."""
    program = nested(30_000, around)
    found = run(program, numeral(30_000), gas=200_000)
    if value is not None:
        assert (found.steps, found.value) == (steps, numeral(value))
    small = nested(60, around)
    assert agree(small, numeral(60), gas=20_000).steps <= 20_000


def test_deep_trees() -> None:
    deep = numeral(300_000)
    found = run(parse_program("while(id, tl)"), deep, gas=10**7)
    assert found == Run(NIL, 1_200_003, ())
    assert run(Id(), deep).value is deep
    left: Tree = NIL
    for _ in range(100_000):
        left = Pair(left, NIL)
    assert run(parse_program("cons(id, hd)"), left).value == Pair(left, head(Concrete(), left))
    found = run(REVERSAL, tree_list([numeral(3)] * 100_000), gas=10**7)
    assert found.value == tree_list([numeral(3)] * 100_000)


def test_shared_trees() -> None:
    shared: Tree = NIL
    for _ in range(1000):
        shared = Pair(shared, shared)
    found = run(parse_program("while(hd, hd)"), shared)
    assert (found.value, found.steps) == (TRUE, 4 * 999 + 3)
    double = parse_program("while(hd, cons(then(hd, tl), then(tl, cons(id, id))))")
    found = run(double, Pair(numeral(1000), NIL), gas=10**5)
    assert found.value == Pair(NIL, shared)
    assert agree(parse_program("then(cons(hd, quote 1), ask)"), shared, FULL).value == TRUE
    assert run(Ask(), shared, oracle=Table({shared: TRUE})).value == TRUE


def test_parts_of_the_value_are_shared() -> None:
    value = run(parse_program("then(cons(hd, tl), cons(id, id))"), parse_tree("<5.5>")).value
    assert isinstance(value, Pair) and value.head is value.tail


def test_nil_by_another_name() -> None:
    value = Pair(Nil(), Pair(Nil(), Nil()))
    for oracle in (EMPTY, Table({Nil(): value}), Decided(Id())):
        for text in ("cons(hd, then(hd, ask))", "while(id, tl)", "if(hd, quote 1, ask)"):
            agree(parse_program(text), value, oracle)


# Oracles


class Listed(Oracle):
    """What it was asked; it answers with a part of the question, and with something new."""

    def __init__(self) -> None:
        self.asked: list[Tree] = []

    def __call__(self, argument: Tree, /) -> Tree:
        self.asked.append(argument)
        if isinstance(argument, Nil):
            return tree_list([numeral(len(self.asked) % 5)] * 20)
        return argument.tail if isinstance(argument.head, Nil) else Pair(argument.tail, argument)


@pytest.mark.parametrize(
    "text",
    [
        "ask",
        "then(ask, ask)",
        "while(quote 1, ask)",
        "while(quote 1, cons(ask, then(hd, ask)))",
        "while(quote 1, then(ask, cons(quote 0, ask)))",
        "while(ask, cons(tl, hd))",
    ],
)
def test_any_oracle(text: str, tiny: None) -> None:
    program, value = parse_program(text), parse_tree("[<1.2>, 0, 3]")
    one, other = Listed(), Listed()
    for gas in (0, 1, 10, 500):
        found = run(program, value, oracle=one, gas=gas)
        assert found == reference(program, value, oracle=other, gas=gas)
        assert one.asked == other.asked


def test_a_table_with_another_call() -> None:
    class Counting(Table):
        def __call__(self, argument: Tree, /) -> Tree:
            return numeral(7)

    assert run(Ask(), NIL, oracle=Counting()).queries == ((NIL, numeral(7)),)


def test_what_an_oracle_raises_comes_through() -> None:
    endless = Decided(parse_program("while(quote 1, id)"), gas=10)
    with pytest.raises(OracleUndecided, match="ran out of gas"):
        run(Ask(), NIL, oracle=endless)
    assert run(Id(), NIL, oracle=endless).value == NIL


def test_an_answer_that_is_no_tree() -> None:
    class Broken(Oracle):
        def __call__(self, argument: Tree, /) -> Tree:
            return True  # type: ignore[return-value]

    with pytest.raises(BadInput, match="oracle answer True; expected a tree"):
        run(Ask(), NIL, oracle=Broken())


def test_without_questions() -> None:
    program = parse_program("cons(ask, then(hd, ask))")
    for oracle in ORACLES.values():
        found = run(program, numeral(2), oracle=oracle, queries=False)
        wanted = reference(program, numeral(2), oracle=oracle)
        assert found == Run(wanted.value, wanted.steps, ())
        assert run_batch([program], [NIL], oracle=oracle).queries == ()


# Gas, input, stops


@pytest.mark.parametrize("gas", [-1, -(10**30), True, 1.5, None])
def test_bad_gas(gas: Any) -> None:
    with pytest.raises(BadInput, match="expected a whole number, 0 or more"):
        run(Id(), NIL, gas=gas)
    with pytest.raises(BadInput, match="expected a whole number, 0 or more"):
        run_batch([Id()], [NIL], gas=gas)


def test_bad_programs_and_inputs() -> None:
    bad: Any = "id"
    with pytest.raises(BadInput, match="program 'id'; expected a program"):
        run(bad, NIL)
    with pytest.raises(BadInput, match="input 'id'; expected a tree"):
        run(Id(), bad)
    with pytest.raises(BadInput, match="2 programs on 1 values; expected one each"):
        run_batch([Id(), Id()], [NIL])


def test_any_gas() -> None:
    assert run(Id(), NIL, gas=0) == Run(None, 0, ())
    for gas in (2**31, 2**62, 2**63 - 1, 2**63, 2**64, 10**40):
        assert run(parse_program("while(id, tl)"), numeral(5), gas=gas) == Run(NIL, 23, ())


def test_an_empty_batch() -> None:
    batch = run_batch([], [])
    assert (len(batch.halted), len(batch.steps), batch.results) == (0, 0, ())


def test_slices_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_run, "SLICE", 7)
    heard: list[int] = []
    for name, oracle in ORACLES.items():
        for program in SMALL[::29]:
            agree(program, numeral(3), oracle, gas=100)
        heard.clear()
        found = run(REVERSAL, numeral(20), oracle=oracle, gas=150, progress=heard.append)
        assert found == reference(REVERSAL, numeral(20), oracle=oracle, gas=150), name
        assert heard == list(range(7, 150, 7))


def test_a_long_run_can_be_stopped() -> None:
    class Enough(Exception):
        pass

    def enough(*_: object) -> None:
        raise Enough

    # A signal that the test runner does not use.
    before = signal.signal(signal.SIGVTALRM, enough)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.2)
        with pytest.raises(Enough):
            run(parse_program("while(quote 1, id)"), NIL, gas=10**13)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


# What is loaded, and where the machine code is kept


def python(code: str, folder: Path = ROOT, **environment: str) -> str:
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["show"],
        ["amdahl", "--ratio", "4", "--scalable", "1/2"],
        ["run", "-e", "while(id, tl)", "--input", "100"],
        ["run", "-e", "while(id, tl)", "--input", "20", "--trace", "--json"],
    ],
)
def test_short_commands_do_not_load_the_compiler(arguments: list[str]) -> None:
    said = python(
        "import sys\n"
        f"sys.argv = ['jumpbound', *{arguments!r}]\n"
        "from checks.cli import main\n"
        "try:\n    main()\nexcept SystemExit as left:\n    assert left.code == 0, left\n"
        "print('loaded', *({'numba', 'llvmlite', 'numpy'} & set(sys.modules)))"
    )
    assert said.splitlines()[-1] == "loaded"


RUN = (
    "from models.machine.compiled_run import run\n"
    "from models.machine import numeral, parse_program\n"
    "assert run(parse_program('while(id, tl)'), numeral(2)).steps == 11\n"
)


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Path]:
    """A copy of the package beside whose files nothing can be written."""
    folder = tmp_path / "installed"
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "models", folder / "models", ignore=without)
    for place in [folder / "models", *(folder / "models").iterdir()]:
        if place.is_dir():
            (place / "__pycache__").write_text("a file, so there can be no folder")
    yield folder


def test_machine_code_is_kept_for_the_next_process(tmp_path: Path, installed: Path) -> None:
    cache = tmp_path / "cache"
    python(RUN, installed, XDG_CACHE_HOME=str(cache))
    kept = {path: path.stat().st_mtime_ns for path in cache.rglob("*.nb*")}
    assert any("advance" in path.name for path in kept)
    begin = time.perf_counter()
    python(RUN, installed, XDG_CACHE_HOME=str(cache))
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*.nb*")} == kept
    assert time.perf_counter() - begin < 60


def test_nowhere_to_keep_machine_code(tmp_path: Path, installed: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    python(RUN, installed, XDG_CACHE_HOME=str(tmp_path / "cache"))

"""The search for a certificate that a program halts, or that it does not.

*Definitions*: :class:`Decision`, :func:`decide`; for all sets as oracles
:class:`GenericDecision`, :func:`decide_every`.

*How it is done*: run the program for a while, and compare its states with one that is kept, and
replaced by a later one when twice as many steps are taken. If it neither halts nor comes back to
that state, take the moments at which it is about to enter a loop, and search for a tree automaton
by which the loop can have no value (:mod:`checks.machine.decide.infer`). A larger program, for
which such a search takes long, may be one that only counts (:mod:`checks.machine.decide.folding`).
Every certificate is handed to :mod:`checks.machine.certificate` before it is returned, so a mistake
here costs an ``unknown``, never a wrong verdict.

*References*: Brent, 'An improved Monte Carlo factorization algorithm' (1980), for finding cycles;
'Finite Automata Reduction' of the Busy Beaver deciders (bbchallenge.org), for deciding non-halting
by automata with a separate checker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from checks.machine.certificate import (
    Certificate,
    Cycle,
    Halting,
    Looping,
    QueryTree,
    Rejected,
    check,
    check_every,
)
from checks.machine.decide.folding import folded
from models.machine.oracle import EMPTY, FULL, Oracle, SetOracle, Table
from models.machine.program import Program, While, size
from models.machine.run import run, trace
from models.machine.semantics import Do, Next, State, Stop
from models.machine.tree import FALSE, TRUE, Pair, Tree, format_tree, truth

GAS = 10_000
"""Steps in which a run must halt or come back to a state before automata are tried."""

LOOK = 400
"""Steps in which moments before a loop are looked for."""

FIRST_LOOK = 200
"""Steps of a larger program after which it is first seen whether it only counts."""

MOST_MOMENTS = 12
MOST_RUNS = 400
MOST_QUESTIONS = 40

QUICK = ((2, 1_000), (3, 5_000), (4, 20_000))
THOROUGH = ((5, 200_000), (4, 3_000_000), (5, 5_000_000))
"""Numbers of classes, with the number of automata to look at for each."""

SMALL = 16
"""For a program of at most this size the search finds an automaton, and the smallest one."""

LARGEST, LARGEST_COUNTING = 2_000, 10_000
"""A larger program is not searched for loops; one that is larger still, not for counting."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``halts`` with its steps, ``loops`` with a certificate, or ``unknown`` with the reason."""

    verdict: Literal["halts", "loops", "unknown"]
    steps: int | None = None
    certificate: Certificate | None = None
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """As ``halts --json`` prints it."""
        return {
            "verdict": self.verdict,
            "steps": self.steps,
            "certificate": self.certificate.to_json() if self.certificate else None,
            **({"reason": self.reason} if self.reason else {}),
        }


def decide(
    program: Program, value: Tree, *, oracle: Oracle = EMPTY, gas: int = GAS
) -> Decision:
    """Whether a program halts on a tree, with evidence that the checker has accepted.

    Raises what the oracle raises.
    """
    reason = f"out of gas after {gas} steps, without a cycle"
    known = isinstance(oracle, Table | SetOracle)
    if not known:
        reason += ", and the oracle is not known to be a set"
    elif size(program) > LARGEST:
        reason += ", and the program is large"
    else:
        reason += ", and no automaton was found"
    for certificate in _proposals(program, value, oracle, gas, known=known):
        try:
            verdict = check(program, value, oracle, certificate)
        except Rejected:
            continue
        return Decision(verdict, certificate.steps if verdict == "halts" else None, certificate)
    return Decision("unknown", reason=reason)


def _proposals(
    program: Program, value: Tree, oracle: Oracle, gas: int, *, known: bool
) -> Iterator[Certificate]:
    """Certificates to be checked, those first that are found soon. ``known``: whether all answers
    of the oracle are, as far as an automaton needs them."""
    counting = known and SMALL < size(program) <= LARGEST_COUNTING
    for steps in (min(FIRST_LOOK, gas), gas) if counting else (gas,):
        if at_rest := _halting_or_cycle(program, value, oracle, steps):
            yield at_rest
            return
        if counting and steps <= FIRST_LOOK:
            yield from folded(program, value, oracle)
    if known and size(program) <= LARGEST:
        yield from _by_automata(oracle, _moments(program, value, oracle))


def _halting_or_cycle(
    program: Program, value: Tree, oracle: Oracle, gas: int
) -> Halting | Cycle | None:
    kept: State | None = None
    at = 0
    for steps, state in enumerate(trace(program, value, oracle=oracle, gas=gas)):
        if isinstance(state.control, Stop):
            return Halting(steps)
        if state == kept:
            return Cycle(at, steps - at)
        if steps >= 2 * at:
            kept, at = state, steps
    return None


def _by_automata(oracle: Oracle | None, moments: Iterable[Moment]) -> Iterator[Looping]:
    """Proposals for what goes on at some moments. Without an oracle: for every set."""
    from checks.machine.decide.infer import Answers, automata

    answers = Answers(oracle)
    listed = list(moments)
    for effort, most in ((QUICK, MOST_MOMENTS), (THOROUGH, 2)):
        for steps, waiting, accumulator in listed[:most]:
            for rows in automata(waiting, accumulator, answers, effort=effort):
                yield Looping(steps, rows)


@dataclass(frozen=True, slots=True)
class GenericDecision:
    """What holds for all sets as oracles: ``halts`` with the query tree, ``loops`` with a
    certificate, ``depends`` with a set of each kind, or ``unknown`` with the reason."""

    verdict: Literal["halts", "loops", "depends", "unknown"]
    certificate: QueryTree | Looping | None = None
    witnesses: tuple[tuple[Table, Decision], ...] = ()
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """As ``halts --oracle generic --json`` prints it."""
        return {
            "verdict": self.verdict,
            "steps": None,
            "certificate": self.certificate.to_json() if self.certificate else None,
            "witnesses": [
                {
                    "answers": [
                        [format_tree(q), isinstance(a, Pair)] for q, a in oracle.answers.items()
                    ],
                    "otherwise": isinstance(oracle.otherwise, Pair),
                    **decision.to_json(),
                }
                for oracle, decision in self.witnesses
            ],
            **({"reason": self.reason} if self.reason else {}),
        }


def decide_every(program: Program, value: Tree, *, gas: int = 2_000) -> GenericDecision:
    """Whether a program halts on a tree relative to every set, to none, or to some."""
    if all(run(program, value, oracle=each, gas=gas).value is None for each in (EMPTY, FULL)):
        # An automaton sees a loop for every set sooner than a walk through the answers does.
        for certificate in _by_automata(None, [(0, program, value)]):
            try:
                check_every(program, value, certificate)
            except Rejected:
                continue
            return GenericDecision("loops", certificate)
    found: dict[str, tuple[Table, Decision]] = {}
    runs: list[tuple[tuple[Tree, bool], ...]] = []
    todo: list[tuple[tuple[Tree, bool], ...]] = [()]
    complete = True
    tried = 0
    while todo and len(found) < 2:
        assumed = todo.pop()
        listed = {question: truth(answer) for question, answer in assumed}
        tried += 1
        if tried > MOST_RUNS:
            complete = False
            break
        for otherwise in (FALSE, TRUE):
            oracle = Table(listed, otherwise)
            result = run(program, value, oracle=oracle, gas=gas)
            if result.value is None:
                decision = decide(program, value, oracle=oracle, gas=gas)
                complete = False
            else:
                decision = Decision("halts", result.steps, Halting(result.steps))
            if decision.verdict != "unknown":
                found.setdefault(decision.verdict, (oracle, decision))
            if otherwise is FALSE:
                asked = tuple(
                    (question, isinstance(reply, Pair))
                    for question, reply in dict(result.queries).items()
                )
                if result.value is not None:
                    runs.append(asked)
                todo += [
                    (*asked[:at], (asked[at][0], True))
                    for at in range(len(assumed), min(len(asked), len(assumed) + MOST_QUESTIONS))
                ]
    if len(found) == 2:
        return GenericDecision("depends", witnesses=(found["halts"], found["loops"]))
    if complete and not todo:
        tree = QueryTree(tuple(runs))
        try:
            check_every(program, value, tree)
            return GenericDecision("halts", tree)
        except Rejected:
            pass
    return GenericDecision(
        "unknown", reason=f"neither a query tree nor a certificate found, {tried} oracles tried"
    )


Moment = tuple[int, Program, Tree]
"""After so many steps a program is about to run on a tree."""


def _moments(program: Program, value: Tree, oracle: Oracle) -> Iterator[Moment]:
    """The start, and moments before a loop: the last ones first, as they are behind any prefix."""
    found: list[Moment] = [(0, program, value)]
    for steps, state in enumerate(trace(program, value, oracle=oracle, gas=LOOK)):
        match state.control:
            case Next(Do(While() as loop), _):
                found.append((steps, loop, state.accumulator))
    yield found[0]
    # Every loop that was entered, at its first and its last moment: a loop that never ends is one
    # of them, as it was when it was entered.
    seen: dict[Program, list[Moment]] = {}
    for moment in found[1:]:
        seen.setdefault(moment[1], []).append(moment)
    chosen = {m[0]: m for ms in seen.values() for m in (ms[0], ms[len(ms) // 2], ms[-1])}
    yield from list(chosen.values())[:MOST_MOMENTS]

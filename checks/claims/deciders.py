"""What claims ask about programs, answered exactly or not at all.

*Definitions*: :func:`halts`, :func:`steps`, :func:`value`, :func:`uses`; :func:`decides`,
:func:`computes`, on a window of trees; :func:`jump`, a set; :func:`limit`, of a guesser; the
:class:`Event` that each leaves when a claim is replayed, :func:`recorded`; :func:`note`, which
leaves one for any value.

Each question is decided with evidence that the checker accepts (:mod:`checks.machine.decide`). One
that is not decided raises :class:`checks.claims.Undecided`, which leaves the instance unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from checks.claims.claim import Undecided, undecided
from checks.claims.generators import show_oracle
from checks.claims.rewriting import has_loop
from checks.machine.certificate import Halting
from checks.machine.decide import Decision
from checks.machine.decide import decide as _search
from models.machine.layer import parse_window
from models.machine.oracle import EMPTY, Oracle, Recording, SetOracle, Table
from models.machine.program import Program, decode, format_program, size
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.tree import NIL, Pair, Tree, brief, numeral, truth
from models.revision.limit_lemma import change

T = TypeVar("T")

MOST_STAGES = 200
"""Stages of a guesser that are looked at for one from which on nothing changes."""

MOST_EVENTS = 40
"""Questions that a replay tells, the first ones; the others are counted."""

SEARCH_GAS = 1_000
"""For the search for a change, which tells something by not halting."""

FIRST_GAS = 64
"""With which a program is run before a certificate is searched for: most small ones halt sooner."""

REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Event:
    """A question of a claim with its answer, and what shows that it is right.

    ``program`` on ``value`` relative to ``oracle`` is what was run, or decided, for it.
    """

    question: str
    answer: str
    evidence: str = ""
    program: Program | None = None
    value: Tree = NIL
    oracle: Oracle = EMPTY
    halts: bool | None = None


@dataclass(slots=True)
class _Recording:
    events: list[Event] = field(default_factory=list)
    depth: int = 0
    questions: int = 0
    cut: int = 0


_recording: ContextVar[_Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recorded() -> Iterator[list[Event]]:
    """The events of what is asked inside: the first :data:`MOST_EVENTS` questions, how many more
    there are, and all notes."""
    recording = _Recording()
    token = _recording.set(recording)
    try:
        yield recording.events
    finally:
        _recording.reset(token)
        more = recording.questions - MOST_EVENTS
        if more > 0:
            recording.events.insert(recording.cut, Event(f"and {more:,} more questions", ""))


def _tell(make: Callable[[], Event]) -> None:
    recording = _recording.get()
    if recording is None or recording.depth:
        return
    recording.questions += 1
    if recording.questions <= MOST_EVENTS:
        recording.events.append(make())
        recording.cut = len(recording.events)


def note(what: str, value: T) -> T:
    """Tell of a value in a replay; it is returned."""
    recording = _recording.get()
    if recording is not None and not recording.depth:
        recording.events.append(Event(f"{what}:", _noted(value)))
    return value


def _noted(value: Any) -> str:
    if isinstance(value, Program):
        return _shown(value)
    return brief(value) if isinstance(value, Tree) else str(value)


@contextmanager
def _inside() -> Iterator[None]:
    """What is asked here belongs to one question."""
    recording = _recording.get()
    if recording is None:
        yield
        return
    recording.depth += 1
    try:
        yield
    finally:
        recording.depth -= 1


def _shown(program: Program) -> str:
    return format_program(program) if size(program) <= 60 else f"(size {size(program)})"


def _relative(oracle: Oracle) -> str:
    text = show_oracle(oracle)
    return "" if text == "empty" else f", relative to {text}"


def _require(program: Any, tree: Any, oracle: Any) -> None:
    if not isinstance(program, Program):
        raise TypeError(f"{program!r:.60} is no program")
    if not isinstance(tree, Tree):
        raise TypeError(f"{tree!r:.60} is no tree; numeral(n) is the tree of a number")
    if not isinstance(oracle, Oracle):
        raise TypeError(f"{oracle!r:.60} is no oracle; parse_oracle('set:1,2') is one")


@dataclass(frozen=True, slots=True)
class _Halted:
    """A run that halted: its steps, its value, and its questions in order."""

    steps: int
    value: Tree
    questions: tuple[Tree, ...]


Window: TypeAlias = "str | Iterable[Tree]"
"""Finitely many trees: themselves, or as ``layer --window`` names them, such as ``numbers:9``."""

_Found: TypeAlias = tuple[Decision, _Halted | None]
"""A decision, with the run if it has been made."""


def _run(program: Program, tree: Tree, oracle: Oracle, gas: int) -> _Halted | None:
    """The run, if the gas is enough. By theorem ``machine-agreement`` the gas that the equation
    consumes is the machine's steps, which is what the checker sees in a certificate of halting."""
    recording = Recording(oracle)
    try:
        outcome = evaluate.translated({}, None, recording, program, tree, gas)
    except RecursionError:  # the machine needs no stack; and nothing is asked twice of one record
        found = run(program, tree, oracle=oracle, gas=gas)
        if found.value is None:
            return None
        return _Halted(found.steps, found.value, tuple(question for question, _ in found.queries))
    if not isinstance(outcome, Done):
        return None
    questions = tuple(question for question, _ in recording.log)
    return _Halted(gas - outcome.gas, outcome.value, questions)


def _decided(program: Program, tree: Tree, oracle: Oracle) -> _Found:
    made = _run(program, tree, oracle, FIRST_GAS)
    if made is not None:
        return Decision("halts", made.steps, Halting(made.steps)), made
    return _search(program, tree, oracle=oracle), None


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    program: Program, tree: Tree, answers: tuple[tuple[Tree, Tree], ...], otherwise: Tree
) -> _Found:
    return _decided(program, tree, Table(dict(answers), otherwise))


def _found(program: Program, tree: Tree, oracle: Oracle) -> _Found:
    _require(program, tree, oracle)
    if isinstance(oracle, Table):
        # Equal tables give equal answers, whichever object they are.
        answers = tuple(oracle.answers.items())
        found = _remembered(program, tree, answers, oracle.otherwise)
    else:
        with _inside():  # the oracle may be a jump, which is asked by the program, not by the claim
            found = _decided(program, tree, oracle)
    if found[0].verdict == "unknown":
        undecided(
            f"undecided whether {_shown(program)} halts on {brief(tree)}{_relative(oracle)}"
        )
    return found


def _decision(program: Program, tree: Tree, oracle: Oracle) -> Decision:
    return _found(program, tree, oracle)[0]


def _evidence(found: Decision) -> str:
    if found.verdict == "halts":
        return f"after {found.steps} step{'' if found.steps == 1 else 's'}"
    assert found.certificate is not None
    kind = found.certificate.to_json()["kind"]
    return f"a certificate ({kind}) that it does not halt"


def _event(question: str, answer: str, found: Decision, *asked: Any) -> Event:
    program, tree, oracle = asked
    return Event(
        question, answer, _evidence(found), program, tree, oracle, found.verdict == "halts"
    )


def halts(program: Program, tree: Tree, oracle: Oracle = EMPTY) -> bool:
    """Whether a program halts on a tree relative to an oracle, for some gas."""
    found = _decision(program, tree, oracle)
    answer = found.verdict == "halts"
    _tell(lambda: _event(
        f"does {_shown(program)} halt on {brief(tree)}{_relative(oracle)}?",
        "yes" if answer else "no", found, program, tree, oracle,
    ))
    return answer


def steps(program: Program, tree: Tree, oracle: Oracle = EMPTY) -> int | None:
    """After how many steps of the machine it halts; none if it does not."""
    found = _decision(program, tree, oracle)
    _tell(lambda: _event(
        f"steps of {_shown(program)} on {brief(tree)}{_relative(oracle)}?",
        str(found.steps) if found.steps is not None else "it does not halt", found, program, tree,
        oracle,
    ))
    return found.steps


def _halted(program: Program, tree: Tree, oracle: Oracle) -> _Found:
    """The run, if it halts."""
    found, made = _found(program, tree, oracle)
    if made is None and found.steps is not None:
        with _inside():
            made = _run(program, tree, oracle, found.steps)
    return found, made


def value(program: Program, tree: Tree, oracle: Oracle = EMPTY) -> Tree | None:
    """[p]^A(x): its value on a tree relative to an oracle; none if it does not halt."""
    found, made = _halted(program, tree, oracle)
    result = None if made is None else made.value
    _tell(lambda: _event(
        f"the value of {_shown(program)} on {brief(tree)}{_relative(oracle)}?",
        "none: it does not halt" if result is None else brief(result), found, program, tree, oracle,
    ))
    return result


def uses(program: Program, tree: Tree, oracle: Oracle = EMPTY) -> tuple[Tree, ...] | None:
    """The questions that it asks before it halts, in order; none if it does not halt."""
    found, made = _halted(program, tree, oracle)
    result = None if made is None else made.questions
    _tell(lambda: _event(
        f"the questions of {_shown(program)} on {brief(tree)}{_relative(oracle)}?",
        "none: it does not halt" if result is None else ", ".join(map(brief, result)) or "nothing",
        found, program, tree, oracle,
    ))
    return result


def decides(
    program: Program, members: Callable[[Tree], bool] | Oracle | Iterable[Tree],
    window: Window, oracle: Oracle = EMPTY,
) -> bool:
    """Whether on every tree of a window its value is true for a member and false for any other."""
    return _agrees(program, _characteristic(members), window, oracle, "decides the set")


def computes(
    program: Program, function: Program | Callable[[Tree], Tree | None], window: Window,
    oracle: Oracle = EMPTY,
) -> bool:
    """Whether on every tree of a window it has the value that a function, or a program relative to
    the same oracle, has there, and none where that has none."""
    if isinstance(function, Program):
        other = function

        def wanted(tree: Tree) -> Tree | None:
            return value(other, tree, oracle)

        return _agrees(program, wanted, window, oracle, f"computes what {_shown(other)} does")
    return _agrees(program, function, window, oracle, "computes the function")


def _characteristic(members: Any) -> Callable[[Tree], Tree | None]:
    if isinstance(members, Oracle):
        return members
    if callable(members):
        return lambda tree: truth(members(tree))
    listed = frozenset(_trees(members, "the members are an oracle, a function or trees"))
    return lambda tree: truth(tree in listed)


def _trees(given: Any, wanted: str) -> tuple[Tree, ...]:
    """The trees of a list. Raises :class:`TypeError` for what is none, such as a text."""
    listed = () if isinstance(given, str) else tuple(given)
    if isinstance(given, str) or not all(isinstance(each, Tree) for each in listed):
        raise TypeError(f"{given!r:.60}; {wanted}")
    return listed


def _window(given: Window) -> tuple[Tree, ...]:
    if isinstance(given, str):
        return _parsed_window(given)
    return _trees(given, "a window is trees, or a text such as 'numbers:9'")


_parsed_window = lru_cache(maxsize=16)(parse_window)


def _agrees(
    program: Program, wanted: Callable[[Tree], Tree | None], window: Window, oracle: Oracle,
    what: str,
) -> bool:
    """Whether a program has the wanted values on a window; the first tree where not is told.

    A tree that is undecided leaves it open only if there is no difference on the others.
    """
    trees = _window(window)
    where: tuple[Tree, Tree | None, Tree | None] | None = None
    opened = ""
    with _inside():
        for tree in trees:
            try:
                expected, found = wanted(tree), value(program, tree, oracle)
            except Undecided as error:
                opened = opened or str(error)
                continue
            if found != expected:
                where = tree, found, expected
                break
    if where is None and opened:
        undecided(opened)

    def shown(result: Tree | None) -> str:
        return "no value" if result is None else brief(result)

    def event() -> Event:
        question = f"{_shown(program)} {what} on {len(trees)} trees{_relative(oracle)}?"
        if where is None:
            return Event(question, "yes", "on each of them")
        tree, found, expected = where
        return Event(
            question, f"no: on {brief(tree)} it has {shown(found)}, and should {shown(expected)}",
            "", program, tree, oracle, found is not None,
        )

    _tell(event)
    return where is None


class _ExactJump(SetOracle):
    """{e : [e]^A(e) halts}, each question decided when it is asked, or left open."""

    def __init__(self, oracle: Oracle) -> None:
        self.relative_to = oracle

    def __contains__(self, tree: Tree, /) -> bool:
        program = decode(tree)
        found = _decision(program, tree, self.relative_to)
        member = found.verdict == "halts"
        _tell(lambda: _event(
            f"is {_shown(program)} in {self!r}?", "yes" if member else "no", found, program, tree,
            self.relative_to,
        ))
        return member

    def __repr__(self) -> str:
        return f"the jump of {show_oracle(self.relative_to)}"


def jump(oracle: Oracle = EMPTY) -> SetOracle:
    """The jump of an oracle, as a set and an oracle; a question that is not decided leaves the
    instance unknown."""
    return _ExactJump(oracle)


def guess(guesser: Program, tree: Tree, stage: int, oracle: Oracle = EMPTY) -> Tree | None:
    """The guess at a tree in a stage: the value on ``<x.num(s)>``; none if it does not halt."""
    return value(guesser, Pair(tree, numeral(stage)), oracle)


def limit(
    guesser: Program, tree: Tree, oracle: Oracle = EMPTY, *, total: bool = False
) -> bool | None:
    """The limit of a guesser at a tree; none if in some stage it has no guess.

    Of a guesser the guesses are truth values. Other programs are read as ``if`` reads values: nil
    is a no, and every pair a yes. So a program can have a limit here though its values change for
    ever.

    It is known when a certificate shows that the guess never changes again, which is the question
    that the theorem ``limit-to-jump`` asks the jump, and when the guesser has a guess in every
    stage: because there is no loop in it, or because the claim says so by ``total`` (a theorem may
    have it, as for ``guesser(p)`` and ``contrary(n)``). Raises :class:`checks.claims.Undecided`
    otherwise.
    """
    found = _limit(guesser, tree, oracle, total)

    def event() -> Event:
        question = f"the limit of {_shown(guesser)} at {brief(tree)}{_relative(oracle)}?"
        if found.limit is None:
            return Event(question, f"none: in stage {found.stage} it has no value")
        return Event(
            question, "yes" if found.limit else "no",
            f"it is the guess in stage {found.stage}, and a certificate shows that none changes "
            "after it",
        )

    _tell(event)
    return found.limit


def modulus(
    guesser: Program, tree: Tree, oracle: Oracle = EMPTY, *, total: bool = False
) -> int | None:
    """The first stage from which on no guess changes, pairs being alike; none if there is no
    :func:`limit`."""
    found = _limit(guesser, tree, oracle, total)
    _tell(lambda: Event(
        f"the modulus of {_shown(guesser)} at {brief(tree)}{_relative(oracle)}?",
        "none" if found.limit is None else str(found.stage),
    ))
    return None if found.limit is None else found.stage


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit reached in a stage, or none if there is no guess in that stage."""

    limit: bool | None
    stage: int


def _limit(guesser: Program, tree: Tree, oracle: Oracle, total: bool) -> _Limit:
    _require(guesser, tree, oracle)
    total = total or not has_loop(guesser)
    if isinstance(oracle, Table):
        answers = tuple(oracle.answers.items())
        return _remembered_limit(guesser, tree, answers, oracle.otherwise, total)
    return _search_limit(guesser, tree, oracle, total)


@lru_cache(maxsize=REMEMBERED)
def _remembered_limit(
    guesser: Program, tree: Tree, answers: tuple[tuple[Tree, Tree], ...], otherwise: Tree,
    total: bool,
) -> _Limit:
    return _search_limit(guesser, tree, Table(dict(answers), otherwise), total)


def _search_limit(guesser: Program, tree: Tree, oracle: Oracle, total: bool) -> _Limit:
    with _inside():
        since, last = 0, None
        for stage in range(MOST_STAGES):
            found = guess(guesser, tree, stage, oracle)
            if found is None:
                return _Limit(None, stage)
            now = found != NIL
            if now != last:
                since, last = stage, now
            # Asked in few stages: it is a question about a larger program. The search for a change
            # does not end either where there is no guess; so the guesser must have one everywhere.
            if total and stage & (stage + 1) == 0:
                search = change(guesser, Pair(tree, numeral(stage)))
                found_none = _search(search, NIL, oracle=oracle, gas=SEARCH_GAS)
                if found_none.verdict == "loops":
                    return _Limit(now, since)
    reason = f"change after stage {MOST_STAGES - 1}"
    if not total:
        reason = "have a value in every stage"
    undecided(
        f"undecided whether the guesses of {_shown(guesser)} at {brief(tree)}{_relative(oracle)} "
        f"{reason}"
    )


__all__ = [
    "Event", "computes", "decides", "guess", "halts", "jump", "limit", "modulus", "note",
    "recorded", "steps", "uses", "value",
]

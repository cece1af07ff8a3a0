"""Instances by hand: some mutants fail on these that are refuted by no other source.

*Definitions*: :data:`INSTANCES`, by theorem; :data:`TABLE_FIRST`.

The functions that make them say why what a theorem supposes of all values holds everywhere there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from checks.efficiency.ratio import WILD
from checks.machine.automaton import depth
from checks.machine.kleene_post import first, with_jump
from checks.machine.substitution import COMPLEMENT
from checks.machine.turing_jump import Jump, with_steps
from checks.revision.limit_lemma import MEMBERS, Guessed
from checks.revision.mind_changes import Own, Row, follower, following, separating
from checks.revision.self_modification import instances as closed
from checks.witness import Named, Witness
from models.algebra import Algebra, equation
from models.amdahl.number import Real, closed_form
from models.amdahl.units import units
from models.machine.automaton import ANY, StateList, Transitions, states
from models.machine.covering import NoReplies, truth_classes
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.internalisation import transcript
from models.machine.kleene_post import from_set
from models.machine.oracle import EMPTY, FULL, Join, Oracle, Table
from models.machine.program import Ask, Program, code, parse_program
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral
from models.machine.turing_jump import absence
from proofs.kernel.evaluate import Assignment, Finite
from proofs.kernel.rules import Definition, choose
from proofs.kernel.tactics import once
from proofs.kernel.terms import Term, as_term, choose_by, implies

TWO = numeral(2)
HALF = Fraction(1, 2)
ALWAYS_TWO = Table(otherwise=TWO)


# --- instances ------------------------------------------------------------------------------------


def same_in_stages(first: Oracle, later: Oracle, limit: Oracle, stage: int) -> Assignment:
    """Ask on nil, relative to one oracle in stage 0 and to another one from stage 1 on."""
    return {
        "F": lambda t: later if t >= 1 else first, "f": limit, "m": Finite({}, 0), "p": Ask(),
        "x": NIL, "n": 1, "s": stage,
    }


def joined(g: Oracle, h: Oracle, tag: Tree, J: Oracle | None = None) -> dict[str, Any]:
    """A question to the join of two oracles, or to J."""
    return {"g": g, "h": h, "J": J or Join(g, h), "x": Pair(tag, NIL)}


def member(of: Callable[[Program], Program], *, known: bool) -> Assignment:
    """The diagonal of ask as the only member of J, of size k; ask says so or, not ``known``, says
    no to everything, and the diagonal halts."""
    own = code(of(Ask()))
    only = Table({own: TRUE})
    more = 4 if of is diagonal else 2
    return {
        "f": only if known else EMPTY, "J": Finite({own: True}, False), "s": Finite({}, 30),
        "c": Finite({}, 1), "p": Ask(), "k": 1 + more,
    }


def nothing_is_decided(k: int) -> Assignment:
    """The program that always says no decides the empty set."""
    return {
        "f": EMPTY, "J": Finite({}, False), "s": Finite({}, 0), "c": Finite({}, 1),
        "p": parse_program("quote nil"), "k": k,
    }


def complement_of_nothing() -> Assignment:
    """f and g are empty, and q computes the complement of f, though not within no step: to the
    program that halts if 0 is not in its oracle, the reduction says that it does not halt."""
    above, below = Jump(EMPTY), Jump(EMPTY)
    return {
        "f": EMPTY, "g": EMPTY, "k": Finite({}, 0), "q": COMPLEMENT, "J": above, "s": above.steps,
        "K": below, "t": below.steps, "e": code(absence(NIL)), "n": 0,
    }


_WAIT = parse_program("while(ask, id)")
_SHORT = parse_program("while(if(then(ask, tl), quote nil, quote <nil.nil>), id)")
_UNKNOWN = parse_program("then(while(id, tl), while(ask, id))")


def certificate(
    program: Program,
    answers: Callable[[int], StateList],
    oracle: Oracle = EMPTY,
    automaton: Transitions | None = None,
) -> dict[str, Any]:
    """A certificate that is accepted with these answers, of a program that halts on nil: the rounds
    of its loops stay in the class in which they are entered; of ``while(id, tl)`` nothing is
    said."""

    def invariants(loop: Program) -> Callable[[int], StateList]:
        unknown = loop == parse_program("while(id, tl)")
        return lambda state: states([] if unknown else [state])

    return {
        "t": automaton or depth(1), "f": oracle, "g": EMPTY, "answers": answers,
        "invariants": invariants, "p": program, "x": NIL, "n": 40, "steps": 0,
    }


def pairs_only(_: int) -> StateList:
    """Every answer is a pair."""
    return states([1])


def guessing(h: Program, m: int, b: Tree) -> Assignment:
    """A guesser that asks nothing, said to guess b at nil from stage m on, with the true jump."""
    guessed = Guessed(h, EMPTY, NIL, m, b)
    return guessed.values(**with_steps(Jump(EMPTY))) | {"c": Finite({}, 6)}


def revising(**other: Any) -> Assignment:
    """A number of rounds that is computed from the input, 2, with some values changed."""
    witness, *_ = (claim for claim in closed()["closure.computed-layer"])
    assert isinstance(witness, Witness)
    return {**witness.values, **other}


LOOP = parse_program("while(quote 1, id)")
"""It never halts; what is missing reads as nil."""

IF_NIL = code(parse_program("while(then(quote 0, if(ask, quote 0, quote 1)), id)"))
"""It halts on itself, and on every tree, if nil is a member, and goes on for ever if not."""


def asks_at_itself(**more: Any) -> Assignment:
    """Whether this program is in the jump of a set with nil is guessed in a late stage."""
    jump = Jump(MEMBERS)
    return {"f": MEMBERS, **with_steps(jump), "p": Ask(), "x": IF_NIL, "n": 1, "t": 40, **more}


def wrong_way_round() -> dict[str, Any]:
    """A guesser at its own code that says no on <e.num(s)>, but yes on <num(s).e>, as is said of
    its guesses, which are always the same and of the same cost."""
    h = parse_program("if(then(hd, hd), quote 0, quote 1)")
    own = Own(h, EMPTY, Row(TRUE), Row(6))
    return own.seldom(0) | {"h": h, "x": own.code, "s": own.seen}


def one_stage_late() -> Assignment:
    """A guesser that says no in stage 0 and then yes, which is said to be so from stage 0 on."""
    own = follower((False, True))
    return separating(own, 0, own.seen + 5) | {"m": 0}


NOT_AT_FIRST = parse_program("if(tl, quote 0, while(quote 1, id))")
"""It guesses no, but has no guess in stage 0."""


def never_seen() -> Assignment:
    """The contrary guesser waits for the guess in stage 0, and says no as well."""
    own = Own(NOT_AT_FIRST, EMPTY, Row(NIL), Row(4))
    return separating(own, 0)


def unlike_itself() -> Assignment:
    """A guesser that says no in every stage; it is said to do so in stage 0, and then to say yes.
    """
    own = Own(parse_program("quote 0"), EMPTY, Row(NIL, TRUE), Row(1))
    return separating(own, 1)


def asked() -> Assignment:
    """A guesser that asks, and is told yes."""
    return separating(Own(Ask(), FULL, Row(TRUE), Row(1)), 0)


def wrong_limit() -> Assignment:
    """A guesser that says yes in every stage, and is said not to."""
    return separating(follower((True,)), 0) | {"b": NIL}


def settling(h: Program, guesses: Callable[[int], Tree], t: int) -> Assignment:
    """Guesses of h at nil in stage t, said to change at most once, with the true jump."""
    jump = with_steps(Jump(EMPTY))
    return {
        "f": EMPTY, **jump, "h": h, "c": Finite({}, 6), "x": NIL, "G": guesses, "k": 1, "t": t
    }


ONLY_AT_FIRST = parse_program("if(tl, while(quote 1, id), quote 1)")
"""It guesses yes in stage 0, and has no guess in later ones."""


NO_AT_NIL = parse_program("if(hd, quote 1, quote 0)")
"""It says no on <nil.num(s)> for every s, but on <num(s).nil> in stage 0 only."""


LONG_FIRST = first(parse_program("then(id, quote 1)"))
"""In stage 0 both conditions become three bits long, if J is the jump, and one, if J is empty."""

ASKING = parse_program("then(quote <1.2>, ask)")
"""It asks about the other set. Its search in stage 0 takes almost six million steps."""

HEAD = parse_program("hd")
"""Its turn is in stage 21, whatever has the first one: few programs have theirs so early."""

NO = parse_program("quote nil")


# It goes on as long as the tail of the answer is nil, as that of false and that of true are.
_NO_SET = certificate(_SHORT, lambda _: truth_classes(depth(2)), ALWAYS_TWO, depth(2))


def _rows(names: str, *rows: str) -> tuple[dict[str, Fraction], ...]:
    """Values of variables with one-letter names."""
    return tuple(dict(zip(names, map(Fraction, row.split()), strict=True)) for row in rows)


BANDWIDTH = {
    "bandwidth.if": _rows(
        "Rsgx",
        "5/4 1/5 2 1/10",
    ),
    "bandwidth.left": _rows(
        "Rsgxy",
        "-1 5/4 1/3 1/2 1/8",
        "5/4 1/100 2 1/10 0",
        "9 1/4 0 1/4 1/5",
        "11/10 0 20 1/500 1/1000",
    ),
    "bandwidth.right": _rows(
        "Rsgxy",
        "5/4 3 2 1/3 1/2",
        "3/2 4 0 1/10 1/5",
    ),
    "bandwidth.monotone": _rows(
        "Rsghxy",
        "-1/4 -1/2 0 11/3 1/3 3/4",
        "100 0 -3/5 -1/10 3/4 9/10",
        "100 -1 1/10 3/5 1/4 7/16",
        "2 0 1 1 0 1/2",
        "4 -1 3/8 4 1/3 2/3",
        "1/3 -17/4 3 4 1/10 1/2",
    ),
    "bandwidth.shrinks": _rows(
        "Rsghxy",
        "10 0 -3/4 1/100 2/3 3/4",
        "1/100 3 1/5 3/2 1/10 1/8",
        "2/3 0 1/8 3 1/8 1/4",
        "10 1 1/10 1/4 1/8 1/8",
    ),
    "bandwidth.small-ratio": _rows(
        "Rsgx",
        "2/3 0 -1 2/3",
    ),
    "bandwidth.idle": _rows(
        "Rsgx",
        "1 1 1/2 2",
    ),
}
"""Negative values of γ and of ratios, shares beyond all work, and ratio and γ exchanged."""

@dataclass(frozen=True, slots=True)
class PartlyKnown:
    """A function of a real number, and the term in which the kernel knows some of its properties;
    what is proved of the term holds of the function."""

    name: str
    function: Callable[[Any], Any]
    term: Callable[[Term], Term]

    def __call__(self, argument: Any, /) -> Any:
        return self.term(argument) if isinstance(argument, Term) else self.function(argument)

    def __repr__(self) -> str:
        return self.name


def on_positive(name: str, law: Callable[[Any], Any], otherwise: int = 0) -> Named:
    """A law of positive numbers, with another value elsewhere; of terms it makes a term."""

    def value(x: Any) -> Any:
        if isinstance(x, Term):
            return choose_by(x > 0, law(x), as_term(Fraction(otherwise)))
        return law(x) if x > 0 else Fraction(otherwise)

    return Named(name, value)


def beyond_one(name: str, low: Callable[[Any], Any], high: Callable[[Any], Any]) -> Named:
    """A law that is one thing up to 1, and another beyond; of terms it makes a term."""

    def value(x: Any) -> Any:
        if isinstance(x, Term):
            return choose_by(x > 1, high(x), low(x))
        return high(x) if x > 1 else low(x)

    return Named(name, value)


@equation()
def some_positive(algebra: Algebra, argument: Real) -> Real:
    """A function that is positive for positive numbers, of which a proof knows nothing else."""
    return Fraction(1)


@once
def any_positive() -> Definition:
    """Any such function: there is one."""
    return choose(
        some_positive, lambda x, r: implies(x > 0, r > 0), witness=lambda _: as_term(Fraction(1))
    )


def wild(name: str, of_value: Callable[[Any], Any], otherwise: int | None = None) -> PartlyKnown:
    """What is made of the values of the card's law that nobody can draw, which are positive; with
    another value for numbers that are not positive, if that is given."""

    def function(x: Any) -> Any:
        positive = otherwise is None or closed_form(x) or x > 0
        return of_value(WILD(x)) if positive else Fraction(otherwise or 0)

    def term(x: Term) -> Term:
        found: Term = of_value(any_positive().function(x))
        if otherwise is None:
            return found
        return choose_by(x > 0, found, as_term(Fraction(otherwise)))

    return PartlyKnown(name, function, term)


_UP, _DOWN = (lambda v: v), (lambda v: -v)
_WIDE = {"p": 1, "q": 2, "N": 0, "z": 2}
_SUM = on_positive("1 + x, 0 for x ≤ 0", lambda x: 1 + x)
_ROUNDED_UP = beyond_one("the larger of 1 and x", lambda x: Fraction(1), lambda x: x)
_ROUNDED_DOWN = beyond_one("the smaller of 1 and x", lambda x: x, lambda x: Fraction(1))


INSTANCES: Mapping[str, tuple[Assignment, ...]] = {
    # Losses and computes at times before 0, and numbers in each other's place.
    "no-efficiency-limit.compute": (
        {"e": Fraction(3, 5), "g": -6, "t": -HALF},
    ),
    "no-efficiency-limit.loss": (
        {"k": -HALF, "e": Fraction(21, 20), "t": 2, "g": Fraction(7, 2)},
        {"k": 1, "e": Fraction(3, 5), "g": 6, "t": -HALF},
        {"k": HALF, "e": Fraction(1, 100), "t": 2, "g": Fraction(4, 25)},
    ),
    "time-to-target.fading": ({"k": Fraction(3, 2), "g": -1, "r": Fraction(1, 10)},),
    "halving-time.limit": ({"k": HALF, "g": Fraction(1, 10), "e": 1, "r": Fraction(9, 100)},),
    "ratio-law.bounded": (
        # Of negative numbers both sides are 0; logarithms that are subadditive, or the other way.
        {"f": _SUM, "p": 1, "q": 2, "N": 3, "z": 2},
        {"f": _ROUNDED_UP, "p": 1, "q": 2, "N": 2, "z": HALF},
        {"f": _ROUNDED_DOWN, "p": 1, "q": 2, "N": 1, "z": HALF},
        # The law of the card that the axiom of choice makes; on these intervals nothing is said.
        {"f": WILD, "p": -HALF, "q": Fraction(-1, 4), "N": 1, "z": 2},
        {"f": WILD, "p": 2, "q": 1, "N": 1, "z": 2},
        # That law, and minus it, are laws of ratios whatever they are for other numbers.
        {"f": wild("minus the wild law, 1 for x ≤ 0", _DOWN, 1)} | _WIDE,
        {"f": wild("minus the wild law", _DOWN)} | _WIDE,
        {"f": wild("minus the wild law, 0 for x ≤ 0", _DOWN, 0)} | _WIDE,
        {"f": wild("the wild law", _UP)} | _WIDE,
        {"f": wild("the wild law, 1 for x ≤ 0", _UP, 1)} | _WIDE,
    ),
    "use-principle.limit": (
        # From stage 1 on they are one, so that nothing is said of stage 0, and the other way round.
        same_in_stages(FULL, EMPTY, EMPTY, 0),
        same_in_stages(EMPTY, FULL, EMPTY, 1),
    ),
    "turing-preorder.join-of-sets": (
        joined(ALWAYS_TWO, EMPTY, NIL),
        joined(EMPTY, ALWAYS_TWO, TRUE),
        joined(FULL, EMPTY, NIL, Join(EMPTY, FULL)),
    ),
    "turing-preorder.halves": (joined(FULL, EMPTY, NIL, Join(EMPTY, FULL)),),
    "turing-preorder.join": (
        joined(FULL, EMPTY, NIL, Join(EMPTY, FULL)) | {
            "f": FULL, "p": Ask(), "q": parse_program("quote nil"), "b": Finite({}, 1),
            "c": Finite({}, 1),
        },
    ),
    # The longer a question, the nearer is what each of its pairs costs to 14.
    "finite-internalization.answers": ({"t": transcript([(numeral(25), NIL)])},),
    "jump-monotone": (complement_of_nothing(),),
    # A ratio that is always negative; an advantage that stays 1; one that grows; one of 2.
    "moving-frontier.exponential": (
        {"R": -HALF, "s": 3, "g": 1, "m": 0, "t": 0, "w": 0},
        {"R": 2, "s": HALF, "g": 0, "m": 0, "t": 0, "w": 1},
        {"R": 1, "s": HALF, "g": -HALF, "m": 0, "t": 0, "w": 2},
        {"R": 1, "s": -1, "g": 1, "m": 0, "t": 0, "w": 0},
    ),
    "bounded-escape": (
        member(diagonal, known=True), member(diagonal, known=False), nothing_is_decided(4),
    ),
    "bounded-escape.short": (
        member(short_diagonal, known=True), member(short_diagonal, known=False)
    ),
    "looping-certificate-sound": (
        certificate(_WAIT, pairs_only),
        # Right about questions of no class alone; then about those of a class alone.
        certificate(_WAIT, lambda state: states([ANY]) if state == ANY else states([1])),
        certificate(_UNKNOWN, lambda state: states([1]) if state == ANY else states([0])),
    ),
    "looping-certificate-sound.table": (
        certificate(_WAIT, pairs_only) | {"r": NoReplies(), "y": TRUE},
        certificate(_WAIT, pairs_only) | {"r": NoReplies(), "y": NIL},
        certificate(_WAIT, pairs_only, lambda tree: tree) | {"r": NoReplies(), "y": TRUE},
    ),
    "looping-certificate-sound.set": (_NO_SET, certificate(_WAIT, pairs_only)),
    "looping-certificate-sound.sets": (_NO_SET, certificate(_WAIT, pairs_only)),
    "closure.computed-layer": (
        # The modifier never halts, nor does what finds the rounds.
        revising(u=LOOP, g=EMPTY, h=Named("the input", lambda x: x), k=Finite({}, 1)),
        revising(q=LOOP, r=EMPTY, h=Table({NIL: TRUE}), k=Finite({}, 4)),
    ),
    "limit-to-jump": (
        # Only in stage 0 it has a guess; where it has none, what is missing reads as no.
        guessing(ONLY_AT_FIRST, 1, NIL),
        # There is a change from stage 0 to stage 1, so the program takes longer than is said.
        guessing(parse_program("if(tl, quote 0, quote 1)"), 0, NIL),
        # It is never what is said to be its limit.
        guessing(parse_program("quote 0"), 0, TRUE),
        # Nothing is said of a limit, if it is said of the stages up to a negative one.
        guessing(parse_program("quote 0"), -1, TRUE),
        # No guess is made within the steps said.
        guessing(parse_program("if(tl, quote 0, quote 1)"), 0, NIL) | {"c": Finite({}, 1)},
        guessing(NO_AT_NIL, 1, TRUE),
        # Every tree is said to be a member, and none of them halts within no step.
        guessing(parse_program("quote 0"), 0, NIL) | {"J": FULL, "s": Finite({}, 0)},
    ),
    "jump-to-limit": (asks_at_itself(),),
    "jump-to-limit.guesses": (asks_at_itself(),),
    "separation": (asks_at_itself(),),
    "mind-changes": (
        wrong_way_round(), one_stage_late(), never_seen(), unlike_itself(), wrong_limit(), asked(),
    ),
    "mind-changes.contradicted": (wrong_way_round(),),
    "mind-changes.settles": (
        # What is missing reads as no, and the search for a change waits for it.
        settling(parse_program("if(tl, quote 1, while(quote 1, id))"), Row(NIL, TRUE), 1),
        settling(ONLY_AT_FIRST, Row(TRUE, NIL), 1),
        settling(NO_AT_NIL, Row(NIL, TRUE), 1),
        # It says no twice, then yes.
        settling(following((False, False, True)), Row(NIL, NIL, TRUE), 1) | {"c": Finite({}, 12)},
        # What is said of the guesses before stage 0 is anything.
        settling(parse_program("quote 0"), Finite({-1: TRUE}, NIL), -1),
        settling(parse_program("quote 0"), Finite({-1: TRUE}, NIL), 0),
    ),
    "kleene-post": (
        *(with_jump(f, first(ASKING)) | {"p": ASKING, "n": 12} for f in (EMPTY, FULL)),
        with_jump(EMPTY, LONG_FIRST) | {"p": HEAD, "n": 1},
    ),
    "kleene-post.below": (
        with_jump(EMPTY) | {"x": Pair(NIL, NIL)},
        # In stage 0 the first set gets the bit 1 after the bit 0.
        with_jump(EMPTY, first(NO)) | {"x": Pair(TRUE, TRUE)},
        with_jump(EMPTY, LONG_FIRST) | {"x": Pair(TRUE, NIL)},
    ),
    "kleene-post.other": (with_jump(EMPTY, LONG_FIRST) | {"x": NIL},),
    "kleene-post.not-below": (with_jump(EMPTY, first(from_set(NO))) | {"p": NO, "n": 12},),
    # The time has a pole between x and y.
    "amdahl-convex": (
        {
            "R": Fraction(-1, 2), "s": Fraction(1, 100), "x": Fraction(0), "y": Fraction(9, 10),
            "k": Fraction(1, 2),
        },
    ),
    **BANDWIDTH,
    # At this pole the time is 0/0 + 3.
    "collapse.all-scalable": ({"R": Fraction(-1, 2), "x": Fraction(2, 3)},),
    # Something programmable is needed where scalable work, or another unit's, has to run.
    "many-units.collapse": (
        {"u": units([(Fraction(1, 2), Fraction(1), Fraction(1))]), "s": Fraction(1, 2)},
    ),
    "many-units.no-share": (
        {
            "u": units([(Fraction(1, 2), Fraction(1), Fraction(0))]), "s": Fraction(1, 2), "i": 0,
            "x": Fraction(1),
        },
    ),
    # A negative ratio: the unit's work runs backwards.
    "many-units.alone": (
        {
            "u": units([(Fraction(1, 2), Fraction(-4), Fraction(0))]), "s": Fraction(1, 2),
            "i": 0, "x": Fraction(1, 2),
        },
    ),
    # A weight above 1, which pays with a ratio below 1.
    "many-units.first-share": (
        {"u": units([(Fraction(2), Fraction(3, 4), Fraction(0))]), "s": Fraction(-1), "i": 0},
    ),
    # The balance is 1/2 and x* is 1/3, between 0 and a pole at 1/2.
    "optimum.least": ({"R": Fraction(-1), "s": Fraction(8, 7), "x": Fraction(0)},),
}

TABLE_FIRST = frozenset({"kleene-post", "kleene-post.below", "kleene-post.not-below"})
"""Theorems of which these instances are tried before those of the card, on which some mutants speak
of stages so late that long runs are in vain."""

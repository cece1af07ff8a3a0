"""The rules: the only code that can make a theorem.

*Definitions*: :class:`Statement`, :class:`Hypothesis`; :class:`Theorem`, :class:`Fact`,
:class:`Definition`, :class:`Schema` (sealed: made by the rules alone); the rules :func:`define`,
:func:`comprehend`, :func:`choose`, :func:`prove` with :class:`Goal`, :func:`height`;
:class:`Refused`.

*How it is done*. A statement is universally quantified over its variables. To prove it, the
variables are read as fresh constants, and the conclusion must follow from the hypotheses and from
premises that the author names: *instances* of definitions, choices, earlier theorems, and of the
induction hypothesis. So every obligation is quantifier-free; it is written out as SMT-LIB text and
must be unsat for Z3 and for cvc5. Beside each rule stands the reason why it is sound.

*What a theorem rests on*: the two solvers agreeing by error, this module with
:mod:`proofs.kernel.terms`, :mod:`proofs.kernel.reading` and :mod:`proofs.kernel.solvers`, and
Python. Sealed objects are tokens: their content is kept by the rules, under a digest that is
compared at each use, so copying, subclassing or changing a token makes no theorem. What authors
pass in is read once, before it is used, and no code of theirs runs between reading a sealed object
and sealing what follows from it. What a term holds cannot be changed, so sealed content knows terms
by identity; a term, a symbol or a statement that was given another class is refused.
Python can't keep out code that searches the interpreter's memory, puts other functions in the place
of these modules' own, or changes a sort or a symbol while a rule runs, from another thread or a
callback of the interpreter; that is the limit of this seal.

*References*: Milner, 'Logic for Computable Functions' (1972), for theorems as an abstract type;
Krauss, 'Automating recursive definitions and termination proofs' (2009), for nested recursion.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NoReturn, Self, cast

from models.algebra import Curried, Equation
from proofs.kernel import terms
from proofs.kernel.reading import body_of, function_of
from proofs.kernel.solvers import NAMES, Answer, decide_all, settings
from proofs.kernel.terms import Datatype, Function, Term, both, implies, script, substitute


class KernelError(Exception):
    """A rule was used wrongly: nothing was proved."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis by a label; with ``bound`` variables it is a schema: it says "for all"."""

    label: str
    term: Term
    bound: tuple[Term, ...] = ()

    def __str__(self) -> str:
        bound = ", ".join(str(b.data) for b in self.bound)
        return f"for all {bound}: {self.term!r}" if bound else repr(self.term)


@dataclass(frozen=True, slots=True)
class Statement:
    """For all ``variables``: if all ``hypotheses`` then ``conclusion``.

    Raises :class:`KernelError` if a term has a constant that is not among the variables, if two
    variables have the same name, or two hypotheses the same label.
    """

    variables: tuple[Term, ...]
    hypotheses: tuple[Hypothesis, ...]
    conclusion: Term

    def __post_init__(self) -> None:
        for names in (self.variables, *(h.bound for h in self.hypotheses)):
            if any(v.op != "constant" for v in map(terms.as_term, names)):
                raise KernelError(f"{names!r} are not all variables")
            if len({str(v.data) for v in names}) < len(names):
                raise KernelError(f"two of {names!r} have the same name")
        for term, bound in [(h.term, h.bound) for h in self.hypotheses] + [(self.conclusion, ())]:
            for constant in terms.constants(terms.as_term(term, terms.BOOL)):
                if constant not in self.variables and constant not in bound:
                    raise KernelError(f"{constant!r} is not a variable of the statement")
        if len({h.label for h in self.hypotheses}) < len(self.hypotheses):
            raise KernelError("two hypotheses have the same label")

    def text(self) -> str:
        """Everything the statement says, as text; only equal statements have equal text."""
        def names(constants: tuple[Term, ...]) -> str:
            return " ".join(f"{c.data}:{c.sort}" for c in constants)

        # The script of all parts together has each term once, and refuses two symbols of one name.
        distinct = dict.fromkeys(h.term for h in self.hypotheses)
        place = {term: number for number, term in enumerate(distinct)}
        hypotheses = [
            f"{h.label!r} for all {names(h.bound)}: assertion {place[h.term]}"
            for h in self.hypotheses
        ]
        whole = script([h.term for h in self.hypotheses], self.conclusion)
        return "\n".join([names(self.variables), *hypotheses, whole])

    def __str__(self) -> str:
        names = ", ".join(str(v.data) for v in self.variables)
        premises = " and ".join(f"({h})" if h.bound else str(h) for h in self.hypotheses)
        body = f"if {premises} then {self.conclusion!r}" if premises else repr(self.conclusion)
        return f"for all {names}: {body}" if names else body


@dataclass(frozen=True, slots=True)
class Obligation:
    """A script that both solvers must find unsat, and what they said."""

    label: str
    text: str
    answers: Mapping[str, Answer]

    @property
    def proved(self) -> bool:
        """Whether both solvers said unsat."""
        return all(
            name in self.answers and self.answers[name].verdict == "unsat" for name in NAMES
        )


class Refused(Exception):
    """An obligation was not proved by both solvers.

    ``failed`` are the obligations, ``statement`` what was to be shown (for a definition: none).
    """

    def __init__(
        self, name: str, failed: list[tuple[Obligation, list[Term], Term]],
        statement: Statement | None = None,
    ) -> None:
        self.name = name
        self.failed = tuple(obligation for obligation, _, _ in failed)
        self.parts = tuple((premises, goal) for _, premises, goal in failed)
        self.statement = statement
        lines = [f"{name}: not proved"]
        for obligation in self.failed:
            said = ", ".join(
                f"{a.solver}: {a.verdict}{f' ({a.reason})' if a.reason else ''}"
                for a in obligation.answers.values()
            )
            lines.append(f"  {obligation.label}: {said}")
        super().__init__("\n".join(lines))


class _Sealed:
    __slots__ = ()

    def __new__(cls, *_: Any, **__: Any) -> Self:
        raise KernelError(f"a {cls.__name__} is made by the rules of the kernel alone")

    def __init_subclass__(cls) -> None:
        if cls.__module__ != __name__:
            raise KernelError("sealed classes have no subclasses")

    def __copy__(self) -> NoReturn:
        raise KernelError("not to be copied")

    def __deepcopy__(self, memo: object) -> NoReturn:
        raise KernelError("not to be copied")

    def __reduce__(self) -> NoReturn:
        raise KernelError("not to be pickled")


Rest = tuple[str, str]
"""Something that a fact rests on: its kind (definition, choice, axiom, theorem) and its name."""


@dataclass(frozen=True, slots=True)
class _Fact:
    term: Term
    rests: frozenset[Rest]
    # The goal whose constants, hypotheses or induction hypothesis it uses; none: it holds always.
    goal: Goal | None

    def text(self) -> str:
        return f"{sorted(self.rests)} {id(self.goal)} {id(self.term)}"


@dataclass(frozen=True, slots=True)
class _Schema:
    bound: tuple[Term, ...]
    term: Term
    rests: frozenset[Rest]
    goal: Goal | None

    def text(self) -> str:
        bound = [id(constant) for constant in self.bound]
        return f"{bound} {sorted(self.rests)} {id(self.goal)} {id(self.term)}"


@dataclass(frozen=True, slots=True)
class Proved:
    """What a theorem says, what the solvers were asked for it, and all that it rests on."""

    name: str
    statement: Statement
    obligations: tuple[Obligation, ...]
    rests: frozenset[Rest]

    def text(self) -> str:
        said = self.statement
        _refuse_odd(said)
        hypotheses = [(h.label, id(h.term), *map(id, h.bound)) for h in said.hypotheses]
        about = f"{[id(v) for v in said.variables]} {hypotheses} {id(said.conclusion)}"
        return (
            f"{self.name!r} {about} {sorted(self.rests)}\n{said.text()}\n"
            f"{_written(self.obligations)}"
        )


@dataclass(frozen=True, slots=True)
class Accepted:
    """A function with what is known of it at its parameters: ``laws`` are the equation, then the
    invariant or property."""

    kind: str
    function: Function
    parameters: tuple[Term, ...]
    laws: tuple[Term, ...]
    obligations: tuple[Obligation, ...]
    rests: frozenset[Rest]
    sentence: str

    def law(self) -> str:
        """What is known of the function, as text."""
        laws = "\n".join(script([], law) for law in self.laws)
        return f"{self.kind} {self.function.name}\n{laws}"

    def text(self) -> str:
        f = self.function
        symbol = f"{f.name} {id(f)} {[id(sort) for sort in (*f.domain, f.range)]}"
        about = [id(part) for part in (*self.parameters, *self.laws)]
        return (
            f"{self.kind} {symbol} {about} {sorted(self.rests)} {self.sentence!r}\n"
            f"{_written(self.obligations)}"
        )


def _refuse_odd(statement: Statement) -> None:
    """Refuse what was given another class: it could be one thing here, and another where it is
    used."""
    if not (
        type(statement) is Statement
        and type(statement.variables) is tuple
        and type(statement.hypotheses) is tuple
        and all(type(v) is Term for v in statement.variables)
        and all(
            type(h) is Hypothesis and type(h.label) is str and type(h.bound) is tuple
            and all(type(b) is Term for b in h.bound)
            for h in statement.hypotheses
        )
    ):
        raise KernelError("no plain statement")


_content = attrgetter(*Answer.__match_args__)


def _written(obligations: tuple[Obligation, ...]) -> str:
    lines = []
    for asked in obligations:
        if type(asked) is not Obligation or type(asked.answers) is not MappingProxyType:
            raise KernelError("no plain obligation")
        answers = sorted(asked.answers.items())
        for name, answer in answers:
            if type(answer) is not Answer:
                raise KernelError("no plain answer")
            for part in (name, asked.label, asked.text, *_content(answer)):
                kind = type(part)
                if not (kind is str or kind is float or kind is bool or kind is int):
                    raise KernelError("no plain obligation")
        lines.append(f"{asked.label}\n{asked.text}{answers!r}")
    return "\n".join(lines)


@dataclass(slots=True)
class _Proof:
    goal: Goal
    statement: Statement
    measure: Term | None
    claims: list[tuple[str, list[Term], Term]]
    rests: set[Rest]

    def assumptions(self) -> list[Term]:
        return [h.term for h in self.statement.hypotheses if not h.bound]


class Fact(_Sealed):
    """A term that holds: an instance that may be a premise."""

    __slots__ = ()

    @property
    def term(self) -> Term:
        """What holds."""
        fact: Term = _open(self, _Fact).term
        return fact

    def __repr__(self) -> str:
        return f"⊢ {self.term!r}"


class Schema(_Sealed):
    """A fact for all values of its bound variables; what discharges a "for all" hypothesis."""

    __slots__ = ()


class Theorem(_Sealed):
    """A proved statement."""

    __slots__ = ()

    @property
    def said(self) -> Proved:
        """All of it at once: to look whether a theorem was changed takes time."""
        # A copy: nothing outside reaches the record, which could be given another class.
        return replace(cast(Proved, _open(self, Proved)))

    @property
    def name(self) -> str:
        """The identifier."""
        return str(_open(self, Proved).name)

    @property
    def statement(self) -> Statement:
        """What is proved."""
        statement: Statement = _open(self, Proved).statement
        return statement

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What the solvers were asked for it, and answered."""
        found: tuple[Obligation, ...] = _open(self, Proved).obligations
        return found

    @property
    def rests_on(self) -> tuple[Rest, ...]:
        """All that it rests on, transitively: definitions, choices, axioms, earlier theorems."""
        return tuple(sorted(_open(self, Proved).rests))

    def at(self, **values: Any) -> Fact:
        """The theorem at given terms; a schema hypothesis takes a :class:`Schema` by its label."""
        return _instance(self, values)

    def schema(self, *bound: Term, **values: Any) -> Schema:
        """The theorem at given terms, for all values of the constants ``bound``."""
        return _generalise(self, bound, values)

    def __repr__(self) -> str:
        return f"⊢ {self.name}: {self.statement}"


class Definition(_Sealed):
    """An accepted function: calling it with terms gives its defining fact there."""

    __slots__ = ()

    @property
    def said(self) -> Accepted:
        """All of it at once, as for a theorem."""
        return replace(cast(Accepted, _open(self, Accepted)))

    @property
    def function(self) -> Function:
        """The symbol."""
        function: Function = _open(self, Accepted).function
        return function

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What the solvers were asked to accept it."""
        found: tuple[Obligation, ...] = _open(self, Accepted).obligations
        return found

    @property
    def sentence(self) -> str:
        """For a choice from an axiom: the axiom in words."""
        return str(_open(self, Accepted).sentence)

    @property
    def kind(self) -> str:
        """``definition`` (by an equation) or ``choice`` (by a property)."""
        return str(_open(self, Accepted).kind)

    def __call__(self, *arguments: Any) -> Fact:
        """The equation (or the chosen property) at the arguments."""
        return _law(self, 0, arguments)

    def invariant(self, *arguments: Any) -> Fact:
        """The invariant proved with the definition, at the arguments."""
        return _law(self, 1, arguments)

    def __repr__(self) -> str:
        return f"<{self.function.name}>"


class Goal:
    """A statement being proved: its variables as constants, and where premises come from."""

    def __init__(self, name: str, statement: Statement) -> None:
        self.name = name
        self.statement = statement

    def hypothesis(self, label: str, *values: Any) -> Fact:
        """A hypothesis; a schema at values for its bound variables."""
        return _hypothesis(self, label, values)

    def schema(self, label: str) -> Schema:
        """A schema hypothesis as it stands, to be handed on to an earlier theorem."""
        return _pass_on(self, label)

    def induction(self, **values: Any) -> Fact:
        """The statement at other values, guarded: where the measure is smaller, not negative."""
        return _induction(self, values)

    def have(self, claim: Term, *premises: Fact, label: str = "", opaque: bool = False) -> Fact:
        """An intermediate claim: it must follow from exactly these premises; then it is one.

        ``opaque``: as in :func:`prove`.
        """
        return _have(self, claim, premises, label, opaque)


def height(term: Term) -> tuple[Fact, ...]:
    """Heights are not negative, and a field's is below that of what it is a field of.

    Sound: values of a datatype are finite trees, and ``rank`` is read as their height.
    """
    return _height(term)


def define(
    equation: Equation[Any, Any],
    *,
    measure: Callable[..., Term | tuple[Term, ...]] | None = None,
    invariant: Callable[..., Term] | None = None,
    premises: Callable[..., Iterable[Fact]] = lambda *_: (),
) -> Definition:
    """Accept the function of an equation, if its recursive calls provably decrease.

    ``measure``: an integer term of the parameters, or a tuple of them, compared
    lexicographically. ``invariant``: a property of parameters and
    result, needed where one recursive call's argument holds another's value. Raises
    :class:`Refused` and names the call that does not decrease.

    Sound: by recursion on the measure there is a total function f with f(x) = body(x) and the
    invariant. Suppose it is defined, with the invariant, wherever the measure lies below m (in the
    well-founded order of ``_descends``), and extend it by any values elsewhere. At x of measure m
    the obligations hold for every such extension, as they assume the invariant only of calls whose
    measure lies below m: so each call reached in the body (under the tests of the if-then-elses
    around it) has a measure below m, the body's value does not depend on the extension, and it has
    the invariant.
    """
    return _define(equation, measure, invariant, premises)


def comprehend(equation: Curried) -> Definition:
    """The function value that an accepted function is at all arguments but its last.

    Called with all arguments, the definition gives the fact that the value of this function value
    at the last one is the function's.

    Sound: values of an array sort are read as all total functions, and with all arguments but the
    last an accepted function is one. There are that many values: no datatype holds function values
    (:mod:`proofs.kernel.terms` refuses one), so that no sort has to hold all functions from itself;
    elements are those of a set that is there before any function of them.
    The function was accepted before, so that it is not defined through this function value.
    """
    return _comprehend(equation)


def choose(
    equation: Equation[Any, Any],
    property_: Callable[..., Term],
    *,
    witness: Callable[..., Term] | None = None,
    premises: Callable[..., Iterable[Fact]] = lambda *_: (),
    axiom: str = "",
) -> Definition:
    """A function that has a property at all arguments (Hilbert choice).

    ``property_``: a term of the parameters and the value. Existence is proved with a ``witness``
    term, or assumed as a named ``axiom``, a sentence that every theorem using it then lists.

    Sound: with a witness the function may be read as the witness; with an axiom the axiom says
    that for all parameters some value has the property, and the function picks one.
    """
    return _choose(equation, property_, witness, premises, axiom)


def prove(
    name: str,
    statement: Statement,
    premises: Callable[[Goal], Iterable[Fact]] = lambda _: (),
    *,
    measure: Term | None = None,
    opaque: bool = False,
) -> Theorem:
    """Prove a statement from its hypotheses and the premises that ``premises(goal)`` names.

    With ``measure``, an integer term of the variables, the goal offers the induction hypothesis.
    ``opaque``: quotients and calls of functions are read as arbitrary numbers, of which only the
    premises say something; real arithmetic without division is what both solvers decide best.
    Raises :class:`Refused` if a solver does not say unsat.

    Sound: the obligations say, for arbitrary values of the variables, that hypotheses and
    premises imply the conclusion, and each premise holds there. Induction: if the statement
    failed, it would fail at values of least measure among those with measure >= 0, or at values
    of negative measure; there every guarded instance of the hypothesis holds (or is vacuous).
    Opaque: what follows for arbitrary numbers follows for the values of the terms they stand for.
    """
    return _prove(name, statement, premises, measure, opaque)


def definition_of(function: Function) -> Definition | None:
    """The accepted definition or choice of a symbol, if there is one."""
    return _definition_of(function)


def definitions() -> tuple[Definition, ...]:
    """All definitions and choices accepted so far, in order."""
    return _definitions()


def theorems() -> tuple[Theorem, ...]:
    """All theorems made so far, in order; a name stands for one statement."""
    return tuple(_theorems().values())


def theorem_named(name: str) -> Theorem | None:
    """The theorem of a name, if there is one: without opening every theorem, which takes time."""
    return _theorems().get(name)


def trusted(token: object) -> bool:
    """Whether a theorem, definition or fact was made by the rules and is unchanged."""
    try:
        _open(token, object)
    except KernelError:
        return False
    return True


def _build() -> tuple[Any, ...]:
    """The rules, around the one record of what they made. Nothing outside can reach the record."""
    records: dict[int, tuple[object, Any, str]] = {}
    defined: dict[str, Definition] = {}
    proved: dict[str, Theorem] = {}
    lock = threading.RLock()

    def fingerprint(record: Any) -> str:
        return hashlib.sha256(record.text().encode()).hexdigest()

    def seal(cls: type, record: Any) -> Any:
        token: Any = object.__new__(cls)
        # The record keeps the token alive, so its id is never used again.
        records[id(token)] = (token, record, fingerprint(record))
        return token

    def open_(token: object, kind: type) -> Any:
        entry = records.get(id(token))
        if entry is None or entry[0] is not token or not isinstance(entry[1], kind):
            raise KernelError(f"not made by the kernel: {type(token).__name__}")
        try:
            unchanged = fingerprint(entry[1]) == entry[2]
        except Exception as error:
            raise KernelError(f"changed after it was made: {error}") from error
        if not unchanged:
            raise KernelError("changed after it was made")
        return entry[1]

    def gather(premises: Iterable[Fact], goal: Goal | None) -> tuple[list[Term], frozenset[Rest]]:
        """Terms of the premises and what they rest on; a premise of another goal is refused."""
        found: list[Term] = []
        rests: frozenset[Rest] = frozenset()
        for premise in list(premises):
            fact = open_(premise, _Fact)
            if fact.goal is not None and fact.goal is not goal:
                raise KernelError("a premise belongs to another goal")
            found.append(fact.term)
            rests |= fact.rests
        return found, rests

    def discharge(
        name: str, claims: list[tuple[str, list[Term], Term]], statement: Statement | None = None
    ) -> tuple[Obligation, ...]:
        """Both solvers on every claim; :class:`Refused` unless all are unsat."""
        seed = settings().seed
        texts = [script(premises, goal, seed=seed) for _, premises, goal in claims]
        answers = decide_all(texts)
        found = tuple(
            Obligation(label, text, MappingProxyType(dict(row)))
            for (label, _, _), text, row in zip(claims, texts, answers, strict=True)
        )
        failed = [
            (obligation, premises, goal)
            for obligation, (_, premises, goal) in zip(found, claims, strict=True)
            if not obligation.proved
        ]
        if failed:
            raise Refused(name, failed, statement)
        return found

    def plain_names(values: Mapping[str, Any]) -> None:
        """Before anything is opened: comparing other names would run code of theirs."""
        if any(type(name) is not str for name in values):
            raise KernelError("the names of values are plain text")

    def assignment(variables: tuple[Term, ...], values: Mapping[str, Any]) -> dict[Term, Term]:
        names = {str(v.data): v for v in variables}
        if set(values) != set(names):
            raise KernelError(f"values for {sorted(values)}, wanted for {sorted(names)}")
        at = {v: terms.as_term(values[name], v.sort) for name, v in names.items()}
        terms.genuine(*at.values())
        return at

    def heights_of(term: Term) -> list[Term]:
        found = []
        if term.op == "get":
            constructor, _ = term.data
            owner = term.args[0]
            sides = [(terms.test(constructor, owner), term, owner)]
        elif term.op == "make":
            sides = [(terms.TRUE, arg, term) for arg in term.args]
        else:
            sides = []
        for test, part, owner in sides:
            if isinstance(part.sort, Datatype):
                below = both(0 <= terms.rank(part), terms.rank(part) < terms.rank(owner))
                found.append(implies(test, below))
        return [*found, 0 <= terms.rank(term)]

    def height_(term: Term) -> tuple[Fact, ...]:
        terms.genuine(term)
        return tuple(seal(Fact, _Fact(claim, frozenset(), None)) for claim in heights_of(term))

    def define_(
        equation: Equation[Any, Any],
        measure: Callable[..., Term | tuple[Term, ...]] | None,
        invariant: Callable[..., Term] | None,
        premises: Callable[..., Iterable[Fact]],
    ) -> Definition:
        # All that the author's functions say is read here, once: a measure or an invariant that is
        # another one at each call, or for each form of a term, would be none.
        function = function_of(equation)
        parameters, body = body_of(equation)
        result = terms.fresh(terms.constant("result", function.range))
        size: tuple[Term, ...] = ()
        property_ = None
        if measure is not None:
            found = measure(*parameters)
            listed = found if type(found) is tuple else (found,)
            size = tuple(terms.as_term(part, terms.INT) for part in listed)
        if invariant is not None:
            property_ = terms.as_term(invariant(*parameters, result), terms.BOOL)
        given, rests = gather(premises(*parameters), None)
        about = [*size, *([property_] if property_ is not None else [])]
        speak_of(parameters, body, *size)
        speak_of((*parameters, result), *about)
        known([body], function)
        known(about)
        whole = function(*parameters)
        calls = reached_calls(body, function)

        def smaller(call: Term) -> Term:
            """The measure of a call is below that of the parameters, and not negative."""
            if not size:
                raise KernelError(f"{function.name} calls itself: it needs a measure")
            at = dict(zip(parameters, call.args, strict=True))
            return _descends([substitute(part, at) for part in size], size)

        def promised(arguments: tuple[Term, ...], value: Term) -> Term:
            """The invariant of arguments and value."""
            if property_ is None:
                return terms.TRUE
            at = dict(zip((*parameters, result), (*arguments, value), strict=True))
            return substitute(property_, at)

        # The invariant of a call, as far as it may be assumed.
        assumed = [implies(smaller(call), promised(call.args, call)) for _, call in calls]
        claims: list[tuple[str, list[Term], Term]] = []
        for number, (reached, call) in enumerate(calls, start=1):
            parts = list(terms.postorder([reached, call, *size]))
            heights = [
                claim for part in parts if isinstance(part.sort, Datatype)
                for claim in heights_of(part)
            ]
            label = f"decrease {number}: {call!r}"
            claims.append((label, [reached, *given, *assumed, *heights], smaller(call)))
        laws = [terms.equal(whole, body)]
        if property_ is not None:
            claims.append(("invariant", [*given, *assumed], promised(parameters, body)))
            laws.append(promised(parameters, whole))
        return enter(
            "definition", function, parameters, laws, discharge(function.name, claims), rests, ""
        )

    def speak_of(parameters: tuple[Term, ...], *parts: Term) -> None:
        """Refuse what has other constants than these: it would hold for all values of them."""
        if len(set(parameters)) < len(parameters):
            raise KernelError("two parameters have the same name")
        for constant in terms.constants(*parts):
            if constant not in parameters:
                raise KernelError(f"{constant!r} is not a parameter")

    def known(parts: list[Term], itself: Function | None = None) -> None:
        """Refuse a term that calls a function not accepted yet: two functions that are defined
        by each other would escape the check that calls decrease."""
        for part in terms.postorder(parts):
            if part.op == "call" and part.data is not itself:
                token: Any = defined.get(part.data.name)
                if token is None or open_(token, Accepted).function is not part.data:
                    raise KernelError(f"{part.data.name} is used before it is defined")

    def enter(
        kind: str,
        function: Function,
        parameters: tuple[Term, ...],
        laws: list[Term],
        obligations: tuple[Obligation, ...],
        rests: frozenset[Rest],
        sentence: str,
    ) -> Definition:
        """Register a function; the same one twice is one, another one of that name is refused."""
        kinds = [(kind, function.name), *([("axiom", sentence)] if sentence else [])]
        record = Accepted(
            kind, function, parameters, tuple(laws), obligations, rests | set(kinds), sentence
        )
        with lock:
            if function.name in defined:
                token: Any = defined[function.name]
                before = open_(token, Accepted)
                if before.function is not function or before.law() != record.law():
                    raise KernelError(f"{function.name} is defined already, differently")
            else:
                record.law()  # which refuses what is no term
                token = seal(Definition, record)
                defined[function.name] = token
        definition: Definition = token
        return definition

    def choose_(
        equation: Equation[Any, Any],
        property_: Callable[..., Term],
        witness: Callable[..., Term] | None,
        premises: Callable[..., Iterable[Fact]],
        axiom: str,
    ) -> Definition:
        function = function_of(equation)
        names = equation.parameters()
        parameters = tuple(
            terms.constant(name, sort) for name, sort in zip(names, function.domain, strict=True)
        )
        if type(axiom) is not str:
            raise KernelError("an axiom is a sentence")
        # As in a definition, what the author's functions say is read once.
        result = terms.fresh(terms.constant("result", function.range))
        wanted = terms.as_term(property_(*parameters, result), terms.BOOL)
        value = None
        if witness is not None:
            value = terms.as_term(witness(*parameters), function.range)
        given, rests = gather(premises(*parameters), None)
        obligations: tuple[Obligation, ...] = ()
        speak_of((*parameters, result), wanted)
        known([wanted])
        if value is not None:
            speak_of(parameters, value)
            known([value])
            claim = ("existence", given, substitute(wanted, {result: value}))
            obligations = discharge(function.name, [claim])
        elif not axiom.strip():
            raise KernelError(f"the existence of {function.name} is neither proved nor assumed")
        law = substitute(wanted, {result: function(*parameters)})
        return enter("choice", function, parameters, [law], obligations, rests, axiom)

    def comprehend_(equation: Curried) -> Definition:
        if type(equation) is not Curried:
            raise KernelError(f"{equation!r} is not a function with its last argument left open")
        base = function_of(equation.base)
        names = equation.base.parameters()
        if not names:
            raise KernelError(f"{base.name} has no argument that could be left open")
        parameters = tuple(
            terms.constant(name, sort) for name, sort in zip(names, base.domain, strict=True)
        )
        body = base(*parameters)
        known([body])
        *others, last = parameters
        function = function_of(equation)
        law = terms.equal(terms.select(function(*others), last), body)
        token: Any = defined[base.name]
        rests = open_(token, Accepted).rests
        return enter("definition", function, parameters, [law], (), rests, "")

    def definition_of_(function: Function) -> Definition | None:
        token: Any = defined.get(function.name)
        same = token is not None and open_(token, Accepted).function is function
        return token if same else None

    def law(token: Definition, index: int, arguments: tuple[Any, ...]) -> Fact:
        record = open_(token, Accepted)
        if index >= len(record.laws):
            raise KernelError(f"{record.function.name} has no invariant")
        if len(arguments) != len(record.parameters):
            raise TypeError(f"{record.function.name} takes {len(record.parameters)} arguments")
        pairs = zip(record.parameters, arguments, strict=True)
        at = {parameter: terms.as_term(value, parameter.sort) for parameter, value in pairs}
        terms.genuine(*at.values())
        fact: Fact = seal(Fact, _Fact(substitute(record.laws[index], at), record.rests, None))
        return fact

    def discharged(
        schema: Hypothesis, at: dict[Term, Term], supply: Any
    ) -> tuple[frozenset[Rest], Goal | None]:
        """Check that a supplied schema is the hypothesis "for all" at the values given."""
        record = open_(supply, _Schema)
        if len(record.bound) != len(schema.bound):
            raise KernelError(f"{schema.label}: another number of bound variables")
        # Fresh names first: no value substituted below can be captured by a bound variable.
        names = [terms.fresh(b) for b in schema.bound]
        wanted = substitute(schema.term, dict(zip(schema.bound, names, strict=True)))
        wanted = substitute(wanted, at)
        given = substitute(record.term, dict(zip(record.bound, names, strict=True)))
        if wanted is not given:
            raise KernelError(f"{schema.label}: {given!r} is not {wanted!r}")
        return record.rests, record.goal

    def specialise(
        token: Theorem, values: Mapping[str, Any]
    ) -> tuple[Term, frozenset[Rest], Goal | None]:
        plain_names(values)
        record = open_(token, Proved)
        schemas = {h.label: h for h in record.statement.hypotheses if h.bound}
        plain = {name: value for name, value in values.items() if name not in schemas}
        at = assignment(record.statement.variables, plain)
        rests = record.rests | {("theorem", record.name)}
        goal: Goal | None = None
        for label, schema in schemas.items():
            if label not in values:
                raise KernelError(f"{record.name}: nothing supplied for {label}")
            more, owner = discharged(schema, at, values[label])
            if goal is not None and owner is not None and owner is not goal:
                raise KernelError("schemas of different goals")
            rests, goal = rests | more, goal or owner
        premises = [substitute(h.term, at) for h in record.statement.hypotheses if not h.bound]
        return implies(both(*premises), substitute(record.statement.conclusion, at)), rests, goal

    def instance(token: Theorem, values: Mapping[str, Any]) -> Fact:
        fact: Fact = seal(Fact, _Fact(*specialise(token, values)))
        return fact

    def generalise(token: Theorem, bound: tuple[Term, ...], values: Mapping[str, Any]) -> Schema:
        # Sound: the theorem holds for all terms, so for all values of these constants, unless the
        # instance is tied to a goal, whose own constants they might be.
        terms.genuine(*bound)
        term, rests, goal = specialise(token, values)
        if goal is not None and set(bound) & set(opened(goal).statement.variables):
            raise KernelError("a variable of the goal cannot be bound")
        schema: Schema = seal(Schema, _Schema(bound, term, rests, goal))
        return schema

    # Goals under proof.
    pending: dict[int, _Proof] = {}

    def opened(goal: Goal) -> _Proof:
        """The proof of a goal; refused when it is over."""
        proof = pending.get(id(goal))
        if proof is None or proof.goal is not goal:
            raise KernelError("this goal is not being proved")
        return proof

    def find(goal: Goal, label: str) -> Hypothesis:
        if type(label) is not str:
            raise KernelError("a label is plain text")
        for hypothesis in opened(goal).statement.hypotheses:
            if hypothesis.label == label:
                return hypothesis
        raise KernelError(f"{goal.name} has no hypothesis {label}")

    def hypothesis(goal: Goal, label: str, values: tuple[Any, ...]) -> Fact:
        found = find(goal, label)
        if len(values) != len(found.bound):
            raise KernelError(f"{label} takes {len(found.bound)} values")
        at = {b: terms.as_term(v, b.sort) for b, v in zip(found.bound, values, strict=True)}
        terms.genuine(*at.values())
        fact: Fact = seal(Fact, _Fact(substitute(found.term, at), frozenset(), goal))
        return fact

    def pass_on(goal: Goal, label: str) -> Schema:
        found = find(goal, label)
        schema: Schema = seal(Schema, _Schema(found.bound, found.term, frozenset(), goal))
        return schema

    def induction(goal: Goal, values: Mapping[str, Any]) -> Fact:
        plain_names(values)
        proof = opened(goal)
        statement, measure = proof.statement, proof.measure
        if measure is None:
            raise KernelError(f"{goal.name} is not proved by induction")
        unchanged = {str(v.data): v for v in statement.variables}
        at = assignment(statement.variables, {**unchanged, **values})
        premises = []
        for found in statement.hypotheses:
            if not found.bound:
                premises.append(substitute(found.term, at))
            elif any(at.get(c, c) is not c for c in terms.constants(found.term)
                     if c not in found.bound):
                # The schema is known for the goal's own constants alone.
                raise KernelError(f"the induction changes what {found.label} speaks of")
        value = substitute(measure, at)
        guard = both(0 <= value, value < measure, *premises)
        claim = implies(guard, substitute(statement.conclusion, at))
        fact: Fact = seal(Fact, _Fact(claim, frozenset(), goal))
        return fact

    def have(
        goal: Goal, claim: Term, premises: tuple[Fact, ...], label: str, opaque: bool
    ) -> Fact:
        if type(label) is not str:
            raise KernelError("a label is plain text")
        proof = opened(goal)
        found, rests = gather(premises, goal)
        name = label or f"step {len(proof.claims) + 1}"
        proof.claims.append((name, *_opaque(found, claim, opaque)))
        proof.rests.update(rests)
        # Only usable in this goal, whose theorem is made only if this claim is proved too.
        fact: Fact = seal(Fact, _Fact(claim, rests, goal))
        return fact

    def own(statement: Statement) -> Statement:
        """A copy that nobody else has, read once: the statement that the proof is about."""
        hypotheses = []
        for given in statement.hypotheses:
            if type(given.label) is not str:
                raise KernelError("a label is plain text")
            term = terms.as_term(given.term, terms.BOOL)
            hypotheses.append(Hypothesis(given.label, term, tuple(given.bound)))
        conclusion = terms.as_term(statement.conclusion, terms.BOOL)
        return Statement(tuple(statement.variables), tuple(hypotheses), conclusion)

    def prove_(
        name: str,
        statement: Statement,
        premises: Callable[[Goal], Iterable[Fact]],
        measure: Term | None,
        opaque: bool,
    ) -> Theorem:
        if type(name) is not str:
            raise KernelError("a theorem's name is plain text")
        goal = Goal(name, statement)
        statement = own(statement)
        text = statement.text()
        if measure is not None:
            measure = terms.as_term(measure)
            if measure.sort is not terms.INT:
                raise KernelError("a measure is an integer")
            if not set(terms.constants(measure)) <= set(statement.variables):
                raise KernelError("the measure is over the statement's variables")
        proof = _Proof(goal, statement, measure, [], set())
        pending[id(goal)] = proof
        try:
            found, rests = gather(premises(goal), goal)
        finally:
            del pending[id(goal)]
        given = [*proof.assumptions(), *found]
        claims = [*proof.claims, ("conclusion", *_opaque(given, statement.conclusion, opaque))]
        obligations = discharge(name, claims, statement)
        if statement.text() != text:
            raise KernelError("the statement was changed during its proof")
        with lock:
            before = proved.get(name)
            if before is not None and open_(before, Proved).statement.text() != text:
                raise KernelError(f"{name} is the name of another theorem")
            record = Proved(name, statement, obligations, rests | proof.rests)
            theorem: Theorem = seal(Theorem, record)
            proved[name] = theorem
        return theorem

    return (
        open_, height_, define_, comprehend_, choose_, prove_, law, instance, generalise,
        hypothesis, pass_on, induction, have, definition_of_,
        lambda: tuple(defined.values()), lambda: dict(proved),
    )


def _descends(new: Sequence[Term], old: Sequence[Term]) -> Term:
    """Lexicographically smaller, where each component that decides is not negative.

    Well-founded: a descending chain would have a first component that decides infinitely often
    after no earlier one does, and it would descend in the whole numbers.
    """
    smaller = both(0 <= new[0], new[0] < old[0])
    if len(new) == 1:
        return smaller
    return terms.either(smaller, both(terms.equal(new[0], old[0]), _descends(new[1:], old[1:])))


def _opaque(premises: list[Term], goal: Term, wanted: bool) -> tuple[list[Term], Term]:
    """The terms with each outermost quotient or call as a constant of its own, if wanted."""
    if not wanted:
        return premises, goal
    taken = {str(constant.data) for constant in terms.constants(*premises, goal)}
    numbers = (number for number in itertools.count() if f"opaque!{number}" not in taken)
    done: dict[Term, Term] = {}

    def generalise(term: Term) -> Term:
        if term not in done:
            if term.op in ("/", "call") and term.args:
                done[term] = terms.numbered(next(numbers), term.sort)
            else:
                done[term] = terms.rebuild(term, tuple(generalise(arg) for arg in term.args))
        return done[term]

    return [generalise(premise) for premise in premises], generalise(goal)


def reached_calls(body: Term, function: Function | None = None) -> list[tuple[Term, Term]]:
    """The calls (of one function, or all) in a term, each after the condition that it is reached:
    the tests of the if-then-elses around it."""

    def wanted(term: Term) -> bool:
        return term.op == "call" and (function is None or term.data is function)

    holds: set[int] = set()
    for part in terms.postorder([body]):
        if wanted(part) or any(id(arg) in holds for arg in part.args):
            holds.add(id(part))
    found: dict[Term, list[Term]] = {}
    seen: set[tuple[int, tuple[Term, ...]]] = set()

    def walk(term: Term, path: tuple[Term, ...]) -> None:
        if id(term) not in holds or (id(term), path) in seen:
            return
        seen.add((id(term), path))
        if term.op == "ite":
            test, then, otherwise = term.args
            walk(test, path)
            walk(then, (*path, test))
            walk(otherwise, (*path, terms.negate(test)))
            return
        for arg in term.args:
            walk(arg, path)
        if wanted(term):
            found.setdefault(term, []).append(both(*path))

    walk(body, ())
    return [(terms.either(*paths), call) for call, paths in found.items()]


_open: Callable[[object, type], Any]
_height: Callable[[Term], tuple[Fact, ...]]
_define: Callable[..., Definition]
_comprehend: Callable[[Curried], Definition]
_choose: Callable[..., Definition]
_prove: Callable[..., Theorem]
_law: Callable[..., Fact]
_instance: Callable[[Theorem, Mapping[str, Any]], Fact]
_generalise: Callable[[Theorem, tuple[Term, ...], Mapping[str, Any]], Schema]
_hypothesis: Callable[[Goal, str, tuple[Any, ...]], Fact]
_pass_on: Callable[[Goal, str], Schema]
_induction: Callable[[Goal, Mapping[str, Any]], Fact]
_have: Callable[..., Fact]
_definition_of: Callable[[Function], Definition | None]
_definitions: Callable[[], tuple[Definition, ...]]
_theorems: Callable[[], dict[str, Theorem]]
(
    _open, _height, _define, _comprehend, _choose, _prove, _law, _instance, _generalise,
    _hypothesis, _pass_on, _induction, _have, _definition_of,
    _definitions, _theorems,
) = _build()

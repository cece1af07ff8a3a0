"""Sorts, terms and their SMT-LIB text: the quantifier-free language of obligations.

*Definitions*: :class:`Sort` and :data:`BOOL`, :data:`INT`, :data:`REAL`, :data:`ELEMENT` (a set of
which nothing is said but that it has a member), :class:`ArraySort`, :class:`Datatype`;
:class:`Function` (an uninterpreted symbol to the solvers: a defined or chosen function);
:class:`Term` and its makers; :func:`substitute`; :func:`script` (an obligation's text).

Terms do not change and are interned: equal terms are one object, so a term is a graph with sharing,
and the text names every shared part once. The text is what is proved, and an obligation is known by
a digest of it. So the text is also where everything is checked: each part must be well sorted and a
term that the makers below made, each symbol must be what it was when it was made, and its name a
plain one.

*References*: Barrett, Fontaine, Tinelli, 'The SMT-LIB Standard', version 2.6.
"""

from __future__ import annotations

import re
from collections import deque, namedtuple
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

from models.algebra import Equation

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\Z")
_FRESH = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*![0-9]+\Z")


def _plain(name: Any, pattern: re.Pattern[str] = _NAME) -> bool:
    # A subclass of str may print as something else.
    return type(name) is str and pattern.match(name) is not None


class _Fixed:
    """An object whose attributes are set once: proofs made earlier speak of what they were."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, name):
            raise AttributeError(f"a {type(self).__name__} does not change")
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change")


class Sort(_Fixed):
    """A sort by its SMT-LIB name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


class ArraySort(Sort):
    """Total functions as values."""

    __slots__ = ("domain", "range")

    def __init__(self, domain: Sort, range_: Sort) -> None:
        super().__init__(f"(Array {domain.name} {range_.name})")
        self.domain = domain
        self.range = range_


class Constructor(_Fixed):
    """One constructor of a datatype: its Python class, and its fields with their sorts.

    The fields are set once, after all datatypes that they speak of were made.
    """

    __slots__ = ("cls", "fields", "name", "sort")
    fields: tuple[tuple[str, Sort], ...]

    def __init__(self, cls: type, sort: Datatype) -> None:
        self.cls = cls
        self.name = cls.__name__
        self.sort = sort


class Datatype(Sort):
    """An inductive datatype; its values are finite."""

    __slots__ = ("constructors",)

    def __init__(self, name: str, classes: Iterable[type]) -> None:
        super().__init__(name)
        self.constructors = tuple(Constructor(cls, self) for cls in classes)

    def constructor(self, cls: Any) -> Constructor:
        """The constructor of a Python class."""
        for constructor in self.constructors:
            if constructor.cls is cls:
                return constructor
        raise TypeError(f"{cls} is no constructor of {self.name}")


BOOL: Final = Sort("Bool")
INT: Final = Sort("Int")
REAL: Final = Sort("Real")
ELEMENT: Final = Sort("Element")


class Function(_Fixed):
    """A function symbol. ``equation`` is the model function it stands for, if there is one."""

    __slots__ = ("domain", "equation", "name", "range")

    def __init__(
        self,
        name: str,
        domain: tuple[Sort, ...],
        range_: Sort,
        equation: Equation[Any, Any] | None = None,
    ) -> None:
        if not _plain(name):
            raise ValueError(f"no function name: {name!r}")
        self.name = name
        self.domain = tuple(domain)
        self.range = range_
        self.equation = equation
        unchanged(self)

    def __call__(self, *arguments: Any) -> Term:
        if len(arguments) != len(self.domain):
            raise TypeError(f"{self.name} takes {len(self.domain)} arguments")
        args = tuple(as_term(a, s) for a, s in zip(arguments, self.domain, strict=True))
        return _term("call", args, self.range, self)

    def __repr__(self) -> str:
        return self.name


_interned: dict[tuple[Any, ...], Term] = {}


if TYPE_CHECKING:

    class _Content:
        op: str
        args: tuple[Term, ...]
        sort: Sort
        data: Any

else:
    _Content = namedtuple("_Content", ("op", "args", "sort", "data"))


class Term(_Content):
    """A term: an operator, arguments, a sort, and what the operator needs besides.

    It is a tuple inside, which nothing in Python can change; outwardly it is no sequence.
    """

    __slots__ = ()

    def __new__(cls, *_: Any, **__: Any) -> Self:
        raise TypeError("terms are made by the makers of this module")

    def __iter__(self) -> NoReturn:
        raise TypeError("a term is no sequence")

    def __bool__(self) -> bool:
        raise TypeError("a term has no truth value; use the algebra's cond")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Term):
            raise TypeError("a term is no Python value; use the algebra's same")
        return self is other

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = object.__hash__

    def __add__(self, other: Any) -> Term:
        return _arithmetic("+", self, other)

    def __radd__(self, other: Any) -> Term:
        return _arithmetic("+", other, self)

    def __sub__(self, other: Any) -> Term:
        return _arithmetic("-", self, other)

    def __rsub__(self, other: Any) -> Term:
        return _arithmetic("-", other, self)

    def __mul__(self, other: Any) -> Term:
        return _arithmetic("*", self, other)

    def __rmul__(self, other: Any) -> Term:
        return _arithmetic("*", other, self)

    def __truediv__(self, other: Any) -> Term:
        return _arithmetic("/", self, other)

    def __rtruediv__(self, other: Any) -> Term:
        return _arithmetic("/", other, self)

    def __neg__(self) -> Term:
        return _arithmetic("-", 0, self)

    def __lt__(self, other: Any) -> Term:
        return _compare("<", self, other)

    def __le__(self, other: Any) -> Term:
        return _compare("<=", self, other)

    def __gt__(self, other: Any) -> Term:
        return _compare("<", other, self)

    def __ge__(self, other: Any) -> Term:
        return _compare("<=", other, self)

    def __repr__(self) -> str:
        from proofs.kernel.show import show

        return show(self)

    def __reduce__(self) -> Any:
        raise TypeError("terms are not pickled")


def _term(op: str, args: tuple[Term, ...], sort: Sort, data: Any = None) -> Term:
    key = (op, tuple(map(id, args)), id(sort), data)
    found = _interned.get(key)
    if found is None:
        made: Term = tuple.__new__(Term, (op, args, sort, data))  # type: ignore[type-var]
        # Of several threads that make the term at once, all get the first one's.
        found = _interned.setdefault(key, made)
    return found


def constant(name: str, sort: Sort) -> Term:
    """A free constant: a universally quantified variable of a statement."""
    if not _plain(name):
        raise ValueError(f"no variable name: {name!r}")
    return _term("constant", (), sort, name)


_counter = iter(range(10**12))


def fresh(like: Term) -> Term:
    """A constant that was never made before; its name holds an exclamation mark."""
    stem = str(like.data).partition("!")[0]
    names = (f"{stem}!{number}" for number in _counter)
    new = (name for name in names if ("constant", (), id(like.sort), name) not in _interned)
    return _term("constant", (), like.sort, next(new))


def numbered(number: int, sort: Sort) -> Term:
    """The constant that stands for an opaque term, where no constant of that name occurs."""
    return _term("constant", (), sort, f"opaque!{number}")


TRUE: Final = _term("true", (), BOOL)
FALSE: Final = _term("false", (), BOOL)


def as_term(value: Any, sort: Sort | None = None) -> Term:
    """A Python number, truth value or finite datum as a term; a term as itself.

    Raises :class:`TypeError` if it does not have the sort asked for.
    """
    term: Term
    # Subclasses may print as something else, and no code of theirs is to run inside a rule.
    kind = type(value)
    if kind is Term:
        term = value
    elif kind is bool:
        term = TRUE if value else FALSE
    elif kind is int and sort is not REAL:
        term = _term("int", (), INT, value)
    elif kind is int or (kind is Fraction and _is_number(value)):
        # Not as a Fraction: that could be changed.
        term = _term("real", (), REAL, (value.numerator, value.denominator))
    else:
        raise TypeError(f"{value!r} is no term")
    if sort is not None and term.sort is not sort:
        raise TypeError(f"{term!r} has sort {term.sort}, where {sort} is wanted")
    return term


def _is_number(value: Fraction) -> bool:
    return type(value.numerator) is type(value.denominator) is int and value.denominator > 0


def number(numeral: Term) -> int | Fraction:
    """The number that a numeral, an ``int`` or a ``real``, is written for."""
    data: int | tuple[int, int] = numeral.data
    return Fraction(*data) if isinstance(data, tuple) else data


def _pair(left: Any, right: Any) -> tuple[Term, Term]:
    if isinstance(left, Term):
        return left, as_term(right, left.sort)
    return as_term(left, right.sort), right


def _arithmetic(op: str, left: Any, right: Any) -> Term:
    a, b = _pair(left, right)
    if a.sort is not REAL and (a.sort is not INT or op == "/"):
        raise TypeError(f"{a!r} {op} {b!r}: no such operation on {a.sort}")
    return _term(op, (a, b), a.sort)


def _compare(op: str, left: Any, right: Any) -> Term:
    a, b = _pair(left, right)
    if a.sort not in (INT, REAL):
        raise TypeError(f"{a!r} {op} {b!r}: {a.sort} has no order")
    return _term(op, (a, b), BOOL)


def equal(left: Any, right: Any) -> Term:
    """Equality of two terms of one sort."""
    a, b = _pair(left, right)
    return TRUE if a is b else _term("=", (a, b), BOOL)


def negate(term: Any) -> Term:
    """Negation."""
    a = as_term(term, BOOL)
    if a is TRUE or a is FALSE:
        return FALSE if a is TRUE else TRUE
    return a.args[0] if a.op == "not" else _term("not", (a,), BOOL)


def both(*terms: Any) -> Term:
    """Conjunction of any number of terms."""
    parts = [as_term(term, BOOL) for term in terms]
    if any(part is FALSE for part in parts):
        return FALSE
    parts = [part for part in dict.fromkeys(parts) if part is not TRUE]
    if len(parts) <= 1:
        return parts[0] if parts else TRUE
    return _term("and", tuple(parts), BOOL)


def either(*terms: Any) -> Term:
    """Disjunction of any number of terms."""
    parts = [as_term(term, BOOL) for term in terms]
    if any(part is TRUE for part in parts):
        return TRUE
    parts = [part for part in dict.fromkeys(parts) if part is not FALSE]
    if len(parts) <= 1:
        return parts[0] if parts else FALSE
    return _term("or", tuple(parts), BOOL)


def implies(premise: Any, conclusion: Any) -> Term:
    """Implication."""
    a, b = as_term(premise, BOOL), as_term(conclusion, BOOL)
    if a is TRUE or b is TRUE:
        return b
    return _term("=>", (a, b), BOOL)


def iff(left: Any, right: Any) -> Term:
    """Equivalence."""
    return equal(as_term(left, BOOL), as_term(right, BOOL))


def choose_by(test: Any, then: Any, otherwise: Any) -> Term:
    """If-then-else."""
    condition = as_term(test, BOOL)
    if isinstance(then, Term) or isinstance(otherwise, Term):
        a, b = _pair(then, otherwise)
    else:
        a, b = as_term(then), as_term(otherwise)
    if condition is TRUE or a is b:
        return a
    if condition is FALSE:
        return b
    if a is TRUE and b is FALSE:
        return condition
    if a is FALSE and b is TRUE:
        return negate(condition)
    return _term("ite", (condition, a, b), a.sort)


def construct(constructor: Constructor, *arguments: Any) -> Term:
    """A constructor applied to terms."""
    sorts = [sort for _, sort in constructor.fields]
    if len(arguments) != len(sorts):
        raise TypeError(f"{constructor.name} takes {len(sorts)} arguments")
    args = tuple(as_term(a, s) for a, s in zip(arguments, sorts, strict=True))
    return _term("make", args, constructor.sort, constructor)


def test(constructor: Constructor, term: Term) -> Term:
    """Whether a term was made by a constructor."""
    if term.sort is not constructor.sort:
        raise TypeError(f"{term!r} is no {constructor.sort}")
    if term.op == "make":
        return TRUE if term.data is constructor else FALSE
    if len(constructor.sort.constructors) == 1:
        unchanged(constructor.sort)
        return TRUE
    return _term("is", (term,), BOOL, constructor)


def field(constructor: Constructor, index: int, term: Term) -> Term:
    """A field of a term; it says something only where :func:`test` holds."""
    if term.sort is not constructor.sort:
        raise TypeError(f"{term!r} is no {constructor.sort}")
    if term.op == "make" and term.data is constructor:
        return term.args[index]
    return _term("get", (term,), constructor.fields[index][1], (constructor, index))


def select(array: Term, index: Any) -> Term:
    """The value of a function value at an argument."""
    if not isinstance(array.sort, ArraySort):
        raise TypeError(f"{array!r} is no function value")
    return _term("select", (array, as_term(index, array.sort.domain)), array.sort.range)


def rank(term: Term) -> Term:
    """The height of a datum: an integer that every field of it stays below."""
    if not isinstance(term.sort, Datatype):
        raise TypeError(f"{term!r} is of no datatype")
    return _term("rank", (term,), INT)


def rebuild(term: Term, args: tuple[Term, ...]) -> Term:
    """The term with other arguments, through the makers above."""
    op = term.op
    if op == "make":
        return construct(term.data, *args)
    if op == "is":
        return test(term.data, *args)
    if op == "get":
        return field(term.data[0], term.data[1], *args)
    if op == "ite":
        return choose_by(*args)
    if op == "=":
        return equal(*args)
    if op == "not":
        return negate(*args)
    if op == "and":
        return both(*args)
    if op == "or":
        return either(*args)
    if op == "=>":
        return implies(*args)
    return _term(op, args, term.sort, term.data)


_CLASSES = frozenset(map(id, (type(None), str, int, tuple, Constructor, Function)))
"""Of what a term holds beside its arguments. By identity: a class can say that it equals one."""


def postorder(roots: Iterable[Term]) -> Iterator[Term]:
    """Every distinct subterm once, arguments before what is made of them.

    Raises :class:`TypeError` for a term that was given another class, or the symbol of which was:
    what it is made of cannot change, but it could say so.
    """
    seen: set[int] = set()
    todo = [(root, False) for root in roots][::-1]
    while todo:
        term, ready = todo.pop()
        if ready:
            yield term
        elif id(term) not in seen:
            plain = type(term) is Term and id(type(term.data)) in _CLASSES
            if not plain or (term.op == "get" and type(term.data[0]) is not Constructor):
                raise TypeError("not a term of this module")
            seen.add(id(term))
            todo.append((term, True))
            todo.extend((arg, False) for arg in reversed(term.args))


def genuine(*found: Term) -> None:
    """Raise as :func:`postorder` unless these terms, with all their parts, are of this module.

    For a rule that reads parts of terms that are handed to it."""
    deque(postorder(found), maxlen=0)


def substitute(term: Term, replacements: Mapping[Term, Term]) -> Term:
    """The term with constants replaced, all at once. No term binds, so nothing is captured."""
    for old, new in replacements.items():
        if old.op != "constant" or old.sort is not new.sort:
            raise TypeError(f"{old!r} cannot become {new!r}")
    done: dict[int, Term] = {id(old): new for old, new in replacements.items()}
    for part in postorder([term]):
        if id(part) not in done:
            args = tuple(done[id(arg)] for arg in part.args)
            same = all(a is b for a, b in zip(args, part.args, strict=True))
            done[id(part)] = part if same else rebuild(part, args)
    return done[id(term)]


def constants(*terms: Term) -> list[Term]:
    """The free constants, in order of first occurrence."""
    return [part for part in postorder(terms) if part.op == "constant"]


def _well_sorted(term: Term) -> bool:
    """Whether operator, arguments, sort and data belong together, to the solvers as to us."""
    op, args, sort, data = term.op, term.args, term.sort, term.data
    if type(op) is not str or type(args) is not tuple or any(type(a) is not Term for a in args):
        return False
    found = [arg.sort for arg in args]
    number = sort is INT or sort is REAL

    def takes(*wanted: Sort) -> bool:
        return len(found) == len(wanted) and all(a is b for a, b in zip(found, wanted, strict=True))

    if op == "constant":
        return takes() and (_plain(data) or _plain(data, _FRESH))
    if op == "int":
        return takes() and sort is INT and type(data) is int
    if op == "real":
        return (
            takes() and sort is REAL and type(data) is tuple and len(data) == 2
            and type(data[0]) is type(data[1]) is int and data[1] > 0
        )
    if op == "make":
        if type(data) is not Constructor or type(data.fields) is not tuple:
            return False
        return sort is data.sort and takes(*(field[1] for field in data.fields))
    if op == "is":
        return type(data) is Constructor and sort is BOOL and takes(data.sort)
    if op == "get":
        if type(data) is not tuple or len(data) != 2:
            return False
        constructor, index = data
        return (
            type(constructor) is Constructor
            and type(constructor.fields) is tuple
            and type(index) is int
            and 0 <= index < len(constructor.fields)
            and takes(constructor.sort)
            and sort is constructor.fields[index][1]
        )
    if op == "call":
        if type(data) is not Function or type(data.domain) is not tuple:
            return False
        return _plain(data.name) and sort is data.range and takes(*data.domain)
    if data is not None:
        return False
    if op in ("true", "false"):
        return takes() and sort is BOOL
    if op in ("not", "and", "or", "=>"):
        wanted = 1 if op == "not" else 2 if op == "=>" else max(2, len(args))
        return sort is BOOL and takes(*[BOOL] * wanted)
    if op == "ite":
        return takes(BOOL, sort, sort)
    if op in ("+", "-", "*"):
        return number and takes(sort, sort)
    if op == "/":
        return sort is REAL and takes(REAL, REAL)
    if op in ("=", "<", "<="):
        ordered = op == "=" or takes(INT, INT) or takes(REAL, REAL)
        return sort is BOOL and len(found) == 2 and found[0] is found[1] and ordered
    if op == "select":
        array = found[0] if found else None
        return type(array) is ArraySort and sort is array.range and takes(array, array.domain)
    return op == "rank" and sort is INT and len(found) == 1 and type(found[0]) is Datatype


def _check(term: Term) -> None:
    """Refuse a term that the makers above did not make."""
    if type(term) is not Term or not _well_sorted(term):
        raise TypeError("not a well sorted term")
    key = (term.op, tuple(map(id, term.args)), id(term.sort), term.data)
    if _interned.get(key) is not term:
        raise TypeError("a term was made by other means")


_declared: dict[int, tuple[object, Any]] = {}


def unchanged(symbol: Datatype | Function) -> None:
    """Refuse a symbol that is not what it was when it was first asked about: when it was made."""
    if type(symbol) is Datatype:
        content = _shape(symbol)
    elif type(symbol) is not Function:
        raise TypeError("a sort or a function was given another class")
    else:
        content = [symbol.name, *map(id, (*symbol.domain, symbol.range))]
    if _declared.setdefault(id(symbol), (symbol, content))[1] != content:
        raise TypeError("a sort or a function was changed after it was made")


def _sort_name(sort: Sort) -> str:
    basics = ((BOOL, "Bool"), (INT, "Int"), (REAL, "Real"), (ELEMENT, "Element"))
    for basic, name in basics:
        if sort is basic:
            return name
    if type(sort) is ArraySort:
        return f"(Array {_sort_name(sort.domain)} {_sort_name(sort.range)})"
    if type(sort) is Datatype and _plain(sort.name):
        return sort.name
    raise TypeError(f"no sort to the solvers: {type(sort).__name__}")


def _symbol(term: Term) -> str:
    op = term.op
    if op == "constant":
        return str(term.data)
    if op in ("true", "false"):
        return op
    if op == "int":
        return str(term.data) if term.data >= 0 else f"(- {-term.data})"
    if op == "real":
        top, bottom = term.data
        text = f"{abs(top)}.0" if bottom == 1 else f"(/ {abs(top)}.0 {bottom}.0)"
        return text if top >= 0 else f"(- {text})"
    if op in ("make", "call"):
        return str(term.data.name)
    if op == "is":
        return f"(_ is {term.data.name})"
    if op == "get":
        constructor, index = term.data
        return f"{constructor.name}.{constructor.fields[index][0]}"
    if op == "rank":
        return f"rank.{term.args[0].sort.name}"
    return op


def _shape(sort: Datatype) -> list[Any]:
    """All that is written of a datatype; refused unless every name is a plain one."""
    shape: list[Any] = [sort.name]
    if type(sort.constructors) is not tuple:
        raise TypeError("the constructors are not a tuple")
    for constructor in sort.constructors:
        fields = constructor.fields if type(constructor) is Constructor else None
        if type(fields) is not tuple or any(type(f) is not tuple or len(f) != 2 for f in fields):
            raise TypeError("no constructor")
        shape += [id(constructor), constructor.name, len(fields)]
        shape += [item for name, field_sort in fields for item in (name, id(field_sort))]
    if not all(type(item) is int or _plain(item) for item in shape):
        raise TypeError(f"no plain names: {shape!r}")
    return shape


def _sorts_of(parts: Iterable[Term]) -> tuple[list[Datatype], bool]:
    """The datatypes that the terms speak of, and whether they speak of elements."""
    found: dict[str, Datatype] = {}
    elements = False
    seen: set[int] = set()
    todo: list[Sort] = [part.sort for part in parts]
    while todo:
        sort = todo.pop()
        if id(sort) in seen:
            continue
        seen.add(id(sort))
        if type(sort) is ArraySort:
            todo += [sort.domain, sort.range]
        elif type(sort) is Datatype:
            unchanged(sort)
            if found.setdefault(sort.name, sort) is not sort:
                raise TypeError(f"two datatypes are called {sort.name}")
            fields = [s for c in sort.constructors for _, s in c.fields]
            if any(type(s) is ArraySort for s in fields):
                # A datatype that holds all functions from itself would be larger than itself.
                raise TypeError(f"the datatype {sort.name} holds function values")
            todo += fields
        elif sort is ELEMENT:
            # Uninterpreted: what both solvers find unsat is so for every nonempty set, and
            # datatypes and functions over it are read over that set.
            elements = True
        elif sort is not BOOL and sort is not INT and sort is not REAL:
            raise TypeError(f"no sort to the solvers: {type(sort).__name__}")
    if elements and ELEMENT.name in found:
        raise TypeError(f"a datatype is called {ELEMENT.name}")
    return [found[name] for name in sorted(found)], elements


def _logic(parts: Iterable[Term]) -> str:
    """The SMT-LIB logic: solvers have complete methods for real arithmetic if they know of it."""
    if any(part.sort not in (BOOL, REAL) for part in parts):
        return "ALL"
    return "QF_UFNRA" if any(part.op == "call" for part in parts) else "QF_NRA"


def script(premises: Iterable[Term], goal: Term, *, seed: int = 0, values: bool = False) -> str:
    """The SMT-LIB text that asks whether the premises hold together with the goal's negation.

    ``unsat`` means that the goal follows. Raises :class:`TypeError` if two symbols share a name,
    or if anything in the terms was not made by the makers of this module, or was changed since.
    """
    if type(seed) is not int or seed < 0:
        raise TypeError(f"the seed {seed!r} is no whole number")
    claims = [as_term(premise, BOOL) for premise in premises]
    roots = [*dict.fromkeys(claims), negate(goal)]
    parts = list(postorder(roots))
    for part in parts:
        _check(part)
    uses: dict[int, int] = {}
    for part in parts:
        for arg in part.args:
            uses[id(arg)] = uses.get(id(arg), 0) + 1
    lines = [
        "(set-option :produce-models true)",
        f"(set-option :random-seed {seed})",
        f"(set-logic {_logic(parts)})",
    ]
    datatypes, elements = _sorts_of(parts)
    symbols: dict[str, Any] = {}

    def claim(name: str, owner: Any) -> bool:
        """Whether the name is new; one name for two things is an error."""
        if not (_plain(name) or _plain(name, _FRESH)):
            raise TypeError(f"no name: {name!r}")
        if name in symbols and symbols[name] is not owner:
            raise TypeError(f"two symbols are called {name}")
        new = name not in symbols
        symbols[name] = owner
        return new

    for datatype in datatypes:
        for constructor in datatype.constructors:
            claim(constructor.name, constructor)
            for entry in constructor.fields:
                claim(f"{constructor.name}.{entry[0]}", entry)
    if elements:
        lines.append(f"(declare-sort {_sort_name(ELEMENT)} 0)")
    if datatypes:
        heads = " ".join(f"({_sort_name(d)} 0)" for d in datatypes)
        bodies = " ".join(
            "("
            + " ".join(
                f"({c.name}"
                + "".join(f" ({c.name}.{name} {_sort_name(sort)})" for name, sort in c.fields)
                + ")"
                for c in d.constructors
            )
            + ")"
            for d in datatypes
        )
        lines.append(f"(declare-datatypes ({heads}) ({bodies}))")
    names: dict[int, str] = {}
    definitions: list[str] = []
    for part in parts:
        symbol = _symbol(part)
        if part.op == "constant" and claim(symbol, part):
            lines.append(f"(declare-const {symbol} {_sort_name(part.sort)})")
        elif part.op == "call" and claim(symbol, part.data):
            function = part.data
            unchanged(function)
            domain = " ".join(map(_sort_name, function.domain))
            lines.append(f"(declare-fun {symbol} ({domain}) {_sort_name(function.range)})")
        elif part.op == "rank" and claim(symbol, part.args[0].sort):
            lines.append(f"(declare-fun {symbol} ({_sort_name(part.args[0].sort)}) Int)")
        if part.args:
            text = f"({symbol} {' '.join(names[id(arg)] for arg in part.args)})"
            if uses.get(id(part), 0) > 1:
                name = f"part!{len(definitions)}"
                claim(name, definitions)
                definitions.append(f"(define-fun {name} () {_sort_name(part.sort)} {text})")
                text = name
            names[id(part)] = text
        else:
            names[id(part)] = symbol
    lines += definitions
    lines += [f"(assert {names[id(root)]})" for root in roots]
    lines.append("(check-sat)")
    if values:
        listed = [names[id(part)] for part in parts if part.op == "constant"]
        if listed:
            lines.append(f"(get-value ({' '.join(listed)}))")
    return "\n".join(lines) + "\n"

"""The WHILE language: its programs as values, its concrete syntax, its printer.

The concrete syntax is that of the HWhile interpreter, without its ``@`` literals and with one more
expression, ``ask E``, for the oracle's answer. ``=`` binds weaker than ``hd``, ``tl`` and ``ask``,
groups to the right, and belongs to the innermost operand before it: ``hd X = Y`` is ``(hd X) = Y``,
``cons X Y = Z`` is ``cons X (Y = Z)``. Semicolons separate commands; comments do not nest.

*Definitions*: :data:`Expression` (:class:`Literal`, :class:`Variable`, :class:`MakePair`,
:class:`Head`, :class:`Tail`, :class:`Question`, :class:`Equals`, :class:`ListOf`);
:data:`Command` (:class:`Assign`, :class:`Call`, :class:`WhileDo`, :class:`IfElse`,
:class:`Switch` with its :class:`Case`); :class:`WhileProgram`; :func:`parse_while`,
:func:`format_while`.

*How it is done*: Lark makes a parse tree, which is folded bottom-up into syntax. Nothing here
recurses, so nesting is limited only by the length of the source.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 2; B. Reus,
'Limits of Computation' (Springer 2016), chapters 3 to 5; the HWhile interpreter, for the concrete
syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from models.errors import BadInput, position
from models.machine.tree import (
    LARGEST_NUMERAL,
    NIL,
    TRUE,
    Nil,
    Pair,
    Tree,
    format_tree,
)
from models.node import Node

if TYPE_CHECKING:
    from lark import Lark, Token
    from lark.exceptions import UnexpectedInput

LONGEST_SOURCE = 1_000_000
"""Characters; a longer source is a mistake more often than a program."""

KEYWORDS = frozenset({
    "ask", "case", "cons", "default", "else", "false", "hd", "if", "nil", "read", "switch", "tl",
    "true", "while", "write",
})  # fmt: skip
_NAME = re.compile(r"[a-zA-Z_'][a-zA-Z0-9_'$]*")

GRAMMAR = r"""
program: ID "read" ID block "write" ID
block: "{" "}" | "{" commands "}"
commands: command (";" command)*
?command: ID ":=" expression                     -> assign
    | ID ":=" "<" ID ">" expression              -> call
    | "while" expression block                   -> while_do
    | "if" expression block ["else" block]       -> if_else
    | "switch" expression "{" case* [default] "}" -> switch
case: "case" expression ":" commands
default: "default" ":" commands

// '=' can follow only a tight expression; the second operand of cons takes all it can.
?expression: tight | open | tight "=" expression -> equals
?open: "cons" expression expression              -> make_pair
    | "hd" open                                  -> head
    | "tl" open                                  -> tail
    | "ask" open                                 -> question
?tight: "hd" tight                               -> head
    | "tl" tight                                 -> tail
    | "ask" tight                                -> question
    | ID                                         -> variable
    | "(" expression ")"
    | "[" [expression ("," expression)*] "]"     -> list_of
    | tree                                       -> literal
?tree: "nil"                                     -> nil
    | "false"                                    -> nil
    | "true"                                     -> true
    | NUMBER                                     -> number
    | "<" tree "." tree ">"                      -> pair

ID: /[a-zA-Z_'][a-zA-Z0-9_'$]*/
NUMBER: /0|[1-9][0-9]*/
%ignore /\s+/
%ignore /\/\/[^\n]*/
%ignore /\(\*(?s:.)*?\*\)/
"""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Syntax(Node):
    """Compared by structure, fields that hold several nodes included; positions do not count."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Syntax):
            return NotImplemented
        todo: list[tuple[Any, Any]] = [(self, other)]
        while todo:
            left, right = todo.pop()
            if left is right:
                continue
            if type(left) is not type(right):
                return False
            if isinstance(left, _Syntax):
                if hash(left) != hash(right):
                    return False
                left, right = left.fields(), right.fields()
            elif not isinstance(left, tuple):
                if left != right:
                    return False
                continue
            if len(left) != len(right):
                return False
            todo.extend(zip(left, right, strict=True))
        return True

    # Python drops an inherited hash where equality is redefined.
    __hash__ = Node.__hash__

    def __repr__(self) -> str:
        parts: list[str] = []
        todo: list[tuple[Any, bool]] = [(self, False)]
        while todo:
            item, is_text = todo.pop()
            if is_text:
                parts.append(item)
            elif isinstance(item, (_Syntax, tuple)):
                is_tuple = isinstance(item, tuple)
                name = "" if is_tuple else type(item).__name__
                fields: tuple[Any, ...] = item if isinstance(item, tuple) else item.fields()
                todo.append((",)" if is_tuple and len(fields) == 1 else ")", True))
                for index in reversed(range(len(fields))):
                    todo.append((fields[index], False))
                    todo.append((", " if index else f"{name}(", True))
                if not fields:
                    todo.append((f"{name}(", True))
            else:
                parts.append(repr(item))
        return "".join(parts)


def _check_name(name: object) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name in KEYWORDS:
        raise BadInput(
            f"name {name!r}",
            expected="letters, digits, _, ' and $, not starting with a digit or $, not a keyword",
        )


def _check_all(items: object, kind: type | tuple[type, ...], expected: str) -> None:
    if not isinstance(items, tuple) or not all(isinstance(item, kind) for item in items):
        raise BadInput(f"{items!r}", expected=expected)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Literal(_Syntax):
    """A constant tree: ``nil``, ``true``, ``false``, a number or ``<LITERAL.LITERAL>``."""

    tree: Tree

    def __post_init__(self) -> None:
        _check_all((self.tree,), (Nil, Pair), "a tree")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Variable(_Syntax):
    """The value of a variable; nil until something is assigned."""

    name: str

    def __post_init__(self) -> None:
        _check_name(self.name)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _OfExpressions(_Syntax):
    def __post_init__(self) -> None:
        _check_all(self.fields(), _EXPRESSIONS, "expressions")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MakePair(_OfExpressions):
    """``cons FIRST SECOND``"""

    first: Expression
    second: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Head(_OfExpressions):
    """``hd OF``; nil of nil"""

    of: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tail(_OfExpressions):
    """``tl OF``; nil of nil"""

    of: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Question(_OfExpressions):
    """``ask OF``: the oracle's answer"""

    of: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Equals(_OfExpressions):
    """``LEFT = RIGHT``: true if both are the same tree, else false"""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ListOf(_Syntax):
    """``[ITEM, …]``: the right-nested list"""

    items: tuple[Expression, ...]

    def __post_init__(self) -> None:
        _check_all(self.items, _EXPRESSIONS, "a tuple of expressions")


Expression: TypeAlias = Literal | Variable | MakePair | Head | Tail | Question | Equals | ListOf
_EXPRESSIONS = (Literal, Variable, _OfExpressions, ListOf)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Assign(_Syntax):
    """``VARIABLE := VALUE``"""

    variable: str
    value: Expression

    def __post_init__(self) -> None:
        _check_name(self.variable)
        _check_all((self.value,), _EXPRESSIONS, "an expression")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Call(_Syntax):
    """``VARIABLE := <PROGRAM> ARGUMENT``: the value of the program in ``PROGRAM.while``.

    ``where`` is the position of the program's name, for messages.
    """

    variable: str
    program: str
    argument: Expression
    where: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        _check_name(self.variable)
        _check_name(self.program)
        _check_all((self.argument,), _EXPRESSIONS, "an expression")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WhileDo(_Syntax):
    """``while TEST { BODY }``"""

    test: Expression
    body: Block

    def __post_init__(self) -> None:
        _check_all((self.test,), _EXPRESSIONS, "an expression")
        _check_all(self.body, _COMMANDS, "a tuple of commands")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IfElse(_Syntax):
    """``if TEST { THEN } else { OTHERWISE }``; without ``else``, an empty block"""

    test: Expression
    then: Block
    otherwise: Block = ()

    def __post_init__(self) -> None:
        _check_all((self.test,), _EXPRESSIONS, "an expression")
        _check_all(self.then, _COMMANDS, "a tuple of commands")
        _check_all(self.otherwise, _COMMANDS, "a tuple of commands")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Case(_Syntax):
    """``case MATCH : BODY``, with at least one command"""

    match: Expression
    body: Block

    def __post_init__(self) -> None:
        _check_all((self.match,), _EXPRESSIONS, "an expression")
        _check_all(self.body, _COMMANDS, "a tuple of commands")
        if not self.body:
            raise BadInput("a case without commands", expected="at least one command")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Switch(_Syntax):
    """The body of the first case that equals the subject, else the default.

    The subject is evaluated once, the cases in order until one is equal.
    """

    subject: Expression
    cases: tuple[Case, ...]
    default: Block = ()

    def __post_init__(self) -> None:
        _check_all((self.subject,), _EXPRESSIONS, "an expression")
        _check_all(self.cases, Case, "a tuple of cases")
        _check_all(self.default, _COMMANDS, "a tuple of commands")


Command: TypeAlias = Assign | Call | WhileDo | IfElse | Switch
Block: TypeAlias = tuple[Command, ...]
_COMMANDS = (Assign, Call, WhileDo, IfElse, Switch)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WhileProgram(_Syntax):
    """``NAME read READ { BODY } write WRITE``: input, commands, output."""

    name: str
    read: str
    body: Block
    write: str

    def __post_init__(self) -> None:
        for name in (self.name, self.read, self.write):
            _check_name(name)
        _check_all(self.body, _COMMANDS, "a tuple of commands")


def parse_while(text: str, *, source: str = "") -> WhileProgram:
    """The program that a source text denotes.

    Raises :class:`BadInput` with line and column, what was found and what was expected, and for a
    text of more than :data:`LONGEST_SOURCE` characters.
    """
    if len(text) > LONGEST_SOURCE:
        raise BadInput(
            f"a source of {len(text):,} characters",
            where=source,
            expected=f"at most {LONGEST_SOURCE:,} characters",
        )
    # Loading Lark takes longer than most runs do.
    from lark import Tree as Parsed
    from lark.exceptions import UnexpectedInput

    try:
        parsed = _parser().parse(text)
    except UnexpectedInput as error:
        raise _syntax_error(error, text, source) from None
    build = _Builder(text, source)
    built: dict[int, Any] = {}
    for node in parsed.iter_subtrees():
        children = [
            built.pop(id(child)) if isinstance(child, Parsed) else child for child in node.children
        ]
        built[id(node)] = getattr(build, node.data)(*children)
    program: WhileProgram = built[id(parsed)]
    return program


@cache
def _parser() -> Lark:
    from lark import Lark

    # The basic lexer keeps keywords keywords also where only a name can stand.
    return Lark(GRAMMAR, start="program", parser="lalr", lexer="basic", maybe_placeholders=False)


class _Builder:
    """Syntax from the parts of a grammar rule; a method for each rule."""

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.source = source
        self.numerals: list[Tree] = [NIL]

    def program(self, name: Token, read: Token, body: Block, write: Token) -> WhileProgram:
        return WhileProgram(str(name), str(read), body, str(write))

    def block(self, commands: Block = ()) -> Block:
        return commands

    def commands(self, *commands: Command) -> Block:
        return commands

    def assign(self, variable: Token, value: Expression) -> Assign:
        return Assign(str(variable), value)

    def call(self, variable: Token, program: Token, argument: Expression) -> Call:
        place = f"line {program.line}, column {program.column}"
        where = f"{self.source}: {place}" if self.source else place
        return Call(str(variable), str(program), argument, where=where)

    def while_do(self, test: Expression, body: Block) -> WhileDo:
        return WhileDo(test, body)

    def if_else(self, test: Expression, then: Block, otherwise: Block = ()) -> IfElse:
        return IfElse(test, then, otherwise)

    def case(self, match: Expression, body: Block) -> Case:
        return Case(match, body)

    def default(self, body: Block) -> Block:
        return body

    def switch(self, subject: Expression, *branches: Case | Block) -> Switch:
        cases = tuple(branch for branch in branches if isinstance(branch, Case))
        default = branches[-1] if len(cases) < len(branches) else ()
        return Switch(subject, cases, default if isinstance(default, tuple) else ())

    def equals(self, left: Expression, right: Expression) -> Equals:
        return Equals(left, right)

    def make_pair(self, first: Expression, second: Expression) -> MakePair:
        return MakePair(first, second)

    def head(self, of: Expression) -> Head:
        return Head(of)

    def tail(self, of: Expression) -> Tail:
        return Tail(of)

    def question(self, of: Expression) -> Question:
        return Question(of)

    def variable(self, name: Token) -> Variable:
        return Variable(str(name))

    def list_of(self, *items: Expression) -> ListOf:
        return ListOf(items)

    def literal(self, tree: Tree) -> Literal:
        return Literal(tree)

    def nil(self) -> Tree:
        return NIL

    def true(self) -> Tree:
        return TRUE

    def pair(self, first: Tree, second: Tree) -> Tree:
        return Pair(first, second)

    def number(self, digits: Token) -> Tree:
        number = int(digits) if len(digits) <= len(str(LARGEST_NUMERAL)) else LARGEST_NUMERAL + 1
        if number > LARGEST_NUMERAL:
            shown = digits if len(digits) <= 20 else f"{digits[:20]}…"
            raise BadInput(
                f"the number {shown}",
                where=position(self.text, digits.start_pos or 0, self.source),
                expected=f"a number from 0 to {LARGEST_NUMERAL}: numbers are unary",
            )
        # A numeral holds all smaller ones: a source costs no more than its largest number.
        while len(self.numerals) <= number:
            self.numerals.append(Pair(NIL, self.numerals[-1]))
        return self.numerals[number]


_HWHILE_ATOMS = {
    "@:=": 2, "@asgn": 2, "@doAsgn": 3, "@while": 5, "@doWhile": 7, "@if": 11, "@doIf": 13,
    "@var": 17, "@quote": 19, "@hd": 23, "@doHd": 29, "@tl": 31, "@doTl": 37, "@cons": 41,
    "@doCons": 43,
}  # fmt: skip
"""The numbers that HWhile reads for its ``@`` literals."""


def _syntax_error(error: UnexpectedInput, text: str, source: str) -> BadInput:
    """What Lark found, in words and with its position."""
    from lark.exceptions import UnexpectedToken

    acceptable: set[str] = error.interactive_parser.accepts()  # type: ignore[no-untyped-call]
    expected = _in_words(acceptable)
    ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    offset = len(text) if ended else (error.pos_in_stream or 0)
    found = text[offset : offset + 1]
    if isinstance(error, UnexpectedToken) and not ended:
        found = str(error.token)
    # An unclosed comment is read as '(' and then an unexpected '*'.
    if text.startswith("(*", offset - 1) and offset:
        offset -= 1
    if ended:
        what = "the text ends too early"
    elif text.startswith("(*", offset):
        what, expected = "a comment that is not closed", "'*)'"
    elif found == "@":
        atom = re.compile(r"@(:=|\w*)").match(text, offset)
        name = atom.group() if atom else found
        what, expected = f"{name} is not supported: it names a code of HWhile", "a number"
        if name in _HWHILE_ATOMS:
            expected = f"the number that it stands for in HWhile, {_HWHILE_ATOMS[name]}"
    elif acceptable == {"$END"}:
        what = f"unexpected {found!r} after the program"
    elif found in KEYWORDS and (
        acceptable == {"ID"} or re.compile(r"\s*:=").match(text, offset + len(found))
    ):
        what = f"unexpected {found!r}, which is a keyword"
    else:
        shown = found if len(found) <= 40 else f"{found[:40]}…"
        what = f"unexpected {shown!r}"
        if found == "." and expected == "'>'":
            expected += " (a pair <LITERAL.LITERAL> has no variables; for those there is cons)"
    return BadInput(what, where=position(text, offset, source), expected=expected)


def _in_words(terminals: Iterable[str]) -> str:
    """The terminals that could stand here, as a reader would say it."""
    strings = {
        terminal.name: str(terminal.pattern.value)
        for terminal in _parser().terminals
        if terminal.pattern.type == "str"
    }
    strings |= {"ID": "a name", "NUMBER": "a number", "$END": "the end"}
    left = {strings[name] for name in terminals}
    words: list[str] = []
    tree_starts = {"nil", "true", "false", "<", "a number"}
    for name, starts in (
        ("an expression", tree_starts | {"a name", "cons", "hd", "tl", "ask", "(", "["}),
        ("a literal (nil, true, false, a number or <LITERAL.LITERAL>)", tree_starts),
        ("a command", {"a name", "while", "if", "switch"}),
    ):
        if starts <= left:
            words.append(name)
            left -= starts
    if words or len(left) > 1:
        # After most expressions '=' could go on; nobody who forgot a semicolon wants to hear it.
        left.discard("=")
    spoken = {"a name", "a number", "the end"}
    words += sorted((word if word in spoken else repr(word) for word in left), key=_closing_last)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _closing_last(word: str) -> tuple[bool, str]:
    return word in {"'}'", "')'", "']'", "'>'"}, word


_Piece: TypeAlias = "str | Callable[[], list[_Piece]]"


def format_while(program: WhileProgram) -> str:
    """The source text, indented; :func:`parse_while` reads an equal program back.

    Parentheses stand where the grammar needs them and around every ``=`` that is an operand.
    """
    parts: list[str] = []
    todo: list[_Piece] = [
        f" write {program.write}\n",
        partial(_block, program.body, 0),
        f"{program.name} read {program.read} ",
    ]
    while todo:
        piece = todo.pop()
        if isinstance(piece, str):
            parts.append(piece)
        else:
            todo.extend(reversed(piece()))
    return "".join(parts)


def _indent(depth: int) -> str:
    # Beyond some depth nobody reads it, and the text would grow with the square of the nesting.
    return "    " * min(depth, 20)


def _block(commands: Block, depth: int) -> list[_Piece]:
    if not commands:
        return ["{}"]
    return ["{\n", partial(_commands, commands, depth + 1), f"\n{_indent(depth)}}}"]


def _commands(commands: Block, depth: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    for command in commands:
        pieces += [";\n" if pieces else "", _indent(depth), partial(_command, command, depth)]
    return pieces


def _command(command: Command, depth: int) -> list[_Piece]:
    match command:
        case Assign(variable, value):
            return [f"{variable} := ", partial(_expression, value)]
        case Call(variable, name, argument):
            return [f"{variable} := <{name}> ", partial(_expression, argument)]
        case WhileDo(test, body):
            return ["while ", partial(_expression, test), " ", partial(_block, body, depth)]
        case IfElse(test, then, otherwise):
            pieces: list[_Piece] = ["if ", partial(_expression, test), " "]
            pieces += [partial(_block, then, depth)]
            if otherwise:
                pieces += [" else ", partial(_block, otherwise, depth)]
            return pieces
        case Switch(subject, cases, default):
            pieces = ["switch ", partial(_expression, subject), " {"]
            for case in cases:
                pieces += [f"\n{_indent(depth + 1)}case ", partial(_expression, case.match)]
                pieces += [" :\n", partial(_commands, case.body, depth + 2)]
            if default:
                pieces += [f"\n{_indent(depth + 1)}default :\n"]
                pieces += [partial(_commands, default, depth + 2)]
            return [*pieces, f"\n{_indent(depth)}}}" if cases or default else "}"]


def _expression(expression: Expression) -> list[_Piece]:
    match expression:
        case Literal(tree):
            return ["nil" if isinstance(tree, Nil) else format_tree(tree, style="numbers")]
        case Variable(name):
            return [name]
        case MakePair(first, second):
            return ["cons ", partial(_operand, first), " ", partial(_operand, second)]
        case Head(of):
            return ["hd ", partial(_operand, of)]
        case Tail(of):
            return ["tl ", partial(_operand, of)]
        case Question(of):
            return ["ask ", partial(_operand, of)]
        case Equals(left, right):
            return [partial(_left, left), " = ", partial(_operand, right)]
        case ListOf(items):
            pieces: list[_Piece] = ["["]
            for item in items:
                pieces += [", " if len(pieces) > 1 else "", partial(_expression, item)]
            return [*pieces, "]"]


def _operand(expression: Expression) -> list[_Piece]:
    if isinstance(expression, Equals):
        return ["(", partial(_expression, expression), ")"]
    return _expression(expression)


def _left(expression: Expression) -> list[_Piece]:
    """The left side of ``=``, which the last operand of a cons would take for itself."""
    last = expression
    while isinstance(last, (Head, Tail, Question)):
        last = last.of
    if isinstance(last, MakePair) or isinstance(expression, Equals):
        return ["(", partial(_expression, expression), ")"]
    return _expression(expression)

"""Programs from files: WHILE sources with the programs that they call, and core terms.

*Definitions*: :func:`load_program`, :func:`compile_source`, :func:`read_text`; for an argument that
is a text or names a file, :func:`given_program`, :func:`given_tree`.

*How it is done*: a WHILE source and all programs it calls, directly or not, are read before the
first is compiled; they are compiled in an order in which each comes after those it calls. So
neither a cycle nor a long chain of calls meets Python's recursion limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from models.errors import BadInput
from models.machine.program import Program, parse_program
from models.machine.tree import Tree, parse_tree
from models.machine.while_compile import compile_while
from models.machine.while_syntax import (
    Block,
    Call,
    IfElse,
    Switch,
    WhileDo,
    WhileProgram,
    parse_while,
)

LARGEST_FILE = 1_000_000
"""Bytes."""

LARGEST_TREE_FILE = 100_000_000
"""Bytes of a file with a tree."""


def load_program(path: Path) -> Program:
    """The program in a file: a core term if its name ends in ``.term``, else a WHILE source.

    A term may have comments, from ``//`` to the end of the line. A source calls ``<ID>`` the
    program in ``ID.while`` in its own directory.

    Raises :class:`BadInput` for a file that cannot be read as text of at most
    :data:`LARGEST_FILE` bytes, for its syntax, and for calls of programs that cannot be read, or
    that in the end call each other.
    """
    text = read_text(path)
    if path.suffix == ".term":
        # Blanks in place of comments keep the positions in messages right.
        plain = re.sub(r"//[^\n]*", lambda comment: " " * len(comment.group()), text)
        return parse_program(plain, source=str(path))
    return _linked(parse_while(text, source=str(path)), path.parent, path)


def given_program(argument: str, *, source: str) -> Program:
    """The program of a core term, or of the file behind ``@``, as :func:`load_program` reads it.

    ``source`` names the argument in messages. Raises :class:`BadInput`.
    """
    path = _given_file(argument, source)
    return parse_program(argument, source=source) if path is None else load_program(path)


def given_tree(argument: str, *, source: str) -> Tree:
    """The tree that is written, or that in the file behind ``@``.

    ``source`` names the argument in messages. Raises :class:`BadInput`.
    """
    path = _given_file(argument, source)
    if path is None:
        return parse_tree(argument, source=source)
    return parse_tree(read_text(path, largest=LARGEST_TREE_FILE), source=str(path))


def _given_file(argument: str, source: str) -> Path | None:
    if not argument.startswith("@"):
        return None
    if len(argument) == 1:
        raise BadInput("no file after '@'", where=source, expected="@FILE")
    return Path(argument[1:])


def compile_source(text: str, *, source: str = "", directory: Path | None = None) -> Program:
    """The program of a WHILE source; ``directory`` holds the programs that it calls.

    ``source`` names the text in messages. Raises :class:`BadInput` as :func:`load_program` does,
    and for any call if there is no directory.
    """
    program = parse_while(text, source=source)
    return compile_while(program) if directory is None else _linked(program, directory, None)


def _linked(program: WhileProgram, directory: Path, path: Path | None) -> Program:
    """The program compiled after all those that it calls; ``path`` is its own file, if any."""
    # Depth first: `open_files` are the callers under way, each with its calls still to be followed.
    compiled: dict[Path, Program] = {}
    this = path or directory / "the source"
    open_files: list[tuple[Path, WhileProgram, Iterator[Call]]] = [
        (this, program, _calls(program.body))
    ]
    while True:
        file, current, calls = open_files[-1]
        call = next((call for call in calls if _file(call, directory) not in compiled), None)
        if call is None:
            compiled[file] = compile_while(
                current, macros=lambda called: compiled[_file(called, directory)]
            )
            open_files.pop()
            if not open_files:
                return compiled[file]
            continue
        called = _file(call, directory)
        callers = [caller for caller, _, _ in open_files]
        if called in callers:
            cycle = [caller.stem for caller in callers[callers.index(called) :]]
            raise BadInput(
                f"programs that call each other: {' -> '.join([*cycle, called.stem])}",
                where=call.where,
                expected="calls without a cycle; to repeat something there is while",
            )
        try:
            text = read_text(called)
        except BadInput as error:
            raise BadInput(
                f"the program <{call.program}> in {called}: {error.what}",
                where=call.where,
                expected=error.expected,
            ) from None
        callee = parse_while(text, source=str(called))
        open_files.append((called, callee, _calls(callee.body)))


def _file(call: Call, directory: Path) -> Path:
    return directory / f"{call.program}.while"


def _calls(block: Block) -> Iterator[Call]:
    """All calls, in the order of the text."""
    todo = list(reversed(block))
    while todo:
        match todo.pop():
            case Call() as call:
                yield call
            case WhileDo(_, body):
                todo.extend(reversed(body))
            case IfElse(_, then, otherwise):
                todo.extend(reversed(then + otherwise))
            case Switch(_, cases, default):
                for inner in (default, *(case.body for case in reversed(cases))):
                    todo.extend(reversed(inner))
            case _:
                pass


def read_text(path: Path, *, largest: int = LARGEST_FILE) -> str:
    """The text of a file of at most ``largest`` bytes; :class:`BadInput` if there is none."""
    expected = f"a text file of at most {largest:,} bytes"
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot read it: {reason}", where=str(path), expected=expected) from None
    if len(data) > largest:
        raise BadInput("the file is too large", where=str(path), expected=expected)
    try:
        # Some editors begin a file with a byte order mark.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"byte {error.start} is not UTF-8 text", where=str(path), expected=expected
        ) from None

"""Write the programs of this folder, each of which is given its own code.

``python examples/own_code/make.py`` writes them anew; a test compares. Each is the recursive
program of another one, which takes a pair of its own code and the input
(:mod:`models.machine.recursion`).
"""

from __future__ import annotations

from pathlib import Path

from checks.files import write_whole
from models.machine import Hd, Program, format_program, recursive
from models.machine.source import load_program

HERE = Path(__file__).resolve().parent
WHILE = HERE.parent / "while"


def made_from() -> dict[str, tuple[str, str, Program]]:
    """For each file: what it does, the program it is made from, in words and as a program."""
    return {
        "quine": ("Its value on every input is its own code.", "hd", Hd()),
        "own_size": (
            "Its value on every input is its own size, as a number.",
            "examples/while/own_size.while",
            load_program(WHILE / "own_size.while"),
        ),
        "is_own_code": (
            "It says whether its input is its own code.",
            "examples/while/equal.while",
            load_program(WHILE / "equal.while"),
        ),
    }


def files() -> dict[Path, str]:
    """The text of each file."""
    return {
        HERE / f"{name}.term": (
            f"// {does}\n"
            f"// The recursive program of {source}, written by make.py in this folder.\n"
            f"{format_program(recursive(program), style='numbers')}\n"
        )
        for name, (does, source, program) in made_from().items()
    }


if __name__ == "__main__":
    for path, text in files().items():
        write_whole(path, text)

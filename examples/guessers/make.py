"""Write the programs of this folder: guessers that theorems speak of.

``python examples/guessers/make.py`` writes them anew; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from checks.files import write_whole
from models.machine import format_program
from models.revision.mind_changes import contrary

HERE = Path(__file__).resolve().parent


def files() -> dict[Path, str]:
    """The text of each file."""
    return {
        HERE / "contrary_1.term": (
            "// At x in stage s it guesses the opposite of what the program x guesses at itself,\n"
            "// as far as it has seen that, and changes its mind at most twice.\n"
            "// Written by make.py in this folder: jumpbound construct contrary 1.\n"
            f"{format_program(contrary(1), style='numbers')}\n"
        )
    }


if __name__ == "__main__":
    for path, text in files().items():
        write_whole(path, text)

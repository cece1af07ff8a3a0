"""Trees, programs that ask, their semantics, oracles, runs and program transformers.

The names a user of the package needs first; each module documents its own.
"""

from models.machine.oracle import EMPTY, FULL, Oracle, Table, parse_oracle
from models.machine.program import (
    Ask,
    Cons,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
    code,
    decode,
    format_program,
    parse_program,
    programs,
    size,
)
from models.machine.recursion import recursive
from models.machine.run import Run, run, trace
from models.machine.transform import substitute
from models.machine.tree import (
    FALSE,
    NIL,
    TRUE,
    Nil,
    Pair,
    Tree,
    format_tree,
    numeral,
    parse_tree,
    tree_list,
)

__all__ = [
    "EMPTY",
    "FALSE",
    "FULL",
    "NIL",
    "TRUE",
    "Ask",
    "Cons",
    "Hd",
    "Id",
    "If",
    "Nil",
    "Oracle",
    "Pair",
    "Program",
    "Quote",
    "Run",
    "Table",
    "Then",
    "Tl",
    "Tree",
    "While",
    "code",
    "decode",
    "format_program",
    "format_tree",
    "numeral",
    "parse_oracle",
    "parse_program",
    "parse_tree",
    "programs",
    "recursive",
    "run",
    "size",
    "substitute",
    "trace",
    "tree_list",
]

"""Decide the tables of the bounded jump that the README shows, and write docs/frontier.json.

``make frontier``: a quarter of an hour on two cores; what is decided is kept, so it can be stopped
and goes on. A test compares the smaller sizes with tables that are decided anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("frontier.json")

TABLES = (("empty", 9), ("full", 8), ("set:nil", 8), ("jump:5", 7))


def entry(oracle: str, size: int) -> dict[str, Any]:
    """One table, as it is written."""
    from checks.machine.jump import decide_jump
    from models.machine.program import decode, format_program
    from models.machine.tree import parse_tree

    data = decide_jump(size, oracle, progress=lambda event: print(event.text, file=sys.stderr))
    found = data.to_json()
    longest = [
        [steps, format_program(decode(parse_tree(code)))] for steps, code in found["longest"]
    ]
    kept = ("size", "oracle", "by_size", "complete", "certificates")
    return {**{key: found[key] for key in kept}, "longest": longest}


if __name__ == "__main__":
    sys.path.insert(0, str(FILE.parent.parent))
    tables = [entry(oracle, size) for oracle, size in TABLES]
    FILE.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")

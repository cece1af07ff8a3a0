"""What a console command came to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Said:
    """Its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """Standard output, which must be one JSON object and nothing else."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Command: TypeAlias = Callable[..., Said]
"""The command, given its arguments."""


def is_one_error(said: Said, *wanted: str) -> bool:
    """Exit code 2, nothing on standard output, one line that is no traceback, beside progress."""
    (line,) = [
        line for line in said.err.splitlines() if not re.match(r"(deciding|checking) \d", line)
    ]
    assert all(text in line for text in wanted), line
    assert len(line) < 1_500
    return said.code == 2 and said.out == "" and line.startswith("jumpbound: ")

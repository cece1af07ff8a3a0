"""Write what a command produces into the documents: console sessions, and tables in README.md.

``python docs/generate.py`` rewrites them (``make readme``); tests call :func:`sessions` and
:func:`generated` and compare, so no figure in README.md and in docs/separation.md is typed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README, CHAPTER = ROOT / "README.md", ROOT / "docs" / "separation.md"
BEGIN, END = "<!-- table begin -->", "<!-- table end -->"
FRONTIER_BEGIN, FRONTIER_END = "<!-- frontier begin -->", "<!-- frontier end -->"
BAD_INPUT = 2
SHELL = 'jumpbound() { "$JUMPBOUND_PYTHON" -m checks.cli "$@"; }'
"""So that a command is run as a reader types it, and by the code that is here."""


def output(command: str) -> str:
    """What a command of a document prints; for bad input, what it says on standard error."""
    if not command.startswith("jumpbound "):
        raise ValueError(f"not a jumpbound command: {command}")
    result = subprocess.run(
        ["sh", "-c", f"{SHELL}\n{command}"],
        cwd=ROOT, text=True, capture_output=True, check=False,
        env={
            **os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100",
            "JUMPBOUND_PYTHON": sys.executable,
        },
    )
    # Otherwise standard error has only progress, which is not the same twice.
    said = result.stderr if result.returncode == BAD_INPUT else result.stdout
    return "\n".join(line.rstrip() for line in said.splitlines())


def table() -> str:
    """The proved theorems, with their obligations and the instances checked."""
    from checks.verification import verify

    result = verify()
    rows = ["| theorem | says | obligations | instances checked |", "|---|---|---:|---:|"]
    for card in result.cards:
        if card.verdict == "proved":
            instances = sum(check.instances for check in card.checks)
            rows.append(
                f"| `{card.card.id}` | {card.card.title} | {card.obligations} | {instances:,} |"
            )
    proved = len(rows) - 2
    return "\n".join(
        [*rows, "", f"{proved} of {len(result.cards)} theorems; each obligation by both solvers."]
    )


def frontier() -> str:
    """The tables of the bounded jump that `make frontier` has decided, one line each."""
    rows = [
        "| oracle | size to | programs | halt | loop | undecided | longest run that halts |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for table in json.loads((ROOT / "docs" / "frontier.json").read_text(encoding="utf-8")):
        total = {
            name: sum(row[name] for row in table["by_size"])
            for name in ("programs", "halts", "loops", "unknown")
        }
        steps, program = table["longest"][0]
        rows.append(
            f"| `{table['oracle']}` | {table['size']} | {total['programs']:,} "
            f"| {total['halts']:,} | {total['loops']:,} | {total['unknown']:,} "
            f"| {steps} steps: `{program}` |"
        )
    return "\n".join(rows)


def replaced(text: str, begin: str, end: str, content: str) -> str:
    """The text with what is between two marks made anew."""
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    return f"{head}{begin}\n{content}\n{end}{tail}"


def sessions(text: str) -> str:
    """A document with its console sessions made anew."""

    def session(match: re.Match[str]) -> str:
        command = match.group(1)
        return f"```console\n$ {command}\n{output(command).rstrip()}\n```"

    return re.sub(r"```console\n\$ ([^\n]*)\n.*?```", session, text, flags=re.DOTALL)


def generated(text: str) -> str:
    """The README with its generated parts made anew."""
    text = replaced(sessions(text), FRONTIER_BEGIN, FRONTIER_END, frontier())
    return replaced(text, BEGIN, END, table())


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for document, made in ((README, generated), (CHAPTER, sessions)):
        document.write_text(made(document.read_text(encoding="utf-8")), encoding="utf-8")

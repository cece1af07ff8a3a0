"""Machine steps a second: compiled, the reference, and a program in C.

*Definitions*: :func:`section`.

Each program runs on its input on the compiled machine; on the reference, for fewer steps; and on
``machine.c``, which is compiled here. That is the same abstract machine as one would write it in C:
arrays that grow, without collection. Compared are median steps a second of processor time, with
programs and inputs already in arrays.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.measure import Section, medians
from models.machine.compiled_run import Machine
from models.machine.program import Program, parse_program
from models.machine.run import run
from models.machine.tree import NIL, Pair, Tree, numeral, tree_list

STEPS = 50_000_000
"""Steps in a measurement, at least; of the reference there are fewer."""

REFERENCE_STEPS = 30_000

GAS = 10**9

REVERSED = (
    "then(cons(id, quote 0), then(while(hd, cons(then(hd, tl), cons(then(hd, hd), tl))), tl))"
)

PROGRAMS: dict[str, tuple[str, Tree]] = {
    "down a numeral": ("while(id, tl)", numeral(1_000_000)),
    "reversals of a list": (
        f"while(hd, cons(then(hd, tl), then(tl, {REVERSED})))",
        Pair(numeral(1000), tree_list([numeral(n % 5) for n in range(1000)])),
    ),
    "branches and quotes": (
        "while(hd, if(then(tl, hd), cons(then(hd, tl), cons(quote 0, then(tl, tl))), "
        "cons(then(hd, tl), cons(quote 1, quote <1.2>))))",
        Pair(numeral(100_000), NIL),
    ),
}
"""By name, a program and its input."""

COLUMNS = {
    "program": "program",
    "steps": "steps",
    "compiled": "compiled, steps/s",
    "c": "C, steps/s",
    "reference": "reference, steps/s",
    "to_c": "compiled / C",
    "to_reference": "compiled / reference",
}

LEAST_TO_C, LEAST_TO_REFERENCE = 0.8, 100.0
"""What the compiled machine should reach."""


def section(repetitions: int) -> Section:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        notes = []
        compiler = shutil.which("gcc") or shutil.which("cc")
        binary = None
        if compiler is None:
            notes.append("No C compiler is here (gcc or cc): C is left out.")
        else:
            binary = Path(folder) / "machine"
            source = Path(__file__).with_suffix(".c")
            subprocess.run(
                [compiler, "-O2", "-std=c11", "-o", str(binary), str(source)], check=True
            )
        rows: list[dict[str, Any]] = []
        for name, (text, value) in PROGRAMS.items():
            row = _row(parse_program(text), value, binary, Path(folder) / "input", repetitions)
            rows.append({"program": name, **row})
    for key, least, what in (
        ("to_c", LEAST_TO_C, "of C's steps"),
        ("to_reference", LEAST_TO_REFERENCE, "times the reference's"),
    ):
        measured = [row[key] for row in rows if key in row]
        if measured:
            verdict = "reached" if min(measured) >= least else "NOT REACHED"
            notes.append(f"At least {min(measured):.2f} {what}; wanted {least:g}: {verdict}.")
    return Section("machine", "machine steps a second", COLUMNS, rows, notes)


def _row(
    program: Program, value: Tree, binary: Path | None, file: Path, repetitions: int
) -> dict[str, int | float]:
    machine = Machine([program], [value], queries=False)
    if not machine.run(0, GAS):
        raise ValueError("a program of the bench does not halt")
    steps = machine.steps
    times = -(-STEPS // steps)

    def compiled() -> float:
        begin = time.process_time()
        for _ in range(times):
            machine.run(0, GAS)
        return times * steps / (time.process_time() - begin)

    def reference() -> float:
        begin = time.process_time()
        found = run(program, value, gas=REFERENCE_STEPS)
        return found.steps / (time.process_time() - begin)

    candidates: dict[str, Callable[[], float]] = {"compiled": compiled, "reference": reference}
    if binary is not None:
        _write(machine, file)
        command = [str(binary), str(file), str(GAS), str(times)]

        def c() -> float:
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            runs = [line.split() for line in said.splitlines()]
            if {int(taken) for taken, _ in runs} != {steps}:
                raise ValueError("the machine in C takes other steps")
            return times * steps / sum(float(seconds) for _, seconds in runs)

        candidates["c"] = c
    found = medians(candidates, repetitions)
    ratios = {f"to_{name}": found["compiled"] / found[name] for name in found if name != "compiled"}
    return {"steps": steps, **found, **ratios}


def _write(machine: Machine, file: Path) -> None:
    """The program and its input as ``machine.c`` reads them."""
    base = machine.base
    programs = np.stack([machine.opcode, machine.first, machine.second, machine.third], axis=1)
    trees = np.stack([machine.heads[:base], machine.tails[:base]], axis=1)
    counts = [len(programs), base, machine.programs[0], int(machine.inputs[0])]
    np.concatenate([counts, programs.ravel(), trees.ravel()]).astype(np.int32).tofile(file)

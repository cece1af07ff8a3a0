"""``python -m bench``: run sections and print them."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from importlib.metadata import version

from bench import claims, equations, jump, machine, streaming
from bench.measure import Section

SECTIONS: dict[str, Callable[[int], Section]] = {
    "equations": equations.section,
    "machine": machine.section,
    "workers": jump.workers,
    "checker": jump.checker,
    "jump": jump.section,
    "claims": claims.throughput,
    "counterexamples": claims.first_counterexamples,
    "streaming": streaming.section,
}
"""By name, a function from the number of repetitions to what was measured."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--repetitions", type=int, default=7, metavar="N", help="7 if not given")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    unknown = set(options.sections) - set(SECTIONS)
    if unknown or options.repetitions < 1:
        parser.error(f"sections are {', '.join(SECTIONS)}; at least one repetition")
    found = [SECTIONS[name](options.repetitions) for name in options.sections or SECTIONS]
    if options.json:
        about = {
            "python": platform.python_version(),
            "numba": version("numba"),
            "machine": platform.machine(),
            "repetitions": options.repetitions,
        }
        sections = {section.name: section.to_json() for section in found}
        print(json.dumps({**about, "sections": sections}, indent=2))
    else:
        print("\n\n".join(map(str, found)))


if __name__ == "__main__":
    main()

"""One solver in a process of its own, so that it can be killed at a deadline.

Reads requests, one JSON line each, from standard input: ``{"text": SMT-LIB}``; answers with one
JSON line: the solver's output, the seconds of processor time it took (other programs do not count)
and the digest of the text it was given.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any


def z3_solver() -> tuple[str, Callable[[str], str]]:
    """Version, and a function from a script to the solver's output."""
    import z3

    def answer(text: str) -> str:
        context = z3.Context()
        return str(z3.Z3_eval_smtlib2_string(context.ref(), text))

    return z3.get_version_string(), answer


def cvc5_solver() -> tuple[str, Callable[[str], str]]:
    """Version, and a function from a script to the solver's output."""
    import cvc5

    def answer(text: str) -> str:
        manager = cvc5.TermManager()
        solver = cvc5.Solver(manager)
        symbols = cvc5.SymbolManager(manager)
        parser = cvc5.InputParser(solver, symbols)
        language: Any = cvc5.InputLanguage.SMT_LIB_2_6
        parser.setStringInput(language, text, "obligation")
        output = ""
        while True:
            command = parser.nextCommand()
            if command.isNull():
                return output
            output += str(command.invoke(solver, symbols))

    return str(cvc5.__version__), answer


WARM_UP = "(set-logic ALL)(declare-datatypes ((T 0)) (((n) (c (l T)))))(declare-const a T)\n" \
    "(declare-const i Int)(assert (and ((_ is c) a) (> i 0)))(check-sat)\n"

SOLVERS = {"z3": z3_solver, "cvc5": cvc5_solver}


def main(name: str) -> None:
    """Serve requests until standard input ends."""
    # A solver may print to standard output; the answers go to a copy of it that it doesn't know.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    version, answer = SOLVERS[name]()
    answer(WARM_UP)  # a solver's first script also pays for its start
    print(json.dumps({"version": version}), file=channel, flush=True)
    for line in sys.stdin:
        text = json.loads(line)["text"]
        begin = time.process_time()
        try:
            output = answer(text)
        except Exception as error:  # whatever a solver raises is an answer: not a proof
            output = f"(error {json.dumps(str(error))})"
        seconds = time.process_time() - begin
        digest = hashlib.sha256(text.encode()).hexdigest()
        reply = {"output": output, "seconds": seconds, "digest": digest}
        print(json.dumps(reply), file=channel, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

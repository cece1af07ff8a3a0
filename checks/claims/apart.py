"""An engine that works in a process of its own, so that a claim that ends its process does not end
the command.

*Definitions*: :func:`apart`.

The process is a copy of this one; where processes cannot be copied the work is done here. Unlike
the workers of the exhaustive engine it is not started again: what ends it ends the search.
"""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from checks.claims.claim import Claim
from checks.claims.executors import own_output
from checks.claims.result import Engine, Outcome
from checks.progress import Event
from checks.workers import begin_worker, interrupts_later

Tell: TypeAlias = Callable[[Event], None]


def apart(claim: Claim, engine: Engine, work: Callable[[Tell], Outcome], progress: Tell) -> Outcome:
    """What ``work`` finds about a claim, done in another process; ``unknown`` if that ends.

    Raises what ``work`` raises.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return work(progress)
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_there, args=(work, sender), daemon=True)
    began = time.monotonic()
    with interrupts_later():
        process.start()
    sender.close()
    try:
        while True:
            heard = receiver.recv()
            if isinstance(heard, Event):
                progress(heard)
            elif isinstance(heard, Outcome):
                return replace(heard, claim=claim)
            else:
                raise heard
    except EOFError:
        return Outcome(
            claim=claim, engine=engine, verdict="unknown", instances=0, skipped=0, same=0,
            unknown=0, errors=0, bound=None, whole=False, seconds=time.monotonic() - began,
            reason="the claim ended the process; the exhaustive engine finds on which instance",
        )
    finally:
        process.kill()
        process.join()
        receiver.close()


def _there(work: Callable[[Tell], Outcome], sender: Connection) -> None:
    begin_worker(own_output, ())
    try:
        sender.send_bytes(_packed(work(sender.send)))
    except Exception as error:
        sender.send(error)


def _packed(outcome: Outcome) -> bytes:
    """An outcome without its claim; and without the instance itself if that cannot travel, for its
    values stand in the counterexample as text."""
    bare: Any = replace(outcome, claim=None)  # type: ignore[arg-type]
    try:
        return pickle.dumps(bare)
    except Exception:
        return pickle.dumps(replace(bare, found=None))

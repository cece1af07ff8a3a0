"""Results for a reader: tables, traces, timelines of guesses and trees of questions.

*Definitions*: :func:`show`, which makes blocks (:mod:`checks.display.blocks`) of a result;
:class:`Displayed`, for results that show themselves; :func:`in_notebooks`, for those that do not:
``models/`` knows nothing of notebooks, nor does the source that decides the bounded jump, with a
digest of which its tables are kept.

In Jupyter a result that is the value of a cell is shown as HTML, elsewhere ``print`` shows the
same as plain text. ``show(result)`` has both, for results of ``models/`` too. What makes blocks of
a type is loaded when the first such result is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.errors import BadInput

if TYPE_CHECKING:
    from checks.display.blocks import Shown

MAKERS = {
    "checks.claims.result.Outcome": "claims:outcome",
    "checks.claims.replay.Replay": "claims:replay",
    "checks.machine.decide.search.Decision": "machine:decision",
    "checks.machine.decide.search.GenericDecision": "machine:generic_decision",
    "checks.machine.jump.table.JumpTable": "machine:jump_table",
    "checks.results.CardResult": "theorems:card",
    "checks.results.Verification": "theorems:verification",
    "checks.revision.guessing.Look": "guesses:look",
    "models.machine.layer.Layer": "machine:layer",
    "models.machine.run.Run": "machine:run",
    "models.revision.guessing.Guesses": "guesses:guesses",
}
"""By type, what makes blocks of its values: module of this package, and function."""


WITH_STEPS = ("replay", "states")
"""Of them, those that show steps of the machine."""


def show(result: Any, /, *, steps: int = 20) -> Shown:
    """A result as text and as HTML. ``steps``: how many of a trace (an iterator of states), and of
    each run in a replay.

    Raises :class:`BadInput` for what is no result.
    """
    from checks.display.blocks import Shown

    maker = _maker(result)
    if maker.__name__ in WITH_STEPS:
        return Shown(tuple(maker(result, steps=steps)))
    return Shown(tuple(maker(result)))


def _maker(result: Any) -> Callable[..., Any]:
    for kind in type(result).__mro__:
        maker = MAKERS.get(f"{kind.__module__}.{kind.__qualname__}")
        if maker is not None:
            break
    else:
        if not isinstance(result, Iterator | list | tuple):
            raise BadInput(
                f"nothing is known of showing a {type(result).__name__}",
                expected=", ".join(name.rpartition(".")[2] for name in MAKERS) + ", or a trace",
            )
        maker = "machine:states"
    module, _, name = maker.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"checks.display.{module}"), name)
    return found


class Displayed:
    """A result that shows itself: printed, in IPython, and in a notebook."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(show(self))

    def _repr_html_(self) -> str:
        return show(self)._repr_html_()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("…" if cycle else str(self))


def in_notebooks(shell: Any) -> None:
    """Let an IPython shell show the results that don't show themselves, too. Nothing is loaded for
    that."""
    formatters = shell.display_formatter.formatters
    for name in MAKERS:
        module, _, kind = name.rpartition(".")
        formatters["text/html"].for_type_by_name(
            module, kind, lambda result: show(result)._repr_html_()
        )
        formatters["text/plain"].for_type_by_name(
            module, kind, lambda result, printer, cycle: printer.text(str(show(result)))
        )

"""Finite instances, and what a user runs: the catalogue, `verify`, claims, the command line, the
report.

    from checks import claim, refute, show, verify

What is named here is loaded when it is used: the solvers, for instance, only then. In IPython and
Jupyter importing this package lets results be shown as tables and pictures (:mod:`checks.display`).
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checks.claims import assume, claim, refute, replay
    from checks.display import show
    from checks.verification import verify

__all__ = ["assume", "claim", "refute", "replay", "show", "verify"]

_PLACES = {
    "assume": "checks.claims",
    "claim": "checks.claims",
    "refute": "checks.claims",
    "replay": "checks.claims",
    "show": "checks.display",
    "verify": "checks.verification",
}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _show_in_notebooks() -> None:
    """Only where IPython runs already: it is not needed for anything else."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        from checks.display import in_notebooks

        in_notebooks(shell)


_show_in_notebooks()

"""Finite instances, and what a user runs: the catalogue, `verify`, the command line, the report.

``from checks import verify`` loads the solvers only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checks.verification import verify

__all__ = ["verify"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from checks import verification

        return getattr(verification, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Functions compiled by Numba, once for all processes.

*Definitions*: :func:`compiled`.

Numba keeps machine code in ``__pycache__`` beside the source, or in the user's cache folder where
that cannot be written, and compiles anew when the source file has changed. By itself it does not
see a change in another file, of a function that is called or of a constant that is compiled in, and
it refuses to work where neither folder can be written.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any]) -> Any:
    """The function, compiled when it is first called with arguments of some types.

    It runs without Python's global lock. All that it names must be defined before.
    """
    # The qualified name is a part of the name of the file that the code is kept in.
    function.__qualname__ += f".{_digest(function)}"
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in: each process compiles for itself
        return njit(nogil=True)(function)


def _digest(function: Callable[..., Any]) -> str:
    """A digest of the function's code and of all that it uses."""
    code = function.__code__
    parts: list[object] = [code.co_code, repr((code.co_consts, code.co_names, code.co_varnames))]
    for name in code.co_names:
        value: Any = function.__globals__.get(name)
        if isinstance(value, (int, float, tuple)):
            parts.append(f"{name} = {value!r}")
        elif hasattr(value, "py_func"):
            parts.append(f"{name} is {value.py_func.__qualname__}")
    return sha256(repr(parts).encode()).hexdigest()[:16]

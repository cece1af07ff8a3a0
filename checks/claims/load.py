"""Claims from a file.

*Definitions*: :func:`load`, :class:`Loaded`; :func:`find`, a claim by ``FILE::claim``.

A claim file is a Python module: it is imported, as the user's own code. Modules beside it can be
imported by it.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import linecache
import sys
import traceback
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checks.claims.claim import Claim
from models.errors import BadInput, quoted


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """The claims of a file, in its order; ``digest`` is that of its text and of the modules beside
    it that it imports."""

    path: Path
    claims: dict[str, Claim]
    digest: str


def load(path: Path) -> Loaded:
    """Import a claim file. Raises :class:`BadInput` if that is not possible."""
    try:
        resolved = path.resolve(strict=True)
        content = resolved.read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise BadInput(
            f"cannot read it: {said}", where=str(path), expected="a claim file"
        ) from None
    return _imported(resolved, hashlib.sha256(content).hexdigest())


@lru_cache(maxsize=64)
def _imported(path: Path, content: str) -> Loaded:
    name = f"_claims_{path.stem}_{content[:12]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise BadInput("it is no Python file", where=str(path), expected="a claim file, NAME.py")
    module = importlib.util.module_from_spec(spec)
    # Types are looked up by the module's name; a dataclass in it, too.
    sys.modules[name] = module
    sys.path.insert(0, str(path.parent))
    linecache.checkcache(str(path))
    try:
        with redirect_stdout(sys.stderr):
            spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BadInput as error:
        raise BadInput(
            error.what, where=f"{path}: {error.where}" if error.where else str(path),
            expected=error.expected,
        ) from None
    except BaseException as error:
        raise BadInput(
            _told(error, path), where=str(path), expected="a file that Python can import"
        ) from None
    finally:
        sys.path.remove(str(path.parent))
    claims = {
        each.name: each
        for each in vars(module).values()
        if isinstance(each, Claim) and each.function.__module__ == name
    }
    texts = {each: each.read_bytes() for each in sorted(_beside(path, set()))}
    digests = [hashlib.sha256(text).hexdigest() for text in texts.values()]
    return Loaded(path, claims, hashlib.sha256("\n".join([content, *digests]).encode()).hexdigest())


def _beside(path: Path, found: set[Path]) -> set[Path]:
    """The modules in the folder of a file that it imports, and those that these import."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            other = path.parent.joinpath(*name.split(".")).with_suffix(".py")
            if other.is_file() and other not in found:
                found.add(other)
                _beside(other, found)
    return found


def _told(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(path)
    ]
    place = f"line {lines[-1]}: " if lines else ""
    return f"{place}{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def find(name: str) -> tuple[Loaded, Claim]:
    """The claim that ``FILE::claim`` names. Raises :class:`BadInput`."""
    file, colons, wanted = name.rpartition("::")
    if not colons:
        raise BadInput(f"claim {quoted(name)}", expected="FILE::claim")
    loaded = load(Path(file))
    if wanted not in loaded.claims:
        raise BadInput(
            f"no claim {quoted(wanted)}", where=file,
            expected=f"one of {', '.join(loaded.claims) or '(it has no claims)'}",
        )
    return loaded, loaded.claims[wanted]

"""Claims from a file.

*Definitions*: :func:`load`, :class:`Loaded`, :func:`digest_of`; :func:`find`, a claim by
``FILE::claim``.

A claim file is a Python module: it is imported, as the user's own code. Modules and packages beside
it can be imported by it, and are part of what it says: they count in its digest.

*How it is done*: what is run is always the text that stands in the file. Byte code that Python kept
of it would be taken for that of a file edited within the same second, if both are of one length;
and none is left in the user's folder.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import linecache
import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

from checks.claims.claim import Claim
from models.errors import BadInput, quoted


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """The claims of a file, in its order; ``digest`` is that of ``files``: itself, and the modules
    of its folder, and of those inside, that it imports."""

    path: Path
    claims: dict[str, Claim]
    digest: str
    files: tuple[Path, ...]


def digest_of(files: Iterable[Path]) -> str:
    """A digest of what stands in these files; it is another one if one of them is gone."""
    found = [f"{path.name} {_content(path)}" for path in files]
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _content(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "gone"


def load(path: Path) -> Loaded:
    """Import a claim file. Raises :class:`BadInput` if that is not possible."""
    try:
        resolved = path.resolve(strict=True)
        content = resolved.read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise BadInput(
            f"cannot read it: {said}", where=str(path),
            expected="a claim file, NAME.py or NAME.py::claim",
        ) from None
    return _imported(resolved, hashlib.sha256(content).hexdigest())


class _AsWritten(SourceFileLoader):
    """A loader that reads the source, and no byte code."""

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


@contextmanager
def _no_byte_code() -> Iterator[None]:
    """Modules that are imported inside leave no byte code behind."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


@lru_cache(maxsize=64)
def _imported(path: Path, content: str) -> Loaded:
    if path.suffix != ".py":
        raise BadInput("it is no Python file", where=str(path), expected="a claim file, NAME.py")
    name = f"_claims_{path.stem}_{content[:12]}"
    loader = _AsWritten(name, str(path))
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    assert spec is not None  # a loader was given
    module = importlib.util.module_from_spec(spec)
    # Types are looked up by the module's name; a dataclass in it, too.
    sys.modules[name] = module
    sys.path.insert(0, str(path.parent))
    linecache.checkcache(str(path))
    try:
        with redirect_stdout(sys.stderr), _no_byte_code():
            loader.exec_module(module)
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
    _require_once(path, claims)
    files = (path, *sorted((_named(path, set()) | _present(path.parent)) - {path}))
    return Loaded(path, claims, digest_of(files), files)


def _require_once(path: Path, claims: dict[str, Claim]) -> None:
    """Refuse two claims of one name, of which Python would keep the second."""
    seen: set[str] = set()
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and node.name in claims:
            if node.name in seen:
                raise BadInput(
                    f"line {node.lineno}: a second function {node.name}", where=str(path),
                    expected="one name for each claim",
                )
            seen.add(node.name)


def _present(folder: Path) -> set[Path]:
    """The modules of a folder, and of those inside, that are imported by now, by whatever means;
    without this project's own, and those that are installed."""
    inside = f"{folder}{os.sep}"
    project = tuple(
        f"{Path(__file__).parents[2] / name}{os.sep}" for name in ("models", "proofs", "checks")
    )
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {
        Path(file) for file in files
        if isinstance(file, str) and file.startswith(inside) and not file.startswith(project)
        and "site-packages" not in file and os.path.isfile(file)
    }


def _named(path: Path, found: set[Path]) -> set[Path]:
    """The modules in the folder of a file that its imports name, and those that theirs name: also
    those that are imported later, in a function."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [str(node.module), *inside]
        for name in names:
            for other in _modules(path.parent, name):
                if other not in found:
                    found.add(other)
                    _named(other, found)
    return found


def _modules(folder: Path, name: str) -> Iterator[Path]:
    """The files that the import of a dotted name reads: of each package on the way, and its own."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        place = folder.joinpath(*parts[:end])
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                yield file


def _told(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError):
        place = "" if error.lineno is None else f"line {error.lineno}: "
        return f"{place}{error.msg}"
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
    if not (file and wanted):
        raise BadInput(f"claim {quoted(name)}", expected="FILE::claim, such as NAME.py::claim")
    loaded = load(Path(file))
    if wanted not in loaded.claims:
        raise BadInput(
            f"no claim {quoted(wanted)}", where=file,
            expected=f"one of {', '.join(loaded.claims) or '(it has no claims)'}",
        )
    return loaded, loaded.claims[wanted]

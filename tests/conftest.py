"""The order of the tests, how many examples they draw, and how often they look for garbage."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from checks.memory import collect_seldom
from proofs.kernel.solvers import configure

EXAMPLES = 50
"""Of a property that names no number of its own, where Hypothesis would draw a hundred."""

# Hypothesis's "ci": every run draws the same examples.
settings.register_profile("suite", settings.get_profile("ci"), max_examples=EXAMPLES)

LONG = (
    "soundness/test_mutation.py", "docs/test_readme.py", "amdahl/test_against_scipy.py",
    "soundness/test_seeds.py", "amdahl/test_page.py", "machine/test_jump_against_runs.py",
)
"""Files that take long begin first: a file's tests are done by one process, which would otherwise
be the only one that works at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the long files come first, and all others in the order they had."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONG))


def pytest_configure(config: pytest.Config) -> None:
    """As in a run of the command; proofs are those of ``make verify``, if it has been run."""
    collect_seldom()
    folder = os.environ.get("JUMPBOUND_CACHE")
    # From here on, as some parameters of tests are theorems.
    proving = ExitStack()
    proving.enter_context(configure(cache=Path(folder) if folder else None))
    config.add_cleanup(proving.close)

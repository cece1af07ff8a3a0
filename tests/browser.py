"""A real browser for tests of pages: a page as its reader meets it, with all that it complains of.

A page is opened from a file. Whatever it asks of anything but that file, and every error, is noted.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)
REASON = (
    "no browser: install Chromium (on Debian: apt-get install chromium) as one of "
    + ", ".join(NAMES)
)


@dataclass
class Opened:
    """A page, with its console's errors, its own errors, and what it requested."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def browser() -> Iterator[Any]:
    """A headless browser; the test is skipped, with the reason, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(REASON)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        try:
            yield made
        finally:
            made.close()


@contextmanager
def opened(
    browser: Any, path: Path, *, width: int = 1280, dark: bool = False, touch: bool = False
) -> Iterator[Opened]:
    """The page of a file. On the way out it has raised no error and requested that file alone."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light",
        has_touch=touch,
    )
    page = context.new_page()
    seen = Opened(page)
    page.on("console", lambda message: (
        seen.errors.append(message.text) if message.type in ("error", "warning") else None
    ))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    context.on("request", lambda request: seen.requests.append(request.url))
    page.on("websocket", lambda socket: seen.requests.append(socket.url))
    try:
        page.goto(path.as_uri())
        yield seen
        assert seen.errors == []
        assert seen.requests == [path.as_uri()]
    finally:
        context.close()

"""The pages of scenarios and horizons, in a browser: they fit a telephone, and are readable."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browser, opened

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "amdahl"
HORIZON = "--ratio 8 --scalable 1/4 --horizon 10 --catch-up 0.25 --migrate 0.1 --from 2026"
COMMANDS = {
    "map": ["--scenario", str(EXAMPLES / "gpu-tensor-units.toml")],
    "years": ["--scenario", str(EXAMPLES / "video-pipeline.toml")],
    "horizon": HORIZON.split(),
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("frontier")
    for name, arguments in COMMANDS.items():
        run = [sys.executable, "-c", "from checks.cli import main; main()", "amdahl", *arguments]
        subprocess.run([*run, "--plot", str(folder / f"{name}.html")], check=True, timeout=120,
                       stdout=subprocess.DEVNULL)
    return {name: folder / f"{name}.html" for name in COMMANDS}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", COMMANDS)
def test_it_fits_and_can_be_read(
    chromium: Any, pages: dict[str, Path], name: str, width: int
) -> None:
    with opened(chromium, pages[name], width=width) as found:
        page = found.page
        page.wait_for_selector("#vis svg text")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert page.inner_text("h1")
        # Drawn for this width, not shrunk: letters keep their size, and none is outside.
        boxes = page.evaluate("""() => [...document.querySelectorAll('#vis svg text')]
          .filter((text) => text.textContent.trim() && getComputedStyle(text).opacity !== '0')
          .map((text) => {
            const box = text.getBoundingClientRect();
            const size = parseFloat(getComputedStyle(text).fontSize);
            const to = text.getScreenCTM();
            return [text.textContent, box.left, box.right, size * Math.hypot(to.a, to.b)];
          })""")
        assert len(boxes) > 10
        for words, left, right, size in boxes:
            assert 0 <= left and right <= width, words
            assert size > 9.5, words

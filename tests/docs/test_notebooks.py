"""The example notebooks run, and their cells show what their text says."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "notebooks"

EXPECTED: dict[str, list[tuple[str, str, str]]] = {
    "claims": [
        ("halting_on_nil_is_enough, size=5", "text/plain", "refuted by instance 179"),
        ("halting_on_nil_is_enough, size=5", "text/plain", "the smallest there is"),
        ("halting_on_nil_is_enough, size=5", "text/html", "while(id, id)</code>"),
        ("replay(outcome)", "text/plain", "1. does while(id, id) halt on 0?  yes"),
        ("replay(outcome)", "text/plain", "    assume(halts(p, NIL))"),
        ("replay(outcome)", "text/html", "<summary>2. does while(id, id) halt on 1?  no</summary>"),
        ("refute(then_composes", "text/plain", "exhausted to size 4, 891 instances"),
        ("checked = refute", "text/plain", "exhausted to size 5"),
        ("checked = refute", "text/html", "theorem: gas-monotone"),
        ("verified = verify", "text/plain", "1 of 1 theorems proved by both solvers."),
        ("verified = verify", "text/html", ">proved</span>"),
        ("verified.cards[0]", "text/plain", "evaluate(f, p, x, n + 1)"),
        ("verified.cards[0]", "text/html", "<summary>Idea of the proof</summary>"),
    ],
    "guessing": [
        ("run(asking", "text/plain", "halts after"),
        ("run(asking", "text/html", "asked</th>"),
        ("show(trace", "text/html", "accumulator</th>"),
        ("decide_every(asking", "text/plain", "├─ no: <2.2>?"),
        ("decide_every(asking", "text/html", "<em>yes: </em>"),
        ("'while(ask, id)'", "text/plain", "depends on the oracle"),
        ("decide_layer(3", "text/plain", "3  then(tl, ask)   {3, 4}"),
        ("decide_layer(3", "text/html", "<code"),
        ("decide_jump(4", "text/plain", "Complete: all 243 programs are decided."),
        ("asks_jump=True", "text/html", 'src="data:image/svg+xml;base64,'),
        ("asks_jump=True", "text/plain", "Limits and moduli are known"),
        ("print(seen)", "stdout", "1      .###########"),
    ],
}


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Any]:
    """A notebook's name, and it after a run in a kernel of this interpreter."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.read(FOLDER / f"{request.param}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    own = {
        "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, value)
        client = NotebookClient(
            notebook, timeout=120, kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
        )
        client.execute(env=dict(os.environ))
    return request.param, notebook


def said(cell: Any, kind: str) -> str:
    """What a cell shows, of one kind."""
    if kind == "stdout":
        return "".join(each.get("text", "") for each in cell.outputs if each.name == "stdout")
    return "".join(each.data.get(kind, "") for each in cell.outputs if "data" in each)


def test_the_cells_show_what_they_should(made: tuple[str, Any]) -> None:
    name, notebook = made
    for source, kind, words in EXPECTED[name]:
        (cell,) = [
            each for each in notebook.cells if each.cell_type == "code" and source in each.source
        ]
        assert words in said(cell, kind), (source, kind, said(cell, kind))


def test_no_cell_fails_and_every_value_is_shown(made: tuple[str, Any]) -> None:
    _, notebook = made
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        kinds = [each.output_type for each in cell.outputs]
        assert set(kinds) <= {"execute_result", "stream"}, cell.source
        assert not [each for each in cell.outputs if each.get("name") == "stderr"], cell.source
        # A value is a page, not the text that Python has for every object.
        for each in cell.outputs:
            if each.output_type == "execute_result":
                assert set(each.data) == {"text/html", "text/plain"}, cell.source
                assert not re.match(r"<?\w+(\.\w+)+ object at|\w+\(\w+=", each.data["text/plain"])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_notebooks_are_kept_without_outputs(name: str) -> None:
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None


def test_every_notebook_is_run() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(EXPECTED)

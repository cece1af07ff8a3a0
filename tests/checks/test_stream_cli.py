"""``jumpbound stream`` from the command line."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.streaming.matrix_file import entry_text, matrix_text, parse_entry, read_matrix
from checks.streaming.table import COLUMNS, random_matrix, series
from models.errors import BadInput
from models.streaming.compare import MACHINES
from models.streaming.elements import KINDS
from models.streaming.tiling import Tiling
from tests.checks.console import Command, is_one_error

SMALL = ("stream", "--shape", "6,5,4", "--tile", "3,2")


def write(place: Path, name: str, text: str) -> str:
    (place / name).write_text(text, encoding="utf-8")
    return name


def test_random_entries(jumpbound: Command) -> None:
    said = jumpbound(*SMALL)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(
        "X, 6 by 4, times Y, 4 by 5: integers, random entries, seed 0\n"
    )
    assert "words distributed   112: 72 of X, 40 of Y (24 and 20 different)\n" in said.out
    assert "words collected     30\n" in said.out
    assert "as the theorems say" in said.out
    data = jumpbound(*SMALL, "--json").json()
    assert data["shape"] == [6, 5, 4]
    assert (data["tile"], data["grid"]) == ([3, 2], [2, 3])
    assert data["words"] == {
        "left": 72, "right": 40, "distributed": 112, "collected": 30, "distinct_left": 24,
        "distinct_right": 20,
    }
    assert (data["steps"], data["multiply_adds"], data["unit_memory"]) == (4, 120, 11)
    other = jumpbound(*SMALL, "--json", "--seed", "3").json()
    assert other["product"] != data["product"]
    assert other["words"] == data["words"]
    assert jumpbound("stream", "--shape", "3,40,2", "--json").json()["tile"] == [3, 16]
    for shape in ("0,4,2", "4,0,2", "4,2,0", "0,0,0", "1,1,1"):
        data = jumpbound("stream", "--shape", shape, "--machine", "all", "--json").json()
        rows, columns, inner = map(int, shape.split(","))
        said = jumpbound("stream", "--shape", shape, "--machine", "all")
        assert said.out.startswith(f"X, {rows} by {inner}, times Y, {inner} by {columns}")
        assert "as the theorems say" in said.out
        assert data["agree"] is True
        assert data["words"]["collected"] == rows * columns
        assert data["multiply_adds"] == rows * columns * inner
        assert {each["writes"] for each in data["machines"]} == {rows * columns}


@pytest.mark.parametrize("name", list(KINDS))
def test_every_semiring(jumpbound: Command, name: str) -> None:
    data = jumpbound(*SMALL, "--semiring", name, "--machine", "all", "--json").json()
    assert data["agree"] is True
    assert data["semiring"] == name
    assert [each["machine"] for each in data["machines"]] == list(MACHINES)
    over = KINDS[name]
    left, right = random_matrix(6, 4, over, 0), random_matrix(4, 5, over, 1)
    total = over.zero
    for k in range(4):
        total = over.add(total, over.multiply(left[0, k], right[k, 0]))
    assert data["product"][0][0] == entry_text(total)


def test_machines_are_chosen(jumpbound: Command) -> None:
    data = jumpbound(*SMALL, "--machine", "mesh", "--json").json()
    assert [each["machine"] for each in data["machines"]] == [
        "streaming", "mesh", "streaming-one-unit", "mesh-of-a-tile",
    ]
    assert data["machines"][1]["steps"] == 6 + 5 + 4 - 2
    data = jumpbound(*SMALL, "--machine", "cache", "--json").json()
    assert [each["machine"] for each in data["machines"]] == [
        "streaming", "streaming-one-unit", "cache",
    ]
    said = jumpbound(*SMALL, "--machine", "all")
    assert "All of them came to the same product." in said.out
    assert "mesh, 6 by 5 cells" in said.out


def test_matrices_from_files(jumpbound: Command, place: Path) -> None:
    left = write(place, "x.csv", "\ufeff# two rows\n1, 2\n\n3/2,-4\n")
    right = write(place, "y.csv", "5\n0.5\n")
    said = jumpbound(
        "stream", "--left", left, "--right", right, "--semiring", "rationals", "--tile", "2,1"
    )
    assert said.out.endswith("\n     6\n  11/2\n")
    said = jumpbound("stream", "--left", left, "--right", right, "--semiring", "rationals",
                     "--out", "z.csv")
    assert "\nResult: z.csv\n" in said.out
    assert (place / "z.csv").read_text() == "6\n11/2\n"
    write(place, "empty.csv", "")
    data = jumpbound("stream", "--left", "empty.csv", "--right", "empty.csv", "--json").json()
    assert (data["shape"], data["steps"]) == ([0, 0, 0], 0)


@given(st.sampled_from([*KINDS]), st.integers(1, 4), st.integers(1, 4), st.integers(0, 9))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_files_are_read_as_they_were_written(
    tmp_path: Path, name: str, rows: int, columns: int, seed: int
) -> None:
    matrix = random_matrix(rows, columns, KINDS[name], seed)
    file = tmp_path / "m.csv"
    file.write_text(matrix_text(matrix))
    assert read_matrix(file, KINDS[name]).tolist() == matrix.tolist()


def test_a_contraction(jumpbound: Command, place: Path) -> None:
    write(place, "picture.csv", "1,2,3\n4,5,6\n7,8,9\n")
    write(place, "kernel.csv", "1,0\n0,-1\n")
    said = jumpbound("stream", "--left", "picture.csv", "--right", "kernel.csv",
                     "--contract", "(x+w)(y+h),wh->xy", "--tile", "4,1")
    assert said.code == 0
    assert said.out.startswith("(x+w)(y+h),wh->xy (l = x y, n = w h, m = none): integers\n")
    assert "16 of X, 4 of Y (9 and 4 different)" in said.out
    assert "as matrices they would have 16 and 4" in said.out
    assert said.out.endswith("\n  -4  -4\n  -4  -4\n")
    write(place, "line.csv", "1,2,3,4,5,6,7,8\n")
    data = jumpbound(
        "stream", "--left", "line.csv", "--left-shape", "2,2,2", "--right", "line.csv",
        "--right-shape", "2,2,2", "--contract", "bln,bnm->blm", "--out", "z.csv", "--json",
    ).json()
    assert (data["products"], data["result_shape"]) == (2, [2, 2, 2])
    assert data["sizes"] == {"b": 2, "l": 2, "n": 2, "m": 2}
    whole = np.arange(1, 9).reshape(2, 2, 2)
    wanted = np.einsum("bln,bnm->blm", whole, whole).reshape(4, 2)
    assert (place / "z.csv").read_text() == matrix_text(wanted)


def test_paths_and_reachability(jumpbound: Command, place: Path) -> None:
    write(place, "roads.csv", "from,to,length\na,b,4\nb,c,1\na,c,9\nc,d\n")
    said = jumpbound("stream", "--paths", "roads.csv", "--tile", "2,2")
    assert said.code == 0
    assert said.out.startswith("shortest paths, 4 vertices, 4 edges: tropical, 2 products\n")
    rows = [line.split() for line in said.out.splitlines()[-5:]]
    assert rows == [["from", "a", "b", "c", "d"], ["a", "0", "4", "5", "6"],
                    ["b", "inf", "0", "1", "2"], ["c", "inf", "inf", "0", "1"],
                    ["d", "inf", "inf", "inf", "0"]]
    assert "6 of 12 pairs of vertices are connected." in said.out
    said = jumpbound("stream", "--reach", "roads.csv", "--out", "r.csv")
    assert said.out.endswith("\nResult: r.csv\n")
    assert (place / "r.csv").read_text() == (
        "from/to,a,b,c,d\na,1,1,1,1\nb,0,1,1,1\nc,0,0,1,1\nd,0,0,0,1\n"
    )
    data = jumpbound("stream", "--paths", "roads.csv", "--json").json()
    assert (data["vertices"], data["edges"], data["connected"]) == (["a", "b", "c", "d"], 4, 6)
    assert data["product"][0] == ["0", "4", "5", "6"]


@pytest.mark.parametrize(("text", "option", "last"), [
    ("", "--paths", "0 of 0 pairs of vertices are connected."),
    ("", "--reach", "0 of 0 pairs of vertices are connected."),
    ("a,a,3\n", "--paths", "1 vertex, 1 edge: tropical"),
    ("a,a\n", "--reach", "\nfrom  a\na     1\n"),
    ("a,b,inf\n", "--paths", "\nb     inf    0\n"),
    ("a,b,inf\n", "--reach", "\nb     0  1\n"),
])
def test_small_graphs(
    jumpbound: Command, place: Path, text: str, option: str, last: str
) -> None:
    write(place, "g.csv", text)
    said = jumpbound("stream", option, "g.csv")
    assert (said.code, said.err) == (0, "")
    assert last in said.out


def test_a_contraction_without_words(jumpbound: Command, place: Path) -> None:
    write(place, "empty.csv", "")
    said = jumpbound("stream", "--left", "empty.csv", "--right", "empty.csv", "--contract",
                     "ab,bc->ac")
    assert (said.code, said.err) == (0, "")
    assert "sizes               a 0, b 0, c 0\n" in said.out


def test_the_table_and_the_picture(jumpbound: Command, place: Path) -> None:
    said = jumpbound("stream", "--shape", "16,16,16", "--tile", "4,4",
                     "--table", "t.csv", "--plot", "p.svg")
    assert said.code == 0
    assert said.out.endswith("\n\nPicture: p.svg\nTable: t.csv, 40 rows\n")
    with (place / "t.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert {row["machine"] for row in rows} == set(MACHINES)
    for row in rows:
        tiling = Tiling(*(int(row[name]) for name in (
            "rows", "columns", "inner", "tile_rows", "tile_columns"
        )))
        if row["machine"] == "streaming":
            assert int(row["reads"]) == tiling.reads
            assert int(row["steps"]) == tiling.steps
        if row["machine"] == "mesh":
            assert int(row["steps"]) == 3 * tiling.rows - 2
        assert int(row["moved"]) >= int(row["lower_bound"])
    text = (place / "p.svg").read_text(encoding="utf-8")
    for words in ("Streaming, a mesh and a cache", "side of the tile", "rows of the product",
                  "lower bound for one unit", "processor with a cache"):
        assert words in text
    for name in ("p.png", "p.html"):
        assert jumpbound("stream", "--shape", "4,4,4", "--plot", name).code == 0
        assert (place / name).stat().st_size > 10_000
    assert len(list(series(Tiling(5, 7, 3, 5, 7)))) == 3 + 1


@given(
    st.tuples(*[st.integers(0, 5)] * 3), st.tuples(*[st.integers(0, 6)] * 2),
    st.sampled_from([*KINDS]), st.sampled_from(["streaming", "mesh", "cache", "all"]),
    st.booleans(), st.integers(0, 9),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_accepted_is_answered(
    jumpbound: Command, shape: tuple[int, int, int], tile: tuple[int, int], name: str,
    machine: str, as_json: bool, seed: int,
) -> None:
    said = jumpbound(
        "stream", "--shape", ",".join(map(str, shape)), "--tile", ",".join(map(str, tile)),
        "--semiring", name, "--machine", machine, "--seed", str(seed), *["--json"] * as_json,
    )
    fits = all(1 <= side <= max(size, 1) for side, size in zip(tile, shape[:2], strict=True))
    if fits:
        assert (said.code, said.err) == (0, "")
        assert "NOT" not in said.out
        if as_json:
            assert said.json().get("agree", True) is True
    else:
        assert is_one_error(said)


def test_progress_of_a_long_run(jumpbound: Command) -> None:
    said = jumpbound("stream", "--shape", "600,600,600", "--tile", "60,60")
    assert said.code == 0
    assert "streaming 216000000/216000000 multiply-adds: " in said.err
    assert jumpbound("stream", "--shape", "600,600,600", "--tile", "60,60", "--json").err == ""


def test_stopped_by_the_user(
    jumpbound: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: Any, **options: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("models.streaming.simulate.work", stop)
    said = jumpbound(*SMALL, "--out", "z.csv", "--plot", "p.svg", "--table", "t.csv")
    assert (said.code, said.out) == (130, "")
    assert "stopped" in said.err
    assert os.listdir(place) == []


@pytest.mark.parametrize(("arguments", "wanted"), [
    ((), ("nothing to multiply", "--shape L,M,N")),
    (("--left", "x.csv"), ("nothing to multiply",)),
    (("--shape", "4,4"), ("--shape: '4,4'", "L,M,N")),
    (("--shape", "4,4,x"), ("--shape",)),
    (("--shape", "4,4,4.0"), ("--shape",)),
    (("--shape", "4,-1,4"), ("the size -1",)),
    (("--shape", "4,4,99999999999999999999999"), ("the size",)),
    (("--shape", "1000000,1000000,1"), ("the product has 1,000,000 rows", "at most 16,777,216")),
    (("--shape", "1000000000,0,0"), ("X has 1,000,000,000 rows and 0 columns",)),
    (("--shape", "4,4,4", "--tile", "5,4"), ("tile: a tile of 5 rows for a product of 4",)),
    (("--shape", "4,4,4", "--tile", "4,5"), ("a tile of 5 columns for a product of 4",)),
    (("--shape", "4,4,4", "--tile", "0,4"), ("tile, 0",)),
    (("--shape", "4,4,4", "--tile", "-2,4"), ("-2",)),
    (("--shape", "4,4,4", "--tile", "2"), ("--tile",)),
    (("--shape", "4,4,4", "--semiring", "reals"), ("the semiring 'reals'", "tropical")),
    (("--shape", "4,4,4", "--machine", "gpu"), ("the machine 'gpu'",)),
    (("--shape", "4,4,4", "--left", "x.csv"), ("--left beside --shape",)),
    (("--shape", "4,4,4", "--left-shape", "2,2"), ("--left-shape without --contract",)),
    (("--shape", "4,4,4", "--contract", "ab,bc->ac"), ("--shape beside --contract",)),
    (("--shape", "4,4,4", "--paths", "g.csv"), ("--shape beside --paths",)),
    (("--paths", "g.csv", "--reach", "g.csv"), ("--reach beside --paths",)),
    (("--paths", "g.csv", "--machine", "all"), ("--machine beside --paths",)),
    (("--paths", "g.csv", "--plot", "p.svg"), ("--plot beside --paths",)),
    (("--paths", "missing.csv"), ("missing.csv: cannot read it",)),
    (("--paths", "g.csv", "--tile", "9,9"), ("a tile of 9 rows for a product of 2",)),
    (("--paths", "bad.csv"), ("bad.csv: line 2", "the entry 'far'")),
    (("--paths", "short.csv"), ("short.csv: line 1", "no edge")),
    (("--paths", "negative.csv"), ("a cycle of negative length through 'a'",)),
    (("--left", "x.csv", "--right", "x.csv"), ("X has 2 columns and Y has 1 row;",)),
    (("--left", "x.csv", "--right", "ragged.csv"), ("ragged.csv: line 2: 1 entry", "2, as in")),
    (("--left", "x.csv", "--right", "word.csv"), ("word.csv: line 3, entry 2: the entry 'two'",)),
    (("--left", "x.csv", "--right", "half.csv"), ("the entry '0.5'", "a whole number")),
    (("--left", "x.csv", "--right", "nan.csv", "--semiring", "floats"), ("the entry 'nan'",)),
    (("--left", "x.csv", "--right", "big.csv", "--semiring", "floats"), ("the entry '1e999'",)),
    (("--left", "x.csv", "--right", "zero.csv", "--semiring", "rationals"), ("the entry '1/0'",)),
    (("--left", "x.csv", "--right", "quote.csv"), ("quote.csv: line",)),
    (("--left", "x.csv", "--right", "latin.csv"), ("no text in UTF-8",)),
    (("--left", "x.csv", "--right", "."), ("cannot read it",)),
    (("--left", "x.csv", "--right", "x.csv", "--contract", "ab,bc"), ("contraction 'ab,bc'",)),
    (("--left", "x.csv", "--right", "x.csv", "--contract", "ab,bc->ac"), ("the index b has",)),
    (("--left", "x.csv", "--right", "x.csv", "--contract", "abc,cd->abd", "--left-shape", "2,2,2"),
     ("8 words in 2,2,2, 2 in the file",)),
    (("--shape", "4,4,4", "--plot", "p.gif"), ("no picture format",)),
    (("--shape", "4,4,4", "--plot", "none/p.svg"), ("cannot write",)),
    (("--shape", "4,4,4", "--table", "none/t.csv"), ("no such folder",)),
    (("--shape", "4,4,4", "--out", "none/z.csv"), ("no such folder",)),
    (("--shape", "4,4,0", "--plot", "p.svg"), ("a product without words",)),
    (("--shape", "4,4,4", "--seed", "-1"), ("--seed: the seed -1", "4,294,967,294")),
    (("--shape", "4,4,4", "--table", "t.csv", "--out", "t.csv"), ("--out: t.csv is the place",)),
    (("--left", "x.csv", "--right", "x.csv", "--out", "./x.csv"), ("--out", "x.csv is read")),
])
def test_bad_input(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    files = {
        "x.csv": "1,2\n", "ragged.csv": "1,2\n3\n", "word.csv": "1,2\n\n3,two\n",
        "half.csv": "1\n0.5\n", "nan.csv": "1\nnan\n", "big.csv": "1\n1e999\n",
        "zero.csv": "1\n1/0\n", "quote.csv": '1\n"2\n', "g.csv": "a,b\n",
        "bad.csv": "a,b,1\nb,c,far\n", "short.csv": "a\n", "negative.csv": "a,b,1\nb,a,-2\n",
    }
    for name, text in files.items():
        write(place, name, text)
    (place / "latin.csv").write_bytes(b"1\n\xff\n")
    before = sorted(os.listdir(place))
    assert is_one_error(jumpbound("stream", *arguments), *wanted)
    assert sorted(os.listdir(place)) == before


def test_entries() -> None:
    distances = KINDS["tropical"]
    assert parse_entry(" INF ", distances, "") == float("inf")
    assert parse_entry("2", distances, "") == 2
    assert parse_entry("-0.5", distances, "") == -0.5
    with pytest.raises(BadInput):
        parse_entry("9" * 400, distances, "")
    assert parse_entry("9" * 400, KINDS["integers"], "") == int("9" * 400)
    with pytest.raises(BadInput):
        parse_entry("9" * 4000, KINDS["integers"], "")
    assert parse_entry("True", KINDS["boolean"], "") is True
    for text in ("", "١", "1_0", "0x1", "1 2"):
        with pytest.raises(BadInput):
            parse_entry(text, KINDS["integers"], "")

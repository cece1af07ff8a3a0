"""The command ``jumpbound stream``.

*Definitions*: :func:`stream`, as the command line registers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checks.commands.common import refuse_beside, require_places, tell_places
from models.errors import BadInput, counted, quoted

if TYPE_CHECKING:
    from models.streaming.elements import Array
    from models.streaming.semiring import Semiring
    from models.streaming.simulate import Tell
    from models.streaming.tiling import Tiling

DEFAULT_SIDE = 16
"""Rows and columns of a tile that is not given, or fewer if the product is smaller."""

LARGEST_SIZE = 10**9
LARGEST_SEED = 2**32 - 2
MACHINES = ("streaming", "mesh", "cache", "all")


def stream(
    shape: Annotated[
        str | None,
        typer.Option(
            metavar="L,M,N", help="Random X (L by N) and Y (N by M): rows, columns, inner."
        ),
    ] = None,
    tile: Annotated[
        str | None,
        typer.Option(
            metavar="I,J", help="Rows and columns of the product for a unit; 16,16 if it has them."
        ),
    ] = None,
    semiring: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="integers, rationals, floats, boolean or tropical (min and plus)."
        ),
    ] = None,
    left: Annotated[
        Path | None, typer.Option(metavar="FILE", help="X, a CSV file with a line for each row.")
    ] = None,
    right: Annotated[Path | None, typer.Option(metavar="FILE", help="Y, in the same way.")] = None,
    contraction: Annotated[
        str | None,
        typer.Option(
            "--contract", metavar="SPEC",
            help="Contract X and Y by named indices: lhw,hwm->lm, (x+w)(y+h),wh->xy.",
        ),
    ] = None,
    left_shape: Annotated[
        str | None,
        typer.Option(metavar="A,B,…", help="With --contract: the axes of X, the last fastest."),
    ] = None,
    right_shape: Annotated[
        str | None, typer.Option(metavar="A,B,…", help="With --contract: the axes of Y.")
    ] = None,
    paths: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="All shortest paths of a graph: lines from,to,length, or from,to."
        ),
    ] = None,
    reach: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What can be reached in a graph: lines from,to, without lengths."
        ),
    ] = None,
    machine: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="streaming; or compare it on the same work with mesh, cache, or all of them.",
        ),
    ] = "streaming",
    seed: Annotated[
        int, typer.Option(help="Of the random entries, 0 to 2^32 - 2.")
    ] = 0,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the result as CSV.")
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Simulate all machines over tiles and sizes; write the table."
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw that table: .svg, .png or .html."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object and nothing else.")
    ] = False,
) -> None:
    """Multiply matrices by collective streaming, and count words and steps."""
    if machine not in MACHINES:
        raise BadInput(
            f"the machine {quoted(machine)}", where="--machine", expected=", ".join(MACHINES)
        )
    if not 0 <= seed <= LARGEST_SEED:
        raise BadInput(
            f"the seed {seed}", where="--seed", expected=f"a whole number, 0 to {LARGEST_SEED:,}"
        )
    given = _Given(shape, tile, left, right, seed, out, as_json)
    require_places(plot, table, out=out, read=(left, right, paths, reach))
    files = {"--left": left, "--right": right}
    graphs = {"--paths": paths, "--reach": reach}
    drawn = {"--table": table, "--plot": plot}
    compared = {"--machine": None if machine == "streaming" else machine}
    shapes = {"--left-shape": left_shape, "--right-shape": right_shape}
    if paths is not None or reach is not None:
        option = "--paths" if paths is not None else "--reach"
        refuse_beside(option, {
            **{name: value for name, value in graphs.items() if name != option},
            "--shape": shape, "--semiring": semiring, "--contract": contraction,
            **files, **shapes, **drawn, **compared,
        })
        _show_graph(given, option, paths or reach or Path())
        return
    asked = _semiring(semiring)
    if contraction is not None:
        refuse_beside("--contract", {"--shape": shape, **drawn, **compared})
        _show_contraction(given, asked, contraction, left_shape, right_shape)
        return
    for name, value in shapes.items():
        if value is not None:
            raise BadInput(f"{name} without --contract", expected="--contract SPEC too")
    if shape is not None:
        refuse_beside("--shape", dict(files))
    _show_product(given, asked, machine, table, plot)


@dataclass(frozen=True, slots=True)
class _Given:
    """What several ways to use the command share."""

    shape: str | None
    tile: str | None
    left: Path | None
    right: Path | None
    seed: int
    out: Path | None
    as_json: bool

    def tile_for(self, rows: int, columns: int) -> tuple[int, int]:
        """The tile, or one that is not too large."""
        if self.tile is None:
            return max(1, min(rows, DEFAULT_SIDE)), max(1, min(columns, DEFAULT_SIDE))
        found = whole_numbers(self.tile, "--tile", count=2, form="I,J, such as 8,8")
        return found[0], found[1]


# What is given


def whole_numbers(text: str, option: str, *, count: int | None, form: str) -> list[int]:
    """Whole numbers with commas between them."""
    parts = [part.strip() for part in text.split(",")]
    if (count is not None and len(parts) != count) or not all(
        part.removeprefix("-").isascii() and part.removeprefix("-").isdigit() for part in parts
    ):
        raise BadInput(quoted(text), where=option, expected=form)
    found = [int(part) if len(part) < 20 else LARGEST_SIZE + 1 for part in parts]
    for number, part in zip(found, parts, strict=True):
        if not 0 <= number <= LARGEST_SIZE:
            raise BadInput(
                f"the size {part:.40}", where=option,
                expected=f"a whole number from 0 to {LARGEST_SIZE:,}",
            )
    return found


def _semiring(name: str | None) -> Semiring:
    from models.streaming.elements import KINDS

    found = KINDS.get(name or "integers")
    if found is None:
        raise BadInput(
            f"the semiring {quoted(name or '')}", where="--semiring", expected=", ".join(KINDS)
        )
    return found


def _matrices(given: _Given, semiring: Semiring) -> tuple[Array, Array, str]:
    """X, Y, and where they are from."""
    from checks.streaming.matrix_file import read_matrix
    from checks.streaming.table import random_matrix
    from models.streaming.tiling import check_words

    if given.shape is None:
        left, right = _files(given)
        return read_matrix(left, semiring), read_matrix(right, semiring), ""
    rows, columns, inner = whole_numbers(
        given.shape, "--shape", count=3, form="L,M,N, rows, columns and inner, such as 64,64,64"
    )
    for name, one, other in (
        ("X", rows, inner), ("Y", inner, columns), ("the product", rows, columns)
    ):
        check_words(one, other, name)
    made = [
        random_matrix(*sizes, semiring, given.seed + place)
        for place, sizes in enumerate(((rows, inner), (inner, columns)))
    ]
    return made[0], made[1], f"random entries, seed {given.seed}"


def _files(given: _Given) -> tuple[Path, Path]:
    if given.left is None or given.right is None:
        raise BadInput(
            "nothing to multiply", where="stream",
            expected="--shape L,M,N, or --left FILE and --right FILE, or --paths FILE",
        )
    return given.left, given.right


@contextmanager
def _progress(name: str, quiet: bool) -> Iterator[_Meter]:
    from checks.cli import shown_progress

    with shown_progress(quiet) as told:
        yield _Meter(name, told)


class _Meter:
    """Multiply-adds as progress, if there are many."""

    LEAST = 200_000_000
    LEAST_PARTS = 100_000

    def __init__(self, name: str, told: Any) -> None:
        self.name, self.told = name, told
        self.tell: Tell | None = None

    def begin(self, total: int, parts: int = 1) -> None:
        """So many multiply-adds are to come, in so many parts that each take their time."""
        from checks.progress import Pace

        if (total >= self.LEAST or parts >= self.LEAST_PARTS) and self.tell is None:
            self.tell = Pace("streaming", self.name, total, self.told).add

    def add(self, count: int) -> None:
        """So many more are made."""
        if self.tell is not None:
            self.tell(count)


# What is shown


def _show_product(
    given: _Given, semiring: Semiring, machine: str, table: Path | None, plot: Path | None
) -> None:
    from checks.streaming.shown import (
        COMPARED,
        comparison_json,
        comparison_table,
        formulas,
        run_json,
        shown,
    )
    from checks.streaming.table import SIMULATED
    from models.streaming.compare import Work, compare
    from models.streaming.simulate import stream as run
    from models.streaming.simulate import tiling_of

    left, right, basis = _matrices(given, semiring)
    tile = given.tile_for(left.shape[0], right.shape[1])
    tiling = tiling_of(left, right, tile)
    works: tuple[Work, ...] = ()
    with _progress("multiply-adds", given.as_json) as meter:
        if machine == "streaming":
            meter.begin(tiling.multiply_adds, tiling.unit_rows)
            streamed = run(left, right, tile=tile, semiring=semiring, tell=meter.add)
            data = run_json(tiling, semiring, streamed.counts, streamed.path)
        else:
            meter.begin(SIMULATED * tiling.multiply_adds, tiling.units)
            found = compare(left, right, tile=tile, semiring=semiring, tell=meter.add)
            streamed = found.streamed
            works = tuple(
                work for work in found.works if machine == "all" or not work.machine.startswith(
                    "cache" if machine == "mesh" else "mesh"
                )
            )
            data = comparison_json(found, works)
    rows = _write_sweep(tiling, table, plot, given.as_json)
    _write_result(given, streamed.product)
    if given.as_json:
        _emit(data, streamed.product, basis)
        return
    lines = shown(tiling, semiring, streamed.counts)
    print("\n".join([f"{lines[0]}{', ' * bool(basis)}{basis}", *lines[1:]]))
    print(f"\n{formulas(tiling, streamed.counts)}")
    if works:
        agree = "All of them came to the same product." if found.agree else (
            "They did NOT come to the same product."
        )
        print("\n" + "\n".join([comparison_table(works), "", agree, *COMPARED]))
    _print_result(given, streamed.product, basis)
    tell_places(plot, table, rows)


def _write_sweep(
    tiling: Tiling, table: Path | None, plot: Path | None, quiet: bool
) -> int:
    """The table and the picture, if they are asked for; how many rows the table has."""
    if table is None and plot is None:
        return 0
    from checks.files import write_whole
    from checks.streaming.table import sweep, table_text

    if not tiling.multiply_adds:
        raise BadInput(
            "a product without words", where="--table" if table is not None else "--plot",
            expected="at least one row, column and inner index",
        )
    with _progress("multiply-adds of the table", quiet) as meter:
        points = sweep(tiling, tell=meter.add, begin=meter.begin)
    text, chart = table_text(points), None
    if plot is not None:
        from checks.streaming.plot import sweep_chart

        chart = sweep_chart(points)
    if table is not None:
        write_whole(table, text)
    if plot is not None and chart is not None:
        from checks.picture import save_chart

        save_chart(chart, plot)
    return text.count("\n") - 1


def _show_contraction(
    given: _Given, semiring: Semiring, text: str, left_shape: str | None, right_shape: str | None
) -> None:
    from checks.streaming.matrix_file import read_matrix
    from checks.streaming.shown import formulas, run_json, shown
    from models.streaming.contraction import contract, group_sizes, parse

    asked = parse(text)
    one, other = (
        _reshaped(read_matrix(path, semiring), given_shape, option)
        for path, given_shape, option in zip(
            _files(given), (left_shape, right_shape), ("--left-shape", "--right-shape"),
            strict=True,
        )
    )
    rows, columns, inner, outside = group_sizes(asked, one.shape, other.shape)
    with _progress("multiply-adds", given.as_json) as meter:
        meter.begin(rows * columns * inner * outside)
        found = contract(
            asked, one, other, tile=given.tile_for(rows, columns), semiring=semiring,
            tell=meter.add,
        )
    _write_result(given, found.product)
    unfolded = found.unfolded
    if given.as_json:
        data = run_json(found.tiling, semiring, found.counts, found.path, runs=found.runs)
        _emit({
            **data, "contraction": asked.text, "sizes": dict(found.sizes),
            "result_shape": list(found.product.shape), "unfolded": list(unfolded),
        }, found.product, "")
        return
    groups = (("l", asked.rows), ("n", asked.inner), ("m", asked.columns))
    said = ", ".join(f"{name} = {' '.join(group) or 'none'}" for name, group in groups)
    several = f", for each of {' '.join(asked.outside)}" * bool(asked.outside)
    print("\n".join(shown(
        found.tiling, semiring, found.counts, runs=found.runs, of=f"{asked.text} ({said}{several})"
    )))
    sizes = ", ".join(f"{index} {size:,}" for index, size in found.sizes.items())
    print(f"  {'sizes':<20}{sizes}")
    print(f"  {'memory':<20}X {one.size:,} and Y {other.size:,} words; as matrices they would have "
          f"{unfolded[0]:,} and {unfolded[1]:,}")
    print(f"\n{formulas(found.tiling, found.counts, found.runs)}")
    _print_result(given, found.product, "")


def _reshaped(matrix: Array, shape: str | None, option: str) -> Array:
    """The entries of a file, line by line, along the axes that are asked for."""
    if shape is None:
        return matrix
    from math import prod

    sizes = whole_numbers(shape, option, count=None, form="sizes of axes, such as 4,3,5")
    if prod(sizes) != matrix.size:
        raise BadInput(
            f"{prod(sizes):,} words in {shape}, {matrix.size:,} in the file", where=option,
            expected="as many of both",
        )
    return matrix.reshape(sizes)


def _show_graph(given: _Given, option: str, file: Path) -> None:
    from checks.files import write_whole
    from checks.streaming.matrix_file import closure_text, read_edges
    from checks.streaming.shown import formulas, run_json, shown
    from models.streaming.paths import closure
    from models.streaming.semiring import BOOLEAN, TROPICAL

    semiring = TROPICAL if option == "--paths" else BOOLEAN
    graph = read_edges(file)
    size = len(graph.vertices)
    with _progress("multiply-adds", given.as_json) as meter:
        found = closure(
            graph, semiring, tile=given.tile_for(size, size), tell=meter.add,
            begin=lambda products, each: meter.begin(products * each),
        )
    if given.out is not None:
        write_whole(given.out, closure_text(found))
    connected = sum(
        1 for row in found.matrix.tolist() for value in row if value != semiring.zero
    ) - size
    if given.as_json:
        data = run_json(
            found.tiling, semiring, found.counts, found.path, runs=found.products
        )
        _emit({
            **data, "vertices": list(graph.vertices), "edges": len(graph.edges),
            "connected": connected,
        }, found.matrix, "")
        return
    what = "shortest paths" if option == "--paths" else "what can be reached"
    print("\n".join(shown(
        found.tiling, semiring, found.counts, runs=found.products,
        of=f"{what}, {counted(size, 'vertex', 'vertices')}, "
        f"{counted(len(graph.edges), 'edge', 'edges')}",
    )))
    print(f"\n{formulas(found.tiling, found.counts, found.products)}")
    print(f"{connected:,} of {size * (size - 1):,} pairs of vertices are connected.")
    _print_graph(given, found)


def _print_graph(given: _Given, found: Any) -> None:
    from checks.display.blocks import Table
    from checks.streaming.matrix_file import entry_text
    from checks.streaming.shown import small

    if given.out is not None:
        print(f"\nResult: {given.out}")
    elif small(found.matrix):
        names = found.graph.vertices
        columns = [("from", "left"), *((name, "right") for name in names)]
        rows = [
            [name, *map(entry_text, row)]
            for name, row in zip(names, found.matrix.tolist(), strict=True)
        ]
        print(f"\n{Table(columns, rows).text()}")  # type: ignore[arg-type]
    elif found.matrix.size:
        print("\nThe result is not shown; --out FILE writes it.")


def _write_result(given: _Given, product: Array) -> None:
    if given.out is not None:
        from checks.files import write_whole
        from checks.streaming.matrix_file import matrix_text

        write_whole(given.out, matrix_text(product))


def _print_result(given: _Given, product: Array, basis: str) -> None:
    """The product, if it is small and not that of random entries."""
    from checks.streaming.shown import shown_matrix, small

    if given.out is not None:
        print(f"\nResult: {given.out}")
    elif not basis:
        if small(product):
            print("\n" + "\n".join(shown_matrix(product)))
        elif product.size:
            print("\nThe result is not shown; --out FILE writes it.")


def _emit(data: dict[str, Any], product: Array, basis: str) -> None:
    """One JSON object; with the product, as text, if it is small."""
    from checks.cli import emit
    from checks.streaming.matrix_file import entry_text
    from checks.streaming.shown import small

    rows = [list(map(entry_text, row)) for row in product.tolist()] if small(product) else None
    emit({**data, "entries": basis or "given", "product": rows})

"""What is to be multiplied, by which units: sizes, tiles, and the words and steps they come to.

*Definitions*: :class:`Tiling`; :func:`least_words`, a lower bound for any machine with as large a
local memory; :func:`check_words`.

*Results*: ``streaming-traffic`` and ``streaming-steps`` say that a run comes to
:attr:`Tiling.reads`, :attr:`Tiling.writes` and :attr:`Tiling.steps`. Nothing here counts; a run
counts what it does (:mod:`models.streaming.simulate`), and tests compare the two.

*References*: 'AI, Native Supercomputing', arXiv 1705.05983; for the bound Irony, Toledo, Tiskin,
'Communication lower bounds for distributed-memory matrix multiplication', Journal of Parallel and
Distributed Computing 64 (2004), and, without the constant, Hong, Kung, 'I/O complexity: the
red-blue pebble game' (1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from models.errors import BadInput

LARGEST_MATRIX = 1 << 24
"""Words of a matrix, at most: 4,096 by 4,096."""


@dataclass(frozen=True, slots=True)
class Tiling:
    """X with ``rows`` rows and ``inner`` columns, times Y with ``inner`` rows and ``columns``
    columns; unit (p, q) has a tile of ``tile_rows`` by ``tile_columns`` words of the product.

    The last tiles of a row or a column may be smaller. Raises :class:`BadInput` for sizes below 0,
    tiles below 1, and a tile larger than the product (one word for a product without words).
    """

    rows: int
    columns: int
    inner: int
    tile_rows: int
    tile_columns: int

    def __post_init__(self) -> None:
        for name in ("rows", "columns", "inner"):
            _check(getattr(self, name), f"the number of {name}", least=0)
        for name, size in (("rows", self.rows), ("columns", self.columns)):
            tile = getattr(self, f"tile_{name}")
            _check(tile, f"the number of {name} of a tile", least=1)
            if tile > max(size, 1):
                raise BadInput(
                    f"a tile of {tile:,} {name} for a product of {size:,}", where="tile",
                    expected=f"at most {max(size, 1):,}",
                )

    @property
    def unit_rows(self) -> int:
        """⌈L/ι⌉, how many units stand in a column of the grid."""
        return -(-self.rows // self.tile_rows)

    @property
    def unit_columns(self) -> int:
        """⌈M/φ⌉, how many units stand in a row of the grid."""
        return -(-self.columns // self.tile_columns)

    @property
    def units(self) -> int:
        """One unit for each tile."""
        return self.unit_rows * self.unit_columns

    @property
    def multiply_adds(self) -> int:
        """LMN."""
        return self.rows * self.columns * self.inner

    @property
    def reads(self) -> int:
        """N(L⌈M/φ⌉ + M⌈L/ι⌉), the words distributed."""
        return self.inner * (self.rows * self.unit_columns + self.columns * self.unit_rows)

    @property
    def writes(self) -> int:
        """LM, the words collected."""
        return self.rows * self.columns

    @property
    def steps(self) -> int:
        """N, if each tile has a unit of its own."""
        return self.inner

    @property
    def intensity(self) -> Fraction | None:
        """Multiply-adds for each word read: ιφ/(ι+φ) if the tiles divide the product."""
        return Fraction(self.multiply_adds, self.reads) if self.reads else None

    @property
    def tile_words(self) -> int:
        """A unit's memory: its tile, and the pieces of a column and a row that it multiplies."""
        return self.tile_rows * self.tile_columns + self.tile_rows + self.tile_columns

    def to_json(self) -> dict[str, Any]:
        """Sizes, and what theorems say of them."""
        return {
            "shape": [self.rows, self.columns, self.inner],
            "tile": [self.tile_rows, self.tile_columns],
            "grid": [self.unit_rows, self.unit_columns],
        }


def least_words(multiply_adds: int, memory: int, memories: int = 1) -> int:
    """How many words processors with local memories of so many words send and receive at least, if
    together they do W multiplications of the usual product: ⌈W/(2√2 √S)⌉ - S for one, and no less
    than 0; the last term is subtracted for each of them.

    The reason, by Irony, Toledo and Tiskin: while S words are moved, at most 2S words of each
    matrix are at hand, and by Loomis and Whitney's inequality at most √(2S·2S·2S) products can be
    made of them. So each 2√2 S^(3/2) multiplications move S words, but for the last ones.
    """
    _check(multiply_adds, "the number of multiplications", least=0)
    _check(memory, "the number of words of memory", least=1)
    square, divisor = multiply_adds * multiply_adds, 8 * memory
    least = isqrt(square // divisor)
    while divisor * least * least < square:
        least += 1
    return max(least - memory * memories, 0)


def check_words(rows: int, columns: int, name: str) -> None:
    """Refuse a matrix that would take too much memory, as would so many rows, or columns, without
    words. Raises :class:`BadInput`."""
    if max(rows, 1) * max(columns, 1) > LARGEST_MATRIX:
        raise BadInput(
            f"{name} has {rows:,} rows and {columns:,} columns",
            expected=f"at most {LARGEST_MATRIX:,} words",
        )


def _check(value: object, name: str, *, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadInput(f"{name}, {value!r:.40}", expected=f"a whole number, {least} or more")

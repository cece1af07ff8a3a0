"""Sums in which each inner index is counted: what the order of a sum does not matter to.

*Definitions*: the equations :func:`multiple`, an element added up so many times; :func:`weighted`,
the sum of X[row,k]·Y[k,column] over k < n, each of them so many times as a function says;
:data:`in_schedule` and :data:`in_plan`, how many times a schedule or a plan sends each inner index,
as function values.

*Results*: ``streaming-equals-product`` is proved by way of these.
"""

from __future__ import annotations

from models.algebra import Algebra, Element, Mapped, curried, equation
from models.streaming.machine import times_in, times_sent
from models.streaming.semiring import Matrix, Operation


@equation()
def multiple(
    algebra: Algebra, plus: Operation, zero: Element, element: Element, count: int
) -> Element:
    """An element added up so many times, from zero on."""
    return algebra.cond(
        count <= 0,
        lambda: zero,
        lambda: algebra.bind(
            multiple.at(algebra, plus, zero, element, count - 1),
            lambda rest: algebra.apply(algebra.apply(plus, rest), element),
        ),
    )


@equation()
def weighted(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    weight: Mapped[int, int], n: int, row: int, column: int,
) -> Element:
    """The sum over k < n of X[row,k]·Y[k,column], that of k being added up ``weight(k)`` times."""
    def one(total: Element) -> Element:
        x = algebra.apply(algebra.apply(X, row), n - 1)
        y = algebra.apply(algebra.apply(Y, n - 1), column)
        return algebra.bind(
            multiple.at(
                algebra, plus, zero, algebra.apply(algebra.apply(times, x), y),
                algebra.apply(weight, n - 1),
            ),
            lambda more: algebra.apply(algebra.apply(plus, total), more),
        )

    return algebra.cond(
        n <= 0,
        lambda: zero,
        lambda: algebra.bind(
            weighted.at(algebra, plus, times, zero, X, Y, weight, n - 1, row, column), one
        ),
    )


in_schedule = curried(times_in)
in_plan = curried(times_sent)

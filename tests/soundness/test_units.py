"""Wrong variants of ``many-units``: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F

import pytest

from models.amdahl.units import units
from proofs.amdahl import units as proofs
from proofs.amdahl.objective import time
from proofs.amdahl.real import reals
from proofs.kernel.rules import Statement, Theorem
from proofs.kernel.tactics import variables
from proofs.kernel.terms import INT, both, equal
from tests.soundness.instances import Instance, confirm, refuse
from tests.soundness.test_statements import Proof

(u,) = proofs.listed("u")
s, x = reals("sx")
(i,) = variables(i=INT)
HALF, QUARTER = F(1, 2), F(1, 4)
TWO = units([(HALF, F(4), QUARTER), (F(1, 8), F(2), F(0))])
VALUE = proofs.many_time().function(u, s)
LEFT = proofs.alone().function(u, i, x)


def then(conclusion: object) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)  # type: ignore[arg-type]


WRONG = [
    Instance(
        "without the rates in the costs", proofs.identity,
        then(equal(
            VALUE - 1,
            proofs.shares().function(u) - proofs.rated_shares().function(u)
            + proofs.deviations().function(u, 1 - proofs.shares().function(u)),
        )),
        {"u": TWO, "s": F(3, 8)},
    ),
    Instance(
        "with 1 as a lower bound of all", proofs.collapse,
        lambda true: true.but(given={"none pays": proofs.sound().function(u)}),
        {"u": TWO, "s": F(3, 8)},
    ),
    Instance(
        "strictly, also without any share", proofs.collapse, then(VALUE > 1),
        {"u": units([(QUARTER, F(2), F(0))]), "s": F(3, 4)},
    ),
    Instance(
        "with only the scalable work as scalable", proofs.one_unit,
        then(equal(
            proofs.many_time().function(LEFT, s),
            time().function(proofs.ratio_at().function(u, i), s, x),
        )),
        {"u": TWO, "s": F(3, 8), "i": 0, "x": HALF},
    ),
    Instance(
        "with a share up to break-even", proofs.first,
        then(both(proofs.many_time().function(
            proofs.alone().function(u, i, 2 * proofs.first_share().function(
                proofs.weight_at().function(u, i), proofs.ratio_at().function(u, i)
            )), s,
        ) < 1)),
        {"u": TWO, "s": F(3, 8), "i": 0},
    ),
    Instance(
        "for a ratio above 1", proofs.first,
        lambda true: true.but(given={"pays": proofs.ratio_at().function(u, i) > 1}),
        {"u": TWO, "s": F(3, 8), "i": 1},
    ),
    Instance(
        "for a unit that pays", proofs.needed,
        lambda true: true.but(given={"pays not": proofs.weight_at().function(u, i) <= 1}),
        {"u": TWO, "s": F(3, 8), "i": 0, "x": F(1, 6)},
    ),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.label}")
def test_wrong_variants_are_refused(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize(
    "theorem",
    [proofs.identity, proofs.collapse, proofs.one_unit, proofs.first, proofs.needed],
    ids=lambda theorem: theorem.__name__,
)
def test_the_true_ones_are_proved(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)

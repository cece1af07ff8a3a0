"""The laws of relative loss and logical compute.

Loss falls as a power C^-κ of logical compute C, which is efficiency times physical resource.
Efficiency doubles γ times a year. Times are in years, compute in what the fleet does in one year
without gains, losses relative to the loss at time 0.

*Definitions*: the equations :func:`exponential` (exp), :func:`exponential_sum`, :func:`logarithm`
(log) and :func:`real_power` (x^y); :func:`growth`, :func:`efficiency` (E), :func:`gathered` (I_γ),
:func:`relative_loss` (R_γ), :func:`fleet_loss`, :func:`compute_multiple` (r^(-1/κ)),
:func:`time_to_target`, :func:`least_loss`, :func:`fleet_multiple`, :func:`halving_time`;
:func:`doublings`, :func:`burden`; :func:`rate_within` and :func:`settled_loss`, from where on two
limits are near; :func:`power_law`, :func:`value_at`, :func:`log_law` and :func:`law_exponent`;
:func:`whole_number` and :func:`whole_above`.

*Results*: ``no-efficiency-limit``, ``loss-monotone``, ``time-to-target``, ``fleet-multiple``,
``halving-time``, ``burden-constant``, ``ratio-law``.

*How it is done*: what only balls or closed forms can hold, exp and log, is in two equations; all
others are arithmetic on their values. They run on fractions and closed forms
(:mod:`models.efficiency.number`), and on balls, where a test decides what it can.

*References*: 'The Race to Efficiency', arXiv 2501.02156; 'The Unreasonable Effectiveness of Scaling
Laws', arXiv 2603.28507.
"""

from __future__ import annotations

from fractions import Fraction

from models.algebra import Algebra, Mapped, equation
from models.amdahl.number import Real
from models.efficiency.number import ceiling, exp_of, log_of

ONE, TWO = Fraction(1), Fraction(2)


@equation(opaque=True)
def exponential(algebra: Algebra, exponent: Real) -> Real:
    """exp z, in closed form, or as a ball for a ball.

    This body is the concrete reading; a proof takes the exponential as a chosen function, and
    never looks inside. The same is true of the next two.
    """
    return exp_of(exponent)


@equation()
def exponential_sum(algebra: Algebra, first: Real, second: Real) -> Real:
    """exp(a+b); that this is exp a times exp b is what proofs assume of it."""
    return exponential.at(algebra, first + second)


@equation(opaque=True)
def logarithm(algebra: Algebra, value: Real) -> Real:
    """log x, the natural one, for x > 0."""
    return log_of(value)


@equation()
def real_power(algebra: Algebra, base: Real, exponent: Real) -> Real:
    """x^y = exp(y log x), for x > 0."""
    return algebra.bind(
        logarithm.at(algebra, base), lambda log: exponential.at(algebra, exponent * log)
    )


@equation()
def growth(algebra: Algebra, rate: Real) -> Real:
    """γ ln 2: by how much a year efficiency grows, when it doubles γ times."""
    return algebra.bind(logarithm.at(algebra, TWO), lambda log: rate * log)


@equation()
def efficiency(algebra: Algebra, rate: Real, time: Real) -> Real:
    """E(t) = 2^(γt), relative to E(0)."""
    return real_power.at(algebra, TWO, rate * time)


@equation()
def gathered(algebra: Algebra, rate: Real, time: Real) -> Real:
    """I_γ(t) = (2^(γt) - 1)/(γ ln 2), and I_0(t) = t: compute gathered by a constant fleet."""
    return algebra.cond(
        algebra.same(rate, 0),
        lambda: time,
        lambda: algebra.bind(
            efficiency.at(algebra, rate, time),
            lambda grown: algebra.bind(
                growth.at(algebra, rate), lambda growth: (grown - 1) / growth
            ),
        ),
    )


@equation()
def relative_loss(algebra: Algebra, kappa: Real, rate: Real, time: Real) -> Real:
    """R_γ(t) = (1 + I_γ(t))^-κ."""
    return algebra.bind(
        gathered.at(algebra, rate, time),
        lambda compute: real_power.at(algebra, 1 + compute, -kappa),
    )


@equation()
def fleet_loss(algebra: Algebra, kappa: Real, rate: Real, fleet: Real, time: Real) -> Real:
    """(1 + M I_γ(t))^-κ: the relative loss with M times the fleet."""
    return algebra.bind(
        gathered.at(algebra, rate, time),
        lambda compute: real_power.at(algebra, 1 + fleet * compute, -kappa),
    )


@equation()
def compute_multiple(algebra: Algebra, kappa: Real, ratio: Real) -> Real:
    """r^(-1/κ): the multiple of logical compute that lowers the loss by the ratio r."""
    return real_power.at(algebra, ratio, -1 / kappa)


@equation()
def time_to_target(algebra: Algebra, kappa: Real, rate: Real, target: Real) -> Real:
    """The t with R_γ(t) = r: log2(1 + γ ln 2 (r^(-1/κ) - 1))/γ, and r^(-1/κ) - 1 for γ = 0."""
    return algebra.bind(
        compute_multiple.at(algebra, kappa, target),
        lambda multiple: algebra.cond(
            algebra.same(rate, 0),
            lambda: multiple - 1,
            lambda: algebra.bind(
                growth.at(algebra, rate),
                lambda growth: algebra.bind(
                    logarithm.at(algebra, 1 + growth * (multiple - 1)), lambda log: log / growth
                ),
            ),
        ),
    )


@equation()
def least_loss(algebra: Algebra, kappa: Real, rate: Real) -> Real:
    """(1 - 1/(γ ln 2))^-κ, for γ < 0: what the loss tends to while efficiency is lost."""
    return algebra.bind(
        growth.at(algebra, rate),
        lambda growth: real_power.at(algebra, 1 - 1 / growth, -kappa),
    )


@equation()
def fleet_multiple(
    algebra: Algebra, kappa: Real, rate: Real, target: Real, time: Real
) -> Real:
    """(r^(-1/κ) - 1)/I_γ(t), for t > 0: so many times the fleet reaches r in time t."""
    return algebra.bind(
        compute_multiple.at(algebra, kappa, target),
        lambda multiple: algebra.bind(
            gathered.at(algebra, rate, time), lambda compute: (multiple - 1) / compute
        ),
    )


@equation()
def halving_time(algebra: Algebra, kappa: Real, rate: Real, loss: Real) -> Real:
    """The years from the relative loss r to r/2."""
    return algebra.bind(
        time_to_target.at(algebra, kappa, rate, loss / 2),
        lambda later: algebra.bind(
            time_to_target.at(algebra, kappa, rate, loss), lambda now: later - now
        ),
    )


@equation()
def doublings(algebra: Algebra, kappa: Real, ratio: Real) -> Real:
    """log2(1/r)/κ: the doublings of logical compute that lower the loss by the ratio r."""
    return algebra.bind(
        logarithm.at(algebra, 1 / ratio),
        lambda log: algebra.bind(logarithm.at(algebra, TWO), lambda unit: log / unit / kappa),
    )


@equation()
def burden(algebra: Algebra, kappa: Real, rate: Real, ratio: Real, time: Real) -> Real:
    """r^(-1/κ) 2^(-βt): the multiple of physical resource that lowers the loss by the ratio r in
    t years, while efficiency doubles β times a year."""
    return algebra.bind(
        compute_multiple.at(algebra, kappa, ratio),
        lambda multiple: algebra.bind(
            efficiency.at(algebra, -rate, time), lambda saved: multiple * saved
        ),
    )


@equation()
def rate_within(algebra: Algebra, margin: Real, time: Real) -> Real:
    """ε/(2(1+t)(t+ε)): for rates up to this, forwards or backwards, I_γ(t) is within ε of t."""
    return margin / (2 * (1 + time) * (time + margin))


@equation()
def settled_loss(algebra: Algebra, kappa: Real, rate: Real, margin: Real) -> Real:
    """(1 + (1+a)(h-1)/(ε a^2))^-κ with a = γ ln 2 and h = 2^(1/κ): from this loss on, halving takes
    1/(κγ) years, up to ε."""
    return algebra.bind(
        growth.at(algebra, rate),
        lambda growth: algebra.bind(
            real_power.at(algebra, TWO, 1 / kappa),
            lambda half: real_power.at(
                algebra, 1 + (1 + growth) * (half - 1) / (margin * growth * growth), -kappa
            ),
        ),
    )


@equation()
def power_law(algebra: Algebra, scale: Real, kappa: Real, compute: Real) -> Real:
    """L(C) = A C^-κ, for C > 0."""
    return algebra.bind(
        real_power.at(algebra, compute, -kappa), lambda power: scale * power
    )


@equation()
def value_at(algebra: Algebra, function: Mapped[Real, Real], argument: Real) -> Real:
    """The value of a function of a real number: of a law L, the loss L(C)."""
    return algebra.apply(function, argument)


@equation()
def log_law(algebra: Algebra, law: Mapped[Real, Real], exponent: Real) -> Real:
    """log(L(exp z)/L(1)): a law on logarithmic axes; a power law is a line there."""
    return algebra.bind(
        exponential.at(algebra, exponent),
        lambda compute: algebra.bind(
            value_at.at(algebra, law, compute),
            lambda later: algebra.bind(
                value_at.at(algebra, law, ONE), lambda now: logarithm.at(algebra, later / now)
            ),
        ),
    )


@equation()
def law_exponent(algebra: Algebra, law: Mapped[Real, Real]) -> Real:
    """log(L(1)/L(e)): the κ of a law that is a power law."""
    return algebra.bind(log_law.at(algebra, law, ONE), lambda slope: -slope)


@equation()
def whole_number(algebra: Algebra, count: int) -> Real:
    """A whole number as a real number; 0 for negative ones."""
    return algebra.cond(
        count <= 0,
        lambda: Fraction(0),
        lambda: algebra.bind(whole_number.at(algebra, count - 1), lambda before: before + 1),
    )


@equation(opaque=True)
def whole_above(algebra: Algebra, value: Real) -> int:
    """A whole number that is not below a real number: an Archimedean field has one.

    A proof takes it as a chosen function, and never looks inside.
    """
    return ceiling(value)

"""Power laws are the laws of ratios.

*Definitions* accepted by the kernel: :func:`value_at`, :func:`log_law`, :func:`law_exponent`,
:func:`whole_number`, and the choice :func:`whole_above`, by a named axiom: every real number has a
whole number that is not below it (Archimedes).

*Results*: ``ratio-law`` (its parts: :func:`ratio`, :func:`bounded`), and a corollary,
:func:`continuous`.

*How it is done*: let f(cx)/f(x) depend on c alone. Then g(z) = log(f(exp z)/f(1)) is additive. If f
is at most N on an interval, g is so from 0 to some w > 0, and as g(z) = g(w) - g(w-z), its absolute
value is bounded there. h(z) = g(z) - z g(1) is additive, has the period s for s = 1/n as h(1) = 0,
and is bounded for 0 <= z <= s if s <= w; so it is bounded, and so are its multiples n h(z) = h(nz)
for every n: it is 0. Multiples and periods are counted by induction.

*References*: Aczél, 'Lectures on Functional Equations' (1966), section 2.1, for Cauchy's equation;
'The Unreasonable Effectiveness of Scaling Laws', arXiv 2603.28507.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.efficiency import laws as model
from proofs.amdahl.real import (
    cancel,
    multiply,
    nonzero,
    product,
    product_nonnegative,
    quotient_at,
    reals,
    sign_of_factor,
    square,
)
from proofs.efficiency import laws
from proofs.efficiency.exponential import (
    exp,
    exponential,
    exponential_sum,
    log,
    log_order,
    log_product,
    log_quotient,
    logarithm,
    positive,
    real,
    same,
    upper,
)
from proofs.kernel.reading import array_of
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, choose, define, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import INT, REAL, Term, both, equal, implies

FUNCTION = array_of(REAL, REAL)


@once
def value_at() -> Definition:
    """f(x), of a function value."""
    return define(model.value_at)


@once
def log_law() -> Definition:
    """g(z) = log(f(exp z)/f(1))."""
    exponential(), logarithm(), value_at()
    return define(model.log_law)


@once
def law_exponent() -> Definition:
    """-g(1)."""
    log_law()
    return define(model.law_exponent)


@once
def whole_number() -> Definition:
    """A whole number as a real one."""
    return define(model.whole_number, measure=lambda count: count)


@once
def whole_above() -> Definition:
    """A whole number not below a real number, by a named axiom."""
    number = whole_number().function
    return choose(
        model.whole_above,
        lambda x, n: number(n) >= x,
        axiom="for every real x there is a whole number n >= x",
    )


@once
def ratio() -> Theorem:
    """L(D)/L(C) = (D/C)^-κ for L(C) = A C^-κ: A and the scale of compute play no part."""
    a, k, c, d = reals("akcd")
    law, power = laws.power_law(), laws.real_power().function
    now, later = law.function(a, k, c), law.function(a, k, d)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        parts = goal.have(
            both(equal(later, power(d / c, -k) * now), nonzero(now)), *given,
            law(a, k, c), law(a, k, d), quotient_at(d / c), sign_of_factor().at(d=d / c, e=c),
            laws.power_product().at(x=d / c, y=c, z=-k), laws.power().at(x=c, y=-k),
            same(power(d, -k), power((d / c) * c, -k)),
            multiply().at(c=power(d, -k), d=power(d / c, -k) * power(c, -k), e=a),
            sign_of_factor().at(d=a, e=power(c, -k)), opaque=True,
        )
        yield parts
        yield quotient_at(later / now)
        yield cancel().at(c=later / now, d=power(d / c, -k), e=now)

    return prove(
        "ratio-law.ratio",
        forall(
            a, k, c, d,
            given={"scale": nonzero(a), "now": c > 0, "later": d > 0},
            then=equal(later / now, power(d / c, -k)),
        ),
        premises,
        opaque=True,
    )


# --- the laws of ratios ---------------------------------------------------------------------------

(f,) = variables(f=FUNCTION)
c, x, y, z, p, q, N = reals("cxyzpqN")
(n,) = variables(n=INT)


def at(argument: Term | int) -> Term:
    """f(x)."""
    return value_at().function(f, argument)


def slope(argument: Term | int) -> Term:
    """g(z)."""
    return log_law().function(f, argument)


def scale_free() -> Mapping[str, Supposition]:
    """f is positive, and f(cx)/f(x) is f(c)/f(1) for every x: it depends on c alone."""
    return {
        "positive": ((x,), implies(x > 0, at(x) > 0)),
        "scale-free": ((c, x), implies(
            both(c > 0, x > 0), equal(at(c * x) * at(1), at(c) * at(x))
        )),
    }


SCHEMAS = ("positive", "scale-free")


def passed(goal: Goal, *labels: str) -> dict[str, object]:
    """The goal's hypotheses that say "for all", to be handed on."""
    return {label: goal.schema(label) for label in (*SCHEMAS, *labels)}


@once
def log_values() -> Theorem:
    """g(z) = log f(exp z) - log f(1)."""
    def premises(goal: Goal) -> Iterable[Fact]:
        yield log_law()(f, z)
        yield goal.hypothesis("positive", exp(z))
        yield goal.hypothesis("positive", real(1))
        yield positive().at(z=z)
        yield log_quotient().at(x=at(exp(z)), y=at(1))
        yield same(log(log_law()(f, z).term.args[1].args[0]), log(at(exp(z)) / at(1)))

    return prove(
        "log-values",
        forall(f, z, given=scale_free(), then=both(
            equal(slope(z), log(at(exp(z))) - log(at(1))), at(exp(z)) > 0, at(1) > 0
        )),
        premises,
        opaque=True,
    )


@once
def additive() -> Theorem:
    """g(y+z) = g(y) + g(z)."""

    def premises(goal: Goal) -> Iterable[Fact]:
        for each in (y, z, y + z):
            yield log_values().at(f=f, z=each, **passed(goal))
        left, right = (at(exp(y + z)), at(1)), (at(exp(y)), at(exp(z)))
        yield goal.hypothesis("scale-free", exp(y), exp(z))
        yield positive().at(z=y)
        yield positive().at(z=z)
        yield exponential_sum()(y, z)
        yield same(left[0], at(exp(y) * exp(z)))
        yield log_product().at(x=left[0], y=left[1])
        yield log_product().at(x=right[0], y=right[1])
        yield multiply().at(c=left[0], d=at(exp(y) * exp(z)), e=left[1])
        yield log_order().at(x=left[0] * left[1], y=right[0] * right[1])
        yield product(*left)
        yield product(*right)

    return prove(
        "log-additive",
        forall(f, y, z, given=scale_free(), then=equal(slope(y + z), slope(y) + slope(z))),
        premises,
        opaque=True,
    )


@once
def odd() -> Theorem:
    """g(0) = 0 and g(-z) = -g(z)."""

    def premises(goal: Goal) -> Iterable[Fact]:
        zero = real(0)
        yield additive().at(f=f, y=zero, z=zero, **passed(goal))
        yield additive().at(f=f, y=z, z=-z, **passed(goal))
        yield same(slope(zero + zero), slope(zero))
        yield same(slope(z + -z), slope(zero))

    return prove(
        "log-odd",
        forall(f, z, given=scale_free(), then=both(
            equal(slope(0), 0), equal(slope(-z), -slope(z))
        )),
        premises,
        opaque=True,
    )


WIDTH = (q - p) / q
"""From 0 up to here g is bounded: there p exp z lies between p and q."""


def highest() -> Term:
    """A bound of g there."""
    return log(N) - log(at(1)) - slope(log(p))


def ceiling_near() -> Term:
    """A bound of |g| there."""
    return highest() + (1 + slope(WIDTH) * slope(WIDTH))


def interval() -> dict[str, Term | Supposition]:
    """f is scale-free, and at most N from p to q."""
    return {
        **scale_free(),
        "bounded": ((x,), implies(both(p <= x, x <= q), at(x) <= N)),
        "from": p > 0, "to": p < q,
    }


ENDS = ("from", "to")


@once
def width() -> Theorem:
    """0 < w < 1 and q w = q - p for that width w."""
    return prove(
        "log-width",
        forall(p, q, given={"from": p > 0, "to": p < q}, then=both(
            WIDTH > 0, WIDTH < 1, equal(WIDTH * q, q - p)
        )),
        lambda goal: [
            goal.hypothesis("from"), goal.hypothesis("to"), quotient_at(WIDTH),
            sign_of_factor().at(d=WIDTH, e=q), sign_of_factor().at(d=1 - WIDTH, e=q),
        ],
        opaque=True,
    )


@once
def above_near() -> Theorem:
    """g(z) is at most its bound, from 0 to w."""

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in (*ENDS, "least", "most")]
        place = p * exp(z)
        inside = goal.have(
            both(place >= p, place <= q), *given, width().at(p=p, q=q),
            exponential()(z), upper().at(z=z), product_nonnegative().at(a=p, b=exp(z) - 1),
            # p exp z (1-z) <= p <= q(1-z)
            product_nonnegative().at(a=p, b=1 - exp(z) * (1 - z)),
            product_nonnegative().at(a=q, b=WIDTH - z),
            sign_of_factor().at(d=q - place, e=1 - z), opaque=True,
        )
        shifted = log(p) + z
        yield goal.have(
            equal(exp(shifted), place), given[0], exponential_sum()(log(p), z), logarithm()(p),
            multiply().at(c=exp(log(p)), d=p, e=exp(z)), opaque=True,
        )
        yield inside
        yield goal.hypothesis("bounded", place)
        yield log_values().at(f=f, z=shifted, **passed(goal))
        yield additive().at(f=f, y=log(p), z=z, **passed(goal))
        yield same(at(exp(shifted)), at(place))
        yield log_order().at(x=at(exp(shifted)), y=N)

    return prove(
        "log-above-near",
        forall(
            f, p, q, N, z, given={**interval(), "least": z >= 0, "most": z <= WIDTH},
            then=slope(z) <= highest(),
        ),
        premises,
        opaque=True,
    )


@once
def both_near() -> Theorem:
    """|g(z)| is at most its bound, from 0 to w: g(z) = g(w) - g(w-z)."""

    def premises(goal: Goal) -> Iterable[Fact]:
        zero = real(0)
        yield goal.have(
            WIDTH > 0, *(goal.hypothesis(label) for label in ENDS), width().at(p=p, q=q),
            opaque=True,
        )
        for each in (z, WIDTH - z, zero):
            yield above_near().at(f=f, p=p, q=q, N=N, z=each, **passed(goal, "bounded"))
        yield odd().at(f=f, z=z, **passed(goal))
        yield additive().at(f=f, y=z, z=WIDTH - z, **passed(goal))
        yield same(slope(z + (WIDTH - z)), slope(WIDTH))
        yield square().at(a=slope(WIDTH))
        yield square().at(a=1 + slope(WIDTH))
        for label in (*ENDS, "least", "most"):
            yield goal.hypothesis(label)

    return prove(
        "log-near",
        forall(
            f, p, q, N, z, given={**interval(), "least": z >= 0, "most": z <= WIDTH},
            then=both(slope(z) <= ceiling_near(), -slope(z) <= ceiling_near()),
        ),
        premises,
        opaque=True,
    )


@once
def multiples() -> Theorem:
    """g(nz) = n g(z)."""
    number = whole_number().function

    def premises(goal: Goal) -> Iterable[Fact]:
        before = number(n - 1)
        yield goal.have(
            implies(n <= 0, equal(number(n), 0)), whole_number()(n)
        )
        yield goal.have(
            implies(n > 0, equal(number(n), before + 1)), whole_number()(n)
        )
        yield goal.induction(n=n - 1)
        yield additive().at(f=f, y=before * z, z=z, **passed(goal))
        yield odd().at(f=f, z=z, **passed(goal))
        yield goal.have(
            both(
                implies(
                    equal(number(n), before + 1),
                    equal(slope(number(n) * z), slope(before * z + z)),
                ),
                implies(equal(number(n), 0), equal(slope(number(n) * z), slope(0))),
            ),
            same(slope(number(n) * z), slope(before * z + z)),
            same(slope(number(n) * z), slope(0)), opaque=True,
        )

    return prove(
        "log-multiples",
        forall(
            f, n, z, given=scale_free(),
            then=equal(slope(number(n) * z), number(n) * slope(z)),
        ),
        premises,
        measure=n,
        opaque=True,
    )


def rest(argument: Term) -> Term:
    """h(z) = g(z) - z g(1)."""
    return slope(argument) - argument * slope(1)


def period() -> Term:
    """s = 1/n, up to the width: h(s) = 0."""
    return 1 / whole_number().function(whole_above().function(1 / WIDTH))


@once
def periodic() -> Theorem:
    """0 < s <= w and h(s) = 0."""

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ENDS]
        count = whole_above().function(1 / WIDTH)
        number = whole_number().function(count)
        sizes = goal.have(
            both(number > 0, number * WIDTH >= 1), *given, width().at(p=p, q=q),
            quotient_at(1 / WIDTH), whole_above()(1 / WIDTH),
            sign_of_factor().at(d=1 / WIDTH, e=WIDTH),
            product_nonnegative().at(a=number - 1 / WIDTH, b=WIDTH), opaque=True,
        )
        step = period()
        yield goal.have(
            both(equal(number * step, 1), step > 0, step <= WIDTH), sizes, quotient_at(step),
            sign_of_factor().at(d=step, e=number), sign_of_factor().at(d=WIDTH - step, e=number),
            opaque=True,
        )
        yield sizes
        yield multiples().at(f=f, n=count, z=step, **passed(goal))
        yield same(slope(number * step), slope(1))
        # n (g(s) - s g(1)) = g(1) - g(1).
        yield multiply().at(c=number * step, d=real(1), e=slope(1))
        yield sign_of_factor().at(d=rest(step), e=number)

    return prove(
        "log-period",
        forall(
            f, p, q, given={**scale_free(), "from": p > 0, "to": p < q},
            then=both(period() > 0, period() <= WIDTH, equal(rest(period()), 0)),
        ),
        premises,
        opaque=True,
    )


def ceiling_rest() -> Term:
    """A bound of |h|, everywhere."""
    return ceiling_near() + WIDTH * (1 + slope(1) * slope(1))


@once
def bounded_multiples() -> Theorem:
    """|h(z)| is at most the bound for 0 <= z <= ns."""
    number = whole_number().function

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in (*ENDS, "least", "most")]
        step, s, w, most = period(), slope(1), WIDTH, ceiling_near()
        near = goal.have(
            both(step > 0, step <= w, equal(slope(step), step * s)), *given[:2],
            periodic().at(f=f, p=p, q=q, **passed(goal)), opaque=True,
        )
        yield near
        first = goal.have(
            implies(z <= step, both(slope(z) <= most, -slope(z) <= most)), *given, near,
            both_near().at(f=f, p=p, q=q, N=N, z=z, **passed(goal, "bounded")), opaque=True,
        )
        # z |s| <= w (1 + s²)
        product_ = goal.have(
            implies(z <= step, both(z * s <= w * (1 + s * s), -(z * s) <= w * (1 + s * s))),
            *given, near, product_nonnegative().at(a=w - z, b=1 + s * s), square().at(a=s),
            product_nonnegative().at(a=z, b=1 + s * s - s),
            product_nonnegative().at(a=z, b=1 + s * s + s), square().at(a=s - 1),
            square().at(a=s + 1), opaque=True,
        )
        yield goal.have(
            implies(
                z <= step,
                both(rest(z) <= ceiling_rest(), -rest(z) <= ceiling_rest()),
            ),
            first, product_, opaque=True,
        )
        yield goal.have(implies(n <= 0, equal(number(n), 0)), whole_number()(n))
        yield goal.have(implies(n > 0, equal(number(n), number(n - 1) + 1)), whole_number()(n))
        yield goal.have(
            both(
                implies(equal(number(n), 0), z <= step),
                implies(equal(number(n), number(n - 1) + 1), z - step <= number(n - 1) * step),
            ),
            *given, near, multiply().at(c=number(n), d=real(0), e=step),
            multiply().at(c=number(n), d=number(n - 1) + 1, e=step), opaque=True,
        )
        yield goal.induction(n=n - 1, z=z - step)
        yield goal.have(
            equal(rest(z), rest(z - step)), near,
            additive().at(f=f, y=z - step, z=step, **passed(goal)),
            same(slope(z - step + step), slope(z)), opaque=True,
        )
        yield from given

    return prove(
        "log-bounded-multiples",
        forall(
            f, p, q, N, n, z,
            given={**interval(), "least": z >= 0, "most": z <= number(n) * period()},
            then=both(rest(z) <= ceiling_rest(), -rest(z) <= ceiling_rest()),
        ),
        premises,
        measure=n,
        opaque=True,
    )


@once
def bounded_rest() -> Theorem:
    """|h(z)| is at most the bound, for every z."""

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ENDS]
        step = period()
        near = goal.have(
            step > 0, *given, periodic().at(f=f, p=p, q=q, **passed(goal)), opaque=True
        )
        for each in (z, -z):
            count = whole_above().function(each / step)
            number = whole_number().function(count)
            yield goal.have(
                each <= number * step, near, quotient_at(each / step), whole_above()(each / step),
                product_nonnegative().at(a=number - each / step, b=step), opaque=True,
            )
            yield bounded_multiples().at(
                f=f, p=p, q=q, N=N, n=count, z=each, **passed(goal, "bounded")
            )
        yield odd().at(f=f, z=z, **passed(goal))
        yield from given

    return prove(
        "log-bounded",
        forall(
            f, p, q, N, z, given=interval(),
            then=both(rest(z) <= ceiling_rest(), -rest(z) <= ceiling_rest()),
        ),
        premises,
        opaque=True,
    )


@once
def linear() -> Theorem:
    """g(z) = z g(1)."""

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ENDS]
        most = ceiling_rest()
        for each in (rest(z), -rest(z)):
            count = whole_above().function((most + 1) / each)
            number = whole_number().function(count)
            scaled = goal.have(
                equal(rest(number * z), number * rest(z)),
                multiples().at(f=f, n=count, z=z, **passed(goal)), opaque=True,
            )
            most_of = goal.have(
                both(number * each <= most), *given, scaled,
                bounded_rest().at(f=f, p=p, q=q, N=N, z=number * z, **passed(goal, "bounded")),
                opaque=True,
            )
            yield goal.have(
                each <= 0, most_of, quotient_at((most + 1) / each),
                whole_above()((most + 1) / each),
                product_nonnegative().at(a=number - (most + 1) / each, b=each), opaque=True,
            )

    return prove(
        "log-linear",
        forall(f, p, q, N, z, given=interval(), then=equal(slope(z), z * slope(1))),
        premises,
        opaque=True,
    )


@once
def bounded() -> Theorem:
    """A positive scale-free law that is bounded near one point is a power law."""
    law, exponent = laws.power_law(), law_exponent()
    kappa = exponent.function(f)
    found = law.function(at(1), kappa, z)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in (*ENDS, "compute")]
        line = goal.have(
            equal(slope(log(z)), log(z) * slope(1)), *given,
            linear().at(f=f, p=p, q=q, N=N, z=log(z), **passed(goal, "bounded")), opaque=True,
        )
        power = laws.real_power().function(z, -kappa)
        value = goal.have(
            both(at(z) > 0, at(1) > 0, equal(log(at(z)), log(at(1)) + log(z) * slope(1))), line,
            *given, log_values().at(f=f, z=log(z), **passed(goal)), logarithm()(z),
            same(at(exp(log(z))), at(z)), same(log(at(exp(log(z)))), log(at(z))), opaque=True,
        )
        yield value
        yield goal.have(
            both(found > 0, equal(log(found), log(at(1)) - kappa * log(z))), value,
            law(at(1), kappa, z), laws.power().at(x=z, y=-kappa), product(at(1), power),
            log_product().at(x=at(1), y=power), same(log(found), log(at(1) * power)), opaque=True,
        )
        yield exponent(f)
        yield multiply().at(c=kappa, d=-slope(1), e=log(z))
        yield log_order().at(x=at(z), y=found)

    return prove(
        "ratio-law.bounded",
        forall(
            f, p, q, N, z, given={**interval(), "compute": z > 0}, then=equal(at(z), found)
        ),
        premises,
        opaque=True,
    )


@once
def near_continuous() -> Theorem:
    """A function that is continuous at p is bounded from p to some q."""
    e, modulus = reals("e")[0], variables(m=FUNCTION)[0]
    return prove(
        "continuous-bounded",
        forall(
            f, modulus, p, x,
            given={"continuous": continuous_at(modulus, e)},
            then=implies(
                both(p <= x, x <= p + value_at().function(modulus, 1)), at(x) <= at(p) + 1
            ),
        ),
        lambda goal: [goal.hypothesis("continuous", real(1), x)],
        opaque=True,
    )


def continuous_at(modulus: Term, e: Term) -> Supposition:
    """f is within e of f(p) up to modulus(e) from p, to the right at least."""
    reach = value_at().function(modulus, e)
    return (e, y), implies(
        both(e > 0, p <= y, y <= p + reach),
        both(at(y) - at(p) <= e, at(p) - at(y) <= e),
    )


@once
def continuous() -> Theorem:
    """A positive scale-free law that is continuous at one point is a power law."""
    e, modulus = reals("e")[0], variables(m=FUNCTION)[0]
    reach = value_at().function
    law, kappa = laws.power_law().function, law_exponent().function(f)

    def premises(goal: Goal) -> Iterable[Fact]:
        schema = near_continuous().schema(
            x, f=f, m=modulus, p=p, x=x, continuous=goal.schema("continuous")
        )
        yield bounded().at(
            f=f, p=p, q=p + reach(modulus, 1), N=at(p) + 1, z=z, bounded=schema, **passed(goal)
        )
        yield goal.hypothesis("point")
        yield goal.hypothesis("compute")
        yield goal.hypothesis("distance", real(1))

    return prove(
        "ratio-law.continuous",
        forall(
            f, modulus, p, z,
            given={
                **scale_free(), "point": p > 0, "continuous": continuous_at(modulus, e),
                "distance": ((e,), implies(e > 0, reach(modulus, e) > 0)), "compute": z > 0,
            },
            then=equal(at(z), law(at(1), kappa, z)),
        ),
        premises,
        opaque=True,
    )


def ratio_law() -> tuple[Theorem, ...]:
    """All parts of ``ratio-law``."""
    return ratio(), bounded()

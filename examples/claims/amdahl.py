"""Near misses about specialised hardware: what Amdahl's law says of it, in exact numbers.

R is how much more efficient specialised hardware is, s the share of the work that cannot run on it,
x the share of the budget that it gets. All numbers are exact, square roots too.
"""

from checks.claims import Bound, Fraction, Share, assume, claim, note
from models.amdahl.analysis import analyse
from models.amdahl.number import compare


@claim(
    "Specialised hardware pays, whatever the share of scalable work, if it is efficient enough.",
    expected="refuted", size=0,
)
def it_pays_if_it_is_efficient_enough(s: Share) -> bool:
    """There is a ratio R at which some budget for specialised hardware is better than none. It pays
    exactly above the critical ratio 1/(1-s), so the claim looks at that and 1.

    If all work is scalable, s = 1, there is no such ratio: what specialised hardware could do does
    not occur, and the time is 1/(1-x) for every R. For every other s the claim is true (theorem
    collapse).
    """
    critical = note("the critical ratio", analyse(2, s).critical_ratio)
    return critical is not None and not analyse(critical + 1, s).collapse


@claim(
    "Hardware that is ten times as efficient pays wherever some work is bounded.",
    expected="refuted", size=9,
)
def ten_times_as_efficient_pays(s: Share) -> bool:
    """For every s < 1 some budget for it is better than none, if R = 10.

    How efficient is efficient enough depends on s: from s = 1 - 1/R on none is best (theorem
    collapse), and there is no R that is enough for all s < 1.
    """
    assume(s < 1)
    return not note("whether no specialised hardware is best", analyse(10, s).collapse)


@claim(
    "The more efficient specialised hardware is, the larger is its best share.",
    expected="refuted", size=12,
)
def the_best_share_grows(s: Share, ratio: Bound, more: Bound) -> bool:
    """If R is larger, so is the best share x* of the budget, or it is the same.

    It is at first. But once the bounded work takes little time, hardware that is still more
    efficient needs less of the budget for it, and the scalable work can use the rest: x* has its
    maximum at R = 2/(1-√s).
    """
    assume(0 < s and ratio < more)
    share = note("the best share at R", analyse(ratio, s).allocation)
    other = note("at the larger R", analyse(more, s).allocation)
    return compare(share, other) <= 0


@claim(
    "If no specialised hardware is best, it is so for every smaller share of scalable work.",
    expected="refuted", size=5,
)
def collapse_goes_down(ratio: Fraction, s: Share, smaller: Share) -> bool:
    """If x = 0 is best at R > 1 and s, it is at R and every smaller share, between 0 and 1 all.

    The less scalable work there is, the more is left for specialised hardware: below s = 1 - 1/R it
    gets something.
    """
    assume(ratio > 1 and 0 < smaller < s < 1)
    assume(analyse(ratio, s).collapse)
    note("the threshold 1 - 1/R", analyse(ratio, s).threshold)
    return analyse(ratio, smaller).collapse


@claim(
    "If no specialised hardware is best, it is so for every larger share of scalable work.",
    theorem="collapse", expected="exhausted", size=8,
)
def collapse_goes_up(ratio: Fraction, s: Share, larger: Share) -> bool:
    """If x = 0 is best at R > 1 and s, it is at R and every larger share.

    True, as it is best exactly from s = 1 - 1/R on.
    """
    assume(ratio > 1 and s < larger)
    assume(analyse(ratio, s).collapse)
    return analyse(ratio, larger).collapse

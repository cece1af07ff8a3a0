"""Near misses about self-revision: a program that rewrites programs, round after round."""

from operator import itemgetter

from checks.claims import NIL, Bound, Oracle, Program, Tree, assume, claim, halts, jump, note, value
from models.machine.diagonal import short_diagonal
from models.machine.program import Id, Then, code, decode, programs

ROUNDS = 3


@claim(
    "Three rounds of self-revision decide the bounded jump of one's own size.",
    expected="refuted", size=3,
)
def rounds_decide_the_jump_of_their_own_size(k: Bound) -> bool:
    """Whatever k is, some modifier and some first program of size at most k lead, after at most
    three rounds, to a program that decides which programs of size at most k halt on their own
    code. Any value but nil may stand for yes.

    It is so for k = 1 and k = 2, where all programs halt and id says yes to each code. At size 3
    there are the first loops, and none of the programs that are reached tells all of them from
    the others.

    That more rounds do not help, however large k is, nobody can see from finitely many instances:
    what is reached in N rounds one program decides without any revision (theorem closure), and no
    program decides the jump bounded by its own size and 2 (theorem bounded-escape).
    """
    own = [code(p) for size in range(1, k + 1) for p in programs(size)]
    in_jump = jump()
    # Loops first, as a program that does not know better says yes to everything.
    members = sorted(((tree, tree in in_jump) for tree in own), key=itemgetter(1))
    reached = set(own)
    for modifier in map(decode, own):
        seen = new = set(own)
        for _ in range(ROUNDS):
            new = {value(modifier, tree) for tree in new} - seen - {None}
            seen = seen | new
        reached |= seen
    note("programs of size at most k", len(members))
    note("of these halt on their own code", sum(member for _, member in members))
    note("programs that are reached", len(reached))
    return any(_says_who_is_in(decode(tree), members) for tree in reached)


def _says_who_is_in(program: Program, members: list[tuple[Tree, bool]]) -> bool:
    """Whether it has a value on each tree, and nil exactly on those that are no members."""
    for tree, member in members:
        answer = value(program, tree)
        if answer is None or (answer != NIL) != member:
            return False
    return True


@claim(
    "What a revision makes of a program depends on what that does, not on how it is written.",
    expected="refuted", size=3,
)
def revision_sees_what_a_program_does(modifier: Program, p: Program, x: Tree) -> bool:
    """A modifier makes of p and of then(id, p), which do the same on every input, two programs that
    have the same value on x.

    A modifier is given a program's code, and codes of programs that do the same are different
    trees. Here tl takes a code apart: what is left of that of then(id, id) begins with the code of
    id, which is read as another program than the nothing that is left of that of id.
    """
    revised = value(modifier, code(p))
    of_other = value(modifier, code(Then(Id(), p)))
    assume(revised is not None and of_other is not None)
    return value(decode(revised), x) == value(decode(of_other), x)


@claim(
    "Revised two times, a program is wrong about the halting of a slightly larger one.",
    theorem="bounded-escape", expected="exhausted", size=4,
)
def what_is_reached_errs_at_its_diagonal(modifier: Program, p: Program, oracle: Oracle) -> bool:
    """What modifier makes of p in two rounds, q, does not say whether while(q, id) halts on its own
    code, even if every value but nil may stand for yes.

    True for any number of rounds, as it is for every program q: the loop stops where q says nil,
    and goes on for ever where q says anything else.
    """
    tree = code(p)
    for _ in range(2):
        revised = value(modifier, tree, oracle)
        assume(revised is not None)
        tree = revised
    q = decode(tree)
    loop = short_diagonal(q)
    answer = value(q, code(loop), oracle)
    return answer is None or (answer != NIL) != halts(loop, code(loop), oracle)

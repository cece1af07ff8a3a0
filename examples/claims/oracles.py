"""Near misses about oracles: their joins, their jumps, and the questions that programs ask."""

from checks.claims import (
    TRUE,
    Oracle,
    Program,
    Tree,
    assume,
    claim,
    halts,
    jump,
    steps,
    uses,
    value,
)
from models.machine.degrees import half
from models.machine.diagonal import diagonal
from models.machine.oracle import Table, joined
from models.machine.program import Cons, Id, Quote, Then, code
from models.machine.run import run
from models.machine.transform import substitute
from models.machine.tree import FALSE, Pair, pairs, truth
from models.machine.universal import OVERHEAD, UNIVERSAL, UNIVERSAL_STEPS


@claim("The jump of a join is the join of the jumps.", expected="refuted", size=3)
def jump_of_a_join(left: Oracle, right: Oracle, second: bool, p: Program) -> bool:
    """(A ⊕ B)' and A' ⊕ B' have the same members among the trees that a join is about, <false.p>
    and <true.p>. In A' ⊕ B' these say whether p halts on its own code relative to A, and whether it
    does relative to B.

    In (A ⊕ B)' a tree is read as a program, as in every jump: <false.p> is id and <true.p> is hd,
    whatever p is, and both halt. They are not the same set.

    Up to Turing equivalence it is false as well, which no finite instance shows: A' ⊕ B' can always
    be decided from (A ⊕ B)' (theorems turing-preorder and jump-monotone), but not the other way
    round. There are sets A and B whose jumps can be decided from the jump of the empty set, and
    from whose join that jump can be decided itself (Sacks's splitting theorem).
    """
    asked = Pair(truth(second), code(p))
    return (asked in jump(joined(left, right))) == (
        joined(jump(left), jump(right))(asked) == TRUE
    )


@claim(
    "A partial jump escapes, too: every program is wrong about it at its own diagonal.",
    expected="refuted", size=3,
)
def partial_jump_escapes(p: Program, oracle: Oracle) -> bool:
    """The partial jump says yes of the programs that halt on their own code, and has no value for
    the others. Every program p is wrong about it at the code of then(p, while(id, id)), which halts
    exactly where p says no.

    A program may be right about the partial jump by having no value: then its diagonal does not
    halt, and that is what it should be. So nothing escapes: the next claim has a program that is
    right everywhere. The jump has to be total to be outside of C(A) (theorem jump-escape).
    """
    loop = diagonal(p)
    wanted = TRUE if halts(loop, code(loop), oracle) else None
    return value(p, code(loop), oracle) != wanted


PARTIAL_JUMP = Then(Cons(Id(), Id()), Then(UNIVERSAL, Quote(TRUE)))
"""It runs its input on its input; then it says yes."""

PARTIAL_STEPS = UNIVERSAL_STEPS + 10
LONG = 1_000


@claim(
    "One program has the partial jump of every set.",
    theorem="universal-program", expected="exhausted", size=3,
)
def partial_jump_is_computed(p: Program, oracle: Oracle) -> bool:
    """PARTIAL_JUMP says yes of p if p halts on its own code, within the steps that the theorem
    tells; and else it does not halt within 1,000 steps.

    True without such a bound, too, as the universal program halts on <p.p> exactly if p halts on
    its own code.
    """
    taken = steps(p, code(p), oracle)
    if taken is None:
        return run(PARTIAL_JUMP, code(p), oracle=oracle, gas=LONG).value is None
    enough = OVERHEAD * taken + PARTIAL_STEPS
    return run(PARTIAL_JUMP, code(p), oracle=oracle, gas=enough).value == TRUE


@claim("The use of a run grows with its input.", expected="refuted", size=5)
def use_grows_with_the_input(p: Program, x: Tree, y: Tree) -> bool:
    """If y is at least as large as x, the use on y relative to the empty set is at least that on x.
    The use is 0 if nothing is asked, and else one more than the pairs of the largest question.

    What a program asks is its own affair: on nil this one asks, and on a larger input it has no
    need to.
    """
    assume(pairs(x) <= pairs(y))
    on_x, on_y = uses(p, x), uses(p, y)
    assume(on_x is not None and on_y is not None)
    return _use(on_x) <= _use(on_y)


def _use(questions: tuple[Tree, ...]) -> int:
    return max((1 + pairs(question) for question in questions), default=0)


@claim(
    "What halts relative to a set halts relative to every larger one.", expected="refuted", size=3,
)
def larger_sets_let_more_halt(p: Program, x: Tree, oracle: Oracle, more: Tree) -> bool:
    """If p halts on x relative to A, it does relative to A with one more member.

    An answer is used for and against: this program goes on as long as it hears yes.
    """
    assume(oracle(more) == FALSE and halts(p, x, oracle))
    larger = Table({**oracle.answers, more: TRUE}, oracle.otherwise)
    return halts(p, x, larger)


@claim(
    "A program can stand in for an oracle where it answers the questions that are asked.",
    theorem="substitution", expected="exhausted", size=5,
)
def a_program_stands_in_for_an_oracle(p: Program, q: Program, x: Tree, oracle: Oracle) -> bool:
    """If q has, relative to the empty set, on each question of p the oracle's answer, then
    substitute(p, q) has there on x the value of p.

    The theorem says so of every q that answers all questions right, also relative to another
    oracle; questions that are not asked make no difference (theorem use-principle).
    """
    asked = uses(p, x, oracle)
    assume(bool(asked))
    assume(all(value(q, question) == oracle(question) for question in asked))
    return value(substitute(p, q), x) == value(p, x, oracle)


@claim(
    "Layers grow with their oracle: what is decided relative to A is decided relative to A ⊕ B.",
    theorem="turing-preorder", expected="exhausted", size=3,
)
def layers_grow(p: Program, x: Tree, left: Oracle, right: Oracle) -> bool:
    """p with half(false), which asks the first half of a join, in the place of ask has relative to
    A ⊕ B the value on x that p has relative to A; and none where p has none."""
    joining = substitute(p, half(FALSE))
    return value(joining, x, joined(left, right)) == value(p, x, left)

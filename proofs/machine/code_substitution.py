"""Substitution on codes by a program, and the reduction of one jump to another.

*Definitions* accepted by the kernel: those of :mod:`models.machine.code_substitution`.

*Results*: ``jump-monotone`` (:func:`reduction`, :func:`membership`). Before that: the substituted
code decodes to the substituted program (:func:`decoded`), and the loop over tasks puts it before
the values in the steps that are said (:func:`visited`).

*How it is done*: a round has no loop, so its body is followed step by step, once for each kind of
task; then induction on the tree that is visited, with the tasks that its first round leaves.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3; R. I. Soare, 'Turing
Computability' (2016), section 3.4.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import code_substitution as model
from models.machine.code_substitution import JOIN, REDUCING_STEPS
from models.machine.program import Hd, Quote, Then
from models.machine.semantics import Done
from models.machine.tree import TRUE, Nil, Pair, numeral
from proofs.kernel.reading import array_of, is_a, made, part, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, Term, as_term, both, equal, iff, rank, select
from proofs.machine.program import coding, decode_code, decoding
from proofs.machine.semantics import evaluation, evaluation_variables, more_gas
from proofs.machine.straight import Known, denoted, followed, half, reached
from proofs.machine.substitution import (
    agreement,
    answering,
    backward,
    computes,
    forward,
    substituting,
    substitution_variables,
)
from proofs.machine.turing_jump import is_jump

one_task = once(lambda: define(model.one_task))


@once
def all_tasks() -> Definition:
    """The loop over tasks."""
    one_task()
    return define(model.all_tasks)


@once
def substituting_code() -> Definition:
    """The substituted code: recursion on the tree."""
    return define(model.substitute_code, measure=lambda e, c: rank(e))


@once
def visiting() -> Definition:
    """The steps of a visit, at least as many as the shortest one takes: recursion on the tree."""
    return define(
        model.visiting_steps,
        measure=rank,
        invariant=lambda e, steps: steps >= 48,
        premises=heights,
    )


def task_variables() -> tuple[Term, ...]:
    """Oracle f, code c of what answers, tree e, other tasks k, values v, gas n."""
    f, _, x, n = evaluation_variables()
    c, e, k, v = (variables(**{name: x.sort})[0] for name in "cekv")
    return f, c, e, k, v, n


def pair(first: Term, second: Term) -> Term:
    """A pair of trees."""
    return made(Pair, first, second)


def visit(tree: Term) -> Term:
    """The task to visit a tree."""
    return pair(made(Nil), tree)


def tag(opcode: Term) -> Term:
    """The task to put an opcode before the first value."""
    return pair(quote(TRUE, opcode.sort), opcode)


def _round(name: str, task: Term, values: Term, *others: Term) -> Theorem:
    """The loop over tasks does the first one, and goes on with what is left."""
    evaluate, tasks = evaluation(), all_tasks()
    f, c, _, k, _, n = task_variables()
    body = one_task()(c)
    spelled = body.term.args[1]
    state = pair(pair(task, k), values)
    after, steps = denoted(f, spelled, state)
    loop, before = tasks.function(c), n + steps + 3
    test = made(Hd)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield body
        yield tasks(c)
        yield evaluate(f, tasks(c).term.args[1], state, before)
        yield evaluate(f, test, state, before - 1)
        yield followed(goal, f, spelled, state, before - 3)

    return prove(
        name,
        forall(
            f, c, *others, k, n,
            given={"gas": n >= 0},
            then=equal(
                evaluate.function(f, loop, state, before), evaluate.function(f, loop, after, n)
            ),
        ),
        premises,
    )


@once
def visit_round() -> Theorem:
    """The first round of a visit."""
    _, _, e, _, v, _ = task_variables()
    return _round("task-visit", visit(e), v, e, v)


@once
def join_round() -> Theorem:
    """The round of a Join."""
    _, _, e, _, v, _ = task_variables()
    (w,) = variables(w=e.sort)
    return _round("task-join", quote(JOIN, e.sort), pair(e, pair(w, v)), e, w, v)


@once
def tag_round() -> Theorem:
    """The round that puts an opcode before a value."""
    _, _, e, _, v, _ = task_variables()
    (w,) = variables(w=e.sort)
    return _round("task-tag", tag(w), pair(e, v), e, w, v)


def parts_of(tree: Term) -> dict[str, Term]:
    """The opcode of a tree that is read as a program, and its parts."""
    fields = half(tree, "tail")
    right = half(fields, "tail")
    return {
        "opcode": half(tree, "head"), "left": half(fields, "head"), "right": right,
        "then": half(right, "head"), "otherwise": half(right, "tail"),
    }


def heights(tree: Term) -> Iterable[Fact]:
    """That these parts are of less height."""
    fields = half(tree, "tail")
    for owner in (tree, fields, half(fields, "tail")):
        for name in ("head", "tail"):
            yield from height(part(owner, Pair, name))


@once
def visited_within() -> Theorem:
    """A visit puts the substituted code before the values, if there is gas for the steps said."""
    run, loop = evaluation().function, all_tasks().function
    new, steps = substituting_code(), visiting()
    f, c, e, k, v, n = task_variables()
    opcode, left, right, then, otherwise = parts_of(e).values()
    join, tagging = quote(JOIN, e.sort), tag(opcode)

    def value(tree: Term) -> Term:
        return new.function(tree, c)

    def cost(tree: Term) -> Term:
        return steps.function(tree)

    def tasks(*listed: Term) -> Term:
        rest = k
        for task in reversed(listed):
            rest = pair(task, rest)
        return rest

    def premises(goal: Goal) -> Iterable[Fact]:
        def visit_part(tree: Term, others: Term, values: Term, more: Term | int) -> Fact:
            return goal.induction(e=tree, k=others, v=values, n=n + more)

        def join_two(first: Term, second: Term, others: Term, values: Term, more: int) -> Fact:
            return join_round().at(
                f=f, c=c, e=second, w=first, k=others, v=values, n=n + more
            )

        yield new(e, c)
        yield steps(e)
        yield from heights(e)
        for tree in (left, right, then, otherwise):
            yield steps.invariant(tree)
        state = pair(pair(visit(e), k), v)
        _, first = denoted(f, one_task()(c).term.args[1], state)
        yield visit_round().at(f=f, c=c, e=e, k=k, v=v, n=n + cost(e) - (first + 3))

        # Two parts
        kept = pair(value(left), v)
        both_codes = pair(value(left), value(right))
        yield visit_part(left, tasks(visit(right), join, tagging), v, cost(right) + 112)
        yield visit_part(right, tasks(join, tagging), kept, 112)
        yield join_two(value(left), value(right), tasks(tagging), v, 52)
        yield tag_round().at(f=f, c=c, e=both_codes, w=opcode, k=k, v=v, n=n)

        # Three parts
        last = cost(otherwise) + 172
        branches = pair(value(then), value(otherwise))
        yield visit_part(
            left, tasks(visit(then), visit(otherwise), join, join, tagging), v, cost(then) + last
        )
        yield visit_part(then, tasks(visit(otherwise), join, join, tagging), kept, last)
        yield visit_part(
            otherwise, tasks(join, join, tagging), pair(value(then), kept), 172
        )
        yield join_two(value(then), value(otherwise), tasks(join, tagging), kept, 112)
        yield join_two(value(left), branches, tasks(tagging), v, 52)
        yield tag_round().at(
            f=f, c=c, e=pair(value(left), branches), w=opcode, k=k, v=v, n=n
        )

    return prove(
        "code-visited.within",
        forall(
            f, c, e, k, v, n,
            given={"gas": n >= 0},
            then=equal(
                run(f, loop(c), pair(pair(visit(e), k), v), n + cost(e)),
                run(f, loop(c), pair(k, pair(value(e), v)), n),
            ),
        ),
        premises,
        measure=rank(e),
    )


@once
def visited() -> Theorem:
    """A visit puts the substituted code before the values, in the steps said.

    With less gas neither side halts: given what it lacks, the loop comes to the other tasks with
    none.
    """
    evaluate, steps = evaluation(), visiting()
    f, c, e, k, v, n = task_variables()
    loop = all_tasks().function(c)
    begun = pair(pair(visit(e), k), v)
    ended = pair(k, pair(substituting_code().function(e, c), v))
    whole = n + steps.function(e)
    return prove(
        "code-visited",
        forall(
            f, c, e, k, v, n,
            then=equal(
                evaluate.function(f, loop, begun, whole), evaluate.function(f, loop, ended, n)
            ),
        ),
        lambda goal: [
            *(visited_within().at(f=f, c=c, e=e, k=k, v=v, n=left) for left in (n, as_term(0))),
            *(evaluate(f, loop, ended, left) for left in (n, as_term(0))),
            more_gas().at(f=f, p=loop, x=begun, n=whole, d=-n),
            evaluate.invariant(f, loop, begun, whole),
        ],
    )


@once
def decoded() -> Theorem:
    """The substituted code is read as the substituted program."""
    new, decode, sub, code = substituting_code(), decoding(), substituting(), coding()
    _, _, e, _, _, _ = task_variables()
    _, _, _, _, q, *_ = substitution_variables()
    c = code.function(q)
    whole = new.function(e, c)
    _, *parts = parts_of(e).values()
    return prove(
        "substituted-code",
        forall(
            e, q,
            then=equal(decode.function(whole), sub.function(decode.function(e), q)),
        ),
        lambda goal: [
            new(e, c), decode(e), decode(whole), sub(decode.function(e), q),
            decode_code().at(p=q), *heights(e), *(goal.induction(e=tree) for tree in parts),
        ],
        measure=rank(e),
    )


@once
def questioning() -> Definition:
    """The question about a tree."""
    substituting_code()
    return define(model.question)


@once
def reducing() -> Definition:
    """The reduction of one jump to another."""
    all_tasks()
    return define(model.reducing)


@once
def reduction() -> Theorem:
    """On e the reduction has, in the steps said, the oracle's answer to the question about e."""
    evaluate, tasks, program = evaluation(), all_tasks(), reducing()
    ask, steps = questioning(), visiting()
    f, c, e, _, _, n = task_variables()
    nil, test = made(Nil), made(Hd)
    loop, spelled = tasks.function(c), program(c).term.args[1]
    begun = pair(pair(visit(e), nil), nil)
    ended = pair(nil, pair(substituting_code().function(e, c), nil))
    within = steps.function(e) + 3  # and the round that finds no task left
    gas = n + steps.function(e) + REDUCING_STEPS

    def premises(goal: Goal) -> Iterable[Fact]:
        def looped(gas: Term) -> Fact:
            left = gas - steps.function(e)
            return goal.have(
                reached(f, loop, begun, gas, ended, within),
                visited().at(f=f, c=c, e=e, k=nil, v=nil, n=left),
                tasks(c),
                steps.invariant(e),
                evaluate(f, tasks(c).term.args[1], ended, left),
                evaluate(f, test, ended, left - 1),
            )

        known = {(loop, begun): Known(ended, within, steps.invariant(e), looped)}
        yield program(c)
        yield ask(e, c)
        yield steps.invariant(e)
        yield followed(goal, f, spelled, e, gas, known)

    return prove(
        "jump-reduction",
        forall(
            f, c, e, n,
            given={"gas": n >= 0},
            then=equal(
                evaluate.function(f, program.function(c), e, gas),
                made(Done, select(f, ask.function(e, c)), n),
            ),
        ),
        premises,
    )


def reduction_variables() -> tuple[Term, ...]:
    """Oracles f and g; q, which computes g from f at cost k; the jump J of f with the steps s of
    its members, the jump K of g with t; tree e, gas n."""
    f, g, k, _, q, x, n, _ = substitution_variables()
    (e,) = variables(e=x.sort)
    times = array_of(x.sort, INT)
    J, s, K, t = variables(J=f.sort, s=times, K=f.sort, t=times)
    return f, g, k, q, J, s, K, t, e, n


@once
def monotone() -> Theorem:
    """If q computes g from f, the reduction with q computes the jump of g from that of f."""
    evaluate, decode, sub = evaluation(), decoding(), substituting()
    run = evaluate.function
    ask, code, cost = questioning(), coding(), answering()
    f, g, k, q, J, s, K, t, e, n = reduction_variables()
    (z,) = variables(z=e.sort)
    c = code.function(q)
    asked = ask.function(e, c)
    below = decode.function(e)
    program = sub.function(below, q)
    constant = made(Quote, e)
    quoted = pair(quote(numeral(4), e.sort), e)
    whole = made(Then, constant, program)
    extra = cost.function(g, k, below, e, select(t, e))
    gas = n + visiting().function(e) + REDUCING_STEPS
    answer = select(J, asked)

    def premises(goal: Goal) -> Iterable[Fact]:
        computing = goal.schema("computes")
        yield ask(e, c)
        yield decode(asked)
        yield decoded().at(e=e, q=q)
        yield decode(quoted)
        # If the question is a member, e halts on itself.
        there = select(s, asked)
        yield goal.hypothesis("members halt", asked)
        yield evaluate(f, whole, asked, there)
        yield evaluate(f, constant, asked, there - 1)
        yield backward().at(
            f=f, g=g, p=below, q=q, x=e, n=there - 2, agrees=agreement(f, g, k, q, computing)
        )
        yield goal.hypothesis("others loop below", e, there - 2)
        # If e halts on itself, the question is a member.
        enough = select(t, e) + extra
        yield goal.hypothesis("members halt below", e)
        yield evaluate.invariant(g, below, e, select(t, e))
        yield forward().at(
            f=f, g=g, k=k, p=below, q=q, x=e, n=select(t, e), computes=computing
        )
        yield evaluate(f, whole, asked, enough + 2)
        yield evaluate(f, constant, asked, enough + 1)
        yield goal.hypothesis("others loop", asked, enough + 2)
        yield reduction().at(f=J, c=c, e=e, n=n)

    return prove(
        "jump-monotone",
        forall(
            f, g, k, q, J, s, K, t, e, n,
            given={
                "computes": computes(f, q, g, k, z),
                **is_jump(f, J, s),
                **is_jump(g, K, t, " below"),
                "gas": n >= 0,
            },
            then=both(
                equal(run(J, reducing().function(c), e, gas), made(Done, answer, n)),
                iff(is_a(answer, Pair), is_a(select(K, e), Pair)),
            ),
        ),
        premises,
    )


def jump_monotone() -> tuple[Theorem, ...]:
    """All parts of ``jump-monotone``."""
    return monotone(), reduction(), visited(), decoded()

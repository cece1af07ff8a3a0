"""The constructions that theorems speak of: what each makes, its equation, and a way to run it.

*Definitions*: :class:`Construction`, :data:`CONSTRUCTIONS`, :func:`construction`; for a reader
:func:`equation_lines`, the equation that the proofs unfold, :func:`abbreviated`, a program, and
:func:`shown`, all of it.

A program transformer can be run from the command line (``jumpbound construct``); a function of
another kind is shown by its equation alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Any, Literal, TypeAlias

from checks.results import Made
from models.amdahl import (
    absorption,
    bandwidth,
    exponent,
    frontier,
    objective,
    overclaim,
    peak,
    transition,
)
from models.efficiency import laws
from models.errors import BadInput, quoted
from models.machine import (
    code_substitution,
    condition,
    degrees,
    diagonal,
    extension_search,
    generic_pair,
    generic_programs,
    internalisation,
    kleene_post,
    recursion,
    specialisation,
    transform,
    turing_jump,
    universal,
    use,
)
from models.machine.program import Program, Quote, code, format_program, parse_program
from models.machine.source import given_program, given_tree
from models.machine.tree import Tree
from models.revision import limit_lemma, mind_changes, self_modification
from models.streaming import machine, mesh
from proofs.kernel.rules import Definition, KernelError, Refused
from proofs.kernel.show import cases
from proofs.kernel.terms import constant

Kind: TypeAlias = Literal["program", "tree", "code", "number", "other"]
"""What a parameter is: a program, a tree, a program of which the code is taken, a whole number, or
what has no text."""

LARGEST = 10_000
"""The largest number that is taken."""


@dataclass(frozen=True, slots=True)
class Construction:
    """A function of the models by its name.

    ``parameters``: names and kinds; ``says``: in a sentence what it makes; ``build``: the function,
    or a program; ``definition``: where the kernel's definition is, as
    ``module:function``, if it has one; ``example``: arguments as text.
    """

    name: str
    parameters: tuple[tuple[str, Kind], ...]
    says: str
    build: Any
    definition: str = ""
    example: tuple[str, ...] = ()

    @property
    def call(self) -> str:
        """The name with its parameters."""
        names = ", ".join(name for name, _ in self.parameters)
        return f"{self.name}({names})" if names else self.name

    @property
    def runs(self) -> bool:
        """Whether it makes a program from what can be written as text."""
        return isinstance(self.build, Program) or len(self.example) == len(self.parameters)

    def program(self, arguments: tuple[str, ...]) -> Program:
        """The program made of arguments as text, or of files behind ``@``.

        Raises :class:`BadInput`.
        """
        if not self.runs:
            raise BadInput(f"{self.name} makes no program from arguments as text")
        if len(arguments) != len(self.parameters):
            wanted = ", ".join(f"{name} (a {KINDS[kind]})" for name, kind in self.parameters)
            given = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
            raise BadInput(f"{given} of {self.name}", expected=wanted or "none")
        values = [
            _read(name, kind, text)
            for (name, kind), text in zip(self.parameters, arguments, strict=True)
        ]
        made: Program = self.build if isinstance(self.build, Program) else self.build(*values)
        return made


KINDS: dict[Kind, str] = {
    "program": "program", "tree": "tree", "code": "program", "number": "whole number",
    "other": "value",
}


def _read(name: str, kind: Kind, text: str) -> Program | Tree | int:
    if kind == "tree":
        return given_tree(text, source=name)
    if kind == "number":
        if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > LARGEST:
            raise BadInput(
                f"{name}: {quoted(text)}", expected=f"a whole number from 0 to {LARGEST}"
            )
        return int(text)
    program = given_program(text, source=name)
    return code(program) if kind == "code" else program


def shown(name: str) -> Made:
    """A construction for a reader, with its equation, if the kernel accepts that, and example."""
    found = construction(name)
    try:
        equation = tuple(equation_lines(found))
    except (KernelError, Refused):
        equation = ()
    program = abbreviated(found.program(found.example)) if found.runs else ""
    example = found.example if found.runs else None
    return Made(name, found.call, found.says, equation, example, program)


def abbreviated(program: Program) -> str:
    """The program as text, with programs that are parts of it by name."""
    return _named(format_program(program), but=program)


def _named(text: str, *, but: Program | None = None) -> str:
    """A text with the names of some long programs in it, ``but`` not that of one."""
    for name, part, spelled in _long_parts():
        if part != but:
            text = text.replace(spelled, name)
    return text


@cache
def _long_parts() -> tuple[tuple[str, Program, str], ...]:
    """Programs that are shown by name where they are parts of others: name, program and text; those
    of which others are parts come first."""
    find, step = generic_programs.FINDING, parse_program("then(tl, ask)")
    parts = (
        ("building", generic_programs.building()),
        ("staging", generic_programs.staging()),
        ("half_staging", generic_programs.half_staging()),
        ("asking_jump", generic_programs.asking_jump()),
        ("extending_conditions", generic_programs.extending_conditions()),
        ("substitute(finding, above)", transform.substitute(find, turing_jump.ABOVE)),
        ("quote code(finding)", Quote(code(find))),
        ("finding", find),
        ("trying", extension_search.trying(condition.ANSWER)),
        ("one_step(known)", universal.one_step(condition.ANSWER)),
        ("known", condition.ANSWER),
        ("decided", condition.BIT),
        ("checked", condition.CHECKED),
        ("above", turing_jump.ABOVE),
        ("universal", universal.UNIVERSAL),
        ("clocked", universal.CLOCKED),
        (f"one_step({step!r})", universal.one_step(step)),
    )
    return tuple((name, part, format_program(part)) for name, part in parts)


def equation_lines(found: Construction) -> list[str]:
    """The equation that the proofs unfold, by cases; none for a program without parameters."""
    if not found.definition:
        return []
    module, _, name = found.definition.partition(":")
    definition: Definition = getattr(import_module(module), name)()
    function = definition.function
    names = [name for name, _ in found.parameters]
    arguments = [
        constant(name, sort) for name, sort in zip(names, function.domain, strict=True)
    ]
    law = definition(*arguments).term
    left, right = law.args
    rows = cases(right)
    if len(rows) == 1:
        return [_named(f"{left!r} = {rows[0][0]}")]
    return [f"{left!r} ="] + [
        _named(f"  {value}{f', if {test}' if test else ', otherwise'}") for value, test in rows
    ]


_P: tuple[str, Kind] = ("p", "program")
_Q: tuple[str, Kind] = ("q", "program")
_IN: Callable[[str], str] = "proofs.machine.{}".format
_REVISION: Callable[[str], str] = "proofs.revision.{}".format

_ALL = (
    Construction(
        "use",
        tuple((name, "other") for name in ("f", "p", "x", "n", "rest")),
        "The questions that p asks on x relative to f within n units of gas, as a list, with rest "
        "after them.",
        use.use,
        _IN("use:asking"),
    ),
    Construction(
        "stage",
        (("m", "other"), ("questions", "other")),
        "The stage from which on oracles with modulus m agree with their limit on these questions.",
        use.stage,
        _IN("use:settling"),
    ),
    Construction(
        "substitute",
        (_P, _Q),
        "p with q in place of every Ask.",
        transform.substitute,
        _IN("substitution:substituting"),
        ("cons(ask, then(tl, ask))", "if(ask, quote nil, quote true)"),
    ),
    Construction(
        "half",
        (("tag", "tree"),),
        "From a join it computes its first set if the tag is false, and its second if it is true.",
        degrees.half,
        _IN("degrees:half"),
        ("true",),
    ),
    Construction(
        "joining",
        (_P, _Q),
        "It computes B ⊕ D, if p computes B and q computes D.",
        degrees.joining,
        _IN("degrees:joining"),
        ("ask", "if(ask, quote nil, quote true)"),
    ),
    Construction(
        "specialise",
        (_P, ("c", "tree")),
        "On x it does what p does on <c.x>.",
        specialisation.specialise,
        _IN("specialisation:specialising"),
        ("cons(tl, hd)", "1"),
    ),
    Construction(
        "with_self",
        (_P,),
        "On <y.x> it does what p does on <c.x>; if y is the code of q, c is that of "
        "specialise(q, y).",
        recursion.with_self,
        _IN("recursion:with_self"),
        ("then(hd, ask)",),
    ),
    Construction(
        "recursive",
        (_P,),
        "On x it does what p does on <e.x>, e being its own code.",
        recursion.recursive,
        _IN("recursion:recursive"),
        ("hd",),
    ),
    Construction(
        "make_recursive",
        (),
        "On the code of p it has the code of recursive(p).",
        recursion.MAKE_RECURSIVE,
    ),
    Construction(
        "answers",
        (("t", "tree"),),
        "It answers by the transcript t, and asks only what t does not list.",
        internalisation.answers,
        _IN("internalisation:answers"),
        ("[<nil.true>]",),
    ),
    Construction(
        "internalise",
        (_P, ("t", "tree")),
        "p with the transcript t hard-wired: substitute(p, answers(t)).",
        internalisation.internalise,
        _IN("internalisation:internalised"),
        ("cons(ask, then(tl, ask))", "[<nil.true>]"),
    ),
    Construction(
        "one_step",
        (("a", "program"),),
        "On a state of the abstract machine, as a tree, it makes one step, with a in place of Ask.",
        universal.one_step,
        "",
        ("then(tl, ask)",),
    ),
    Construction(
        "universal",
        (),
        "On <e.x> it does what the program e does on x.",
        universal.UNIVERSAL,
    ),
    Construction(
        "clocked",
        (),
        "On <<e.x>.w> it has <true.y> if e on x has halted with y within |w| steps, and nil if "
        "not.",
        universal.CLOCKED,
    ),
    Construction(
        "absence",
        (("x", "tree"),),
        "On every input it halts if and only if the oracle answers nil on x.",
        turing_jump.absence,
        _IN("turing_jump:absent"),
        ("1",),
    ),
    Construction(
        "above",
        (),
        "Relative to the jump of A it decides A: it asks about the code of absence(x).",
        turing_jump.ABOVE,
    ),
    Construction(
        "known",
        (),
        "On <t.z> it has <nil.answer> if the condition t of a set C tells what A ⊕ C answers at z, "
        "and else nil.",
        condition.ANSWER,
    ),
    Construction(
        "checked",
        (),
        "In the place of Ask, it has the answer if that is known, and else it does not halt.",
        condition.CHECKED,
    ),
    Construction(
        "decided",
        (),
        "On <x.t> it has <nil.b> if the condition t decides x, b being its bit, and else nil.",
        condition.BIT,
    ),
    Construction(
        "trying",
        (),
        "On <<z.b>.<[t].nil>> it has <true.y> if z on b, known answering, halts with y within as "
        "many steps as t has bits, and else nil.",
        extension_search.trying(condition.ANSWER),
    ),
    Construction(
        "finding",
        (),
        "On <<z.b>.<[a].nil>> it finds a condition t that extends a with which z halts on b, known "
        "answering, and its value y: <t.y>.",
        generic_programs.FINDING,
    ),
    Construction(
        "searching_from",
        (("z", "code"), ("a", "tree"), ("b", "tree")),
        "search(known, z, a, b), which is finding with its input: A' is asked whether it halts.",
        generic_pair.searching_from,
        "",
        ("hd", "nil", "2"),
    ),
    Construction(
        "half_stage",
        tuple((name, "other") for name in "fJszab"),
        "After the conditions a of G and b of H, what comes of defeating z: <t.<c.b>>, t extending "
        "a and c being the bit that z on b does not have.",
        generic_pair.half_stage,
        _IN("generic_pair:half_staging"),
    ),
    Construction(
        "generic",
        (*((name, "other") for name in "fJsw"), ("side", "other"), ("x", "other")),
        "Whether x is in G (side nil) or in H (side a pair): what its condition says of it when it "
        "is long enough.",
        generic_pair.generic,
        _IN("generic_pair:generating"),
    ),
    Construction(
        "point",
        (*((name, "other") for name in "fJsw"), ("side", "other"), ("p", "other")),
        "The tree on which p, asking A ⊕ G (side nil), is wrong about H, or asking A ⊕ H about G.",
        generic_pair.point,
        _IN("generic_pair:pointing"),
    ),
    Construction(
        "asking_jump",
        (),
        "On <z.<a.b>> it asks A' whether search(known, z, a, b) halts.",
        generic_programs.asking_jump,
        _IN("generic_programs:asking_jump"),
    ),
    Construction(
        "extending_conditions",
        (),
        "Relative to A' it has on <z.<a.b>> what half_stage has, if the search halts: it runs it, "
        "asking A' about A.",
        generic_programs.extending_conditions,
        _IN("generic_programs:extending_conditions"),
    ),
    Construction(
        "half_staging",
        (),
        "Relative to A' it has on <z.<a.b>> what half_stage has.",
        generic_programs.half_staging,
        _IN("generic_programs:half_program"),
    ),
    Construction(
        "staging",
        (),
        "Relative to A' it makes a stage: on <queue.<a.b>>, first G is extended, and then H.",
        generic_programs.staging,
        _IN("generic_programs:stage_program"),
    ),
    Construction(
        "building",
        (),
        "Relative to A' it makes on <n.<queue.<a.b>>> as many stages as n is long.",
        generic_programs.building,
        _IN("generic_programs:building_program"),
    ),
    Construction(
        "computing",
        (("w", "tree"), ("side", "tree")),
        "Relative to A' it decides G (side false) or H (side true); in stage 0 it is the turn of "
        "the head of w.",
        generic_programs.computing,
        _IN("generic_programs:computing"),
        ("nil", "true"),
    ),
    Construction(
        "from_set",
        (_P,),
        "If p computes A ⊕ G from A, it computes G from A ⊕ H.",
        kleene_post.from_set,
        _IN("kleene_post:deciding_from_set"),
        ("then(tl, ask)",),
    ),
    Construction(
        "diagonal",
        (_P,),
        "It halts exactly where p answers nil.",
        diagonal.diagonal,
        _IN("escape:diagonal"),
        ("then(hd, ask)",),
    ),
    Construction(
        "short_diagonal",
        (_P,),
        "It halts exactly where p answers nil, and is smaller by two.",
        diagonal.short_diagonal,
        _IN("escape:short_diagonal"),
        ("then(hd, ask)",),
    ),
    Construction(
        "substitute_code",
        (("e", "other"), ("c", "other")),
        "The tree e with c in place of every part that is read as Ask.",
        code_substitution.substitute_code,
        _IN("code_substitution:substituting_code"),
    ),
    Construction(
        "question",
        (("e", "other"), ("c", "other")),
        "The code of a program that runs e, with what c is read as in place of every Ask, on e.",
        code_substitution.question,
        _IN("code_substitution:questioning"),
    ),
    Construction(
        "reducing",
        (("q", "code"),),
        "If q computes A from B, it computes A' from B': it asks about question(e, code(q)).",
        code_substitution.reducing,
        _IN("code_substitution:reducing"),
        ("if(ask, quote nil, quote true)",),
    ),
    Construction(
        "revision",
        (("g", "other"), ("e", "other"), ("n", "other")),
        "What n uses of g make of e.",
        self_modification.revision,
        _REVISION("self_modification:iterating"),
    ),
    Construction(
        "revised",
        (("u", "program"),),
        "V: on <w.<e.x>> it does on x what e, revised by u as often as w is long, does.",
        self_modification.revise,
        "",
        ("cons(quote 6, cons(quote <2.0>, id))",),
    ),
    Construction(
        "composed",
        (("u", "program"), ("e", "code"), ("w", "tree")),
        "On x it does what e, revised by u as often as w is long, does on x.",
        self_modification.compose,
        "",
        ("cons(quote 6, cons(quote <2.0>, id))", "if(id, quote 0, quote 1)", "2"),
    ),
    Construction(
        "counted",
        (("u", "program"), ("e", "code"), ("q", "program")),
        "The same for as many rounds as the value of q on x is long.",
        self_modification.count,
        "",
        ("cons(quote 6, cons(quote <2.0>, id))", "if(id, quote 0, quote 1)", "id"),
    ),
    Construction(
        "changing",
        (("h", "program"),),
        "On <x.num(s)> it halts if and only if the guess of h at x changes in stage s or later.",
        limit_lemma.changing,
        _REVISION("limit_lemma:changing"),
        ("then(tl, ask)",),
    ),
    Construction(
        "deciding",
        (("h", "program"),),
        "Relative to A' it decides the limit of the guesses of h from A.",
        limit_lemma.deciding,
        _REVISION("limit_lemma:deciding"),
        ("then(tl, ask)",),
    ),
    Construction(
        "stage_jump",
        (("f", "other"), ("s", "other"), ("z", "other")),
        "Whether z halts on itself relative to f within s steps.",
        limit_lemma.stage_jump,
        _REVISION("limit_lemma:staged_jump"),
    ),
    Construction(
        "guesser",
        (("p", "program"),),
        "Its guesses tend to what p decides by asking the jump.",
        limit_lemma.guesser,
        "",
        ("ask",),
    ),
    Construction(
        "stopping",
        (("q", "program"), ("h", "program")),
        "On x it guesses, by h, in the stage that q finds.",
        limit_lemma.stopping,
        _REVISION("limit_lemma:stopping"),
        ("quote 3", "then(tl, ask)"),
    ),
    Construction(
        "steady",
        (("p", "program"),),
        "Its guess at x is in every stage what p has on x.",
        limit_lemma.steady,
        _REVISION("limit_lemma:steady"),
        ("ask",),
    ),
    Construction(
        "contrary",
        (("n", "number"),),
        "On <x.num(s)> it has the opposite of what x guesses at x, as far as it has seen in stage "
        "s; it changes its mind at most n+1 times.",
        mind_changes.contrary,
        "",
        ("1",),
    ),
    Construction(
        "time",
        tuple((name, "other") for name in ("R", "s", "x")),
        "The time when a share x of the budget is specialised.",
        objective.time,
        "proofs.amdahl.objective:time",
    ),
    Construction(
        "threshold",
        (("R", "other"),),
        "The threshold S_c.",
        objective.threshold,
        "proofs.amdahl.objective:threshold",
    ),
    Construction(
        "critical_ratio",
        (("s", "other"),),
        "The critical ratio R_c.",
        objective.critical_ratio,
        "proofs.amdahl.objective:critical_ratio",
    ),
    Construction(
        "break_even",
        (("R", "other"), ("s", "other")),
        "The share b other than 0 at which the time is 1.",
        objective.break_even,
        "proofs.amdahl.objective:break_even",
    ),
    Construction(
        "balance",
        (("R", "other"), ("s", "other")),
        "The balance k.",
        objective.balance,
        "proofs.amdahl.objective:balance",
    ),
    Construction(
        "optimal_allocation",
        (("R", "other"), ("k", "other")),
        "The best share x*, k being the balance of R and s.",
        objective.optimal_allocation,
        "proofs.amdahl.objective:optimal_allocation",
    ),
    Construction(
        "optimal_time",
        (("R", "other"), ("s", "other")),
        "The least time T*.",
        objective.optimal_time,
        "proofs.amdahl.objective:optimal_time",
    ),
    Construction(
        "best_share",
        (("R", "other"), ("s", "other")),
        "The best share, below the threshold and from it on.",
        transition.best_share,
        "proofs.amdahl.transition:best_share",
    ),
    Construction(
        "kink_slope",
        (("R", "other"),),
        "The slope c.",
        transition.kink_slope,
        "proofs.amdahl.transition:kink_slope",
    ),
    Construction(
        "kink_bound",
        (("R", "other"),),
        "How far the best share bends away from that line, at most.",
        transition.kink_bound,
        "proofs.amdahl.transition:kink_bound",
    ),
    Construction(
        "peak_ratio",
        (("s", "other"),),
        "The ratio M that deserves the largest share.",
        peak.peak_ratio,
        "proofs.amdahl.peak:peak_ratio",
    ),
    Construction(
        "peak_allocation",
        (("s", "other"),),
        "The share that it deserves.",
        peak.peak_allocation,
        "proofs.amdahl.peak:peak_allocation",
    ),
    Construction(
        "refuting_ratio",
        (("s", "other"),),
        "Twice the critical ratio.",
        overclaim.refuting_ratio,
        "proofs.amdahl.overclaim:refuting_ratio",
    ),
    Construction(
        "refuting_allocation",
        (("s", "other"),),
        "Half of the break-even share at that ratio.",
        overclaim.refuting_allocation,
        "proofs.amdahl.overclaim:refuting_allocation",
    ),
    Construction(
        "refuting_gain",
        (("s", "other"),),
        "The part of the time that this share saves.",
        overclaim.refuting_gain,
        "proofs.amdahl.overclaim:refuting_gain",
    ),
    Construction(
        "separate_time",
        (("R", "other"), ("s", "other"), ("x", "other")),
        "The time when bounded work runs on specialised hardware only.",
        absorption.separate_time,
        "proofs.amdahl.absorption:separate_time",
    ),
    Construction(
        "separate_root",
        (("R", "other"), ("s", "other")),
        "The root r.",
        absorption.separate_root,
        "proofs.amdahl.absorption:separate_root",
    ),
    Construction(
        "separate_allocation",
        (("R", "other"), ("s", "other")),
        "The best share without absorption.",
        absorption.separate_allocation,
        "proofs.amdahl.absorption:separate_allocation",
    ),
    Construction(
        "separate_least_time",
        (("R", "other"), ("s", "other")),
        "The time at the best share without absorption.",
        absorption.separate_least_time,
        "proofs.amdahl.absorption:separate_least_time",
    ),
    Construction(
        "effective_ratio",
        tuple((name, "other") for name in "Rgx"),
        "The ratio R_eff that is left at the share x.",
        bandwidth.effective_ratio,
        "proofs.amdahl.bandwidth_time:effective_ratio",
    ),
    Construction(
        "bandwidth_time",
        tuple((name, "other") for name in "Rsgx"),
        "The time T_γ.",
        bandwidth.bandwidth_time,
        "proofs.amdahl.bandwidth_time:bandwidth_time",
    ),
    Construction(
        "bandwidth_share",
        tuple((name, "other") for name in "Rsg"),
        "A share that gains below the threshold, with γ.",
        bandwidth.bandwidth_share,
        "proofs.amdahl.bandwidth:bandwidth_share",
    ),
    Construction(
        "bandwidth_side",
        tuple((name, "other") for name in "Rsgx"),
        "What tells, by its sign, on which side of x the best share is.",
        bandwidth.bandwidth_side,
        "proofs.amdahl.bandwidth_side:bandwidth_side",
    ),
    Construction(
        "bounded_share",
        tuple((name, "other") for name in "Rg"),
        "The best share without scalable work, with γ.",
        bandwidth.bounded_share,
        "proofs.amdahl.bandwidth_side:bounded_share",
    ),
    Construction(
        "bounded_time",
        tuple((name, "other") for name in "Rg"),
        "The time at the best share without scalable work, with γ.",
        bandwidth.bounded_time,
        "proofs.amdahl.bandwidth_side:bounded_time",
    ),
    Construction(
        "exponent_time",
        tuple((name, "other") for name in ("R", "s", "a", "x")),
        "The time T_a.",
        exponent.exponent_time,
        "proofs.amdahl.exponent:exponent_time",
    ),
    Construction(
        "exponent_threshold",
        (("R", "other"), ("a", "other")),
        "The threshold S.",
        exponent.exponent_threshold,
        "proofs.amdahl.exponent:exponent_threshold",
    ),
    Construction(
        "exponent_allocation",
        (("R", "other"), ("s", "other"), ("a", "other")),
        "A share that gains below the threshold.",
        exponent.exponent_allocation,
        "proofs.amdahl.exponent:exponent_allocation",
    ),
    Construction(
        "advantage",
        (("R", "other"), ("s", "other")),
        "The advantage of specialised hardware.",
        frontier.advantage,
        "proofs.amdahl.frontier:advantage",
    ),
    Construction(
        "later_ratio",
        (("R", "other"), ("g", "other"), ("t", "other")),
        "The ratio in the year t, after γ halvings a year.",
        frontier.later_ratio,
        "proofs.amdahl.frontier:later_ratio",
    ),
    Construction(
        "later_scalable",
        (("s", "other"), ("m", "other"), ("t", "other")),
        "The scalable share in the year t, after μ halvings a year of the bounded share.",
        frontier.later_scalable,
        "proofs.amdahl.frontier:later_scalable",
    ),
    Construction(
        "gathered",
        tuple((name, "other") for name in "gt"),
        "What a constant fleet gathers by the time t.",
        laws.gathered,
        "proofs.efficiency.laws:gathered",
    ),
    Construction(
        "relative_loss",
        tuple((name, "other") for name in "kgt"),
        "The loss at the time t.",
        laws.relative_loss,
        "proofs.efficiency.laws:relative_loss",
    ),
    Construction(
        "rate_within",
        tuple((name, "other") for name in "et"),
        "Up to this rate, what is gathered is within ε of t.",
        laws.rate_within,
        "proofs.efficiency.laws:rate_within",
    ),
    Construction(
        "fleet_loss",
        tuple((name, "other") for name in "kgmt"),
        "The loss at the time t, with m times the fleet.",
        laws.fleet_loss,
        "proofs.efficiency.laws:fleet_loss",
    ),
    Construction(
        "compute_multiple",
        tuple((name, "other") for name in "kr"),
        "The multiple of compute that lowers the loss to r.",
        laws.compute_multiple,
        "proofs.efficiency.laws:compute_multiple",
    ),
    Construction(
        "time_to_target",
        tuple((name, "other") for name in "kgr"),
        "The time at which the loss is r.",
        laws.time_to_target,
        "proofs.efficiency.laws:time_to_target",
    ),
    Construction(
        "least_loss",
        tuple((name, "other") for name in "kg"),
        "What the loss tends to while efficiency is lost.",
        laws.least_loss,
        "proofs.efficiency.laws:least_loss",
    ),
    Construction(
        "fleet_multiple",
        tuple((name, "other") for name in "kgrt"),
        "So many times the fleet have the loss r at the time t.",
        laws.fleet_multiple,
        "proofs.efficiency.laws:fleet_multiple",
    ),
    Construction(
        "halving_time",
        tuple((name, "other") for name in "kgr"),
        "The time from the loss r to its half.",
        laws.halving_time,
        "proofs.efficiency.laws:halving_time",
    ),
    Construction(
        "settled_loss",
        tuple((name, "other") for name in "kge"),
        "From this loss on, halving takes 1/(κγ) years up to ε.",
        laws.settled_loss,
        "proofs.efficiency.laws:settled_loss",
    ),
    Construction(
        "doublings",
        tuple((name, "other") for name in "kr"),
        "The doublings of compute that lower the loss to r.",
        laws.doublings,
        "proofs.efficiency.laws:doublings",
    ),
    Construction(
        "burden",
        tuple((name, "other") for name in "kbrt"),
        "The physical burden at the time t.",
        laws.burden,
        "proofs.efficiency.laws:burden",
    ),
    Construction(
        "power_law",
        tuple((name, "other") for name in "akc"),
        "The loss at the compute C.",
        laws.power_law,
        "proofs.efficiency.laws:power_law",
    ),
    Construction(
        "law_exponent",
        (("f", "other"),),
        "The exponent of a power law.",
        laws.law_exponent,
        "proofs.efficiency.ratio:law_exponent",
    ),
    *(
        Construction(
            made.name, tuple((name, "other") for name in made.parameters()), says, made,
            f"proofs.streaming.{where}:{made.name}",
        )
        for says, made, where in (
            ("The sum of X[row,k]·Y[k,column] over k < n.", machine.product, "machine"),
            ("What a unit does to a row of its tile.", machine.add_row, "machine"),
            ("What a unit does to its tile in a step: it adds an outer product.",
             machine.add_outer, "machine"),
            ("The machine after the steps of a schedule.", machine.stream, "machine"),
            ("The tiles of all units, put together.", machine.collect, "machine"),
            ("What is collected of pieces of the inner dimension, each streamed by itself.",
             machine.stream_pieces, "machine"),
            ("Pieces of one size, the last one ragged.", machine.even, "machine"),
            ("A cycle of a row of cells.", mesh.mesh_row, "mesh"),
            ("The mesh after so many cycles.", mesh.mesh, "mesh"),
        )
    ),
)

CONSTRUCTIONS: dict[str, Construction] = {found.name: found for found in _ALL}


def construction(name: str) -> Construction:
    """The construction of a name. Raises :class:`BadInput` if there is none."""
    if name not in CONSTRUCTIONS:
        programs = [found.name for found in _ALL if found.runs]
        close = get_close_matches(name, programs, n=1)
        raise BadInput(
            f"no construction '{name:.80}'",
            expected=f"'{close[0]}'" if close else "one that 'jumpbound construct' lists",
        )
    return CONSTRUCTIONS[name]

"""The catalogue: one card per theorem, in the order of the design.

A card says what is claimed, where it comes from and how it is proved and checked. With the words
and letters that its topic explains (:data:`TOPICS`) and the definitions in :mod:`models`, its
statement can be read without the proof.

*Definitions*: :class:`Topic`, :data:`TOPICS`, :func:`topic`; :class:`Card`, :data:`CARDS`,
:func:`card`.

Statements come twice, as plain text for a terminal and as text with ``$…$`` mathematics for a page;
a line break separates paragraphs. A card with an empty ``proof`` states what is still to be proved;
with a proof it states what the proof proves, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from models.errors import BadInput

TopicName: TypeAlias = Literal["machine", "revision", "amdahl", "efficiency", "streaming"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A family of theorems, with the words and letters that their statements share.

    ``notation`` is plain text, ``latex`` the same with ``$…$`` mathematics.
    """

    id: TopicName
    title: str
    notation: str
    latex: str


@dataclass(frozen=True, slots=True)
class Card:
    """A theorem as a reader meets it.

    ``statement`` is plain text, ``latex`` the same with ``$…$`` mathematics. ``idea`` says in plain
    text how it is proved; ``idea_latex`` is the same with mathematics, for ideas that have some.
    ``proof``, ``checks`` and ``instances`` name functions as ``module:function``; a proof's value
    is a theorem or a tuple of theorems, that of ``instances`` the witnesses and counterexamples of
    these (:mod:`checks.witness`). ``constructions`` names the programs and program transformers
    that the statement speaks of (:mod:`checks.constructions`).
    """

    id: str
    title: str
    topic: TopicName
    source: str
    statement: str
    latex: str
    idea: str = ""
    idea_latex: str = ""
    proof: str = ""
    checks: tuple[str, ...] = ()
    instances: str = ""
    constructions: tuple[str, ...] = ()


def _prose(text: str) -> str:
    """Lines joined to paragraphs; blank lines separate these and become line breaks."""
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n"))


_LIMITS_NOTATION = _prose(r"""
    A guesser from A is a program h such that [h]^A(<x.num(s)>) is true or false for every tree x
    and every whole number s; its guess at x in stage s is h(x,s) = [h]^A(<x.num(s)>), a truth
    value. B is its limit if for every x there is a stage from which on all guesses at x say whether
    x is in B. A modulus is a function m that names such a stage: h(x,s) says whether x is in B for
    all s ≥ m(x). A mind change at x is an s with h(x,s) ≠ h(x,s+1).
""")
_LIMITS_LATEX = _prose(r"""
    A guesser from $A$ is a program $h$ such that $[h]^A(\langle x.\text{num}(s)\rangle)$ is true or
    false for every tree $x$ and every whole number $s$; its guess at $x$ in stage $s$ is
    $h(x,s)=[h]^A(\langle x.\text{num}(s)\rangle)$, a truth value. $B$ is its limit if for every $x$
    there is a stage from which on all guesses at $x$ say whether $x\in B$. A modulus is a function
    $m$ that names such a stage: $h(x,s)$ says whether $x\in B$ for all $s\ge m(x)$. A mind change
    at $x$ is an $s$ with $h(x,s)\ne h(x,s+1)$.
""")

TOPICS: tuple[Topic, ...] = (
    Topic(
        "machine",
        "Oracle machines, degrees and the jump",
        notation=_prose(r"""
            A tree is nil or a pair <a.b>; num(0) = nil, num(n+1) = <nil.num(n)>, false = nil, true
            = <nil.nil>. A program is one of nine constructors (models.machine.program) and denotes
            a partial function from trees to trees relative to an oracle, which is a total function
            from trees to trees. f, g are oracles; A, B, D are sets of trees, used as oracles
            through their characteristic functions. code(p) is the tree of the program p; where a
            tree e stands for a program, decode(e) is meant. |p| is the size of p.

            eval(f,p,x,n) is the outcome of p on x relative to f with n units of gas
            (models.machine.semantics): it halts with a value and some gas left, or is out of gas.
            [p]^f(x) = y means that p halts on x with value y for some gas; u ≃ v means that both
            sides are undefined or both are defined and equal. p computes g from f if [p]^f(x) =
            g(x) for every x. B ≤_T A if some program computes B from A; A <_T B if A ≤_T B but not
            B ≤_T A. The layer of A is C(A) = {B : B ≤_T A}. The jump of A is the set A' = {e :
            [e]^A(e) is defined}, every tree e being read as a program.
        """),
        latex=_prose(r"""
            A tree is nil or a pair $\langle a.b\rangle$; $\text{num}(0)=\text{nil}$,
            $\text{num}(n+1)=\langle\text{nil}.\text{num}(n)\rangle$, $\text{false}=\text{nil}$,
            $\text{true}=\langle\text{nil}.\text{nil}\rangle$. A program is one of nine constructors
            (models.machine.program) and denotes a partial function from trees to trees relative to
            an oracle, which is a total function from trees to trees. $f$, $g$ are oracles; $A$,
            $B$, $D$ are sets of trees, used as oracles through their characteristic functions.
            $\text{code}(p)$ is the tree of the program $p$; where a tree $e$ stands for a program,
            $\text{decode}(e)$ is meant. $|p|$ is the size of $p$.

            $\text{eval}(f,p,x,n)$ is the outcome of $p$ on $x$ relative to $f$ with $n$ units of
            gas (models.machine.semantics): it halts with a value and some gas left, or is out of
            gas. $[p]^f(x)=y$ means that $p$ halts on $x$ with value $y$ for some gas; $u\simeq v$
            means that both sides are undefined or both are defined and equal. $p$ computes $g$ from
            $f$ if $[p]^f(x)=g(x)$ for every $x$. $B\le_T A$ if some program computes $B$ from $A$;
            $A<_T B$ if $A\le_T B$ but not $B\le_T A$. The layer of $A$ is $C(A)=\{B\mid B\le_T
            A\}$. The jump of $A$ is the set $A'=\{e\mid [e]^A(e)\text{ is defined}\}$, every tree
            $e$ being read as a program.
        """),
    ),
    Topic(
        "revision",
        "Self-revision and limits",
        notation="The words and letters of the machine topic, and:\n" + _LIMITS_NOTATION,
        latex="The words and letters of the machine topic, and:\n" + _LIMITS_LATEX,
    ),
    Topic(
        "amdahl",
        "Amdahl's law with specialised hardware",
        notation=_prose(r"""
            x in [0,1) is the share of the budget spent on specialised hardware, R > 0 its
            efficiency relative to programmable hardware on the bounded part of the work, s in [0,1]
            the scalable part. Scalable work runs on programmable hardware only, bounded work on
            both. The time, relative to no specialised hardware, is

            T(R,s,x) = (1-s) / (1+(R-1)x) + s / (1-x),

            so that T(R,s,0) = 1. S_c = 1 - 1/R is the threshold on the scalable part, R_c = 1/(1-s)
            the one on the ratio; R, s and x range over the real numbers.
        """),
        latex=_prose(r"""
            $x\in[0,1)$ is the share of the budget spent on specialised hardware, $R>0$ its
            efficiency relative to programmable hardware on the bounded part of the work,
            $s\in[0,1]$ the scalable part. Scalable work runs on programmable hardware only, bounded
            work on both. The time, relative to no specialised hardware, is

            $T(R,s,x)=\frac{1-s}{1+(R-1)x}+\frac{s}{1-x}$,

            so that $T(R,s,0)=1$. $S_c=1-1/R$ is the threshold on the scalable part, $R_c=1/(1-s)$
            the one on the ratio; $R$, $s$ and $x$ range over the real numbers.
        """),
    ),
    Topic(
        "efficiency",
        "Relative loss and logical compute",
        notation=_prose(r"""
            Loss falls as a power C^-κ, κ > 0, of the logical compute C, which is efficiency times
            physical resource. Efficiency doubles γ times a year: E(t) = E(0) 2^(γt), t ≥ 0 in
            years. A constant fleet gathers in t years I_γ(t) = (2^(γt) - 1)/(γ ln 2), and I_0(t) =
            t, times what it does in one year without gains. If that much has been gathered before t
            = 0, the loss relative to that at t = 0 is R_γ(t) = (1 + I_γ(t))^-κ.

            Doubling γ times a year is doubling every 12/γ months: γ = 3 is every four months, which
            a published caption calls six.

            Powers are x^y = exp(y log x), log is the natural logarithm, also written ln, and log2 x
            = log x/log 2. What is assumed of them, by named axioms, is exp z ≥ 1+z and exp(y+z) =
            exp y exp z for all reals y and z, and that every real x > 0 has a logarithm: exp(log x)
            = x. All else is proved.
        """),
        latex=_prose(r"""
            Loss falls as a power $C^{-\kappa}$, $\kappa>0$, of the logical compute $C$, which is
            efficiency times physical resource. Efficiency doubles $\gamma$ times a year:
            $E(t)=E(0)\,2^{\gamma t}$, $t\ge 0$ in years. A constant fleet gathers in $t$ years
            $I_\gamma(t)=(2^{\gamma t}-1)/(\gamma\,\ln\,2)$, and $I_0(t)=t$, times what it does in
            one year without gains. If that much has been gathered before $t=0$, the loss relative
            to that at $t=0$ is $R_\gamma(t)=(1+I_\gamma(t))^{-\kappa}$.

            Doubling $\gamma$ times a year is doubling every $12/\gamma$ months: $\gamma=3$ is every
            four months, which a published caption calls six.

            Powers are $x^y=\exp(y\,\log x)$, $\log$ is the natural logarithm, also written
            $\ln$, and $\log_2 x=\log x/\log 2$. What is assumed of them, by named axioms, is
            $\exp\,z\ge 1+z$ and $\exp(y+z)=\exp\,y\,\exp\,z$ for all reals $y$ and $z$, and that
            every real $x>0$ has a logarithm: $\exp(\log x)=x$. All else is proved.
        """),
    ),
    Topic(
        "streaming",
        "Collective streaming",
        notation=_prose(r"""
            X is an L×N and Y an N×M matrix over a commutative semiring; their product has L×M
            entries. What a theorem needs of the semiring stands among its hypotheses; the elements
            are those of any nonempty set, plus and times any two operations, and zero any element.
            Rows and columns of the result are cut into pieces; the unit (p, q) holds the tile where
            piece p of the rows meets piece q of the columns, ι×φ entries if the pieces have that
            size, at first zero. In the step for the inner index k every unit is sent its part of
            column k of X (ι words) and of row k of Y (φ words) and adds their outer product to its
            tile. After the steps for 0, …, N-1 the tiles are collected. X[:,:n] is X cut to its
            first n columns, Y[:n,:] is Y cut to its first n rows. All counts begin with 0.
        """),
        latex=_prose(r"""
            $X$ is an $L\times N$ and $Y$ an $N\times M$ matrix over a commutative semiring; their
            product has $L\times M$ entries. What a theorem needs of the semiring stands among its
            hypotheses; the elements are those of any nonempty set, plus and times any two
            operations, and zero any element. Rows and columns of the result are cut into pieces;
            the unit $(p,q)$ holds the tile where piece $p$ of the rows meets piece $q$ of the
            columns, $\iota\times\varphi$ entries if the pieces have that size, at first zero. In
            the step for the inner index $k$ every unit is sent its part of column $k$ of $X$
            ($\iota$ words) and of row $k$ of $Y$ ($\varphi$ words) and adds their outer product to
            its tile. After the steps for $0,\dots,N-1$ the tiles are collected. $X_{:,:n}$ is $X$
            cut to its first $n$ columns, $Y_{:n,:}$ is $Y$ cut to its first $n$ rows. All counts
            begin with $0$.
        """),
    ),
)

_AMDAHL = "Modernizing Amdahl's Law, arXiv 2603.20654"
_RACE = "The Race to Efficiency, arXiv 2501.02156"
_SCALING = "The Unreasonable Effectiveness of Scaling Laws, arXiv 2603.28507"
_STREAMING = "AI, Native Supercomputing, arXiv 1705.05983"
_BOUNDARY = "The Computational Boundary of Inference, arXiv 2605.27381"
_BIG_STEP = "Owens, Myreen, Kumar, Tan, Functional big-step semantics (ESOP 2016)"
_ODIFREDDI = "Odifreddi, Classical Recursion Theory (1989)"
_SOARE = "Soare, Recursively Enumerable Sets and Degrees (1987)"
_JONES = "Jones, Computability and Complexity (1997)"

CARDS: tuple[Card, ...] = (
    Card(
        "gas-monotone",
        "More gas does not change a result",
        "machine",
        _BIG_STEP,
        statement=_prose(r"""
            For every oracle f, program p, tree x and whole number n: if eval(f,p,x,n) halts with
            value y and m units of gas left, then eval(f,p,x,n+1) halts with value y and m+1 units
            left.
        """),
        latex=_prose(r"""
            For every oracle $f$, program $p$, tree $x$ and whole number $n$: if
            $\text{eval}(f,p,x,n)$ halts with value $y$ and $m$ units of gas left, then
            $\text{eval}(f,p,x,n+1)$ halts with value $y$ and $m+1$ units left.
        """),
        idea=_prose(r"""
            Induction on gas. Every call of the gas equation consumes a unit, so each call that one
            unfolding shows has less gas, and the induction hypothesis speaks of it. The unfoldings
            at n and at n+1 show the same calls, the second time with one unit more.
        """),
        idea_latex=_prose(r"""
            Induction on gas. Every call of the gas equation consumes a unit, so each call that one
            unfolding shows has less gas, and the induction hypothesis speaks of it. The unfoldings
            at $n$ and at $n+1$ show the same calls, the second time with one unit more.
        """),
        proof="proofs.machine.semantics:gas_monotone",
        checks=("checks.machine.semantics:gas_monotone",),
        instances="checks.machine.semantics:instances",
    ),
    Card(
        "machine-agreement",
        "The machine does what the equation says, step for step",
        "machine",
        _BIG_STEP,
        statement=_prose(r"""
            For every oracle f, program p, tree x, gas n, control list k and stack s: let the
            abstract machine start with the control list (Do p, then k), accumulator x, stack s and
            gas n. If eval(f,p,x,n) halts with value y and m units left, its outcome is that of the
            machine started with control list k, accumulator y, stack s and gas m. If eval(f,p,x,n)
            is out of gas, so is the machine.

            So with k and s empty the machine started on p and x with gas n has exactly the outcome
            eval(f,p,x,n): the same value and the same gas left, or both out of gas.
        """),
        latex=_prose(r"""
            For every oracle $f$, program $p$, tree $x$, gas $n$, control list $k$ and stack $s$:
            let the abstract machine start with the control list ($\text{Do }p$, then $k$),
            accumulator $x$, stack $s$ and gas $n$. If $\text{eval}(f,p,x,n)$ halts with value $y$
            and $m$ units left, its outcome is that of the machine started with control list $k$,
            accumulator $y$, stack $s$ and gas $m$. If $\text{eval}(f,p,x,n)$ is out of gas, so is
            the machine.

            So with $k$ and $s$ empty the machine started on $p$ and $x$ with gas $n$ has exactly
            the outcome $\text{eval}(f,p,x,n)$: the same value and the same gas left, or both out of
            gas.
        """),
        idea=_prose(r"""
            Induction on gas, for all control lists and stacks at once. The machine takes one step
            for a constructor and one for each Swap, MkCons, Branch and Loop; between these it runs
            the parts of the program, each in surroundings of its own, where the induction
            hypothesis applies. That a finished run has less gas left than it was given makes the
            accounts balance.
        """),
        proof="proofs.machine.semantics:agreement",
        checks=("checks.machine.semantics:machine_agreement",),
        instances="checks.machine.semantics:instances",
    ),
    Card(
        "use-principle",
        "A run depends on its questions only",
        "machine",
        f"{_ODIFREDDI}, II.3",
        statement=_prose(r"""
            Let use(f,p,x,n) be the list of the questions that p asks on x relative to f within n
            units of gas, whether it halts or not. If g(z) = f(z) for every z in use(f,p,x,n), then
            eval(g,p,x,n) = eval(f,p,x,n) and use(g,p,x,n) = use(f,p,x,n).

            Let oracles f_0, f_1, … tend to f with modulus m: f_s(z) = f(z) for every tree z and all
            s ≥ m(z). Then eval(f_s,p,x,n) = eval(f,p,x,n) and use(f_s,p,x,n) = use(f,p,x,n) for
            every stage s ≥ 0 that is at least m(z) for every z in use(f,p,x,n).
        """),
        latex=_prose(r"""
            Let $\text{use}(f,p,x,n)$ be the list of the questions that $p$ asks on $x$ relative to
            $f$ within $n$ units of gas, whether it halts or not. If $g(z)=f(z)$ for every $z$ in
            $\text{use}(f,p,x,n)$, then $\text{eval}(g,p,x,n)=\text{eval}(f,p,x,n)$ and
            $\text{use}(g,p,x,n)=\text{use}(f,p,x,n)$.

            Let oracles $f_0,f_1,\dots$ tend to $f$ with modulus $m$: $f_s(z)=f(z)$ for every tree
            $z$ and all $s\ge m(z)$. Then $\text{eval}(f_s,p,x,n)=\text{eval}(f,p,x,n)$ and
            $\text{use}(f_s,p,x,n)=\text{use}(f,p,x,n)$ for every stage $s\ge 0$ that is at least
            $m(z)$ for every $z$ in $\text{use}(f,p,x,n)$.
        """),
        idea=_prose(r"""
            Induction on gas, for all lists that may follow the questions of a run at once: the
            questions of a part come before those of what follows it, so the induction hypothesis
            for the part hands on agreement on the rest. From the largest modulus of a list on, the
            oracles agree with their limit on the list, by induction on the list. The second part is
            the first one at such a stage.
        """),
        proof="proofs.machine.use:use_principle",
        checks=("checks.machine.use:use_principle",),
        instances="checks.machine.use:instances",
        constructions=("use", "stage"),
    ),
    Card(
        "substitution",
        "A program can stand in for the oracle",
        "machine",
        f"{_ODIFREDDI}, II.3",
        statement=_prose(r"""
            Let substitute(p,q) be p with q in place of every Ask. Suppose that q computes g from f
            at cost k: for every tree z, eval(f,q,z,k(z)) halts with value g(z). Then for all p, x
            and n:

            (forward) if eval(g,p,x,n) halts with value y and m units left, then
            eval(f,substitute(p,q),x,n+a) halts with value y and at least m units left, where a =
            answering_gas(g,k,p,x,n) ≥ 0 adds up k(z) over the questions z that p asks;

            (backward) if eval(f,substitute(p,q),x,n) halts with value y and m units left, then
            eval(g,p,x,n), with the same n, halts with value y and at least m units left. This needs
            only that q is right where it halts: [q]^f(z) = g(z) for every z for which [q]^f(z) is
            defined.

            So [substitute(p,q)]^f(x) ≃ [p]^g(x).
        """),
        latex=_prose(r"""
            Let $\text{substitute}(p,q)$ be $p$ with $q$ in place of every Ask. Suppose that $q$
            computes $g$ from $f$ at cost $k$: for every tree $z$, $\text{eval}(f,q,z,k(z))$ halts
            with value $g(z)$. Then for all $p$, $x$ and $n$:

            (forward) if $\text{eval}(g,p,x,n)$ halts with value $y$ and $m$ units left, then
            $\text{eval}(f,\text{substitute}(p,q),x,n+a)$ halts with value $y$ and at least $m$
            units left, where $a=\text{answering_gas}(g,k,p,x,n)\ge 0$ adds up $k(z)$ over the
            questions $z$ that $p$ asks;

            (backward) if $\text{eval}(f,\text{substitute}(p,q),x,n)$ halts with value $y$ and $m$
            units left, then $\text{eval}(g,p,x,n)$, with the same $n$, halts with value $y$ and at
            least $m$ units left. This needs only that $q$ is right where it halts: $[q]^f(z)=g(z)$
            for every $z$ for which $[q]^f(z)$ is defined.

            So $[\text{substitute}(p,q)]^f(x)\simeq[p]^g(x)$.
        """),
        idea=_prose(r"""
            Induction on gas, in both directions. Forward, every part of the program gets its own
            gas and what its questions cost; by gas-monotone it may start with more. Backward, n is
            enough, as answering a question takes q at least the one step that Ask takes.
        """),
        idea_latex=_prose(r"""
            Induction on gas, in both directions. Forward, every part of the program gets its own
            gas and what its questions cost; by gas-monotone it may start with more. Backward, $n$
            is enough, as answering a question takes $q$ at least the one step that Ask takes.
        """),
        proof="proofs.machine.substitution:substitution",
        checks=("checks.machine.substitution:substitution",),
        instances="checks.machine.substitution:instances",
        constructions=("substitute",),
    ),
    Card(
        "turing-preorder",
        "Reducibility is a preorder, and layers are closed",
        "machine",
        f"{_ODIFREDDI}, II.3 and V.1",
        statement=_prose(r"""
            For all sets A, B, D: A ≤_T A; if A ≤_T B and B ≤_T D then A ≤_T D. Ask computes A from
            A, and if p computes A from B and q computes B from D, then substitute(p,q) computes A
            from D, at a cost that the costs of p and q tell.

            If B is in C(A) and D ≤_T B, then D is in C(A). The join

            B ⊕ D = {<false.x> : x in B} ∪ {<true.x> : x in D}

            has B and D in its layer, and if B and D are in C(A), so is B ⊕ D: it is their least
            upper bound. If p computes B and q computes D from A, then joining(p,q) computes B ⊕ D
            from A.

            A ≤_T B if and only if C(A) ⊆ C(B).
        """),
        latex=_prose(r"""
            For all sets $A$, $B$, $D$: $A\le_T A$; if $A\le_T B$ and $B\le_T D$ then $A\le_T D$.
            Ask computes $A$ from $A$, and if $p$ computes $A$ from $B$ and $q$ computes $B$ from
            $D$, then $\text{substitute}(p,q)$ computes $A$ from $D$, at a cost that the costs of
            $p$ and $q$ tell.

            If $B\in C(A)$ and $D\le_T B$, then $D\in C(A)$. The join

            $B\oplus D=\{\langle\text{false}.x\rangle\mid x\in B\}\cup
            \{\langle\text{true}.x\rangle\mid x\in D\}$

            has $B$ and $D$ in its layer, and if $B$ and $D$ are in $C(A)$, so is $B\oplus D$: it
            is their least upper bound. If $p$ computes $B$ and $q$ computes $D$ from $A$, then
            $\text{joining}(p,q)$ computes $B\oplus D$ from $A$.

            $A\le_T B$ if and only if $C(A)\subseteq C(B)$.
        """),
        idea=_prose(r"""
            Transitivity is the theorem substitution at the gas that p needs; it also says that
            layers are closed downwards, and that C(A) ⊆ C(B) if A ≤_T B. For the other direction A
            itself is in C(A), as Ask computes it. Between a join and its two sets go short programs
            without loops, whose runs are unfolded.
        """),
        idea_latex=_prose(r"""
            Transitivity is the theorem substitution at the gas that $p$ needs; it also says that
            layers are closed downwards, and that $C(A)\subseteq C(B)$ if $A\le_T B$. For the other
            direction $A$ itself is in $C(A)$, as Ask computes it. Between a join and its two sets
            go short programs without loops, whose runs are unfolded.
        """),
        proof="proofs.machine.degrees:turing_preorder",
        checks=("checks.machine.degrees:turing_preorder",),
        instances="checks.machine.degrees:instances",
        constructions=("substitute", "half", "joining"),
    ),
    Card(
        "specialisation",
        "Fixing a program's first argument",
        "machine",
        f"{_JONES}; {_ODIFREDDI}, II.1 (the s-m-n theorem)",
        statement=_prose(r"""
            For a program p and a tree c let

            spec(p,c) = Then(Cons(Quote(c), Id), p).

            For every oracle f, tree x and integer n: eval(f,spec(p,c),x,n+6) = eval(f,p,<c.x>,n).
            So [spec(p,c)]^f(x) ≃ [p]^f(<c.x>), and spec(p,c) takes six steps more. Its size is
            |p|+4 and the number of pairs in c.
        """),
        latex=_prose(r"""
            For a program $p$ and a tree $c$ let

            $\text{spec}(p,c)=\text{Then}(\text{Cons}(\text{Quote}(c),\text{Id}),p)$.

            For every oracle $f$, tree $x$ and integer $n$:
            $\text{eval}(f,\text{spec}(p,c),x,n+6)=$ $\text{eval}(f,p,\langle c.x\rangle,n)$. So
            $[\text{spec}(p,c)]^f(x)\simeq[p]^f(\langle c.x\rangle)$, and $\text{spec}(p,c)$ takes
            six steps more. Its size is $|p|+4$ and the number of pairs in $c$.
        """),
        idea=_prose(r"""
            Then, Cons and Quote are entered, c is exchanged for x, Id is run and the pair is made:
            six steps, whatever c and x are. What is left of both sides is p on the same pair with
            the same gas. The size counts the same four constructors and the constant.
        """),
        idea_latex=_prose(r"""
            Then, Cons and Quote are entered, $c$ is exchanged for $x$, Id is run and the pair is
            made: six steps, whatever $c$ and $x$ are. What is left of both sides is $p$ on the same
            pair with the same gas. The size counts the same four constructors and the constant.
        """),
        proof="proofs.machine.specialisation:specialisation",
        checks=("checks.machine.specialisation:specialisation",),
        instances="checks.machine.specialisation:instances",
        constructions=("specialise",),
    ),
    Card(
        "universal-program",
        "One program runs them all",
        "machine",
        f"{_JONES}; {_ODIFREDDI}, II.1",
        statement=_prose(r"""
            There is one program U such that [U]^f(<e.x>) ≃ [e]^f(x) for every oracle f and all
            trees e and x.

            In detail: if decode(e) halts on x within n steps, then U halts on <e.x> with the same
            value within 118n + 13 steps; if U halts on <e.x> within n steps, then decode(e) halts
            on x in fewer, with the same value. There is also a clocked one, total relative to every
            f: on <<e.x>.w>, after at most 171|w| + 52 steps, its value is <true.y> if decode(e)
            halts on x with value y within |w| steps, and nil if not, |w| being the number of tails
            that can be taken from the tree w; |num(s)| = s. None of these four numbers can be
            less.

            U repeats a program without loops that makes one step of the abstract machine, whose
            states are kept as trees; every tree is read as a state. In place of Ask it runs a
            program a on <r.z>, r being carried along in the state and z the question. Suppose that,
            for every z, a has on <r.z> the value g(z) after exactly k(z) steps relative to f. Then,
            relative to f, on a state with accumulator x, that program takes k(x) + 82 steps if an
            Ask is next, and else a number from 56 to 160 that the kind of the instruction tells, or
            4 if there is none; and its value is read as the state that follows relative to g.
        """),
        latex=_prose(r"""
            There is one program $U$ such that $[U]^f(\langle e.x\rangle)\simeq[e]^f(x)$ for every
            oracle $f$ and all trees $e$ and $x$.

            In detail: if $\text{decode}(e)$ halts on $x$ within $n$ steps, then $U$ halts on
            $\langle e.x\rangle$ with the same value within $118n+13$ steps; if $U$ halts on
            $\langle e.x\rangle$ within $n$ steps, then $\text{decode}(e)$ halts on $x$ in fewer,
            with the same value. There is also a clocked one, total relative to every $f$: on
            $\langle\langle e.x\rangle.w\rangle$, after at most $171|w|+52$ steps, its value is
            $\langle\text{true}.y\rangle$ if $\text{decode}(e)$ halts on $x$ with value $y$ within
            $|w|$ steps, and nil if not, $|w|$ being the number of tails that can be taken from the
            tree $w$; $|\text{num}(s)|=s$. None of these four numbers can be less.

            $U$ repeats a program without loops that makes one step of the abstract machine, whose
            states are kept as trees; every tree is read as a state. In place of Ask it runs a
            program $a$ on $\langle r.z\rangle$, $r$ being carried along in the state and $z$ the
            question. Suppose that, for every $z$, $a$ has on $\langle r.z\rangle$ the value $g(z)$
            after exactly $k(z)$ steps relative to $f$. Then, relative to $f$, on a state with
            accumulator $x$, that program takes $k(x)+82$ steps if an Ask is next, and else a number
            from $56$ to $160$ that the kind of the instruction tells, or $4$ if there is none; and
            its value is read as the state that follows relative to $g$.
        """),
        idea=_prose(r"""
            A program without loops denotes a term, so that one step is right is one evaluation for
            each kind of instruction. Induction on the number of steps carries it to runs of the
            machine, and the theorem machine-agreement from there to programs. An If or a While
            takes up to 163 steps, but leaves an instruction on the control list that takes fewer:
            118 for one are enough if what is on the list is counted as saved. Backward, n is
            enough, as a step of the machine takes U at least one.
        """),
        idea_latex=_prose(r"""
            A program without loops denotes a term, so that one step is right is one evaluation for
            each kind of instruction. Induction on the number of steps carries it to runs of the
            machine, and the theorem machine-agreement from there to programs. An If or a While
            takes up to $163$ steps, but leaves an instruction on the control list that takes fewer:
            $118$ for one are enough if what is on the list is counted as saved. Backward, $n$ is
            enough, as a step of the machine takes $U$ at least one.
        """),
        proof="proofs.machine.universal:universal_program_theorems",
        checks=("checks.machine.universal:universal_program",),
        instances="checks.machine.universal:instances",
        constructions=("one_step", "universal", "clocked"),
    ),
    Card(
        "recursion-theorem",
        "A program may know its own code",
        "machine",
        f"{_JONES}; {_ODIFREDDI}, II.2 (Kleene's second recursion theorem)",
        statement=_prose(r"""
            For every program p there is a tree e, found from p alone, such that [e]^f(x) ≃
            [p]^f(<e.x>) for every oracle f and tree x.

            In detail, numbers standing for numerals: let self = Cons(Quote(6), Cons(Cons(Quote(5),
            Cons(Cons(Quote(4), Id), Quote(<0.0>))), Id)), q(p) = Then(Cons(Then(Hd, self), Tl), p),
            r(p) = Then(Cons(Quote(code(q(p))), Id), q(p)) and e = code(r(p)). For every oracle f,
            tree x and integer n: eval(f,decode(e),x,n+34) = eval(f,p,<e.x>,n).

            One program, make_recursive, makes e from code(p): relative to every oracle it halts
            there after exactly 31 steps with the value e. The size of r(p) is |p|+137 and the
            number of pairs in code(p), at most 9|p|+134.

            Rogers' form, a fixed point e with [e]^f ≃ [h(e)]^f for every total h that some program
            computes, needs a universal program and is not part of this theorem.
        """),
        latex=_prose(r"""
            For every program $p$ there is a tree $e$, found from $p$ alone, such that
            $[e]^f(x)\simeq[p]^f(\langle e.x\rangle)$ for every oracle $f$ and tree $x$.

            In detail, numbers standing for numerals: let $\text{self}=$
            $\text{Cons}(\text{Quote}(6),$ $\text{Cons}(\text{Cons}(\text{Quote}(5),$
            $\text{Cons}(\text{Cons}(\text{Quote}(4),$ $\text{Id}),$ $\text{Quote}(\langle
            0.0\rangle))),\text{Id}))$, $q(p)=$
            $\text{Then}(\text{Cons}(\text{Then}(\text{Hd},\text{self}),$ $\text{Tl}),p)$, $r(p)=$
            $\text{Then}(\text{Cons}(\text{Quote}(\text{code}(q(p))),$ $\text{Id}),q(p))$ and
            $e=\text{code}(r(p))$. For every oracle $f$, tree $x$ and integer $n$:
            $\text{eval}(f,\text{decode}(e),x,n+34)=$ $\text{eval}(f,p,\langle e.x\rangle,n)$.

            One program, make_recursive, makes $e$ from $\text{code}(p)$: relative to every oracle
            it halts there after exactly $31$ steps with the value $e$. The size of $r(p)$ is
            $|p|+137$ and the number of pairs in $\text{code}(p)$, at most $9|p|+134$.

            Rogers' form, a fixed point $e$ with $[e]^f\simeq[h(e)]^f$ for every total $h$ that some
            program computes, needs a universal program and is not part of this theorem.
        """),
        idea=_prose(r"""
            r(p) gives q(p) its own code y as a first argument; self makes of y the tree
            <6.<<5.<<4.y>.<0.0>>>.y>>, the code of q(p) specialised to y, which is r(p), and p gets
            it. What happens before p begins takes 6 steps by specialisation and 28 in a program
            without loops, which is followed step by step. The code of r(p) is spelled out down to
            that of q(p), and decodes to r(p) as every code decodes to its program.
        """),
        idea_latex=_prose(r"""
            $r(p)$ gives $q(p)$ its own code $y$ as a first argument; self makes of $y$ the tree
            $\langle 6.\langle\langle 5.\langle\langle 4.y\rangle.\langle 0.0\rangle\rangle\rangle.y
            \rangle\rangle$, the code of $q(p)$ specialised to $y$, which is $r(p)$, and $p$ gets
            it. What happens before $p$ begins takes $6$ steps by specialisation and $28$ in a
            program without loops, which is followed step by step. The code of $r(p)$ is spelled out
            down to that of $q(p)$, and decodes to $r(p)$ as every code decodes to its program.
        """),
        proof="proofs.machine.recursion:recursion_theorem",
        checks=("checks.machine.recursion:recursion_theorem",),
        instances="checks.machine.recursion:instances",
        constructions=("with_self", "recursive", "make_recursive"),
    ),
    Card(
        "closure",
        "Finite self-modification stays in its layer",
        "revision",
        _BOUNDARY,
        statement=_prose(r"""
            Let u be a program that is total relative to A, e_0 a tree, and e_{t+1} = [u]^A(e_t),
            each e_t being read as a program. For every N: if [e_N]^A is the characteristic function
            of a set B, then B is in C(A). So it is if N differs from input to input: if q is total
            relative to A and for every x, e_N with N = |[q]^A(x)| is right about x, |w| being the
            number of tails that can be taken from the tree w; |num(N)| = N.

            Uniformly: one program V, found from u alone, has [V]^A(<w.<e_0.x>>) ≃ [e_|w|]^A(x) for
            all e_0, w and x. With w and e_0 built in it is a program composed(u,e_0,w) that, twelve
            steps later, does on x what V does on <w.<e_0.x>>; and if q halts on x with value w, so
            does counted(u,e_0,q), as many steps later as q takes, and nine. That is so whatever
            program stands for the universal one in V.

            In detail, for every oracle f: let u have on every tree z the value g(z) within c(z)
            steps relative to f, and let e_N be what N uses of g make of e_0. If decode(e_N) halts
            on x within n steps, N being |w|, then V halts on <w.<e_0.x>>, with the same value,
            within 118n + 16 steps and those of the rounds: 17 and c(e_t) for each, and 3. If V
            halts there within n steps, then decode(e_N) halts on x in fewer, with the same value.
        """),
        latex=_prose(r"""
            Let $u$ be a program that is total relative to $A$, $e_0$ a tree, and
            $e_{t+1}=[u]^A(e_t)$, each $e_t$ being read as a program. For every $N$: if $[e_N]^A$ is
            the characteristic function of a set $B$, then $B\in C(A)$. So it is if $N$ differs from
            input to input: if $q$ is total relative to $A$ and for every $x$, $e_N$ with
            $N=|[q]^A(x)|$ is right about $x$, $|w|$ being the number of tails that can be taken
            from the tree $w$; $|\text{num}(N)|=N$.

            Uniformly: one program $V$, found from $u$ alone, has $[V]^A(\langle w.\langle
            e_0.x\rangle\rangle)\simeq[e_{|w|}]^A(x)$ for all $e_0$, $w$ and $x$. With $w$ and $e_0$
            built in it is a program $\text{composed}(u,e_0,w)$ that, twelve steps later, does on
            $x$ what $V$ does on $\langle w.\langle e_0.x\rangle\rangle$; and if $q$ halts on $x$
            with value $w$, so does $\text{counted}(u,e_0,q)$, as many steps later as $q$ takes, and
            nine. That is so whatever program stands for the universal one in $V$.

            In detail, for every oracle $f$: let $u$ have on every tree $z$ the value $g(z)$ within
            $c(z)$ steps relative to $f$, and let $e_N$ be what $N$ uses of $g$ make of $e_0$. If
            $\text{decode}(e_N)$ halts on $x$ within $n$ steps, $N$ being $|w|$, then $V$ halts on
            $\langle w.\langle e_0.x\rangle\rangle$, with the same value, within $118n+16$ steps
            and those of the rounds: $17$ and $c(e_t)$ for each, and $3$. If $V$ halts there within
            $n$ steps, then $\text{decode}(e_N)$ halts on $x$ in fewer, with the same value.
        """),
        idea=_prose(r"""
            V keeps the program as a tree, replaces it by what u makes of it as often as w says, and
            hands it with x to the universal program. A round has no loop but the run of u;
            induction on the rounds adds them up.

            Its cousin finite-internalization is about finitely many answers, which may come from
            any oracle whatever: they are built into the program as constants, and nobody has to be
            able to find them. Here nothing is built in but u, e_0 and w: the rounds are made again
            for every input, with the oracle of the layer itself, and there may be as many as a
            program finds; but no round may use more than the layer has.
        """),
        idea_latex=_prose(r"""
            $V$ keeps the program as a tree, replaces it by what $u$ makes of it as often as $w$
            says, and hands it with $x$ to the universal program. A round has no loop but the run of
            $u$; induction on the rounds adds them up.

            Its cousin finite-internalization is about finitely many answers, which may come from
            any oracle whatever: they are built into the program as constants, and nobody has to be
            able to find them. Here nothing is built in but $u$, $e_0$ and $w$: the rounds are made
            again for every input, with the oracle of the layer itself, and there may be as many as
            a program finds; but no round may use more than the layer has.
        """),
        proof="proofs.revision.self_modification:closure",
        checks=("checks.revision.self_modification:closure",),
        instances="checks.revision.self_modification:instances",
        constructions=("revision", "revised", "composed", "counted"),
    ),
    Card(
        "finite-internalization",
        "Finitely many answers, of whatever oracle, add nothing",
        "machine",
        _BOUNDARY,
        statement=_prose(r"""
            A transcript τ is a finite list of questions with answers, which may come from any
            oracle whatever. For an oracle f let f[τ] answer a listed question by the first answer
            listed for it and every other question as f does. Let ans(τ) = Ask if τ is empty, and
            ans(τ) = If(equals(z), Quote(a), ans(τ')) if τ is a for z and then τ'; equals(z) is a
            decision tree of If, Hd and Tl that has the value true on z and false on every other
            tree. Let p[τ] be p with ans(τ) in place of every Ask.

            For every oracle f, program p, tree x and n:

            (forward) if eval(f[τ],p,x,n) halts with value y and m units left, then
            eval(f,p[τ],x,n+a) halts with value y and at least m units left, where a ≥ 0 adds up
            over the questions that p asks a cost k(z) ≥ |ans(τ)|;

            (backward) if eval(f,p[τ],x,n) halts with value y and m units left, then
            eval(f[τ],p,x,n) halts with value y and at least m units left.

            So [p[τ]]^f(x) ≃ [p]^(f[τ])(x), which is [p]^f(x) if f answers as the transcript says;
            and a set that some program decides relative to A[τ] is in C(A).

            Listed questions are not asked: if f and h agree on all others, then eval(f,p[τ],x,n) =
            eval(h,p[τ],x,n). If p has i Asks, then |p[τ]| = |p| + i(|ans(τ)|-1), and |ans(τ)| is at
            most one more than 14 times the number of pairs in τ, written as a list of pairs <z.a>.
        """),
        latex=_prose(r"""
            A transcript $\tau$ is a finite list of questions with answers, which may come from any
            oracle whatever. For an oracle $f$ let $f[\tau]$ answer a listed question by the first
            answer listed for it and every other question as $f$ does. Let
            $\text{ans}(\tau)=\text{Ask}$ if $\tau$ is empty, and $\text{ans}(\tau)=$
            $\text{If}(\text{equals}(z),\text{Quote}(a),\text{ans}(\tau'))$ if $\tau$ is $a$ for $z$
            and then $\tau'$; $\text{equals}(z)$ is a decision tree of If, Hd and Tl that has the
            value true on $z$ and false on every other tree. Let $p[\tau]$ be $p$ with
            $\text{ans}(\tau)$ in place of every Ask.

            For every oracle $f$, program $p$, tree $x$ and $n$:

            (forward) if $\text{eval}(f[\tau],p,x,n)$ halts with value $y$ and $m$ units left, then
            $\text{eval}(f,p[\tau],x,n+a)$ halts with value $y$ and at least $m$ units left, where
            $a\ge 0$ adds up over the questions that $p$ asks a cost $k(z)\ge|\text{ans}(\tau)|$;

            (backward) if $\text{eval}(f,p[\tau],x,n)$ halts with value $y$ and $m$ units left, then
            $\text{eval}(f[\tau],p,x,n)$ halts with value $y$ and at least $m$ units left.

            So $[p[\tau]]^f(x)\simeq[p]^{f[\tau]}(x)$, which is $[p]^f(x)$ if $f$ answers as the
            transcript says; and a set that some program decides relative to $A[\tau]$ is in $C(A)$.

            Listed questions are not asked: if $f$ and $h$ agree on all others, then
            $\text{eval}(f,p[\tau],x,n)=$ $\text{eval}(h,p[\tau],x,n)$. If $p$ has $i$ Asks, then
            $|p[\tau]|=|p|+i(|\text{ans}(\tau)|-1)$, and $|\text{ans}(\tau)|$ is at most one more
            than $14$ times the number of pairs in $\tau$, written as a list of pairs $\langle
            z.a\rangle$.
        """),
        idea=_prose(r"""
            By induction on a constant its decision tree tells it from all other trees, in no more
            steps than it is large; by induction on the transcript so does ans(τ) with its answers,
            so it computes f[τ] from f. The theorem on substitution does the rest, in both
            directions. As decision trees do not ask, induction on gas shows that oracles which
            differ on listed questions alone lead to one outcome.
        """),
        idea_latex=_prose(r"""
            By induction on a constant its decision tree tells it from all other trees, in no more
            steps than it is large; by induction on the transcript so does $\text{ans}(\tau)$ with
            its answers, so it computes $f[\tau]$ from $f$. The theorem on substitution does the
            rest, in both directions. As decision trees do not ask, induction on gas shows that
            oracles which differ on listed questions alone lead to one outcome.
        """),
        proof="proofs.machine.internalisation:finite_internalization",
        checks=("checks.machine.internalisation:finite_internalization",),
        instances="checks.machine.internalisation:instances",
        constructions=("answers", "internalise"),
    ),
    Card(
        "jump-above",
        "The jump knows its oracle",
        "machine",
        f"{_SOARE}, III.2",
        statement=_prose(r"""
            A ≤_T A' for every set A, and one program computes all A from their A'.

            In detail: let above be the program that makes, from a tree x, the code of the program
            a(x) = While(Then(Quote(x), Ask), Id), asks about that code, and answers false if the
            answer is a pair and true if it is nil. For every oracle f, every oracle J that answers
            a pair on the trees e for which [e]^f(e) is defined and nil on all others, and every
            tree x: above halts on x relative to J after exactly 26 steps, with the value true if
            f(x) is a pair and false if it is nil.
        """),
        latex=_prose(r"""
            $A\le_T A'$ for every set $A$, and one program computes all $A$ from their $A'$.

            In detail: let above be the program that makes, from a tree $x$, the code of the program
            $a(x)=$ $\text{While}(\text{Then}(\text{Quote}(x),\text{Ask}),\text{Id})$, asks about
            that code, and answers false if the answer is a pair and true if it is nil. For every
            oracle $f$, every oracle $J$ that answers a pair on the trees $e$ for which $[e]^f(e)$
            is defined and nil on all others, and every tree $x$: above halts on $x$ relative to $J$
            after exactly $26$ steps, with the value true if $f(x)$ is a pair and false if it is
            nil.
        """),
        idea=_prose(r"""
            Whatever its input, a(x) asks the oracle about x in every round and goes on as long as
            the answer is a pair: it is the short diagonal of the program that asks about x, and
            halts, on its own code too, exactly if the oracle says nil. So its code is in the jump
            exactly if x is not in the set. The rest of above has no loop and is followed step by
            step.
        """),
        idea_latex=_prose(r"""
            Whatever its input, $a(x)$ asks the oracle about $x$ in every round and goes on as long
            as the answer is a pair: it is the short diagonal of the program that asks about $x$,
            and halts, on its own code too, exactly if the oracle says nil. So its code is in the
            jump exactly if $x$ is not in the set. The rest of above has no loop and is followed
            step by step.
        """),
        proof="proofs.machine.turing_jump:jump_above",
        checks=("checks.machine.turing_jump:jump_above",),
        instances="checks.machine.turing_jump:above_instances",
        constructions=("above", "absence"),
    ),
    Card(
        "jump-escape",
        "No program decides its own layer's halting",
        "machine",
        f"{_SOARE}, III.2",
        statement=_prose(r"""
            For no set A is A' ≤_T A: the jump A' is not in C(A).

            In detail: for a program p let d(p) = Then(p, While(Id, Id)) and e = code(d(p)). For
            every set A, [p]^A(e) is not the right answer to whether e is in A': it is undefined, or
            neither true nor false, or the wrong one of the two.

            This holds for every oracle f and even if any pair may stand for yes: let J answer a
            pair on the trees c for which [c]^f(c) is defined and nil on all others; then for no n
            does eval(f,p,e,n) halt with a pair if J(e) is a pair and with nil if J(e) is nil. If p
            answers nil at e within n steps, then e halts on itself within n+4; if p answers with a
            pair, e halts on itself for no gas.
        """),
        latex=_prose(r"""
            For no set $A$ is $A'\le_T A$: the jump $A'$ is not in $C(A)$.

            In detail: for a program $p$ let $d(p)=\text{Then}(p,\text{While}(\text{Id},\text{Id}))$
            and $e=\text{code}(d(p))$. For every set $A$, $[p]^A(e)$ is not the right answer to
            whether $e\in A'$: it is undefined, or neither true nor false, or the wrong one of the
            two.

            This holds for every oracle $f$ and even if any pair may stand for yes: let $J$ answer a
            pair on the trees $c$ for which $[c]^f(c)$ is defined and nil on all others; then for no
            $n$ does $\text{eval}(f,p,e,n)$ halt with a pair if $J(e)$ is a pair and with nil if
            $J(e)$ is nil. If $p$ answers nil at $e$ within $n$ steps, then $e$ halts on itself
            within $n+4$; if $p$ answers with a pair, $e$ halts on itself for no gas.
        """),
        idea=_prose(r"""
            The code of a program decodes to that program, by induction on it, so e runs d(p). That
            halts exactly where p answers nil: on e it does the opposite of what p says of it, and J
            does not.
        """),
        idea_latex=_prose(r"""
            The code of a program decodes to that program, by induction on it, so $e$ runs $d(p)$.
            That halts exactly where $p$ answers nil: on $e$ it does the opposite of what $p$ says
            of it, and $J$ does not.
        """),
        proof="proofs.machine.turing_jump:jump_escape",
        checks=("checks.machine.turing_jump:jump_escape",),
        instances="checks.machine.turing_jump:escape_instances",
        constructions=("diagonal",),
    ),
    Card(
        "jump-monotone",
        "The jump respects reducibility",
        "machine",
        f"{_SOARE}, III.2",
        statement=_prose(r"""
            If A ≤_T B then A' ≤_T B'.

            In detail: for a tree e and a program q let w(e,q) be the code of Then(Quote(e), p), p
            being decode(e) with q in place of every Ask. Let q compute g from f, let J answer a
            pair on the trees c for which [c]^f(c) is defined and nil on all others, and let K do
            the same for g. Then J(w(e,q)) is a pair if and only if K(e) is, for every tree e. And a
            program reducing(q), found from q alone, has relative to any oracle J and on every tree
            e the value J(w(e,q)), after exactly v(e) + 35 steps, where v(e) adds up the steps of
            the visits to the parts of e.
        """),
        latex=_prose(r"""
            If $A\le_T B$ then $A'\le_T B'$.

            In detail: for a tree $e$ and a program $q$ let $w(e,q)$ be the code of
            $\text{Then}(\text{Quote}(e),p)$, $p$ being $\text{decode}(e)$ with $q$ in place of
            every Ask. Let $q$ compute $g$ from $f$, let $J$ answer a pair on the trees $c$ for
            which $[c]^f(c)$ is defined and nil on all others, and let $K$ do the same for $g$. Then
            $J(w(e,q))$ is a pair if and only if $K(e)$ is, for every tree $e$. And a program
            $\text{reducing}(q)$, found from $q$ alone, has relative to any oracle $J$ and on every
            tree $e$ the value $J(w(e,q))$, after exactly $v(e)+35$ steps, where $v(e)$ adds up the
            steps of the visits to the parts of $e$.
        """),
        idea=_prose(r"""
            By the theorem on substitution Then(Quote(e), p) halts relative to f exactly if e halts
            on itself relative to g. The program makes its code from e with two lists, tasks that
            are left and codes that are done; each of its rounds has no loop and is followed step by
            step, and induction on e adds them up. That the tree made is read as the substituted
            program is another induction on e, as every tree is read as some program.
        """),
        idea_latex=_prose(r"""
            By the theorem on substitution $\text{Then}(\text{Quote}(e),p)$ halts relative to $f$
            exactly if $e$ halts on itself relative to $g$. The program makes its code from $e$ with
            two lists, tasks that are left and codes that are done; each of its rounds has no loop
            and is followed step by step, and induction on $e$ adds them up. That the tree made is
            read as the substituted program is another induction on $e$, as every tree is read as
            some program.
        """),
        proof="proofs.machine.code_substitution:jump_monotone",
        checks=("checks.machine.code_substitution:jump_monotone",),
        instances="checks.machine.code_substitution:instances",
        constructions=("substitute_code", "question", "reducing"),
    ),
    Card(
        "limit-to-jump",
        "The limit lemma: what is guessed in the limit, the jump decides",
        "revision",
        f"Shoenfield, On degrees of unsolvability (1959); {_SOARE}, III.3",
        statement=_prose(r"""
            Let h be a guesser from A, and suppose that for every tree x the guesses h(x,s) are the
            same for all large s. Then the set B that is its limit has B ≤_T A'.

            In detail, one tree x at a time: let J answer a pair on the trees e for which [e]^A(e)
            is defined and nil on all others. Suppose that for every s ≥ 0 the guess at x in stage s
            is a truth value and takes at most c(s) steps, and that it is b for all s ≥ m. Then a
            program deciding(h), found from h alone, has relative to J and on x the value b, within
            a number of steps that A, J, h, c and m tell.
        """),
        latex=_prose(r"""
            Let $h$ be a guesser from $A$, and suppose that for every tree $x$ the guesses $h(x,s)$
            are the same for all large $s$. Then the set $B$ that is its limit has $B\le_T A'$.

            In detail, one tree $x$ at a time: let $J$ answer a pair on the trees $e$ for which
            $[e]^A(e)$ is defined and nil on all others. Suppose that for every $s\ge 0$ the guess
            at $x$ in stage $s$ is a truth value and takes at most $c(s)$ steps, and that it is $b$
            for all $s\ge m$. Then a program $\text{deciding}(h)$, found from $h$ alone, has
            relative to $J$ and on $x$ the value $b$, within a number of steps that $A$, $J$, $h$,
            $c$ and $m$ tell.
        """),
        idea=_prose(r"""
            For each stage there is a program that searches for a change of the guess from there on,
            and halts exactly if there is one. The program asks the jump about these, stage after
            stage, until it says no, which it does at the modulus at the latest; there it guesses.
            What the guess asks of A is answered from the jump, by jump-above and substitution.
        """),
        idea_latex=_prose(r"""
            For each stage there is a program that searches for a change of the guess from there on,
            and halts exactly if there is one. The program asks the jump about these, stage after
            stage, until it says no, which it does at the modulus at the latest; there it guesses.
            What the guess asks of $A$ is answered from the jump, by jump-above and substitution.
        """),
        proof="proofs.revision.limit_lemma:limit_to_jump",
        checks=("checks.revision.limit_lemma:limit_to_jump",),
        instances="checks.revision.limit_lemma:limit_instances",
        constructions=("changing", "deciding"),
    ),
    Card(
        "jump-to-limit",
        "The limit lemma: what the jump decides can be guessed in the limit",
        "revision",
        f"Shoenfield, On degrees of unsolvability (1959); {_SOARE}, III.3",
        statement=_prose(r"""
            If B ≤_T A', there are a guesser h from A and a modulus m for it and B: for every tree x
            and every s ≥ m(x), h(x,s) says whether x is in B.

            In detail, for every oracle f: let J be the set of the trees e for which [e]^f(e) is
            defined, and let each member e halt on itself within s(e) steps. If a program p has on x
            relative to J, within n steps, a truth value y, then from stage t = max(n, s(z_1), …,
            s(z_k)) on, z_1, …, z_k being the questions that p asks on x, the guesses of guesser(p)
            at x are y. The program guesser(p) is found from p alone, and its guesses are truth
            values for every program p, every x and in every stage.
        """),
        latex=_prose(r"""
            If $B\le_T A'$, there are a guesser $h$ from $A$ and a modulus $m$ for it and $B$: for
            every tree $x$ and every $s\ge m(x)$, $h(x,s)$ says whether $x\in B$.

            In detail, for every oracle $f$: let $J$ be the set of the trees $e$ for which
            $[e]^f(e)$ is defined, and let each member $e$ halt on itself within $s(e)$ steps. If a
            program $p$ has on $x$ relative to $J$, within $n$ steps, a truth value $y$, then from
            stage $t=\max(n,s(z_1),\dots,s(z_k))$ on, $z_1,\dots,z_k$ being the questions that $p$
            asks on $x$, the guesses of $\text{guesser}(p)$ at $x$ are $y$. The program
            $\text{guesser}(p)$ is found from $p$ alone, and its guesses are truth values for every
            program $p$, every $x$ and in every stage.
        """),
        idea=_prose(r"""
            In stage s the guesser runs p for s steps, by the clocked universal program; a question
            z is answered by whether z has halted on itself within s steps. These answers tend to
            the jump, with the steps of its members as a modulus. So by use-principle the run is the
            one relative to the jump from a stage on that the questions tell.
        """),
        idea_latex=_prose(r"""
            In stage $s$ the guesser runs $p$ for $s$ steps, by the clocked universal program; a
            question $z$ is answered by whether $z$ has halted on itself within $s$ steps. These
            answers tend to the jump, with the steps of its members as a modulus. So by
            use-principle the run is the one relative to the jump from a stage on that the questions
            tell.
        """),
        proof="proofs.revision.limit_lemma:jump_to_limit_theorems",
        checks=("checks.revision.limit_lemma:jump_to_limit",),
        instances="checks.revision.limit_lemma:jump_instances",
        constructions=("stage_jump", "guesser"),
    ),
    Card(
        "computable-modulus",
        "Knowing when to stop guessing is deciding",
        "revision",
        f"{_SOARE}, III.3",
        statement=_prose(r"""
            Let a guesser h from A have the limit B and a modulus m that is computable from A: some
            program has the value num(m(x)) on every tree x relative to A. Then B is in C(A). So a
            guesser from A with a limit outside C(A) has no modulus computable from A.

            In detail, one tree x at a time: let the guess at x be b in all stages s from stage m
            on, within c(s) steps. There need not be one before, nor need b be a truth value. If q
            has on x, within n steps, the value num(m), then stopping(q,h) has on x the value b,
            within n + c(m) + 5 steps.
        """),
        latex=_prose(r"""
            Let a guesser $h$ from $A$ have the limit $B$ and a modulus $m$ that is computable from
            $A$: some program has the value $\text{num}(m(x))$ on every tree $x$ relative to $A$.
            Then $B\in C(A)$. So a guesser from $A$ with a limit outside $C(A)$ has no modulus
            computable from $A$.

            In detail, one tree $x$ at a time: let the guess at $x$ be $b$ in all stages $s$ from
            stage $m$ on, within $c(s)$ steps. There need not be one before, nor need $b$ be a truth
            value. If $q$ has on $x$, within $n$ steps, the value $\text{num}(m)$, then
            $\text{stopping}(q,h)$ has on $x$ the value $b$, within $n+c(m)+5$ steps.
        """),
        idea=_prose(r"""
            The program finds the stage that the modulus names and guesses there. It has no loop but
            the runs of the two programs that are given. So what makes limits reach further is that
            nobody needs to know when they are reached.
        """),
        proof="proofs.revision.limit_lemma:computable_modulus",
        checks=("checks.revision.limit_lemma:computable_modulus",),
        instances="checks.revision.limit_lemma:modulus_instances",
        constructions=("stopping",),
    ),
    Card(
        "separation",
        "Limits reach further than any finite revision",
        "revision",
        _BOUNDARY,
        statement=_prose(r"""
            Let L(A) be the sets that are limits of guessers from A. For every set A, L(A) = C(A'),
            and C(A) is a proper part of it. So no layer C(A), which by the theorem closure holds
            all that finite self-modification from A decides, contains all limits of guessers from
            A.

            In detail: L(A) ⊆ C(A') is limit-to-jump and C(A') ⊆ L(A) is jump-to-limit. What p
            decides from A is the limit of the guesses of steady(p), the same in every stage. And A'
            is the limit of the guesses of guesser(Ask), from stage s(x) on at x if each member e of
            A' halts on itself within s(e) steps; but every program p is wrong about A',
            or has no value, at the code of its diagonal, relative to A.
        """),
        latex=_prose(r"""
            Let $L(A)$ be the sets that are limits of guessers from $A$. For every set $A$,
            $L(A)=C(A')$, and $C(A)\subsetneq L(A)$. So no layer $C(A)$, which by the theorem
            closure holds all that finite self-modification from $A$ decides, contains all limits of
            guessers from $A$.

            In detail: $L(A)\subseteq C(A')$ is limit-to-jump and $C(A')\subseteq L(A)$ is
            jump-to-limit. What $p$ decides from $A$ is the limit of the guesses of
            $\text{steady}(p)$, the same in every stage. And $A'$ is the limit of the guesses of
            $\text{guesser}(\text{Ask})$, from stage $s(x)$ on at $x$ if each member $e$ of
            $A'$ halts on itself within $s(e)$ steps; but every program $p$ is wrong about $A'$, or
            has no value, at the code of its diagonal, relative to $A$.
        """),
        idea=_prose(r"""
            The limit lemma is the two theorems that it names. The program Ask decides the jump from
            the jump, so jump-to-limit makes a guesser of it. That no program decides it is
            jump-escape.
        """),
        proof="proofs.revision.limit_lemma:separation_theorems",
        checks=("checks.revision.limit_lemma:separation",),
        instances="checks.revision.limit_lemma:separation_instances",
        constructions=("steady", "guesser"),
    ),
    Card(
        "bounded-escape",
        "Small programs fail at the halting of slightly larger ones",
        "machine",
        "The jump's diagonal argument with sizes counted",
        statement=_prose(r"""
            Let

            J_k(A) = {code(p) : |p| ≤ k and [p]^A(code(p)) is defined}.

            For every set A and whole number k, no program p with |p| ≤ k-4 decides J_k(A) on the
            codes of the programs of size at most k, even if every value but nil may stand for yes.
            It errs at the code of d(p) = Then(p, While(Id, Id)), which has size |p|+4: if p answers
            nil there within n steps, then d(p) halts there within n+4; if it answers with a pair,
            then d(p) halts there for no gas. And if p decides on these codes a subset J of J_k(A),
            then code(d(p)) is in J_k(A) and not in J.

            All this holds for |p| ≤ k-2 as well, with While(p, Id) in the place of d(p) and 2 in
            the place of 4. It does not hold for |p| ≤ k-1: in this sense Id decides J_2(A), for
            every A, as all programs of size at most 2 halt on their own code.
        """),
        latex=_prose(r"""
            Let

            $J_k(A)=\{\text{code}(p)\mid |p|\le k\text{ and }[p]^A(\text{code}(p)) \text{ is
            defined}\}$.

            For every set $A$ and whole number $k$, no program $p$ with $|p|\le k-4$ decides
            $J_k(A)$ on the codes of the programs of size at most $k$, even if every value but nil
            may stand for yes. It errs at the code of
            $d(p)=\text{Then}(p,\text{While}(\text{Id},\text{Id}))$, which has size $|p|+4$: if $p$
            answers nil there within $n$ steps, then $d(p)$ halts there within $n+4$; if it answers
            with a pair, then $d(p)$ halts there for no gas. And if $p$ decides on these codes a
            subset $J$ of $J_k(A)$, then $\text{code}(d(p))$ is in $J_k(A)$ and not in $J$.

            All this holds for $|p|\le k-2$ as well, with $\text{While}(p,\text{Id})$ in the place
            of $d(p)$ and $2$ in the place of $4$. It does not hold for $|p|\le k-1$: in this sense
            $\text{Id}$ decides $J_2(A)$, for every $A$, as all programs of size at most $2$ halt
            on their own code.
        """),
        idea=_prose(r"""
            While(p, Id) asks p about the same tree in every round, and p has one answer whatever
            the gas: the loop stops in the first round if that is nil, and by induction on gas never
            if it is a pair. The loop While(Id, Id) of d(p) is the case p = Id, so both halt exactly
            where p answers nil. On their own code they do the opposite of what p says of them; what
            is left is to count sizes.
        """),
        idea_latex=_prose(r"""
            $\text{While}(p,\text{Id})$ asks $p$ about the same tree in every round, and $p$ has one
            answer whatever the gas: the loop stops in the first round if that is nil, and by
            induction on gas never if it is a pair. The loop $\text{While}(\text{Id},\text{Id})$ of
            $d(p)$ is the case $p=\text{Id}$, so both halt exactly where $p$ answers nil. On their
            own code they do the opposite of what $p$ says of them; what is left is to count sizes.
        """),
        proof="proofs.machine.escape:bounded_escape",
        checks=("checks.machine.escape:bounded_escape", "checks.machine.escape:all_errors"),
        instances="checks.machine.escape:instances",
        constructions=("diagonal", "short_diagonal"),
    ),
    Card(
        "mind-changes",
        "Each further change of mind decides more",
        "revision",
        "Ershov, A hierarchy of sets I (1968), relativized",
        statement=_prose(r"""
            For every set A and whole number n there is a set B with the following two properties.
            Some guesser from A with limit B has at most n+1 mind changes at every tree x. No
            guesser from A with limit B has at most n mind changes at every tree x.

            In detail, for every oracle f: the guesses of a program contrary(n), found from n alone,
            are truth values in every stage and change at most n+1 times at every tree. Let a
            program h have guesses at its own code e, that in stage s within c(s) steps, from stage
            m on b, with at most n changes up to m. They need not be truth values: a pair counts as
            true. From some stage on, which c and m tell, the guesses of contrary(n) at e are the
            opposite of b: h has not the limit of contrary(n). So it is for any tree e, read as a
            program that guesses at e in this way.

            That there is a limit: let J answer a pair on the trees e for which [e]^f(e) is defined
            and nil on all others, each member halting within s(e) steps. If the guesses of a
            program h at x are truth values and change at most k times, then they are the same from
            a stage on that J, s, h, x and k tell.
        """),
        latex=_prose(r"""
            For every set $A$ and whole number $n$ there is a set $B$ with the following two
            properties. Some guesser from $A$ with limit $B$ has at most $n+1$ mind changes at every
            tree $x$. No guesser from $A$ with limit $B$ has at most $n$ mind changes at every tree
            $x$.

            In detail, for every oracle $f$: the guesses of a program $\text{contrary}(n)$, found
            from $n$ alone, are truth values in every stage and change at most $n+1$ times at every
            tree. Let a program $h$ have guesses at its own code $e$, that in stage $s$ within
            $c(s)$ steps, from stage $m$ on $b$, with at most $n$ changes up to $m$. They need not
            be truth values: a pair counts as true. From some stage on, which $c$ and $m$ tell, the
            guesses of $\text{contrary}(n)$ at $e$ are the opposite of $b$: $h$ has not the limit of
            $\text{contrary}(n)$. So it is for any tree $e$, read as a program that guesses at $e$
            in this way.

            That there is a limit: let $J$ answer a pair on the trees $e$ for which $[e]^f(e)$ is
            defined and nil on all others, each member halting within $s(e)$ steps. If the guesses
            of a program $h$ at $x$ are truth values and change at most $k$ times, then they are the
            same from a stage on that $J$, $s$, $h$, $x$ and $k$ tell.
        """),
        idea=_prose(r"""
            The contrary guesser watches the guesses of e at e as far as they are made in time, and
            holds the opposite of the last one that counted, where n+1 changes may count and true
            counts as seen at first. What was seen is seen later too, and each change uses up one
            that may count. If the guesses of e change at most n times all of them count, so the
            last one is their limit.
        """),
        idea_latex=_prose(r"""
            The contrary guesser watches the guesses of $e$ at $e$ as far as they are made in time,
            and holds the opposite of the last one that counted, where $n+1$ changes may count and
            true counts as seen at first. What was seen is seen later too, and each change uses up
            one that may count. If the guesses of $e$ change at most $n$ times all of them count, so
            the last one is their limit.
        """),
        proof="proofs.revision.mind_changes:mind_changes",
        checks=("checks.revision.mind_changes:mind_changes",),
        instances="checks.revision.mind_changes:instances",
        constructions=("contrary",),
    ),
    Card(
        "kleene-post",
        "Between a set and its jump there is another degree",
        "machine",
        "Kleene, Post, The upper semi-lattice of degrees of recursive unsolvability (1954)",
        statement=_prose(r"""
            For every set A there is a set B with A <_T B <_T A'.

            In detail, let A be the set of an oracle f, which holds the trees on which f answers a
            pair. Let J be its jump: it answers a pair on the trees e for which [e]^A(e) is defined
            and nil on all others, and each member halts within s(e) steps. By finite extensions two
            sets G and H are defined from J, neither of which is computed from A and the other one;
            B is the join A ⊕ G. In each stage it is the turn of one program; every program has its
            turn, and in stage 0 it is that of the head of w, which is any tree.

            A ≤_T B: A is computed from B, in seven steps (kleene-post.above). B ≤_T A': B and H are
            computed from J, by programs that w tells (kleene-post.below, kleene-post.other).

            B is not computed from A (kleene-post.not-below): for each program p there is a tree y,
            found from A, J, s, w and p, such that p relative to A, whatever the gas, does not say
            of <true.y> whether it is in B.

            A' is not computed from B, as H is computed from A', but not from B (kleene-post): for
            each program p there is such a tree y on which p relative to B does not say whether y is
            in H. So if p computes H from J, each program q is wrong, relative to B, on one of the
            questions that p asks J about a tree y: if it were right on these, to each z within k(z)
            steps, then substitute(p, q) would have relative to B the value of p
            (kleene-post.on-use).

            A finite check runs this with decided jumps. With w any program is the first, and is
            seen to be wrong as soon as the searches of stage 0 end: of one that asks no question
            after thousands of steps, of one that asks once after millions, as there are 2^k
            conditions of k bits. With w = nil the check waits for the turns of id and hd, in stages
            9 and 21. It goes no further, as each condition grows by a bit or more in each stage,
            and two searches have to be decided: the turn of tl is in stage 69, that of quote 0 in
            stage 1,173, and that of from_set(id) after a million others. So what is wrong with a
            program that is made of two others, q and p, is proved, but not run.
        """),
        latex=_prose(r"""
            For every set $A$ there is a set $B$ with $A<_T B<_T A'$.

            In detail, let $A$ be the set of an oracle $f$, which holds the trees on which $f$
            answers a pair. Let $J$ be its jump: it answers a pair on the trees $e$ for which
            $[e]^A(e)$ is defined and nil on all others, and each member halts within $s(e)$ steps.
            By finite extensions two sets $G$ and $H$ are defined from $J$, neither of which is
            computed from $A$ and the other one; $B$ is the join $A\oplus G$. In each stage it is
            the turn of one program; every program has its turn, and in stage $0$ it is that of the
            head of $w$, which is any tree.

            $A\le_T B$: $A$ is computed from $B$, in seven steps (kleene-post.above).
            $B\le_T A'$: $B$ and $H$ are computed from $J$, by programs that $w$ tells
            (kleene-post.below, kleene-post.other).

            $B$ is not computed from $A$ (kleene-post.not-below): for each program $p$ there is a
            tree $y$, found from $A$, $J$, $s$, $w$ and $p$, such that $p$ relative to $A$, whatever
            the gas, does not say of $\langle\text{true}.y\rangle$ whether it is in $B$.

            $A'$ is not computed from $B$, as $H$ is computed from $A'$, but not from $B$
            (kleene-post): for each program $p$ there is such a tree $y$ on which $p$ relative to
            $B$ does not say whether $y$ is in $H$. So if $p$ computes $H$ from $J$, each program
            $q$ is wrong, relative to $B$, on one of the questions that $p$ asks $J$ about a tree
            $y$: if it were right on these, to each $z$ within $k(z)$ steps, then
            $\text{substitute}(p,q)$ would have relative to $B$ the value of $p$
            (kleene-post.on-use).

            A finite check runs this with decided jumps. With $w$ any program is the first, and is
            seen to be wrong as soon as the searches of stage $0$ end: of one that asks no question
            after thousands of steps, of one that asks once after millions, as there are $2^k$
            conditions of $k$ bits. With $w=\text{nil}$ the check waits for the turns of id and hd,
            in stages $9$ and $21$. It goes no further, as each condition grows by a bit or more in
            each stage, and two searches have to be decided: the turn of tl is in stage $69$, that
            of quote 0 in stage $1173$, and that of from_set(id) after a million others. So what is
            wrong with a program that is made of two others, $q$ and $p$, is proved, but not run.
        """),
        idea=_prose(r"""
            A condition is a finite part of G or of H. In the stage of z, with the conditions a of G
            and b of H, J is asked whether a search halts: for a condition t that extends a and with
            which z, asking only what A and t tell, halts on b as a tree. If it does, G goes on with
            t, and H with the bit at b that z does not have there; if not, z will never halt on b.
            Then the same is done with G and H exchanged.

            A program p is defeated as a z that goes on only if an answer is known. That p agrees
            with z where z halts is substitution backward. If p halts, then z does with what is
            known in some late stage: that is substitution forward and the use principle. To run a
            search relative to J, J is asked about A.
        """),
        idea_latex=_prose(r"""
            A condition is a finite part of $G$ or of $H$. In the stage of $z$, with the conditions
            $a$ of $G$ and $b$ of $H$, $J$ is asked whether a search halts: for a condition $t$ that
            extends $a$ and with which $z$, asking only what $A$ and $t$ tell, halts on $b$ as a
            tree. If it does, $G$ goes on with $t$, and $H$ with the bit at $b$ that $z$ does not
            have there; if not, $z$ will never halt on $b$. Then the same is done with $G$ and $H$
            exchanged.

            A program $p$ is defeated as a $z$ that goes on only if an answer is known. That $p$
            agrees with $z$ where $z$ halts is substitution backward. If $p$ halts, then $z$ does
            with what is known in some late stage: that is substitution forward and the use
            principle. To run a search relative to $J$, $J$ is asked about $A$.
        """),
        proof="proofs.machine.kleene_post:kleene_post",
        checks=("checks.machine.kleene_post:kleene_post",),
        instances="checks.machine.kleene_post:instances",
        constructions=(
            "half", "joining", "substitute", "above", "known", "checked", "decided", "trying",
            "finding", "searching_from", "half_stage", "generic", "point", "asking_jump",
            "extending_conditions", "half_staging", "staging", "building", "computing", "from_set",
        ),
    ),
    Card(
        "looping-certificate-sound",
        "An accepted looping certificate is right",
        "machine",
        "This project: exact halting of small programs",
        statement=_prose(r"""
            A looping certificate for a program p, a tree x and an oracle f is a tree automaton t, a
            list of invariants and a number k. The automaton puts each tree into a class. From it
            follows which classes the values of a program can have on inputs of a class: a loop is
            followed by a list of classes, its invariant, which is used only if the entry is in it
            and no round leaves it. The certificate is accepted if after k machine steps a program
            is about to run that can have no value on the class of the accumulator.

            What the oracle answers is given by lists of classes: one for the questions of each
            class, and one for questions of any class. Suppose that for every tree z the list for
            its class and the list for any class hold the class of f(z). If the certificate is
            accepted then eval(f,p,x,n) is out of gas for every n: [p]^f(x) is undefined.

            For an oracle given by finitely many answers and one for all other questions, the lists
            that the checker computes from these are such, and for a set the list of the classes of
            false and true is; then nothing is left to suppose. With these two, and k = 0, an
            accepted program halts relative to no set.

            A looping certificate of another kind is a cycle: two whole numbers k and d. It is
            accepted if d > 0, the run has not halted after k machine steps, and after d more it is
            in the same state, with the same control list, accumulator and stack. If it is accepted
            then eval(f,p,x,n) is out of gas for every n, whatever the oracle f.
        """),
        latex=_prose(r"""
            A looping certificate for a program $p$, a tree $x$ and an oracle $f$ is a tree
            automaton $t$, a list of invariants and a number $k$. The automaton puts each tree
            into a class. From it follows which classes the values of a program can have on inputs
            of a class: a loop is followed by a list of classes, its invariant, which is used only
            if the entry is in it and no round leaves it. The certificate is accepted if after $k$
            machine steps a program is about to run that can have no value on the class of the
            accumulator.

            What the oracle answers is given by lists of classes: one for the questions of each
            class, and one for questions of any class. Suppose that for every tree $z$ the list for
            its class and the list for any class hold the class of $f(z)$. If the certificate is
            accepted then $\text{eval}(f,p,x,n)$ is out of gas for every $n$: $[p]^f(x)$ is
            undefined.

            For an oracle given by finitely many answers and one for all other questions, the lists
            that the checker computes from these are such, and for a set the list of the classes of
            false and true is; then nothing is left to suppose. With these two, and $k=0$, an
            accepted program halts relative to no set.

            A looping certificate of another kind is a cycle: two whole numbers $k$ and $d$. It is
            accepted if $d>0$, the run has not halted after $k$ machine steps, and after $d$ more it
            is in the same state, with the same control list, accumulator and stack. If it is
            accepted then $\text{eval}(f,p,x,n)$ is out of gas for every $n$, whatever the oracle
            $f$.
        """),
        idea=_prose(r"""
            Induction on gas, for runs and for rounds of a loop at once: the class of a value is
            among those that were computed for it. A list of classes allows a tree through one
            entry, which is the tree's class or the class of all trees, so each part of a program is
            followed from both. A program without possible values then has no value, and machine
            and gas equation agree, so the run that led to it does not end either. For a
            cycle, induction on gas again: from a state to which it comes back the run goes on with
            less gas, so it runs out of any.
        """),
        proof="proofs.machine.covering:certificates",
        checks=(
            "checks.machine.automaton:looping_certificates",
            "checks.machine.cycle:cycles",
        ),
        instances="checks.machine.looping:instances",
    ),
    Card(
        "amdahl-identity",
        "The gain over no specialised hardware, as one fraction",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For all real R, s and x with 1+(R-1)x ≠ 0 and x ≠ 1:

            T(R,s,x) - 1 = x (1 - R(1-s) + (R-1)x) / ((1+(R-1)x)(1-x)).
        """),
        latex=_prose(r"""
            For all real $R$, $s$ and $x$ with $1+(R-1)x\ne 0$ and $x\ne 1$:

            $T(R,s,x)-1=\frac{x\,(1-R(1-s)+(R-1)x)}{(1+(R-1)x)(1-x)}$.
        """),
        idea=_prose(r"""
            Both sides are brought over the common denominator (1+(R-1)x)(1-x). That the numerators
            agree is an identity of polynomials; the denominator, which is not zero, is then
            dropped.
        """),
        idea_latex=_prose(r"""
            Both sides are brought over the common denominator $(1+(R-1)x)(1-x)$. That the
            numerators agree is an identity of polynomials; the denominator, which is not zero, is
            then dropped.
        """),
        proof="proofs.amdahl.objective:identity",
        checks=("checks.amdahl.objective:identity",),
        instances="checks.amdahl.objective:identity_instances",
        constructions=("time",),
    ),
    Card(
        "amdahl-convex",
        "The time is strictly convex in the share",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For all real R > 0 and 0 < s ≤ 1, all different x and y in [0,1) and all λ with 0 < λ <
            1:

            T(R,s,λx+(1-λ)y) < λ T(R,s,x) + (1-λ) T(R,s,y).

            This includes the range R > 1, 0 < s < 1.
        """),
        latex=_prose(r"""
            For all real $R>0$ and $0<s\le 1$, all different $x$ and $y$ in $[0,1)$ and all
            $\lambda$ with $0<\lambda<1$:

            $T(R,s,\lambda x+(1-\lambda)y)<\lambda\,T(R,s,x)+(1-\lambda)\,T(R,s,y)$.

            This includes the range $R>1$, $0<s<1$.
        """),
        idea=_prose(r"""
            Both denominators of T are positive and linear in x, so what is needed is that 1/u is
            convex for u > 0. With w = λu+(1-λ)v the excess λ/u + (1-λ)/v - 1/w is
            λ(1-λ)(u-v)²/(uvw): never negative, and positive for u ≠ v. Weighted by 1-s ≥ 0 and by s
            > 0 the two excesses add up; the one of s/(1-x) is positive.
        """),
        idea_latex=_prose(r"""
            Both denominators of $T$ are positive and linear in $x$, so what is needed is that $1/u$
            is convex for $u>0$. With $w=\lambda u+(1-\lambda)v$ the excess
            $\lambda/u+(1-\lambda)/v-1/w$ is $\lambda(1-\lambda)(u-v)^2/(uvw)$: never negative, and
            positive for $u\ne v$. Weighted by $1-s\ge 0$ and by $s>0$ the two excesses add up; the
            one of $s/(1-x)$ is positive.
        """),
        proof="proofs.amdahl.objective:convex",
        checks=("checks.amdahl.objective:convex",),
        instances="checks.amdahl.objective:convex_instances",
    ),
    Card(
        "collapse",
        "From the threshold on, no specialised hardware is best",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For R > 1 and every s, x = 0 is the unique minimiser of T(R,s,x) on [0,1), that is
            T(R,s,x) > T(R,s,0) for every x in (0,1), if and only if s ≥ S_c = 1 - 1/R. For R > 0
            and s < 1, s ≥ S_c if and only if R ≤ R_c = 1/(1-s).

            Edges. If R = 1 and s > 0, or s = 1 and R > 0, x = 0 is the unique minimiser. If R = 1
            and s = 0, T = 1 on all of [0,1). If s = 0 and R > 1, T has no minimiser on [0,1), as
            T(R,0,(x+1)/2) < T(R,0,x) for every x in [0,1).
        """),
        latex=_prose(r"""
            For $R>1$ and every $s$, $x=0$ is the unique minimiser of $T(R,s,x)$ on $[0,1)$, that
            is $T(R,s,x)>T(R,s,0)$ for every $x$ in $(0,1)$, if and only if $s\ge S_c=1-1/R$. For
            $R>0$ and $s<1$, $s\ge S_c$ if and only if $R\le R_c=1/(1-s)$.

            Edges. If $R=1$ and $s>0$, or $s=1$ and $R>0$, $x=0$ is the unique minimiser. If $R=1$
            and $s=0$, $T=1$ on all of $[0,1)$. If $s=0$ and $R>1$, $T$ has no minimiser on $[0,1)$,
            as $T(R,0,(x+1)/2)<T(R,0,x)$ for every $x$ in $[0,1)$.
        """),
        idea=_prose(r"""
            By amdahl-identity T - 1 has the sign of x (1 - R(1-s) + (R-1)x). From the threshold on
            1 - R(1-s) is not negative, so this is positive for x > 0; below it, it is negative at
            half the break-even share, which lies in (0,1) for s ≥ 0, and at 1/2 for s < 0. The
            edges are read off the same sign, and for s = 0 off the decrease of 1/(1+(R-1)x).
        """),
        idea_latex=_prose(r"""
            By amdahl-identity $T-1$ has the sign of $x\,(1-R(1-s)+(R-1)x)$. From the threshold on
            $1-R(1-s)$ is not negative, so this is positive for $x>0$; below it, it is negative at
            half the break-even share, which lies in $(0,1)$ for $s\ge 0$, and at $1/2$ for $s<0$.
            The edges are read off the same sign, and for $s=0$ off the decrease of
            $1/(1+(R-1)x)$.
        """),
        proof="proofs.amdahl.collapse:collapse",
        checks=("checks.amdahl.collapse:collapse",),
        instances="checks.amdahl.collapse:instances",
        constructions=("threshold", "critical_ratio"),
    ),
    Card(
        "optimum",
        "Below the threshold, the best share in closed form",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For R > 1 and 0 < s < S_c let

            k = √((1-s)(R-1)/s),

            x* = (k-1)/(k+R-1),

            T* = (√(s(R-1)) + √(1-s))² / R.

            Then 0 < x* < 1, T(R,s,x*) = T*, and T(R,s,x) > T(R,s,x*) for every other x in [0,1).
        """),
        latex=_prose(r"""
            For $R>1$ and $0<s<S_c$ let

            $k=\sqrt{\frac{(1-s)(R-1)}{s}}$,

            $x^{\ast}=\frac{k-1}{k+R-1}$,

            $T^{\ast}=\frac{(\sqrt{s(R-1)}+\sqrt{1-s})^2}{R}$.

            Then $0<x^{\ast}<1$, $T(R,s,x^{\ast})=T^{\ast}$, and $T(R,s,x)>T(R,s,x^{\ast})$ for
            every other $x$ in $[0,1)$.
        """),
        idea=_prose(r"""
            With a = 1+(R-1)x and b = 1-x, (T(x) - T*) R a b = s (a - k b)². This is a square, zero
            exactly where a = k b, which is at x*. Of the square roots only their defining property
            is used.
        """),
        idea_latex=_prose(r"""
            With $a=1+(R-1)x$ and $b=1-x$, $(T(x)-T^{\ast})\,R\,a\,b=s\,(a-k\,b)^2$. This is a
            square, zero exactly where $a=k\,b$, which is at $x^{\ast}$. Of the square roots only
            their defining property is used.
        """),
        proof="proofs.amdahl.optimum:optimum",
        checks=("checks.amdahl.optimum:optimum",),
        instances="checks.amdahl.optimum:instances",
        constructions=("balance", "optimal_allocation", "optimal_time"),
    ),
    Card(
        "break-even",
        "How much specialised hardware still gains",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For R > 1 and every s let b = (R(1-s)-1)/(R-1). For every x in [0,1), T(R,s,x) < 1 if
            and only if 0 < x < b. Here b > 0 if and only if s < S_c, b < 1 if and only if s > 0,
            and b = 1 if and only if s = 0. If s is neither 0 nor 1, T(R,s,b) = 1.

            For all real R ≠ 1, s and x with 1+(R-1)x ≠ 0 and x ≠ 1:

            T(R,s,x) - 1 = (R-1) x (x-b) / ((1+(R-1)x)(1-x)).

            Edge. If 0 ≤ R ≤ 1 and s ≥ 0, T(R,s,x) ≥ 1 for every x in [0,1): nothing gains.
        """),
        latex=_prose(r"""
            For $R>1$ and every $s$ let $b=\frac{R(1-s)-1}{R-1}$. For every $x$ in $[0,1)$,
            $T(R,s,x)<1$ if and only if $0<x<b$. Here $b>0$ if and only if $s<S_c$, $b<1$ if and
            only if $s>0$, and $b=1$ if and only if $s=0$. If $s$ is neither $0$ nor $1$,
            $T(R,s,b)=1$.

            For all real $R\ne 1$, $s$ and $x$ with $1+(R-1)x\ne 0$ and $x\ne 1$:

            $T(R,s,x)-1=\frac{(R-1)\,x\,(x-b)}{(1+(R-1)x)(1-x)}$.

            Edge. If $0\le R\le 1$ and $s\ge 0$, $T(R,s,x)\ge 1$ for every $x$ in $[0,1)$:
            nothing gains.
        """),
        idea=_prose(r"""
            As b (R-1) = R(1-s)-1, the numerator in amdahl-identity is (R-1) x (x-b): a parabola
            that opens upwards, with the roots 0 and b, over a positive denominator. So time is
            saved between the roots and lost beyond them. Where b lies shows in b (R-1) = R(1-s)-1
            and in (1-b)(R-1) = Rs. For R ≤ 1 the numerator is x ((1-R)(1-x) + Rs), which is not
            negative.
        """),
        idea_latex=_prose(r"""
            As $b\,(R-1)=R(1-s)-1$, the numerator in amdahl-identity is $(R-1)\,x\,(x-b)$: a
            parabola that opens upwards, with the roots $0$ and $b$, over a positive denominator. So
            time is saved between the roots and lost beyond them. Where $b$ lies shows in
            $b\,(R-1)=R(1-s)-1$ and in $(1-b)(R-1)=Rs$. For $R\le 1$ the numerator is
            $x\,((1-R)(1-x)+Rs)$, which is not negative.
        """),
        proof="proofs.amdahl.break_even:break_even",
        checks=("checks.amdahl.break_even:break_even",),
        instances="checks.amdahl.break_even:instances",
        constructions=("break_even",),
    ),
    Card(
        "transition",
        "The collapse is a phase transition",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For a designer: there is no long tail of ever smaller accelerators. Near the threshold,
            each percent of work that becomes scalable costs the best accelerator more than half a
            percent of the budget, and at the threshold it is gone.

            Fix R > 1. For s > 0 let x*(s) be the share of optimum for s < S_c, and 0 for s ≥ S_c.
            It lies in [0,1), and T(R,s,x) > T(R,s,x*(s)) for every other x in [0,1). For 0 < R ≤ 1,
            where x*(s) is 0, this holds too.

            Let c = R/(2(R-1)), which is more than 1/2. For every s with 0 < s < S_c

            |x*(s) - c (S_c - s)| < R³/(2(R-1)²) (S_c - s)².

            So x* is continuous at S_c, where it is 0. Its left derivative there is -c, which is not
            zero; its right derivative is 0. This last step, dividing by S_c - s and letting s tend
            to S_c, is the definition of a derivative and not done by the solvers.

            For 0 < s < 1, with the k and x* of optimum, and g = k+R-1 and h = R-1+k²,

            (x* - c (S_c - s)) 2 g h = (k-1)² (k-R+1).
        """),
        latex=_prose(r"""
            For a designer: there is no long tail of ever smaller accelerators. Near the threshold,
            each percent of work that becomes scalable costs the best accelerator more than half a
            percent of the budget, and at the threshold it is gone.

            Fix $R>1$. For $s>0$ let $x^{\ast}(s)$ be the share of optimum for $s<S_c$, and $0$ for
            $s\ge S_c$. It lies in $[0,1)$, and $T(R,s,x)>T(R,s,x^{\ast}(s))$ for every other $x$
            in $[0,1)$. For $0<R\le 1$, where $x^{\ast}(s)$ is $0$, this holds too.

            Let $c=R/(2(R-1))$, which is more than $1/2$. For every $s$ with $0<s<S_c$

            $|x^{\ast}(s)-c\,(S_c-s)|<\frac{R^3}{2(R-1)^2}\,(S_c-s)^2$.

            So $x^{\ast}$ is continuous at $S_c$, where it is $0$. Its left derivative there is
            $-c$, which is not zero; its right derivative is $0$. This last step, dividing by
            $S_c-s$ and letting $s$ tend to $S_c$, is the definition of a derivative and not done by
            the solvers.

            For $0<s<1$, with the $k$ and $x^{\ast}$ of optimum, and $g=k+R-1$ and $h=R-1+k^2$,

            $(x^{\ast}-c\,(S_c-s))\,2\,g\,h=(k-1)^2(k-R+1)$.
        """),
        idea=_prose(r"""
            As s k² = (1-s)(R-1), (S_c - s) R h = (R-1)(k²-1): all is a rational function of the
            balance k, which is 1 at the threshold, and the identity is one of polynomials. The
            bound follows: |k-R+1| < g, h < R(k+1)², and R³/(2(R-1)²) (S_c - s)² is
            R(k²-1)²/(2h²).
        """),
        idea_latex=_prose(r"""
            As $s\,k^2=(1-s)(R-1)$, $(S_c-s)\,R\,h=(R-1)(k^2-1)$: all is a rational function of
            the balance $k$, which is $1$ at the threshold, and the identity is one of polynomials.
            The bound follows: $|k-R+1|<g$, $h<R(k+1)^2$, and
            $\frac{R^3}{2(R-1)^2}\,(S_c-s)^2$ is $\frac{R(k^2-1)^2}{2h^2}$.
        """),
        proof="proofs.amdahl.transition:transition",
        checks=("checks.amdahl.transition:transition",),
        instances="checks.amdahl.transition:instances",
        constructions=("best_share", "kink_slope", "kink_bound"),
    ),
    Card(
        "share-not-monotone",
        "Better specialised hardware may deserve a smaller share",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            Fix s with 0 < s < 1. For R > 1 let k(R) = √((1-s)(R-1)/s) and x*(R) =
            (k(R)-1)/(k(R)+R-1), which is the minimiser of optimum for R > R_c = 1/(1-s). With M =
            2/(1-√s), x* increases strictly on (1,M] and decreases strictly on [M,∞). M > R_c, and
            the greatest value is

            x*(M) = (1-√s)/(1+√s).

            For all R > 1 and Q > 1, with k = k(R) and l = k(Q),

            x*(Q) - x*(R) = (1-s)(l-k)(1 - s(k-1)(l-1)) / (k l (1-s+sk)(1-s+sl)),

            multiplied by the denominator, which is positive.

            Edges. For s = 1 the formula gives -1/(R-1), which increases on (1,∞); it is no share,
            as 0 is the best one. For s = 0 there is no minimiser.
        """),
        latex=_prose(r"""
            Fix $s$ with $0<s<1$. For $R>1$ let $k(R)=\sqrt{(1-s)(R-1)/s}$ and
            $x^{\ast}(R)=\frac{k(R)-1}{k(R)+R-1}$, which is the minimiser of optimum for
            $R>R_c=1/(1-s)$. With $M=2/(1-\sqrt{s})$, $x^{\ast}$ increases strictly on $(1,M]$ and
            decreases strictly on $[M,\infty)$. $M>R_c$, and the greatest value is

            $x^{\ast}(M)=\frac{1-\sqrt{s}}{1+\sqrt{s}}$.

            For all $R>1$ and $Q>1$, with $k=k(R)$ and $l=k(Q)$,

            $x^{\ast}(Q)-x^{\ast}(R)=\frac{(1-s)(l-k)(1-s(k-1)(l-1))}{k\,l\,(1-s+sk)(1-s+sl)}$,

            multiplied by the denominator, which is positive.

            Edges. For $s=1$ the formula gives $-1/(R-1)$, which increases on $(1,\infty)$; it is
            no share, as $0$ is the best one. For $s=0$ there is no minimiser.
        """),
        idea=_prose(r"""
            As s k² = (1-s)(R-1), x* = (1-s)(k-1)/(k (1-s+sk)), from which the identity follows. The
            balance k increases with R, so the sign of the difference is that of 1 - s(k-1)(l-1). At
            M, k = 1 + 1/√s: there s(k-1)² = 1. Below M both factors √s(k-1) and √s(l-1) are at most
            1 and not both 1; from M on they are at least 1. Of the square roots only their defining
            property is used.
        """),
        idea_latex=_prose(r"""
            As $s\,k^2=(1-s)(R-1)$, $x^{\ast}=\frac{(1-s)(k-1)}{k\,(1-s+sk)}$, from which the
            identity follows. The balance $k$ increases with $R$, so the sign of the difference is
            that of $1-s(k-1)(l-1)$. At $M$, $k=1+1/\sqrt{s}$: there $s(k-1)^2=1$. Below $M$ both
            factors $\sqrt{s}(k-1)$ and $\sqrt{s}(l-1)$ are at most $1$ and not both $1$; from $M$
            on they are at least $1$. Of the square roots only their defining property is used.
        """),
        proof="proofs.amdahl.peak:share_not_monotone",
        checks=("checks.amdahl.peak:share_not_monotone",),
        instances="checks.amdahl.peak:instances",
        constructions=("peak_ratio", "peak_allocation"),
    ),
    Card(
        "overclaim",
        "No critical share rules out every efficiency",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            The sentence "beyond a critical scalable share, specialisation does not pay, whatever
            its efficiency advantage" is refuted for this objective. There is no such share below 1:
            each s with 0 ≤ s < 1 has its own counterexample,

            R = 2/(1-s), x = (1-s)/(2(1+s)), T(R,s,x) = 1 - (1-s)/(3(1+3s)).

            Here R > R_c, 0 < x < 1, and the time saved is more than 0. With nine tenths of the work
            scalable (s = 9/10) that is hardware 20 times as efficient on 1/38 of the budget, and
            1/111 of the time saved.

            For 0 ≤ s < 1 every R > R_c = 1/(1-s) will do: 0 < b ≤ 1 for the break-even share b, and
            every x with 0 < x < b takes less time than none.

            What is true: for a fixed R there is a critical share, S_c = 1 - 1/R. And the gain is
            bounded: for R ≥ 0, 0 ≤ s < 1 and x in [0,1), T(R,s,x) > s, so that no efficiency saves
            as much as the bounded part 1-s.

            Edge. Only s = 1 is as the sentence says: T(R,1,x) = 1/(1-x) for all R and x with
            1+(R-1)x ≠ 0.
        """),
        latex=_prose(r"""
            The sentence "beyond a critical scalable share, specialisation does not pay, whatever
            its efficiency advantage" is refuted for this objective. There is no such share below
            $1$: each $s$ with $0\le s<1$ has its own counterexample,

            $R=\frac{2}{1-s},\quad x=\frac{1-s}{2(1+s)},\quad T(R,s,x)=1-\frac{1-s}{3(1+3s)}$.

            Here $R>R_c$, $0<x<1$, and the time saved is more than $0$. With nine tenths of the work
            scalable ($s=9/10$) that is hardware $20$ times as efficient on $1/38$ of the budget,
            and $1/111$ of the time saved.

            For $0\le s<1$ every $R>R_c=1/(1-s)$ will do: $0<b\le 1$ for the break-even share $b$,
            and every $x$ with $0<x<b$ takes less time than none.

            What is true: for a fixed $R$ there is a critical share, $S_c=1-1/R$. And the gain is
            bounded: for $R\ge 0$, $0\le s<1$ and $x$ in $[0,1)$, $T(R,s,x)>s$, so that no
            efficiency saves as much as the bounded part $1-s$.

            Edge. Only $s=1$ is as the sentence says: $T(R,1,x)=1/(1-x)$ for all $R$ and $x$ with
            $1+(R-1)x\ne 0$.
        """),
        idea=_prose(r"""
            The sentence exchanges two quantifiers. For every ratio there is a critical share; there
            is no share that is critical for every ratio, as S_c = 1 - 1/R moves towards 1 when R
            grows. So a workload that is beyond the threshold of one generation of specialised
            hardware may be below that of the next.

            At twice the critical ratio break-even is (1-s)/(1+s). At half of it, (R-1)x = 1/2, so
            the two parts of T are 2(1-s)/3 and 2s(1+s)/(1+3s), and 1 less their sum is
            (1-s)/(3(1+3s)). That every larger ratio will do too is break-even. The bound holds as
            s/(1-x) ≥ s, and the other part of T is positive.
        """),
        idea_latex=_prose(r"""
            The sentence exchanges two quantifiers. For every ratio there is a critical share; there
            is no share that is critical for every ratio, as $S_c=1-1/R$ moves towards $1$ when $R$
            grows. So a workload that is beyond the threshold of one generation of specialised
            hardware may be below that of the next.

            At twice the critical ratio break-even is $(1-s)/(1+s)$. At half of it, $(R-1)x=1/2$, so
            the two parts of $T$ are $2(1-s)/3$ and $2s(1+s)/(1+3s)$, and $1$ less their sum is
            $(1-s)/(3(1+3s))$. That every larger ratio will do too is break-even. The bound holds as
            $s/(1-x)\ge s$, and the other part of $T$ is positive.
        """),
        proof="proofs.amdahl.overclaim:overclaim",
        checks=("checks.amdahl.overclaim:overclaim",),
        instances="checks.amdahl.overclaim:instances",
        constructions=("refuting_ratio", "refuting_allocation", "refuting_gain"),
    ),
    Card(
        "absorption-needed",
        "Without absorption there is no collapse",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For a designer: ask what the bounded work does when there is no accelerator. If it falls
            back to the programmable hardware, the accelerator competes with that fallback, and from
            S_c = 1 - 1/R on the fallback wins. If it cannot fall back, the accelerator's share
            shrinks as the scalable part grows, but it never reaches 0.

            In T programmable hardware absorbs bounded work: even without specialised hardware that
            work goes on, at the rate 1 in 1+(R-1)x = (1-x)+Rx. This is the assumption that causes
            the collapse. If bounded work runs on specialised hardware only, the time is, on (0,1),

            T(x) = s/(1-x) + (1-s)/(Rx).

            For every R > 0, R < 1 included, and 0 < s < 1, let u = √s and r = √((1-s)/R). T has
            exactly one minimiser on (0,1), x* = r/(u+r), and T(x*) = (u+r)²: however much of the
            work is scalable, some specialised hardware is best.

            For R > 0, 0 ≤ s ≤ 1 and 0 < x < 1,

            (T(x) - (u+r)²) x (1-x) = (u x - r (1-x))².

            For R > 0, s ≥ 0, 0 < x < 1 and every M with M R x ≤ 1-s, T(x) ≥ M: if s < 1, T grows
            without bound as x tends to 0.

            Edges. s = 0: T decreases strictly on (0,1), so that it has no minimiser. s = 1: nothing
            is bounded, and T = 1/(1-x) for R ≠ 0 and x ≠ 0.
        """),
        latex=_prose(r"""
            For a designer: ask what the bounded work does when there is no accelerator. If it falls
            back to the programmable hardware, the accelerator competes with that fallback, and from
            $S_c=1-1/R$ on the fallback wins. If it cannot fall back, the accelerator's share
            shrinks as the scalable part grows, but it never reaches $0$.

            In $T$ programmable hardware absorbs bounded work: even without specialised hardware
            that work goes on, at the rate $1$ in $1+(R-1)x=(1-x)+Rx$. This is the assumption that
            causes the collapse. If bounded work runs on specialised hardware only, the time is, on
            $(0,1)$,

            $T(x)=\frac{s}{1-x}+\frac{1-s}{Rx}$.

            For every $R>0$, $R<1$ included, and $0<s<1$, let $u=\sqrt{s}$ and $r=\sqrt{(1-s)/R}$.
            $T$ has exactly one minimiser on $(0,1)$, $x^{\ast}=r/(u+r)$, and
            $T(x^{\ast})=(u+r)^2$: however much of the work is scalable, some specialised hardware
            is best.

            For $R>0$, $0\le s\le 1$ and $0<x<1$,

            $(T(x)-(u+r)^2)\,x\,(1-x)=(u\,x-r\,(1-x))^2$.

            For $R>0$, $s\ge 0$, $0<x<1$ and every $M$ with $M\,R\,x\le 1-s$, $T(x)\ge M$: if
            $s<1$, $T$ grows without bound as $x$ tends to $0$.

            Edges. $s=0$: $T$ decreases strictly on $(0,1)$, so that it has no minimiser. $s=1$:
            nothing is bounded, and $T=1/(1-x)$ for $R\ne 0$ and $x\ne 0$.
        """),
        idea=_prose(r"""
            Multiplied by x (1-x), T is u² x + r² (1-x), and (u+r)² times x (1-x) is less than that
            by the square of u x - r (1-x). The square is zero exactly where u x = r (1-x), which is
            at r/(u+r). Of the square roots only their defining property is used.
        """),
        idea_latex=_prose(r"""
            Multiplied by $x\,(1-x)$, $T$ is $u^2x+r^2(1-x)$, and $(u+r)^2$ times $x\,(1-x)$ is
            less than that by the square of $u\,x-r\,(1-x)$. The square is zero exactly where
            $u\,x=r\,(1-x)$, which is at $r/(u+r)$. Of the square roots only their defining
            property is used.
        """),
        proof="proofs.amdahl.absorption:absorption_needed",
        checks=("checks.amdahl.absorption:absorption_needed",),
        instances="checks.amdahl.absorption:instances",
        constructions=(
            "separate_time", "separate_root", "separate_allocation", "separate_least_time",
        ),
    ),
    Card(
        "bandwidth",
        "A bandwidth limit leaves the threshold where it is",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For a designer: whether to build an accelerator, ask its ratio and the workload; how
            much of it, ask the memory as well.

            All specialised hardware shares one bandwidth: with γ ≥ 0 let R_eff(x) = R/(1+γRx), and

            T_γ(x) = (1-s)/(1-x+R_eff(x)x) + s/(1-x),

            so that T_γ(0) = 1. For R > 1 and s ≥ S_c = 1 - 1/R, T_γ(x) > 1 for every x in (0,1).
            For R > 1 and 0 ≤ s < S_c, T_γ(x) < 1 at x = (R(1-s)-1)/(2(R-1+γR)), which lies in
            (0,1). So for R > 1 and 0 ≤ s ≤ 1, x = 0 is the unique minimiser of T_γ on [0,1) if and
            only if s ≥ S_c, whatever γ is.

            A larger γ shrinks the best share. For R ≥ 0, 0 ≤ γ < γ', x ≥ 0 and y < 1: if x is no
            worse than y with γ, and y no worse than x with γ', then y ≤ x. For every s this holds,
            and nothing else is supposed of the two shares.

            Where the best share is. For R > 1 and s ≥ 0 let B = 1+γRx and

            f(x) = s((1-x)B+Rx)² - (1-s)(R-B²)(1-x)².

            If f(x) ≥ 0, every share right of x takes more time than x; if f(x) ≤ 0, every share
            left of it. So a root of f in [0,1) is the unique minimiser. f(0) < 0 if and only if
            s < S_c, and f(1) = sR²; that f therefore has a root for 0 < s < S_c is the intermediate
            value theorem, and is not part of the proof. If x > 0 is a root with γ and y < 1 one
            with γ' > γ, y < x for R ≥ 0 and s ≥ 0; f(x) ≥ 0 and f(y) ≤ 0 are enough.

            What was found on paper, with N(x) = (1-x)B(x)+Rx, wherever no denominator is 0:

            T_γ(x) - 1 = x((R-1)x + γRx(1-x) - (R(1-s)-1)) / ((1-x)N(x)),

            T_γ'(x) - T_γ(x) = (1-s)R²(γ'-γ) x²/(N(x)N'(x)),

            (T_γ(y)-T_γ(x)) (1-x)(1-y)N(x)N(y) = (y-x)D,

            where D and K, with B = B(x), are

            D = sN(x)N(y) - (1-s)(R-B(x)B(y))(1-x)(1-y),

            D N(x) = f(x)N(y) + (1-s)(1-x)(y-x)K,

            K = (R-B²)((1-x)(γR(1-y)+R-B)+N(x)) + BγR(1-y)N(x).

            Edges. γ = 0: T_0(x) = T(R,s,x). 0 ≤ R ≤ 1 and s ≥ 0: T_γ(x) > 1 on (0,1), unless R = 1
            and s = γ = 0. s = 1, or R = 0: T_γ(x) = 1/(1-x). s = 0, R > 1
            and γ > 0: x = (√R-1)/(γR) is a root of f, if it is not 1, so that in (0,1) it is the
            best share; T_γ(x) = γR/(γR+(√R-1)²) there.
        """),
        latex=_prose(r"""
            For a designer: whether to build an accelerator, ask its ratio and the workload; how
            much of it, ask the memory as well.

            All specialised hardware shares one bandwidth: with $\gamma\ge 0$ let
            $R_{\text{eff}}(x)=\frac{R}{1+\gamma Rx}$, and

            $T_\gamma(x)=\frac{1-s}{1-x+R_{\text{eff}}(x)\,x}+\frac{s}{1-x}$,

            so that $T_\gamma(0)=1$. For $R>1$ and $s\ge S_c=1-1/R$, $T_\gamma(x)>1$ for every
            $x$ in $(0,1)$. For $R>1$ and $0\le s<S_c$, $T_\gamma(x)<1$ at
            $x=\frac{R(1-s)-1}{2(R-1+\gamma R)}$, which lies in $(0,1)$. So for $R>1$ and
            $0\le s\le 1$, $x=0$ is the unique minimiser of $T_\gamma$ on $[0,1)$ if and only if
            $s\ge S_c$, whatever $\gamma$ is.

            A larger $\gamma$ shrinks the best share. For $R\ge 0$, $0\le\gamma<\gamma'$, $x\ge 0$
            and $y<1$: if $x$ is no worse than $y$ with $\gamma$, and $y$ no worse than $x$ with
            $\gamma'$, then $y\le x$. For every $s$ this holds, and nothing else is supposed of the
            two shares.

            Where the best share is. For $R>1$ and $s\ge 0$ let $B=1+\gamma Rx$ and

            $f(x)=s\,((1-x)B+Rx)^2-(1-s)(R-B^2)(1-x)^2$.

            If $f(x)\ge 0$, every share right of $x$ takes more time than $x$; if $f(x)\le 0$, every
            share left of it. So a root of $f$ in $[0,1)$ is the unique minimiser. $f(0)<0$ if and
            only if $s<S_c$, and $f(1)=sR^2$; that $f$ therefore has a root for $0<s<S_c$ is the
            intermediate value theorem, and is not part of the proof. If $x>0$ is a root with
            $\gamma$ and $y<1$ one with $\gamma'>\gamma$, $y<x$ for $R\ge 0$ and $s\ge 0$;
            $f(x)\ge 0$ and $f(y)\le 0$ are enough.

            What was found on paper, with $N(x)=(1-x)B(x)+Rx$, wherever no denominator is $0$:

            $T_\gamma(x)-1=\frac{x\,((R-1)x+\gamma Rx(1-x)-(R(1-s)-1))}{(1-x)N(x)}$,

            $T_{\gamma'}(x)-T_\gamma(x)=(1-s)R^2(\gamma'-\gamma)\frac{x^2}{N(x)N'(x)}$,

            $(T_\gamma(y)-T_\gamma(x))\,(1-x)(1-y)N(x)N(y)=(y-x)D$,

            where $D$ and $K$, with $B=B(x)$, are

            $D=s\,N(x)N(y)-(1-s)(R-B(x)B(y))(1-x)(1-y)$,

            $D\,N(x)=f(x)N(y)+(1-s)(1-x)(y-x)K$,

            $K=(R-B^2)((1-x)(\gamma R(1-y)+R-B)+N(x))+B\gamma R(1-y)N(x)$.

            Edges. $\gamma=0$: $T_0(x)=T(R,s,x)$. $0\le R\le 1$ and $s\ge 0$: $T_\gamma(x)>1$ on
            $(0,1)$, unless $R=1$ and $s=\gamma=0$. $s=1$, or $R=0$: $T_\gamma(x)=1/(1-x)$. $s=0$,
            $R>1$ and $\gamma>0$: $x=\frac{\sqrt{R}-1}{\gamma R}$ is a root of $f$, if it is not
            $1$, so that in $(0,1)$ it is the best share;
            $T_\gamma(x)=\frac{\gamma R}{\gamma R+(\sqrt{R}-1)^2}$ there.
        """),
        idea=_prose(r"""
            The first piece of specialised hardware has all the bandwidth. Whether it pays depends
            on R and s alone: near x = 0 the sign of T_γ - 1 is that of 1 - R(1-s), and γ enters
            with x². A limit can therefore not move the threshold; it takes from each further piece,
            and what is best is less of it.

            What a larger γ costs is (1-s)R²(γ'-γ) times (x/N(x))(x/N'(x)), and x/N(x) rises with x,
            as yN(x) - xN(y) = (y-x)(1+γRxy). So the larger of two shares loses more. Had the larger
            share the least time with γ' and the smaller one with γ, adding up the two comparisons
            would contradict this. No derivative is taken: f has the sign of the slope, but all that
            is used of it is the last identity, in which K is positive while B² is at most R.
        """),
        idea_latex=_prose(r"""
            The first piece of specialised hardware has all the bandwidth. Whether it pays depends
            on $R$ and $s$ alone: near $x=0$ the sign of $T_\gamma-1$ is that of $1-R(1-s)$, and
            $\gamma$ enters with $x^2$. A limit can therefore not move the threshold; it takes from
            each further piece, and what is best is less of it.

            What a larger $\gamma$ costs is $(1-s)R^2(\gamma'-\gamma)$ times
            $\frac{x}{N(x)}\cdot\frac{x}{N'(x)}$, and $x/N(x)$ rises with $x$, as
            $y\,N(x)-x\,N(y)=(y-x)(1+\gamma Rxy)$. So the larger of two shares loses more. Had the
            larger share the least time with $\gamma'$ and the smaller one with $\gamma$, adding up
            the two comparisons would contradict this. No derivative is taken: $f$ has the sign of
            the slope, but all that is used of it is the last identity, in which $K$ is positive
            while $B^2$ is at most $R$.
        """),
        proof="proofs.amdahl.bandwidth:bandwidth",
        checks=("checks.amdahl.bandwidth:bandwidth",),
        instances="checks.amdahl.bandwidth:instances",
        constructions=(
            "effective_ratio", "bandwidth_time", "bandwidth_share", "bandwidth_side",
            "bounded_share", "bounded_time",
        ),
    ),
    Card(
        "many-units",
        "Several kinds of specialised hardware",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            Let s ≥ 0, w_i ≥ 0, R_i > 0 for i = 1, …, m, for every m, with s + Σ w_i = 1, and

            T(x_1,…,x_m) = Σ w_i/(1-X+R_i x_i) + s/(1-X)

            for x_i ≥ 0 with X = Σ x_i < 1; T(0,…,0) = 1. With y_i = 1-X+R_i x_i,

            T - 1 = Σ x_i (1 - w_i R_i) + Σ w_i (1-y_i)²/y_i + s X²/(1-X).

            If w_i R_i ≤ 1 for every i, T ≥ 1: no shares are best. A unit alone is the hardware of
            collapse with s = 1 - w_i, whatever else there is. If w_i R_i > 1, the share
            (w_i R_i - 1)/(2(R_i - 1)) of unit i alone lies in (0,1) and makes T less than 1; if w_i
            R_i ≤ 1, no share of unit i alone does.
        """),
        latex=_prose(r"""
            Let $s\ge 0$, $w_i\ge 0$, $R_i>0$ for $i=1,\dots,m$, for every $m$, with
            $s+\sum w_i=1$, and

            $T(x_1,\dots,x_m)=\sum_i\frac{w_i}{1-X+R_i x_i}+\frac{s}{1-X}$

            for $x_i\ge 0$ with $X=\sum x_i<1$; $T(0,\dots,0)=1$. With $y_i=1-X+R_ix_i$,

            $T-1=\sum_i x_i(1-w_iR_i)+\sum_i\frac{w_i(1-y_i)^2}{y_i}+\frac{s\,X^2}{1-X}$.

            If $w_iR_i\le 1$ for every $i$, $T\ge 1$: no shares are best. A unit alone is the
            hardware of collapse with $s=1-w_i$, whatever else there is. If $w_iR_i>1$, the share
            $(w_iR_i-1)/(2(R_i-1))$ of unit $i$ alone lies in $(0,1)$ and makes $T$ less than $1$;
            if $w_iR_i\le 1$, no share of unit $i$ alone does.
        """),
        idea=_prose(r"""
            Work at the rate y takes w/y = w (2-y) + w (1-y)²/y. Summed over all work, the first
            part is linear in the shares, and the second is never negative: that is the identity,
            proved by induction over the list of units. Each share costs 1 - w_i R_i. For one unit
            alone all other work runs at the rate 1-X, as scalable work does.
        """),
        idea_latex=_prose(r"""
            Work at the rate $y$ takes $\frac{w}{y}=w\,(2-y)+\frac{w\,(1-y)^2}{y}$. Summed over all
            work, the first part is linear in the shares, and the second is never negative: that is
            the identity, proved by induction over the list of units. Each share costs $1-w_iR_i$.
            For one unit alone all other work runs at the rate $1-X$, as scalable work does.
        """),
        proof="proofs.amdahl.units:many_units",
        checks=("checks.amdahl.units:many_units",),
        instances="checks.amdahl.units:instances",
    ),
    Card(
        "scaling-exponent",
        "The threshold when scalable work suffers more, or less",
        "amdahl",
        _AMDAHL,
        statement=_prose(r"""
            For real a ≥ 0 let

            T_a(x) = (1-s)/(1+(R-1)x) + s/(1-x)^a,

            so that T_a(0) = 1, and S = (R-1)/(R-1+a). For R > 1 and a > 0, T_a(x) > 1 for every x
            in (0,1) if s ≥ S. For R > 1, a ≥ 0 and 0 ≤ s < S, T_a(x) < 1 at

            x = ((R-1)(1-s) - a s)/((R-1)(a+2)),

            which lies in (0,1). So for R > 1, a > 0 and 0 ≤ s ≤ 1, x = 0 is the unique minimiser of
            T_a on [0,1) if and only if s ≥ S.

            b^a is exp(a log b). All that is used of it is 1^a = 1, b^1 = b for b > 0, and for 0 < b
            ≤ 1 and every real a ≥ 0 that b^a > 0 and

            b^-a ≥ 1 + a (1-b), b^(a+1) ≥ 1 - (a+1)(1-b).

            This is proved from named axioms of exp and log: exp z ≥ 1+z; exp(y+z) = exp y exp z;
            every real x > 0 has a logarithm, exp(log x) = x.

            Edges. a = 1: T_a(x) = T(R,s,x) for R ≠ 0 and x < 1, and S = S_c. R = 1: if s > 0 and
            a > 0, x = 0 is the unique minimiser. So it is for 0 ≤ R ≤ 1, 0 ≤ s ≤ 1 and a ≥ 0, if
            R < 1 and s < 1, or s > 0 and a > 0.
        """),
        latex=_prose(r"""
            For real $a\ge 0$ let

            $T_a(x)=\frac{1-s}{1+(R-1)x}+\frac{s}{(1-x)^a}$,

            so that $T_a(0)=1$, and $S=(R-1)/(R-1+a)$. For $R>1$ and $a>0$, $T_a(x)>1$ for every $x$
            in $(0,1)$ if $s\ge S$. For $R>1$, $a\ge 0$ and $0\le s<S$, $T_a(x)<1$ at

            $x=\frac{(R-1)(1-s)-a\,s}{(R-1)(a+2)}$,

            which lies in $(0,1)$. So for $R>1$, $a>0$ and $0\le s\le 1$, $x=0$ is the unique
            minimiser of $T_a$ on $[0,1)$ if and only if $s\ge S$.

            $b^a$ is $\exp(a\,\log b)$. All that is used of it is $1^a=1$, $b^1=b$ for $b>0$, and
            for $0<b\le 1$ and every real $a\ge 0$ that $b^a>0$ and

            $b^{-a}\ge 1+a\,(1-b)$, $b^{a+1}\ge 1-(a+1)(1-b)$.

            This is proved from named axioms of $\exp$ and $\log$: $\exp\,z\ge 1+z$;
            $\exp(y+z)=\exp\,y\,\exp\,z$; every real $x>0$ has a logarithm, $\exp(\log x)=x$.

            Edges. $a=1$: $T_a(x)=T(R,s,x)$ for $R\ne 0$ and $x<1$, and $S=S_c$. $R=1$: if $s>0$
            and $a>0$, $x=0$ is the unique minimiser. So it is for $0\le R\le 1$, $0\le s\le 1$ and
            $a\ge 0$, if $R<1$ and $s<1$, or $s>0$ and $a>0$.
        """),
        idea=_prose(r"""
            Both inequalities are Bernoulli's, with the exponents -a and a+1. By the first, scalable
            work takes at least s(1+ax). With A = 1+(R-1)x this gives (T_a(x)-1) A ≥ x (sa(R-1)x +
            sa - (1-s)(R-1)), and sa ≥ (1-s)(R-1) says the same as s ≥ S.

            By the second, with e = 1-(a+1)x > 0, it takes at most s(1-x)/e. This gives (T_a(x)-1) A
            e ≤ -(R-1)(1+s) x² at the share above. No derivative is needed, and nothing else is used
            of the power, so the theorem holds of every function with these properties; the finite
            check runs it for rational a, with exact powers.
        """),
        idea_latex=_prose(r"""
            Both inequalities are Bernoulli's, with the exponents $-a$ and $a+1$. By the first,
            scalable work takes at least $s(1+ax)$. With $A=1+(R-1)x$ this gives $(T_a(x)-1)\,A\ge
            x\,(sa(R-1)x+sa-(1-s)(R-1))$, and $sa\ge (1-s)(R-1)$ says the same as $s\ge S$.

            By the second, with $e=1-(a+1)x>0$, it takes at most $s(1-x)/e$. This gives
            $(T_a(x)-1)\,A\,e\le -(R-1)(1+s)\,x^2$ at the share above. No derivative is needed, and
            nothing else is used of the power, so the theorem holds of every function with these
            properties; the finite check runs it for rational $a$, with exact powers.
        """),
        proof="proofs.amdahl.exponent:scaling_exponent",
        checks=("checks.amdahl.exponent:scaling_exponent",),
        instances="checks.amdahl.exponent:instances",
        constructions=("exponent_time", "exponent_threshold", "exponent_allocation"),
    ),
    Card(
        "moving-frontier",
        "The year in which specialised hardware stops paying",
        "amdahl",
        "After 'Modernizing Amdahl's Law', arXiv 2603.20654; the laws of time are assumptions",
        statement=_prose(r"""
            Let R(t) ≥ 0 and 0 ≤ s(t) ≤ 1 change with the time t. At each t: if R(t)(1-s(t)) > 1,
            every share between 0 and b = (R(1-s)-1)/(R-1) takes less time than none, and 0 < b ≤ 1.
            If R(t)(1-s(t)) ≤ 1, x = 0 is the unique minimiser of T(R(t),s(t),x) on [0,1), also
            where R(t) ≤ 1; only where R(t) = 1 and s(t) = 0 is the time 1 everywhere.

            If from t to u the ratio does not rise (0 < R(u) ≤ R(t)), the scalable share does not
            fall (s(t) ≤ s(u), s(t) < 1), and one of them changes, then R(u)(1-s(u)) < R(t)(1-s(t)).
            So there is at most one t* with R(t*)(1-s(t*)) = 1: before it specialised hardware pays,
            from it on none is best.

            Exponential laws, a modelling assumption: R(t) = R 2^(-γt), as programmable hardware
            catches up by γ doublings a year, and 1-s(t) = (1-s) 2^(-μt), as the bounded share of
            the work halves μ times a year. Let R > 0, μ ≥ 0, γ+μ > 0, and t* = log₂(R(1-s))/(γ+μ),
            that is 2^((γ+μ)t*) = R(1-s). For every t ≥ 0, R(t) > 0 and s(t) ≥ s; R(t)(1-s(t)) > 1
            if and only if t < t*, and R(t)(1-s(t)) = 1 if and only if t = t*. γ may be negative.

            2^y is exp(y log 2). What is assumed of exp and log, by named axioms: exp z ≥ 1+z;
            exp(y+z) = exp y exp z; every real x > 0 has a logarithm, exp(log x) = x.
        """),
        latex=_prose(r"""
            Let $R(t)\ge 0$ and $0\le s(t)\le 1$ change with the time $t$. At each $t$: if
            $R(t)(1-s(t))>1$, every share between $0$ and $b=(R(1-s)-1)/(R-1)$ takes less time than
            none, and $0<b\le 1$. If $R(t)(1-s(t))\le 1$, $x=0$ is the unique minimiser of
            $T(R(t),s(t),x)$ on $[0,1)$, also where $R(t)\le 1$; only where $R(t)=1$ and $s(t)=0$ is
            the time $1$ everywhere.

            If from $t$ to $u$ the ratio does not rise ($0<R(u)\le R(t)$), the scalable share does
            not fall ($s(t)\le s(u)$, $s(t)<1$), and one of them changes, then
            $R(u)(1-s(u))<R(t)(1-s(t))$. So there is at most one $t^*$ with $R(t^*)(1-s(t^*))=1$:
            before it specialised hardware pays, from it on none is best.

            Exponential laws, a modelling assumption: $R(t)=R\,2^{-\gamma t}$, as programmable
            hardware catches up by $\gamma$ doublings a year, and $1-s(t)=(1-s)\,2^{-\mu t}$, as the
            bounded share of the work halves $\mu$ times a year. Let $R>0$, $\mu\ge 0$,
            $\gamma+\mu>0$, and $t^*=\log_2(R(1-s))/(\gamma+\mu)$, that is
            $2^{(\gamma+\mu)t^*}=R(1-s)$. For every $t\ge 0$, $R(t)>0$ and $s(t)\ge s$;
            $R(t)(1-s(t))>1$ if and only if $t<t^*$, and $R(t)(1-s(t))=1$ if and only if $t=t^*$.
            $\gamma$ may be negative.

            $2^y$ is $\exp(y\,\log 2)$. What is assumed of $\exp$ and $\log$, by named axioms:
            $\exp\,z\ge 1+z$; $\exp(y+z)=\exp\,y\,\exp\,z$; every real $x>0$ has a logarithm,
            $\exp(\log x)=x$.
        """),
        idea=_prose(r"""
            By amdahl-identity T - 1 has the sign of 1 - R(1-s) + (R-1)x = (1-x)(1 - R(1-s)) + x R
            s, which is not negative from R(1-s) = 1 on. That the advantage falls is R(1-s) - Q(1-z)
            = (R-Q)(1-s) + Q(z-s). Seen from t*, the exponential laws have R(t)(1-s(t)) =
            2^((γ+μ)(t*-t)).
        """),
        idea_latex=_prose(r"""
            By amdahl-identity $T-1$ has the sign of $1-R(1-s)+(R-1)x=(1-x)(1-R(1-s))+x\,R\,s$,
            which is not negative from $R(1-s)=1$ on. That the advantage falls is
            $R(1-s)-Q(1-z)=(R-Q)(1-s)+Q(z-s)$. Seen from $t^*$, the exponential laws have
            $R(t)(1-s(t))=2^{(\gamma+\mu)(t^*-t)}$.
        """),
        proof="proofs.amdahl.frontier:moving_frontier",
        checks=("checks.amdahl.frontier:moving_frontier",),
        instances="checks.amdahl.frontier:instances",
        constructions=("advantage", "later_ratio", "later_scalable"),
    ),
    Card(
        "no-efficiency-limit",
        "Without efficiency gains the loss is a power of time",
        "efficiency",
        _RACE,
        statement=_prose(r"""
            For γ = 0, I_0(t) = t and R_0(t) = (1+t)^-κ. For every ε > 0 and t ≥ 0 let δ(ε) =
            ε/(2(1+t)(t+ε)), which is positive. If |γ| ≤ δ(ε), then |I_γ(t) - t| < ε. If κ > 0 and
            |γ| ≤ δ(ε/κ), then |R_γ(t) - (1+t)^-κ| < ε.

            So, as γ tends to 0 from above or from below, I_γ(t) tends to t and R_γ(t) to (1+t)^-κ:
            the singularity at γ = 0 is removable.

            For all real t and γ, with z = γ t ln 2: if γ ≥ 0, t ≤ I_γ(t) and I_γ(t) (1-z) ≤
            t; if γ ≤ 0, I_γ(t) ≤ t ≤ I_γ(t) (1-z). For small z these are bounds without
            cancellation.
        """),
        latex=_prose(r"""
            For $\gamma=0$, $I_0(t)=t$ and $R_0(t)=(1+t)^{-\kappa}$. For every $\varepsilon>0$ and
            $t\ge 0$ let $\delta(\varepsilon)=\frac{\varepsilon}{2(1+t)(t+\varepsilon)}$, which is
            positive. If $|\gamma|\le\delta(\varepsilon)$, then $|I_\gamma(t)-t|<\varepsilon$. If
            $\kappa>0$ and $|\gamma|\le\delta(\varepsilon/\kappa)$, then
            $|R_\gamma(t)-(1+t)^{-\kappa}|<\varepsilon$.

            So, as $\gamma$ tends to $0$ from above or from below, $I_\gamma(t)$ tends to $t$ and
            $R_\gamma(t)$ to $(1+t)^{-\kappa}$: the singularity at $\gamma=0$ is removable.

            For all real $t$ and $\gamma$, with $z=\gamma\,t\,\ln\,2$: if $\gamma\ge 0$,
            $t\le I_\gamma(t)$ and $I_\gamma(t)\,(1-z)\le t$; if $\gamma\le 0$, $I_\gamma(t)\le
            t\le I_\gamma(t)\,(1-z)$. For small $z$ these are bounds without cancellation.
        """),
        idea=_prose(r"""
            I_γ(t) = t p, where p is the mean of exp from 0 to z = γ t ln 2. As 1 + z ≤ exp z and
            exp z (1-z) ≤ 1, p lies between 1 and 1/(1-z) for z of either sign, so that |I_γ(t) - t|
            ≤ 2|γ|t² if |γ|t ≤ 1/2. And u^-κ, for u ≥ 1, changes at most κ times as much as u does.
        """),
        idea_latex=_prose(r"""
            $I_\gamma(t)=t\,p$, where $p$ is the mean of $\exp$ from $0$ to $z=\gamma\,t\,\ln\,2$.
            As $1+z\le\exp\,z$ and $\exp\,z\,(1-z)\le 1$, $p$ lies between $1$ and $1/(1-z)$ for $z$
            of either sign, so that $|I_\gamma(t)-t|\le 2|\gamma|t^2$ if $|\gamma|t\le 1/2$. And
            $u^{-\kappa}$, for $u\ge 1$, changes at most $\kappa$ times as much as $u$ does.
        """),
        proof="proofs.efficiency.rate:no_efficiency_limit",
        checks=("checks.efficiency.rate:no_efficiency_limit",),
        instances="checks.efficiency.rate:limit_instances",
        constructions=("gathered", "relative_loss", "rate_within"),
    ),
    Card(
        "loss-monotone",
        "Time and faster gains both lower the loss",
        "efficiency",
        _RACE,
        statement=_prose(r"""
            For every κ > 0: R_γ(t) decreases strictly in t ≥ 0 for every real γ, and strictly in
            the real number γ for every t > 0. For t = 0 it is 1, whatever γ and κ are. So it does
            for γ = 0, and where efficiency is lost, γ < 0.
        """),
        latex=_prose(r"""
            For every $\kappa>0$: $R_\gamma(t)$ decreases strictly in $t\ge 0$ for every real
            $\gamma$, and strictly in the real number $\gamma$ for every $t>0$. For $t=0$ it is $1$,
            whatever $\gamma$ and $\kappa$ are. So it does for $\gamma=0$, and where efficiency is
            lost, $\gamma<0$.
        """),
        idea=_prose(r"""
            I_γ(t) = t p, where p is the mean of exp from 0 to z = γ t ln 2, and p increases with z:
            for a < b of one sign by exp b - exp a ≥ exp a (b-a) and exp a (1-a) < 1, across 0 as p
            is more than 1 exactly for z > 0. In t, I_γ(t) γ ln 2 = exp z - 1 has the order of z. A
            larger 1 + I has the smaller power with the exponent -κ.
        """),
        idea_latex=_prose(r"""
            $I_\gamma(t)=t\,p$, where $p$ is the mean of $\exp$ from $0$ to $z=\gamma\,t\,\ln\,2$,
            and $p$ increases with $z$: for $a<b$ of one sign by
            $\exp\,b-\exp\,a\ge\exp\,a\,(b-a)$ and $\exp\,a\,(1-a)<1$, across $0$ as
            $p$ is more than $1$ exactly for $z>0$. In $t$,
            $I_\gamma(t)\,\gamma\,\ln\,2=\exp\,z-1$ has the order of $z$. A larger $1+I$ has the
            smaller power with the exponent $-\kappa$.
        """),
        proof="proofs.efficiency.rate:loss_monotone",
        checks=("checks.efficiency.rate:loss_monotone",),
        instances="checks.efficiency.rate:monotone_instances",
        constructions=("gathered", "relative_loss"),
    ),
    Card(
        "time-to-target",
        "How long a target takes",
        "efficiency",
        _RACE,
        statement=_prose(r"""
            For every κ > 0, γ > 0 and 0 < r ≤ 1: R_γ(t) = r for exactly one t ≥ 0,

            T(r) = log2(1 + γ ln 2 (r^(-1/κ) - 1))/γ.

            For γ = 0 it is T(r) = r^(-1/κ) - 1. That is: T(r) ≥ 0 and R_γ(T(r)) = r; and T(R_γ(t))
            = t for every t ≥ 0, also for γ < 0 and κ < 0.

            For γ < 0 and κ > 0 let r_0 = (1 - 1/(γ ln 2))^-κ. Then R_γ(t) > r_0 for every t ≥ 0;
            and T(r) ≥ 0 and R_γ(T(r)) = r for every r with r_0 < r ≤ 1.
        """),
        latex=_prose(r"""
            For every $\kappa>0$, $\gamma>0$ and $0<r\le 1$: $R_\gamma(t)=r$ for exactly one $t\ge
            0$,

            $T(r)=\frac{1}{\gamma}\,\log_2(1+\gamma\,\ln\,2\,(r^{-1/\kappa}-1))$.

            For $\gamma=0$ it is $T(r)=r^{-1/\kappa}-1$. That is: $T(r)\ge 0$ and
            $R_\gamma(T(r))=r$; and $T(R_\gamma(t))=t$ for every $t\ge 0$, also for $\gamma<0$ and
            $\kappa<0$.

            For $\gamma<0$ and $\kappa>0$ let $r_0=(1-\frac{1}{\gamma\,\ln\,2})^{-\kappa}$. Then
            $R_\gamma(t)>r_0$ for every $t\ge 0$; and $T(r)\ge 0$ and $R_\gamma(T(r))=r$ for every
            $r$ with $r_0<r\le 1$.
        """),
        idea=_prose(r"""
            (1+I)^-κ = r exactly if 1 + I = x with x = r^(-1/κ), as logarithms are equal exactly for
            equal numbers. By the definition of T, exp(γ T ln 2) = 1 + γ ln 2 (x-1), which says that
            I_γ(T) = x - 1. As I_γ increases strictly, no other time has it. For γ < 0, I_γ(t) stays
            below -1/(γ ln 2).
        """),
        idea_latex=_prose(r"""
            $(1+I)^{-\kappa}=r$ exactly if $1+I=x$ with $x=r^{-1/\kappa}$, as logarithms are equal
            exactly for equal numbers. By the definition of $T$, $\exp(\gamma\,T\,\ln\,2)=$
            $1+\gamma\,\ln\,2\,(x-1)$, which says that $I_\gamma(T)=x-1$. As $I_\gamma$ increases
            strictly, no other time has it. For $\gamma<0$, $I_\gamma(t)$ stays below
            $-1/(\gamma\,\ln\,2)$.
        """),
        proof="proofs.efficiency.target:time_to_target",
        checks=("checks.efficiency.target:time_to_target",),
        instances="checks.efficiency.target:time_instances",
        constructions=("relative_loss", "compute_multiple", "time_to_target", "least_loss"),
    ),
    Card(
        "fleet-multiple",
        "How much larger a fleet would have to be",
        "efficiency",
        _RACE,
        statement=_prose(r"""
            With M ≥ 0 times the fleet the relative loss at t is (1 + M I_γ(t))^-κ. For every κ > 0,
            real γ, t > 0 and r > 0 it is r exactly for M = (r^(-1/κ) - 1)/I_γ(t). This is not
            negative if and only if r ≤ 1.
        """),
        latex=_prose(r"""
            With $M\ge 0$ times the fleet the relative loss at $t$ is
            $(1+M\,I_\gamma(t))^{-\kappa}$. For every $\kappa>0$, real $\gamma$, $t>0$ and $r>0$ it
            is $r$ exactly for $M=(r^{-1/\kappa}-1)/I_\gamma(t)$. This is not negative if and only
            if $r\le 1$.
        """),
        idea=_prose(r"""
            For t > 0, I_γ(t) > 0 whatever γ is. (1+MI)^-κ = r exactly if 1 + MI = r^(-1/κ), which
            is linear in M.
        """),
        idea_latex=_prose(r"""
            For $t>0$, $I_\gamma(t)>0$ whatever $\gamma$ is. $(1+M\,I)^{-\kappa}=r$ exactly if
            $1+M\,I=r^{-1/\kappa}$, which is linear in $M$.
        """),
        proof="proofs.efficiency.target:fleet_multiple",
        checks=("checks.efficiency.target:fleet_multiple",),
        instances="checks.efficiency.target:fleet_instances",
        constructions=("fleet_loss", "fleet_multiple"),
    ),
    Card(
        "halving-time",
        "In the long run the loss halves at a fixed pace",
        "efficiency",
        _RACE,
        statement=_prose(r"""
            For κ > 0, γ > 0 and 0 < r ≤ 1 let H(r) = T(r/2) - T(r) be the time in years from the
            relative loss r to r/2, with T as in time-to-target. As r tends to 0, and so as t grows,
            H(r) tends to 1/(κγ): for every ε > 0, with a = γ ln 2, h = 2^(1/κ) and

            ρ = (1 + (1+a)(h-1)/(ε a²))^-κ,

            0 < ρ < 1, and |H(r) - 1/(κγ)| < ε for every r with 0 < r ≤ ρ.

            For every r with 0 < r ≤ 1, H(r) < 1/(κγ) if and only if γ ln 2 < 1, and H(r) = 1/(κγ)
            if and only if γ ln 2 = 1. So with γ = 1/ln 2, about 1.44 doublings a year, the pace is
            exact from the beginning; with fewer doublings the loss halves faster than in the long
            run, with more it halves more slowly.
        """),
        latex=_prose(r"""
            For $\kappa>0$, $\gamma>0$ and $0<r\le 1$ let $H(r)=T(r/2)-T(r)$ be the time in years
            from the relative loss $r$ to $r/2$, with $T$ as in time-to-target. As $r$ tends to $0$,
            and so as $t$ grows, $H(r)$ tends to $1/(\kappa\gamma)$: for every $\varepsilon>0$, with
            $a=\gamma\,\ln\,2$, $h=2^{1/\kappa}$ and

            $\rho=(1+\frac{(1+a)(h-1)}{\varepsilon\,a^2})^{-\kappa}$,

            $0<\rho<1$, and $|H(r)-1/(\kappa\gamma)|<\varepsilon$ for every $r$ with
            $0<r\le\rho$.

            For every $r$ with $0<r\le 1$, $H(r)<1/(\kappa\gamma)$ if and only if
            $\gamma\,\ln\,2<1$, and $H(r)=1/(\kappa\gamma)$ if and only if $\gamma\,\ln\,2=1$. So
            with $\gamma=1/\ln\,2$, about $1.44$ doublings a year, the pace is exact from the
            beginning; with fewer doublings the loss halves faster than in the long run, with more
            it halves more slowly.
        """),
        idea=_prose(r"""
            With u = r^(-1/κ), D = 1 + a(u-1) and D' = 1 + a(hu-1), a H(r) = log D' - log D and
            a/(κγ) = log h. As D' - hD = (1-a)(1-h), the two compare as a does with 1. By log x ≤
            x - 1 on both sides, they differ by less than (1+a)(h-1)/D, and D ≥ a(u-1).
        """),
        idea_latex=_prose(r"""
            With $u=r^{-1/\kappa}$, $D=1+a(u-1)$ and $D'=1+a(h\,u-1)$, $a\,H(r)=\log D'-\log D$ and
            $a/(\kappa\gamma)=\log h$. As $D'-h\,D=(1-a)(1-h)$, the two compare as $a$ does with
            $1$. By $\log x\le x-1$ on both sides, they differ by less than $(1+a)(h-1)/D$, and
            $D\ge a(u-1)$.
        """),
        proof="proofs.efficiency.pace:halving_time",
        checks=("checks.efficiency.rate:halving_time",),
        instances="checks.efficiency.rate:halving_instances",
        constructions=("time_to_target", "halving_time", "settled_loss"),
    ),
    Card(
        "burden-constant",
        "When efficiency pays for the progress",
        "efficiency",
        _SCALING,
        statement=_prose(r"""
            Lowering the loss by a ratio r > 0 takes d = log2(1/r)/κ doublings of logical compute; d
            > 0 if and only if r < 1. If efficiency doubles β > 0 times a year, the physical burden
            after t years is b = r^(-1/κ) 2^(-βt) times what it was. For every κ > 0, b = 1 if and
            only if t = d/β, and b > 1 if and only if t < d/β.
        """),
        latex=_prose(r"""
            Lowering the loss by a ratio $r>0$ takes $d=\log_2(1/r)/\kappa$ doublings of logical
            compute; $d>0$ if and only if $r<1$. If efficiency doubles $\beta>0$ times a year, the
            physical burden after $t$ years is $b=r^{-1/\kappa}\,2^{-\beta t}$ times what it was.
            For every $\kappa>0$, $b=1$ if and only if $t=d/\beta$, and $b>1$ if and only if
            $t<d/\beta$.
        """),
        idea=_prose(r"""
            log b = (d/β - t) β ln 2, as d ln 2 = log(r^(-1/κ)), and a logarithm is 0 at 1 only and
            positive beyond.
        """),
        idea_latex=_prose(r"""
            $\log b=(d/\beta-t)\,\beta\,\ln\,2$, as $d\,\ln\,2=\log(r^{-1/\kappa})$, and a logarithm
            is $0$ at $1$ only and positive beyond.
        """),
        proof="proofs.efficiency.target:burden_constant",
        checks=("checks.efficiency.target:burden_constant",),
        instances="checks.efficiency.target:burden_instances",
        constructions=("compute_multiple", "doublings", "burden"),
    ),
    Card(
        "ratio-law",
        "Power laws are the laws of ratios",
        "efficiency",
        _SCALING,
        statement=_prose(r"""
            If L(C) = a C^-κ for all C > 0, then L(D)/L(C) = (D/C)^-κ, whatever a other than 0 is:
            it depends on the ratio of the computes only.

            Conversely, let L be a positive function of C > 0 for which L(cC)/L(C) depends on c
            alone, so that L(cC) L(1) = L(c) L(C) for all c, C > 0. If L is bounded on an interval,
            that is, for some 0 < p < q and N, L(C) ≤ N for p ≤ C ≤ q, then L is a power law: L(C) =
            L(1) C^-κ for all C > 0, with κ = log(L(1)/L(e)). A law that is continuous, if only at
            one point p, is bounded on an interval: by L(p) + 1.

            For the converse one more axiom is named: every real number has a whole number that is
            not below it (Archimedes).
        """),
        latex=_prose(r"""
            If $L(C)=a\,C^{-\kappa}$ for all $C>0$, then $L(D)/L(C)=(D/C)^{-\kappa}$, whatever $a$
            other than $0$ is: it depends on the ratio of the computes only.

            Conversely, let $L$ be a positive function of $C>0$ for which $L(cC)/L(C)$ depends on
            $c$ alone, so that $L(cC)\,L(1)=L(c)\,L(C)$ for all $c,C>0$. If $L$ is bounded on an
            interval, that is, for some $0<p<q$ and $N$, $L(C)\le N$ for $p\le C\le q$, then $L$ is
            a power law: $L(C)=L(1)\,C^{-\kappa}$ for all $C>0$, with $\kappa=\log(L(1)/L(e))$. A
            law that is continuous, if only at one point $p$, is bounded on an interval: by
            $L(p)+1$.

            For the converse one more axiom is named: every real number has a whole number that is
            not below it (Archimedes).
        """),
        idea=_prose(r"""
            g(z) = log(L(exp z)/L(1)) is additive, and as L is bounded on an interval, |g(z)| is
            bounded from 0 to some w > 0, by g(z) = g(w) - g(w-z). h(z) = g(z) - z g(1) is additive
            and has the period 1/n for every whole n ≥ 1, so that it is bounded; and so are all n
            h(z) = h(nz), which makes it 0.
        """),
        idea_latex=_prose(r"""
            $g(z)=\log(L(\exp\,z)/L(1))$ is additive, and as $L$ is bounded on an interval, $|g(z)|$
            is bounded from $0$ to some $w>0$, by $g(z)=g(w)-g(w-z)$. $h(z)=g(z)-z\,g(1)$ is
            additive and has the period $1/n$ for every whole $n\ge 1$, so that it is bounded; and
            so are all $n\,h(z)=h(n z)$, which makes it $0$.
        """),
        proof="proofs.efficiency.ratio:ratio_law",
        checks=("checks.efficiency.ratio:ratio_law",),
        instances="checks.efficiency.ratio:instances",
        constructions=("power_law", "law_exponent"),
    ),
    Card(
        "streaming-invariant",
        "After n steps the tiles hold the product of what was sent",
        "streaming",
        _STREAMING,
        statement=_prose(r"""
            For all sizes, all matrices X and Y, all ways to cut the rows and the columns of the
            result into pieces (of any sizes) and every n: after the steps for the inner indices 0,
            …, n-1 the units hold X[:,:n]·Y[:n,:] cut into tiles.

            Rows and columns of the result and places in units correspond, both ways: row i is at
            place a(i) of piece p(i), with start(p(i)) + a(i) = i; and if no piece has less than no
            rows, place a of piece p is that of row start(p) + a and of no other. So unit (p(i),
            p(j)) holds the entry (i, j) of X[:,:n]·Y[:n,:] in row a(i) and column a(j) of its tile.

            No law of the operations is needed: X[:,:n]·Y[:n,:] is the sum of X[i,k]·Y[k,j] from
            zero on, in the order of k, and that very expression is what the unit computes. It holds
            of any two operations, floating-point numbers with their rounding included.
        """),
        latex=_prose(r"""
            For all sizes, all matrices $X$ and $Y$, all ways to cut the rows and the columns of the
            result into pieces (of any sizes) and every $n$: after the steps for the inner indices
            $0,\dots,n-1$ the units hold $X_{:,:n}\cdot Y_{:n,:}$ cut into tiles.

            Rows and columns of the result and places in units correspond, both ways: row $i$ is at
            place $a(i)$ of piece $p(i)$, with $\text{start}(p(i))+a(i)=i$; and if no piece has less
            than no rows, place $a$ of piece $p$ is that of row $\text{start}(p)+a$ and of no other.
            So unit $(p(i),p(j))$ holds the entry $(i,j)$ of $X_{:,:n}\cdot Y_{:n,:}$ in row $a(i)$
            and column $a(j)$ of its tile.

            No law of the operations is needed: $X_{:,:n}\cdot Y_{:n,:}$ is the sum of
            $X_{i,k}\cdot Y_{k,j}$ from zero on, in the order of $k$, and that very expression is
            what the unit computes. It holds of any two operations, floating-point numbers with
            their rounding included.
        """),
        idea=_prose(r"""
            One step takes the tiles of one matrix to those of the next, if each entry gains a
            product: by induction along a row of a tile, down the tile, along a band of units and
            down the bands. The steps are an induction over what was sent, from tiles of zeros on.
            Where a row is, and which row is at a place, is an induction over the cut.
        """),
        proof="proofs.streaming.invariant:streaming_invariant",
        checks=("checks.streaming.invariant:streaming_invariant",),
        instances="checks.streaming.invariant:instances",
        constructions=("stream", "add_outer", "add_row", "product"),
    ),
    Card(
        "streaming-equals-product",
        "Streaming computes the matrix product, however it is cut",
        "streaming",
        _STREAMING,
        statement=_prose(r"""
            For all sizes and for every partition of the rows of X and of the columns of Y into
            tiles, of equal or unequal sizes, the matrix that is collected is X·Y.

            The inner dimension may be cut too: let each of the inner indices 0, …, N-1 be sent once
            and no other one, in any number of pieces, in any order, each piece being streamed by
            itself from zero on. The collection section adds up what it collects of the pieces, and
            this sum is X·Y.

            No law of the operations is needed for the first part, nor for this: what is collected
            of the pieces is the sum of the sums over them. That it is X·Y needs three laws, of
            addition: that it is associative and commutative, and that zero is neutral. No law of
            multiplication is needed, nor that it distributes. So all of it holds over every
            semiring, commutative or not.
        """),
        latex=_prose(r"""
            For all sizes and for every partition of the rows of $X$ and of the columns of $Y$ into
            tiles, of equal or unequal sizes, the matrix that is collected is $X\cdot Y$.

            The inner dimension may be cut too: let each of the inner indices $0,\dots,N-1$ be sent
            once and no other one, in any number of pieces, in any order, each piece being streamed
            by itself from zero on. The collection section adds up what it collects of the pieces,
            and this sum is $X\cdot Y$.

            No law of the operations is needed for the first part, nor for this: what is collected
            of the pieces is the sum of the sums over them. That it is $X\cdot Y$ needs three laws,
            of addition: that it is associative and commutative, and that zero is neutral. No law of
            multiplication is needed, nor that it distributes. So all of it holds over every
            semiring, commutative or not.
        """),
        idea=_prose(r"""
            The tiles of streaming-invariant are put together again, by induction. Of pieces, the
            sum of the sums over the pieces is collected. By the laws of addition it is the sum over
            all k of X[i,k]·Y[k,j], as many times as k was sent: by induction over what is sent,
            with one more k at a time. Once for each k, that is the product.
        """),
        idea_latex=_prose(r"""
            The tiles of streaming-invariant are put together again, by induction. Of pieces, the
            sum of the sums over the pieces is collected. By the laws of addition it is the sum over
            all $k$ of $X_{i,k}\cdot Y_{k,j}$, as many times as $k$ was sent: by induction over what
            is sent, with one more $k$ at a time. Once for each $k$, that is the product.
        """),
        proof="proofs.streaming.pieces:streaming_equals_product",
        checks=("checks.streaming.pieces:streaming_equals_product",),
        instances="checks.streaming.pieces:instances",
        constructions=("collect", "stream_pieces"),
    ),
    Card(
        "streaming-traffic",
        "How many words streaming moves",
        "streaming",
        _STREAMING,
        statement=_prose(r"""
            For an L×M result of N steps, N ≥ 0, in tiles of ι×φ entries, the last ones smaller if ι
            does not divide L or φ does not divide M: the distribution section sends N (L ⌈M/φ⌉ + M
            ⌈L/ι⌉) words, the collection section writes LM words, and the units make LMN
            multiply-adds. ⌈L/ι⌉ is the number P with (P-1)ι < L ≤ Pι.

            If ι divides L and φ divides M, LMN(1/ι+1/φ) words are sent, and ιφ/(ι+φ) multiply-adds
            are made for each of them: ιφ times the words is LMN(ι+φ), and ι+φ times the
            multiply-adds is ιφ times the words.

            With any cut of the rows into P pieces and of the columns into Q pieces, NLQ words of X
            and NPM words of Y are sent. Words are counted when they come to a unit: a word that is
            sent to Q units counts Q times. All of it is what the machine counts as it runs; no law
            of the operations is needed.
        """),
        latex=_prose(r"""
            For an $L\times M$ result of $N$ steps, $N\ge 0$, in tiles of $\iota\times\varphi$
            entries, the last ones smaller if $\iota$ does not divide $L$ or $\varphi$ does not
            divide $M$: the distribution section sends
            $N\,(L\,\lceil M/\varphi\rceil+M\,\lceil L/\iota\rceil)$ words, the collection section
            writes $LM$ words, and the units make $LMN$ multiply-adds. $\lceil L/\iota\rceil$ is the
            number $P$ with $(P-1)\iota<L\le P\iota$.

            If $\iota$ divides $L$ and $\varphi$ divides $M$, $LMN(1/\iota+1/\varphi)$ words are
            sent, and $\iota\varphi/(\iota+\varphi)$ multiply-adds are made for each of them:
            $\iota\varphi$ times the words is $LMN(\iota+\varphi)$, and $\iota+\varphi$ times the
            multiply-adds is $\iota\varphi$ times the words.

            With any cut of the rows into $P$ pieces and of the columns into $Q$ pieces, $NLQ$ words
            of $X$ and $NPM$ words of $Y$ are sent. Words are counted when they come to a unit: a
            word that is sent to $Q$ units counts $Q$ times. All of it is what the machine counts as
            it runs; no law of the operations is needed.
        """),
        idea=_prose(r"""
            In a step each unit is sent as many words of X as its tile has rows, and of Y as it has
            columns. Along a band of units and down the bands these add up to LQ + PM, and the
            multiply-adds to LM. A cut into even pieces has as many of them as division rounded up
            says, by induction.
        """),
        proof="proofs.streaming.traffic:streaming_traffic",
        checks=("checks.streaming.traffic:streaming_traffic",),
        instances="checks.streaming.traffic:instances",
        constructions=("even",),
    ),
    Card(
        "streaming-steps",
        "The steps of streaming and of a systolic mesh",
        "streaming",
        _STREAMING,
        statement=_prose(r"""
            For the product of two n×n matrices, n ≥ 1, on an n×n grid of units with one entry each,
            streaming takes n steps before collection, and then X·Y is collected. On an
            output-stationary systolic mesh of the same size the last multiply-add is made in cycle
            3n-2, and then the cells hold X·Y.

            On an L×M mesh, after t cycles the registers of cell (i, j) hold X[i,k] and Y[k,j] for k
            = t-1-i-j, if that is one of 0, …, N-1, and nothing otherwise: these are the words that
            it multiplied in the last of these cycles, which has number t. Its sum is that over all
            inner indices up to k. If L, M, N ≥ 1, the last multiply-add is in cycle L+M+N-2: in
            that cycle there is one, and in none after it. From then on the cells hold X·Y. In all
            N(L+M) words come in at the edges, each once, and LMN multiply-adds are made.

            A step of streaming sends words to all units at once, and each adds an outer product. In
            a cycle of the mesh each word moves to the next cell only, and a cell to which two words
            came adds their product. In neither is it counted how long it takes to collect the
            result. No law of the operations is needed.
        """),
        latex=_prose(r"""
            For the product of two $n\times n$ matrices, $n\ge 1$, on an $n\times n$ grid of units
            with one entry each, streaming takes $n$ steps before collection, and then $X\cdot Y$ is
            collected. On an output-stationary systolic mesh of the same size the last multiply-add
            is made in cycle $3n-2$, and then the cells hold $X\cdot Y$.

            On an $L\times M$ mesh, after $t$ cycles the registers of cell $(i,j)$ hold $X_{i,k}$
            and $Y_{k,j}$ for $k=t-1-i-j$, if that is one of $0,\dots,N-1$, and nothing otherwise:
            these are the words that it multiplied in the last of these cycles, which has number
            $t$. Its sum is that over all inner indices up to $k$. If $L,M,N\ge 1$, the last
            multiply-add is in cycle $L+M+N-2$: in that cycle there is one, and in none after it.
            From then on the cells hold $X\cdot Y$. In all $N(L+M)$ words come in at the edges, each
            once, and $LMN$ multiply-adds are made.

            A step of streaming sends words to all units at once, and each adds an outer product. In
            a cycle of the mesh each word moves to the next cell only, and a cell to which two words
            came adds their product. In neither is it counted how long it takes to collect the
            result. No law of the operations is needed.
        """),
        idea=_prose(r"""
            What the cells hold after a cycle follows from what they held before it, by induction
            along a row and down the rows: a word that was at the left of cell (i, j), or above it,
            is now there, and it has the index after that of the word before it. The cells of a row
            work on a stretch of inner indices; that one of these is from 0 to N-1 is a matter of
            the ends of the stretch.
        """),
        idea_latex=_prose(r"""
            What the cells hold after a cycle follows from what they held before it, by induction
            along a row and down the rows: a word that was at the left of cell $(i,j)$, or above it,
            is now there, and it has the index after that of the word before it. The cells of a row
            work on a stretch of inner indices; that one of these is from $0$ to $N-1$ is a matter
            of the ends of the stretch.
        """),
        proof="proofs.streaming.steps:streaming_steps",
        checks=("checks.streaming.steps:streaming_steps",),
        instances="checks.streaming.steps:instances",
        constructions=("mesh", "mesh_row"),
    ),
)

_BY_ID: dict[str, Card] = {each.id: each for each in CARDS}
_TOPIC_BY_ID: dict[TopicName, Topic] = {each.id: each for each in TOPICS}


def card(id: str) -> Card:
    """The card of a theorem. Raises :class:`BadInput`, with the nearest ids, if there is none."""
    found = _BY_ID.get(id)
    if found is None:
        near = get_close_matches(id, _BY_ID, n=3, cutoff=0.5)
        raise BadInput(
            f"no theorem {id!r}",
            expected="".join(f"{name}, or " for name in near) + (
                "another id that `jumpbound show` lists" if near
                else "an id that `jumpbound show` lists"
            ),
        )
    return found


def topic(name: TopicName) -> Topic:
    """The topic of that name."""
    return _TOPIC_BY_ID[name]

"""The command line: ``jumpbound``.

Results go to standard output, progress and errors to standard error. Exit codes: 0 fine, 1 refuted
or unknown, 2 bad input (one message, no traceback, nothing written), 130 stopped by Ctrl-C.

Each command imports what it needs when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from checks.commands import amdahl, claims, loss, stream
from checks.files import require_folder, require_place, write_whole
from checks.memory import collect_seldom
from models.errors import BadInput

if TYPE_CHECKING:
    from checks.machine.decide import Decision, GenericDecision
    from checks.machine.jump import Findings, JumpTable
    from checks.progress import Event
    from checks.results import CardResult, CheckResult, InstanceResult, Made, Verification
    from checks.revision.guessing import Look
    from checks.revision.rewriting import Answer, Decided
    from models.machine.layer import DecidedSet, Layer, Subset
    from models.machine.oracle import Oracle
    from models.machine.program import Program
    from models.machine.run import Run
    from models.machine.tree import Tree

app = typer.Typer(
    name="jumpbound",
    help="State, prove, check and run the theorems of computability and scaling.",
    add_completion=False,
    pretty_exceptions_enable=False,
)


def print_version(wanted: bool) -> None:
    """The version that is installed, and no command after it."""
    if wanted:
        from importlib.metadata import version

        print(f"jumpbound {version('jumpbound')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=print_version
        ),
    ] = False,
) -> None:
    """What comes before a command."""


Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Ask both solvers again, whatever was proved before.")
]
Deadline = Annotated[
    float,
    typer.Option(help="Seconds a solver may take for one obligation.", min=0.1, max=86_400),
]
Seed = Annotated[int, typer.Option(help="The solvers' random seed.", min=0, max=2**32 - 1)]
Workers = Annotated[
    int | None,
    typer.Option(help="Processes; as many as there are processors if not said.", min=1, max=256),
]


STOPPED = 130
"""The exit code after Ctrl-C, by a shell's convention; Typer makes it."""


def main() -> NoReturn:
    """The console command."""
    prepare_output()
    collect_seldom()
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
        sys.stdout.flush()
    except BadInput as error:
        refuse(str(error))
    except TyperException as error:
        refuse(f"{error.format_message().rstrip('.')}; see `{command_of(error)} --help`")
    except MemoryError:
        refuse("out of memory")
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC):
            raise
        # Nothing more can be written; leave nothing to be written at the interpreter's end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.ENOSPC:
            refuse("no space left for the output")
        sys.exit(1)  # the reader of the output has gone; there is nobody left to tell
    if code == STOPPED:
        # A second Ctrl-C while the program ends would only add a traceback.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("jumpbound: stopped; no file is half-written, and proofs are kept", file=sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)


def refuse(message: str) -> NoReturn:
    """One line on standard error, and exit code 2."""
    print(f"jumpbound: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(2)


def command_of(error: TyperException) -> str:
    """The command whose arguments were wrong."""
    context = getattr(error, "ctx", None)
    if context is None or context.parent is None:
        return "jumpbound"
    return f"jumpbound {context.info_name}"


def prepare_output() -> None:
    """Make both streams able to print any text: nowhere if they are closed, and with escapes where
    their encoding lacks a letter."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def emit(value: dict[str, Any]) -> None:
    """One JSON object on standard output."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(json.dumps(value, ensure_ascii=plain, indent=2))


@contextmanager
def shown_progress(quiet: bool) -> Iterator[Any]:
    """A function that shows events: a live line on a terminal, plain lines elsewhere."""
    if quiet:
        yield lambda event: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.table import Column

        def whole() -> Column:
            """On a narrow terminal the words are cut, not the numbers."""
            return Column(no_wrap=True)

        columns = (
            TextColumn("{task.description:<9}", table_column=whole()),
            BarColumn(bar_width=None, table_column=Column(ratio=1)),
            MofNCompleteColumn(table_column=whole()),
            TimeElapsedColumn(table_column=whole()),
            TimeRemainingColumn(table_column=whole()),
            TextColumn(
                "{task.fields[said]}", markup=False,
                table_column=Column(ratio=4, no_wrap=True, overflow="ellipsis"),
            ),
        )
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True, expand=True) as progress:
            tasks: dict[str, Any] = {}

            def live(event: Event) -> None:
                if event.stage not in tasks:
                    tasks[event.stage] = progress.add_task(
                        event.stage, total=event.total, said=""
                    )
                progress.update(tasks[event.stage], completed=event.done, said=event.text)

            yield live
    else:
        last: list[str] = [""]

        def plain(event: Event) -> None:
            if ":" in event.text and not event.text.endswith(": unknown"):
                print(f"{event.stage} {event.done}/{event.total} {event.text}", file=sys.stderr)
            last[0] = event.text

        yield plain


@app.command()
def verify(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Cards; all if none is named.")
    ] = None,
    out: Annotated[
        Path, typer.Option(help="Folder for report.html and report.json.")
    ] = Path("."),
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 also for cards not yet proved.")
    ] = False,
    fresh: Fresh = False,
    deadline: Deadline = 20.0,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Prove, check and report: a table here, report.html and report.json in --out."""
    from checks.report import drawing, render
    from checks.verification import verify as run_verification

    require_folder(out, option="--out")
    with shown_progress(as_json and not sys.stderr.isatty()) as progress:
        result = run_verification(
            ids or (), fresh=fresh, deadline=deadline, seed=seed, workers=workers,
            progress=progress, meanwhile=drawing(ids or ()),
        )
    from checks.results import last_line

    data = result.to_json()
    write_whole(out / "report.html", render(result))
    write_whole(out / "report.json", json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    if as_json:
        emit(data)
    else:
        print_table(result)
        print(f"\nReport: {out / 'report.html'} and {out / 'report.json'}")
        print(last_line(result))
    if not result.ok or (strict and result.open):
        raise typer.Exit(1)


def print_table(result: Verification) -> None:
    """The table of theorems."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from checks.results import checks_text

    colours = {"proved": "green", "refuted": "red", "unknown": "yellow", "exhausted": "green"}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, justify in (
        ("theorem", "left"), ("verdict", "left"), ("obligations", "right"), ("Z3 s", "right"),
        ("cvc5 s", "right"), ("finite check", "left"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for card in result.cards:
        counted = bool(card.obligations)
        said = card.verdict + (f": {card.reason}" if card.reason and not card.card.proof else "")
        table.add_row(
            card.card.id,
            Text(said, style=colours.get(card.verdict, "")),
            str(card.obligations) if counted else "",
            f"{card.solver('z3').seconds:.3f}" if counted else "",
            f"{card.solver('cvc5').seconds:.3f}" if counted else "",
            checks_text(card),
        )
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(table)
    for card in result.cards:
        if card.verdict in ("refuted", "unknown") and card.card.proof:
            print(f"\n{card.card.id}: {card.verdict}: {card.reason}")
            for part in card.parts:
                if part.countermodel:
                    print(part.countermodel)
        for check in card.checks:
            if check.verdict in ("refuted", "unknown"):
                said = check.reason or f"counterexample {check.counterexample}"
                print(f"\n{card.card.id}: check {check.name}: {check.verdict}: {said}")
        for instance in card.unconfirmed:
            about = f"{instance.theorem}: {instance.about}"
            print(f"\n{card.card.id}: {about}: not confirmed: {instance.reason}")
    parts = result.parts
    seconds = result.solver_seconds
    total = sum(part.obligations for part in parts)
    cached = sum(part.cached for part in parts)
    print(
        f"\n{total} different obligations; Z3 {result.versions['z3']}: {seconds['z3']:.2f} s; "
        f"cvc5 {result.versions['cvc5']}: {seconds['cvc5']:.2f} s; "
        f"{cached} answered from memory (--fresh asks again); {result.seconds:.1f} s in all"
    )
    if result.slowest:
        slowest = result.slowest
        print(f"slowest: {slowest.name}, {slowest.seconds:.2f} s in {slowest.solver}")


def one_card(name: str, *, fresh: bool, deadline: float, seed: int) -> Verification:
    """Prove one card, without its checks."""
    from checks.verification import verify as run_verification

    return run_verification(
        [name], fresh=fresh, deadline=deadline, seed=seed, checks=False
    )


@app.command()
def prove(
    name: Annotated[str, typer.Argument(metavar="ID")],
    smt: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Also write every obligation there, as SMT-LIB."),
    ] = None,
    fresh: Fresh = False,
    deadline: Deadline = 20.0,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Prove one theorem and list its obligations."""
    from checks.results import counted

    if smt is not None:
        require_folder(smt, option="--smt")
    result = one_card(name, fresh=fresh, deadline=deadline, seed=seed)
    (card,) = result.cards
    if smt is not None:
        write_obligations(card, smt)
    if as_json:
        emit({"ok": card.verdict == "proved", **card.to_json()})
    else:
        print(f"{card.card.id}: {card.verdict}{f': {card.reason}' if card.reason else ''}")
        for part in (*card.parts, *card.support):
            times = ", ".join(
                f"{solver} {t.proved}/{part.obligations} in {t.seconds:.3f} s"
                for solver, t in part.solvers.items()
            )
            print(f"  {part.summary or part.name}: {counted(part.obligations)}; {times}")
            if part.countermodel:
                print(part.countermodel)
    if card.verdict != "proved":
        raise typer.Exit(1)


def write_obligations(card: CardResult, folder: Path) -> None:
    """Every obligation of a card as a file that any SMT-LIB solver reads."""
    import re

    from proofs.kernel.rules import definitions, theorems

    names = {part.name for part in (*card.parts, *card.support)}
    owners = {theorem.name: theorem.obligations for theorem in theorems()}
    owners |= {d.function.name: d.obligations for d in definitions()}
    for owner in sorted(names & set(owners)):
        for number, obligation in enumerate(owners[owner], start=1):
            label = re.sub(r"[^A-Za-z0-9.-]+", "-", owner)
            write_whole(folder / f"{label}.{number:02}.smt2", obligation.text)


@app.command()
def axioms(
    name: Annotated[str, typer.Argument(metavar="ID")],
    fresh: Fresh = False,
    deadline: Deadline = 20.0,
    as_json: Json = False,
) -> None:
    """Print everything a theorem rests on: definitions, choices, axioms, earlier theorems."""
    (card,) = one_card(name, fresh=fresh, deadline=deadline, seed=0).cards
    kinds = ("axiom", "choice", "definition", "theorem")
    rests = {kind: [n for k, n in card.rests_on if k == kind] for kind in kinds}
    # What is not proved rests on nothing yet; to say so would read as a proof without axioms.
    proved = card.verdict == "proved"
    if as_json:
        emit({"id": card.card.id, "verdict": card.verdict,
              **{f"{kind}s": rests[kind] if proved else None for kind in kinds}})
    else:
        print(f"{card.card.id}: {card.verdict}{f': {card.reason}' if card.reason else ''}")
        for kind in kinds if proved else ():
            print(f"  {kind}s: {'; '.join(rests[kind]) or 'none'}")
    if not proved:
        raise typer.Exit(1)


@app.command()
def show(
    name: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    as_json: Json = False,
) -> None:
    """Print a card: statement, source, idea of the proof, what it rests on; or list all cards."""
    from checks.catalogue import CARDS

    if name is None:
        if as_json:
            listed = [
                {"id": c.id, "title": c.title, "topic": c.topic, "has_proof": bool(c.proof)}
                for c in CARDS
            ]
            emit({"cards": listed})
        else:
            width = 2 + max(len(card.id) for card in CARDS)
            for card in CARDS:
                status = "has a proof" if card.proof else "not yet"
                print(f"{card.id:<{width}}{card.topic:<12}{status:<13}{card.title}")
        return
    (result,) = one_card(name, fresh=False, deadline=20.0, seed=0).cards
    if as_json:
        emit({**result.to_json(), "idea": result.card.idea})
    else:
        print_card(result)


def print_card(result: CardResult) -> None:
    """All that there is to say of a theorem, for a terminal."""
    from itertools import groupby

    from checks.results import counted

    card = result.card
    print(f"{card.id}: {card.title}\n")
    print(wrapped(card.statement))
    print(f"\nSource: {card.source}")
    print(f"Verdict: {result.verdict}{f': {result.reason}' if result.reason else ''}")
    if card.idea:
        print(f"\nIdea of the proof\n{wrapped(card.idea)}")
    if result.constructions:
        print("\nConstructions")
        for made in result.constructions:
            print_construction(made)
    for part in result.parts:
        print(f"\n{part.name}, as the kernel has it ({counted(part.obligations)})")
        print(wrapped(part.formal))
    if result.instances:
        print("\nWitnesses, and what each hypothesis is for")
        for name, instances in groupby(result.instances, lambda found: found.theorem):
            print(f"  {name}")
            for instance in instances:
                print_instance(instance)
    if result.parts:
        print("\nRests on")
        for kind, rest in result.rests_on:
            print(f"  {kind} {rest}")


def print_construction(made: Made) -> None:
    """What it makes, its equation, and how to run an example."""
    print(wrapped(f"{made.call}: {made.says}"))
    for line in made.equation:
        print(wrapped(line, indent=4))
    if made.command:
        print(f"    $ {made.command}")
        print(wrapped(made.program, indent=4))


def print_instance(instance: InstanceResult) -> None:
    """A witness or counterexample: what it shows, its values, what comes out."""
    if instance.confirmed:
        print(wrapped(f"{instance.about}: {instance.says}", indent=4))
    else:
        print(wrapped(f"{instance.about}: NOT CONFIRMED: {instance.reason}", indent=4))
    if instance.formal and not instance.brief:
        print(wrapped(f"({instance.formal})", indent=6))
    if instance.values:
        given = "; ".join(f"{name} = {value}" for name, value in instance.values.items())
        print(wrapped(given, indent=6))
    for term, value in instance.shown:
        print(wrapped(f"{term} = {value}", indent=8))


@app.command()
def construct(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]")] = None,
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARGUMENT]...",
            help="Programs as core terms, trees, numbers; @FILE reads a program or a tree from a "
            "file.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make the program that a theorem speaks of from programs and trees; or list what there is.

    For instance `jumpbound construct specialise 'cons(tl, hd)' 1`; the program that it prints can
    be run: `jumpbound run -e "$(jumpbound construct specialise 'cons(tl, hd)' 1)" --input 2`.
    """
    from checks.constructions import CONSTRUCTIONS, construction
    from models.machine.program import format_program, size

    if name is None:
        listed = [found for found in CONSTRUCTIONS.values() if found.runs]
        if as_json:
            emit({"constructions": [
                {"name": found.name, "parameters": [
                    {"name": name, "kind": kind} for name, kind in found.parameters
                ], "says": found.says, "example": list(found.example)} for found in listed
            ]})
        else:
            width = 2 + max(len(found.call) for found in listed)
            for found in listed:
                print(f"{found.call:<{width}}{found.says}")
        return
    program = construction(name).program(tuple(arguments or ()))
    if as_json:
        emit({"name": name, "arguments": arguments or [], "program": format_program(program),
              "size": size(program)})
    else:
        print(format_program(program))


def wrapped(text: str, indent: int = 2) -> str:
    """Paragraphs, indented and wrapped for a terminal; a line keeps its own indentation."""
    import textwrap

    lines = []
    for line in text.splitlines():
        own = " " * (indent + len(line) - len(line.lstrip()))
        lines += textwrap.wrap(
            line.strip(), 96, initial_indent=own, subsequent_indent=own,
            break_long_words=False, break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


File = Annotated[
    Path | None,
    typer.Argument(help="A WHILE program, or a core term in a file that ends in .term."),
]
Expression = Annotated[
    str | None,
    typer.Option("--expression", "-e", metavar="TERM", help="A core term instead of a file."),
]
Input = Annotated[
    str,
    typer.Option(
        "--input", "-i", metavar="TREE",
        help="A tree: nil, true, 5, <nil.nil>, [1, 2]; @FILE reads it from a file.",
    ),
]
OracleSpec = Annotated[
    str,
    typer.Option(
        "--oracle", metavar="SPEC",
        help="empty, full, set:TREE,TREE,…, all-but:TREE,TREE,…, while:FILE, jump:K, "
        "jump:K/ORACLE, jump, jump/ORACLE or join:LEFT+RIGHT.",
    ),
]
OracleGas = Annotated[
    int, typer.Option(help="The most steps of a while: oracle for one question.")
]
AcceptUnknown = Annotated[
    bool,
    typer.Option(
        "--accept-unknown",
        help="Take a jump:K that leaves programs undecided; a question about one stops the run.",
    ),
]


def read_program(file: Path | None, expression: str | None) -> Program:
    """The program of a file or of ``-e``; exactly one must be given."""
    from models.machine.program import parse_program
    from models.machine.source import load_program

    if (file is None) == (expression is None):
        raise BadInput("no program" if file is None else "two programs", expected="FILE or -e TERM")
    if file is not None:
        return load_program(file)
    return parse_program(str(expression), source="-e")


def named_oracle(spec: str, gas: int, accept_unknown: bool, *, quiet: bool) -> Oracle:
    """The oracle of a specification; what has to be decided first shows its progress."""
    from checks.machine.oracles import read_oracle

    with shown_progress(quiet and not sys.stderr.isatty()) as progress:
        return read_oracle(
            spec, gas=check_oracle_gas(gas), accept_unknown=accept_unknown, progress=progress
        ).oracle


@app.command()
def run(
    file: File = None,
    expression: Expression = None,
    tree: Input = "nil",
    oracle: OracleSpec = "empty",
    gas: Annotated[int, typer.Option(help="The most machine steps to take.")] = 1_000_000,
    oracle_gas: OracleGas = 1_000_000,
    accept_unknown: AcceptUnknown = False,
    trace: Annotated[
        bool, typer.Option("--trace", help="Print every state of the machine.")
    ] = False,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Print numerals as integers.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run a program on a tree relative to an oracle."""
    from models.machine.run import run as run_program
    from models.machine.source import given_tree

    check_gas(gas)
    program = read_program(file, expression)
    value = given_tree(tree, source="--input")
    relative_to = named_oracle(oracle, oracle_gas, accept_unknown, quiet=as_json)
    states = trace_lines(program, value, relative_to, gas) if trace else iter(())
    if not as_json:
        # As they come: a trace is there to be watched, also that of a run without end.
        for number, state in enumerate(states):
            print(f"{number:>6}  {state}")
    if trace:
        result = run_program(program, value, oracle=relative_to, gas=gas)
    else:
        result = short_or_long_run(program, value, relative_to, gas, quiet=as_json)
    if as_json:
        emit({**run_json(result, numbers), **({"trace": list(states)} if trace else {})})
    else:
        print_run(result, numbers)
    if result.value is None:
        raise typer.Exit(1)


SHORT_RUN = 20_000
"""Steps that the reference takes in less time than it takes to load the compiled machine."""


def short_or_long_run(
    program: Program, value: Tree, oracle: Oracle, gas: int, *, quiet: bool
) -> Run:
    """The run: by the reference if it is short, else by the compiled machine from the start."""
    from models.machine.oracle import Remembering, Table
    from models.machine.run import run

    if not isinstance(oracle, Table):
        oracle = Remembering(oracle)
    found = run(program, value, oracle=oracle, gas=min(gas, SHORT_RUN))
    if found.value is not None or gas <= SHORT_RUN:
        return found
    import time

    from checks.progress import Event
    from models.machine.compiled_run import run as run_compiled

    begin = time.monotonic()
    with shown_progress(quiet and not sys.stderr.isatty()) as progress:

        def heard(steps: int) -> None:
            rate = steps / (time.monotonic() - begin) / 1e6
            progress(Event("run", f"{rate:.0f} million steps/s", steps, gas))

        return run_compiled(program, value, oracle=oracle, gas=gas, progress=heard)


MOST_LOG = 10_000_000
"""Characters of the query log printed as JSON: a log can grow with the square of the run."""

MOST_SHOWN = 100
"""Questions that are shown to a reader."""

WIDEST_SHOWN = 200
"""Characters of a question, and of its answer, that are shown to a reader."""


def run_json(result: Run, numbers: bool) -> dict[str, Any]:
    """As ``run --json`` prints it."""
    from models.machine.tree import Style, format_tree

    style: Style = "numbers" if numbers else "pairs"
    queries: list[list[str]] = []
    room = MOST_LOG
    for question, answer in result.queries:
        queries.append([format_tree(question, style=style), format_tree(answer, style=style)])
        room -= len(queries[-1][0]) + len(queries[-1][1])
        if room < 0:
            break
    omitted = len(result.queries) - len(queries)
    return {
        "outcome": result.outcome,
        "value": None if result.value is None else format_tree(result.value, style=style),
        "steps": result.steps,
        "queries": queries,
        **({"queries_omitted": omitted} if omitted else {}),
    }


def print_run(result: Run, numbers: bool) -> None:
    """Outcome, steps and questions for a reader."""
    data = run_json(result, numbers)
    if result.value is None:
        print(f"out of gas after {result.steps} steps: it may halt with more, or never")
    else:
        unit = "step" if result.steps == 1 else "steps"
        print(f"{data['value']}\nhalted after {result.steps} {unit}")
    shown = data["queries"][:MOST_SHOWN]
    for question, answer in shown:
        print(f"asked {cut(question)}: {cut(answer)}")
    more = len(result.queries) - MOST_SHOWN
    if more > 0:
        print(f"and {more} more questions")
    if any(len(text) > WIDEST_SHOWN for pair in shown for text in pair):
        print("--json prints long questions and answers in full")


def cut(text: str) -> str:
    """The text, without its middle if it is long."""
    if len(text) <= WIDEST_SHOWN:
        return text
    return f"{text[: WIDEST_SHOWN // 2]}…{text[-WIDEST_SHOWN // 2 :]}"


def trace_lines(program: Program, value: Tree, oracle: Oracle, gas: int) -> Iterator[str]:
    """Every state: accumulator, stack, control list."""
    from models.machine.run import trace
    from models.machine.show import show_state

    return (show_state(state) for state in trace(program, value, oracle=oracle, gas=gas))


@app.command()
def code(
    file: File = None,
    expression: Expression = None,
    read: Annotated[
        str | None,
        typer.Option("--read", metavar="TREE", help="The other way: the program that a tree is."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Print the code of a program, the tree that it is as an input; or the program of a tree.

    Every tree is the code of a program, but only the one that is printed here is a program's own.
    """
    from models.machine.program import code as code_of
    from models.machine.program import decode, format_program
    from models.machine.source import given_tree
    from models.machine.tree import format_tree

    if read is not None and (file is not None or expression is not None):
        raise BadInput("two programs", expected="FILE, -e TERM or --read TREE")
    if read is None:
        program = read_program(file, expression)
    else:
        program = decode(given_tree(read, source="--read"))
    tree, text = format_tree(code_of(program), style="numbers"), format_program(program)
    if as_json:
        emit({"program": text, "code": tree})
    else:
        print(tree if read is None else text)


@app.command()
def halts(
    file: File = None,
    expression: Expression = None,
    tree: Annotated[
        str | None,
        typer.Option(
            "--input", "-i", metavar="TREE", help="A tree; without it, the program's own code."
        ),
    ] = None,
    oracle: Annotated[
        str,
        typer.Option(
            "--oracle", metavar="SPEC",
            help="As for run; or generic: for every set at once.",
        ),
    ] = "empty",
    gas: Annotated[
        int, typer.Option(help="Steps after which a looping automaton is searched for.")
    ] = 10_000,
    oracle_gas: OracleGas = 1_000_000,
    accept_unknown: AcceptUnknown = False,
    as_json: Json = False,
) -> None:
    """Decide whether a program halts, with evidence that a separate checker has accepted."""
    from checks.machine.decide import decide, decide_every
    from models.machine.program import code
    from models.machine.source import given_tree

    check_gas(gas)
    program = read_program(file, expression)
    own = tree is None
    value = code(program) if own else given_tree(str(tree), source="--input")
    decision: Decision | GenericDecision
    relative_to = None
    if oracle != "generic":
        relative_to = named_oracle(oracle, oracle_gas, accept_unknown, quiet=as_json)
    if relative_to is None:
        decision = decide_every(program, value, gas=gas)
    else:
        decision = decide(program, value, oracle=relative_to, gas=gas)
    if as_json:
        emit(decision.to_json())
    else:
        print_decision(decision, program, value, relative_to)
    if decision.verdict == "unknown":
        raise typer.Exit(1)


def print_decision(
    decision: Decision | GenericDecision, program: Program, value: Tree, oracle: Oracle | None
) -> None:
    """The verdict and its evidence for a reader. Without an oracle: for every set."""
    from checks.machine.certificate import Cycle, Halting, Looping, QueryTree, invariants

    if decision.verdict == "unknown":
        print(f"unknown: {decision.reason}")
        if "out of gas" in decision.reason:
            print("It may be decided with more --gas.")
    elif decision.verdict == "depends":
        print("depends on the oracle")
        from checks.claims.generators import show_oracle

        for table, witness in decision.witnesses:
            print(f"\nRelative to {show_oracle(table, style='numbers')}:")
            print_decision(witness, program, value, table)
    elif isinstance(decision.certificate, QueryTree):
        runs = decision.certificate.runs
        print(f"halts relative to every set; runs by questions and answers: {len(runs)}")
        for run in runs:
            said = ", ".join(f"{question!r}: {'yes' if a else 'no'}" for question, a in run)
            print(f"  {said or 'no question'}")
    elif isinstance(decision.certificate, Halting):
        steps = decision.certificate.steps
        print(f"halts after {steps} {'step' if steps == 1 else 'steps'}")
    elif isinstance(decision.certificate, Cycle):
        steps, period = decision.certificate.steps, decision.certificate.period
        print("loops: it halts for no gas (theorem looping-certificate-sound)\n")
        print(f"After {steps} steps the machine is in a state in which it is again {period} steps")
        print("later: the same control list, accumulator and stack.")
    elif isinstance(decision.certificate, Looping):
        found = decision.certificate
        classes = {goal for _, _, goal in found.transitions} | {0}
        print("loops: it halts for no gas (theorem looping-certificate-sound)\n")
        print(f"After {found.steps} steps it enters a program that can have no value, by a tree")
        print(f"automaton with {len(classes)} classes; class 0 is nil.\n")
        for left, right, goal in found.transitions:
            print(f"  <{left}.{right}> is in class {goal}")
        print("\nLoops and the classes that their rounds stay in:\n")
        for (loop, state), members in invariants(program, value, oracle, found).items():
            listed = ", ".join(str(member) for member in members)
            print(f"  {loop!r} entered in class {state}: {listed}")


@app.command()
def revise(
    modifier: Annotated[
        str,
        typer.Argument(
            metavar="MODIFIER",
            help="What rewrites programs, as trees: a core term, or @FILE with a WHILE program "
            "(or with a core term, if its name ends in .term).",
        ),
    ],
    first: Annotated[
        str, typer.Argument(metavar="FIRST", help="The first program, likewise.")
    ],
    rounds: Annotated[int, typer.Option(help="How often the program is rewritten.")] = 3,
    trees: Annotated[
        list[str] | None,
        typer.Option(
            "--input", "-i", metavar="TREE",
            help="A tree on which to run each program; once for each.",
        ),
    ] = None,
    window: Annotated[
        int, typer.Option(help="Without --input: all trees of at most this many pairs, up to 6.")
    ] = 2,
    oracle: OracleSpec = "empty",
    gas: Annotated[int, typer.Option(help="The most machine steps of a run.")] = 1_000_000,
    oracle_gas: OracleGas = 1_000_000,
    accept_unknown: AcceptUnknown = False,
    as_json: Json = False,
) -> None:
    """Rewrite a program round by round, decide what each revision says, and do without rewriting.

    A modifier is a program whose values are programs, as trees. One program that rewrites nothing
    says what the last revision says (theorem closure): it is run beside it.
    """
    from checks.revision.rewriting import revise as run_revisions
    from models.machine.program import code
    from models.machine.source import given_program, given_tree
    from models.machine.tree import trees as trees_of

    if not 0 <= window <= MOST_WINDOW:
        raise BadInput(f"window {window}", expected=f"a number from 0 to {MOST_WINDOW}")
    rewriter = given_program(modifier, source="MODIFIER")
    program = given_program(first, source="FIRST")
    given = [given_tree(text, source="--input") for text in trees or ()]
    small = [tree for pairs in range(window + 1) for tree in trees_of(pairs)]
    relative_to = named_oracle(oracle, oracle_gas, accept_unknown, quiet=as_json)
    with shown_progress(as_json and not sys.stderr.isatty()) as progress:
        found = run_revisions(
            rewriter, code(program), rounds, window=given or small, oracle=relative_to,
            gas=check_gas(gas), progress=progress,
        )
    if as_json:
        emit({"oracle": oracle, **found.to_json()})
    else:
        print_revisions(found)
    if not (found.settled and found.agrees):
        raise typer.Exit(1)


MOST_WINDOW = 6
"""There are 197 trees of at most this many pairs."""


MOST_REVISIONS, MOST_COLUMNS = 40, 12
"""Revisions and trees that are shown to a reader: so many first ones, and the last revision."""


def print_revisions(found: Decided) -> None:
    """A row for each revision, with what it says of each tree; then the one program."""
    from rich.console import Console
    from rich.table import Table

    from models.machine.program import size

    rewriting, last = found.rewriting, len(found.rewriting.revisions) - 1
    shown = Table(box=None, pad_edge=False, header_style="bold")
    shown.add_column("round", justify="right")
    shown.add_column("program")
    for tree in rewriting.window[:MOST_COLUMNS]:
        shown.add_column(brief_tree(tree), justify="right")
    # What comes back is shown once more.
    _, again = rewriting.repeats or (0, last)
    for number, revision in enumerate(rewriting.revisions):
        if number <= min(again, MOST_REVISIONS) or number == last:
            said = (said_briefly(answer) for answer in found.answers[number][:MOST_COLUMNS])
            shown.add_row(str(number), brief_program(revision.program), *said)
        elif number == last - 1:
            shown.add_row("…")
    width = None if sys.stdout.isatty() else 120
    Console(highlight=False, markup=False, width=width).print(shown)
    hidden = len(rewriting.window) - MOST_COLUMNS
    lines = [f"{hidden} more trees: see --json."] if hidden > 0 else []
    if found.stuck:
        loops = found.stuck.verdict == "loops"
        known = "loops" if loops else f"is not decided: {found.stuck.reason}"
        lines.append(f"There is no round {last + 1}: the modifier on the last program {known}.")
    elif rewriting.repeats:
        begin, again = rewriting.repeats
        lines.append(f"The program of round {again} is that of round {begin}: it goes round.")
    one = f"One program of size {size(rewriting.composed):,}, which rewrites nothing,"
    lines.append(f"{one} does what that of round {last} does (theorem closure).")
    if halted := [run.steps for run in found.composed if run is not None]:
        says = "the same" if found.agrees else "SOMETHING ELSE"
        lines.append(f"Run on these trees it says {says}, in at most {max(halted):,} steps.")
    reasons = {answer.reason for row in found.answers for answer in row if answer.reason}
    lines += [f"?: {reason}." for reason in sorted(reasons)]
    print()
    for line in lines:
        print(wrapped(line, indent=0))


def brief_program(program: Program) -> str:
    """The text, cut if it is long."""
    from models.machine.program import format_program, size
    from models.machine.tree import count_text

    if size(program) > 1_000:
        return f"(a program of size {count_text(size(program))})"
    text = format_program(program)
    return text if len(text) <= 48 else f"{text[:47]}…"


def brief_tree(tree: Tree) -> str:
    """The text, cut if it is long."""
    from models.machine.tree import brief

    return brief(tree, limit=16)


def said_briefly(answer: Answer) -> str:
    """The value, or that there is none; a question mark if that is undecided."""
    if answer.value is not None:
        return brief_tree(answer.value)
    return "loops" if answer.verdict == "loops" else "?"


@app.command()
def limit(
    file: File = None,
    expression: Expression = None,
    trees: Annotated[
        list[str] | None,
        typer.Option(
            "--input", "-i", metavar="TREE",
            help="A tree as for run; once for each input to look at.",
        ),
    ] = None,
    stages: Annotated[
        int,
        typer.Option(
            metavar="N", help="How many stages to look at, from stage 0 on.", min=1,
            max=1_000_000,
        ),
    ] = 40,
    oracle: OracleSpec = "empty",
    gas: Annotated[int, typer.Option(help="The most machine steps for a guess.")] = 1_000_000,
    oracle_gas: OracleGas = 1_000_000,
    accept_unknown: AcceptUnknown = False,
    asks_jump: Annotated[
        bool,
        typer.Option(
            "--asks-jump",
            help="The program asks the jump of the oracle: look at the guesser that theorem "
            "jump-to-limit makes of it, and tell its limits if the jump can be decided.",
        ),
    ] = False,
    ahead: Annotated[
        bool,
        typer.Option(
            "--ahead", help="Decide, with evidence, whether a guess changes after the last stage."
        ),
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw the guesses, as .svg, .png or .html."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show a guesser at work: its guesses stage by stage, and where it changes its mind.

    The guess at x in stage s is the program's value on <x.s>. Finitely many stages tell nothing of
    the limit.
    """
    from checks.revision.guessing import look
    from models.machine.source import given_tree

    if asks_jump and ahead:
        raise BadInput("--asks-jump with --ahead", expected="one of them: the first tells limits")
    program = read_program(file, expression)
    values = [given_tree(text, source="--input") for text in trees or ["nil"]]
    if plot is not None:
        from checks.picture import require_picture, save_chart
        from checks.revision.plot import guesses_chart

        require_picture(plot)
        require_place(plot, option="--plot")
    relative_to = named_oracle(oracle, oracle_gas, accept_unknown, quiet=as_json)
    with shown_progress(as_json and not sys.stderr.isatty()) as progress:
        found = look(
            program, values, stages=stages, oracle=relative_to, gas=check_gas(gas),
            asks_jump=asks_jump, ahead=ahead, progress=progress,
        )
    if plot is not None:
        name = str(expression) if file is None else file.name
        of = f"the guesser of {name}" if asks_jump else name
        save_chart(guesses_chart(found, of=of, oracle=oracle), plot)
    if as_json:
        emit({"stages": stages, "oracle": oracle, **found.to_json()})
    else:
        print_limit(found)
        if plot is not None:
            print(f"\nDrawn in {plot}.")
    if not (found.total and found.answered):
        raise typer.Exit(1)


def print_limit(found: Look) -> None:
    """Marks by stage, the mind changes, and what is known of the stages that were not looked at."""
    from rich.console import Console
    from rich.table import Table

    from checks.revision import show

    width = console_width()
    stages = len(found.seen[0].guesses)
    if stages > show.MOST_MARKS:
        print(f"Guesses in stages 0 to {stages - 1}, too many to show each\n")
    else:
        print(f"Guesses in stages 0 to {stages - 1}: {show.legend(found.seen)}\n")
        for line in show.mark_lines(found.seen, width):
            print(line)
        print()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, justify in show.columns(found):
        table.add_column(name, justify=justify)
    for row in show.rows(found):
        table.add_row(*row)
    Console(highlight=False, width=width, markup=False).print(table)
    print(f"\n{wrapped(show.conclusion(found), indent=0)}")


def console_width() -> int:
    """Letters of a line: those of the terminal, or a hundred."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


@app.command()
def jump(
    size: Annotated[int, typer.Option(help="Decide all programs of at most this size, up to 10.")],
    oracle: OracleSpec = "empty",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the table as a Parquet file.")
    ] = None,
    escape: Annotated[
        bool,
        typer.Option(
            "--escape",
            help="List every program of size at most SIZE - 4 with the code on which it is wrong.",
        ),
    ] = False,
    workers: Workers = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Decide again what was decided before.")
    ] = False,
    oracle_gas: OracleGas = 1_000_000,
    accept_unknown: AcceptUnknown = False,
    as_json: Json = False,
) -> None:
    """Decide every program to a size on its own code: the bounded jump, exactly.

    What is decided is kept: a run that was stopped goes on where it was.
    """
    from checks.machine.jump import decide_jump

    if out is not None:
        require_place(out, option="--out")
    with shown_progress(as_json and not sys.stderr.isatty()) as progress:
        table = decide_jump(
            size, oracle, workers=workers, gas=check_oracle_gas(oracle_gas),
            accept_unknown=accept_unknown, fresh=fresh, progress=progress,
        )
    if out is not None:
        table.write(out)
    escapes = escapes_of(table) if escape else []
    if as_json:
        emit({**table.to_json(), **({"escapes": escapes} if escape else {})})
    else:
        print_jump(table)
        if escape:
            print(f"\nEvery program p of size at most {size - 4} is wrong about this set at the")
            print("code of its own diagonal, then(p, while(id, id)) (theorem bounded-escape):")
        for found in escapes:
            print(f"  {found['program']}: {found['said']} at {found['code']}")
        if out is not None:
            print(f"Written to {out}; `jumpbound recheck {out}` verifies it.")
    if not table.complete or any(not found["wrong"] for found in escapes):
        raise typer.Exit(1)


def escapes_of(table: JumpTable) -> list[dict[str, Any]]:
    """For each program of size at most size - 4 its error about the table, at its own diagonal."""
    from checks.machine.escape import errors
    from models.machine.tree import format_tree

    found = []
    for error in errors(table.size, table.oracle.oracle, table.verdicts()):
        answer = {"none": "does not halt", "unknown": "undecided"}.get(
            error.answer, f"says {error.answer}"
        )
        wrong = {True: "wrongly", False: "RIGHTLY", None: "undecided whether wrongly"}
        found.append({
            "program": repr(error.program), "diagonal": repr(error.diagonal),
            "code": format_tree(error.code, style="numbers"), "answer": error.answer,
            "verdict": error.verdict, "wrong": error.confirmed,
            "said": f"{answer}, {wrong[error.confirmed]}",
        })
    return found


def check_gas(gas: int, option: str = "--gas") -> int:
    """The gas itself. Raises :class:`BadInput` if it is negative."""
    if gas < 0:
        raise BadInput(f"{option} {gas}", expected="a whole number, 0 or more")
    return gas


def check_oracle_gas(gas: int) -> int:
    """The gas itself. Raises :class:`BadInput` if it is negative."""
    return check_gas(gas, "--oracle-gas")


MOST_UNKNOWN = 20
"""Undecided programs that are shown to a reader; the table lists them all."""


def print_jump(table: JumpTable) -> None:
    """What a table comes to, for a reader."""
    from rich.console import Console
    from rich.table import Table

    from models.machine.program import decode
    from models.machine.tree import parse_tree

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("size", "programs", "halts", "loops", "unknown", "longest run", "steps in all"):
        shown.add_column(name, justify="right")
    for number, part in enumerate(table.by_size, start=1):
        numbers = (
            part.programs, part.halts, part.loops, part.unknown, part.max_steps, part.total_steps
        )
        shown.add_row(str(number), *(f"{value:,}" for value in numbers))
    print(f"Programs on their own codes, relative to {table.oracle.spec}\n")
    Console(highlight=False, width=None if sys.stdout.isatty() else 120).print(shown)
    print("\nLongest runs that halt:")
    for steps, text in table.summary.longest:
        print(f"  {steps:>6}  {decode(parse_tree(text))!r}")
    print("\nHow the loops were decided:")
    for kind, count in table.summary.kinds.items():
        print(f"  {count:>10,}  {kind}")
    unknown = table.summary.unknown_codes
    if unknown:
        print(f"\nUndecided: {table.summary.unknown}")
        for text in unknown[:MOST_UNKNOWN]:
            print(f"  {decode(parse_tree(text))!r}")
        if len(unknown) > MOST_UNKNOWN:
            print("  …")
    else:
        print(f"\nComplete: all {table.summary.programs:,} programs are decided.")
    print(f"Digest {table.summary.digest}")


Numbers = Annotated[bool, typer.Option("--numbers", help="Print numerals as integers.")]


@app.command()
def layer(
    size: Annotated[int, typer.Option(help="All programs of at most this size, up to 9.")],
    window: Annotated[
        str,
        typer.Option(
            "--window", "-w", metavar="WINDOW",
            help="The trees: pairs:N, all of at most N pairs; codes:K, the codes of all programs "
            "of size at most K; numbers:N, the numerals from 0 to N; or TREE,TREE,…",
        ),
    ] = "pairs:2",
    oracle: OracleSpec = "empty",
    compare: Annotated[
        str | None,
        typer.Option(metavar="SPEC", help="Another oracle: which sets are in both layers?"),
    ] = None,
    laws: Annotated[
        bool,
        typer.Option(
            "--laws",
            help="Check on this window that layers grow with size, are closed under composition "
            "and (with --compare) under join, and do not hold the jump (for codes:K).",
        ),
    ] = False,
    workers: Workers = None,
    oracle_gas: OracleGas = 1_000_000,
    accept_unknown: AcceptUnknown = False,
    numbers: Numbers = False,
    as_json: Json = False,
) -> None:
    """List the sets on a finite window that programs to a size decide relative to an oracle.

    A program decides a set if it halts on each tree of the window, with true on the set's members
    and false on the others. Each set comes with the smallest program that decides it.

    The keys of --json: oracle, size, window (trees), by_size, sets (each with its members, program
    and size), complete, unknown (programs that may decide more); compared (both, only,
    only_compared, undecided); laws.
    """
    from checks.machine.layer import decide_layer
    from checks.machine.layer_laws import laws as check_laws
    from checks.machine.oracles import read_oracle

    with shown_progress(as_json and not sys.stderr.isatty()) as progress:
        options: dict[str, Any] = {
            "workers": workers, "gas": check_oracle_gas(oracle_gas),
            "accept_unknown": accept_unknown, "progress": progress,
        }
        # Both are read before either is gone through, which can take long.
        named = [read_oracle(spec, **options) for spec in (oracle, compare) if spec is not None]
        layers = [decide_layer(size, window, each, **options) for each in named]
        other = (layers[1], named[1]) if compare is not None else None
        checks = list(check_laws(layers[0], window, named[0], other, **options)) if laws else []
    if as_json:
        emit(layer_json(layers, [each.spec for each in named], checks, numbers, with_laws=laws))
    else:
        print_layer(layers[0], named[0].spec, window, numbers)
        if compare is not None:
            print_comparison(layers[0], layers[1], oracle, compare, numbers)
        print_laws(checks)
    if not all(each.complete for each in layers) or any(
        check.verdict != "exhausted" for check in checks
    ):
        raise typer.Exit(1)


MOST_MEMBERS = 50_000_000
"""Characters of the sets printed as JSON: there can be many large ones."""

MOST_OPEN = 1_000
"""Programs that stay unknown, listed as JSON; all are counted."""


def layer_json(
    layers: list[Layer], specs: list[str], checks: list[CheckResult], numbers: bool,
    *, with_laws: bool,
) -> dict[str, Any]:
    """As ``layer --json`` prints it: a layer, and what it is compared with if there are two."""
    from models.machine.layer import compare
    from models.machine.tree import format_tree

    first = layers[0]
    texts = [format_tree(tree, style="numbers" if numbers else "pairs") for tree in first.window]
    room = MOST_MEMBERS

    def members(subset: Subset) -> list[str]:
        nonlocal room
        listed = [text for place, text in enumerate(texts) if subset >> place & 1]
        room -= sum(map(len, listed))
        return listed

    def sets(decided: Iterable[DecidedSet]) -> list[dict[str, Any]]:
        return [
            {"members": members(one.members), "program": repr(one.program), "size": one.size}
            for one in decided
            if room > 0
        ]

    def about(one: Layer) -> dict[str, Any]:
        return {
            "by_size": [
                {
                    "size": size, "programs": found.programs, "deciding": found.deciding,
                    "new_sets": len(found.sets), "unknown": len(found.unknown),
                }
                for size, found in enumerate(one.by_size, start=1)
            ],
            "complete": one.complete,
            "unknown": [
                {
                    "program": repr(open_.program), "members": members(open_.members),
                    "undecided": members(open_.undecided),
                }
                for open_ in one.unknown[:MOST_OPEN]
            ],
        }

    data = {
        "oracle": specs[0], "size": first.size, "window": texts, **about(first),
        "sets": sets(first.sets),
    }
    if omitted := len(first.sets) - len(data["sets"]):
        data["sets_omitted"] = omitted
    if len(layers) > 1:
        found = compare(first, layers[1])
        compared = data["compared"] = {
            "oracle": specs[1], **about(layers[1]),
            "both": [
                {
                    "members": members(one.members),
                    "programs": [repr(one.program), repr(two.program)],
                    "sizes": [one.size, two.size],
                }
                for one, two in found.both
                if room > 0
            ],
            "only": sets(found.left),
            "only_compared": sets(found.right),
            "undecided": sets(found.unknown),
        }
        listed = sum(
            len(compared[key]) for key in ("both", "only", "only_compared", "undecided")
        )
        parts = (found.both, found.left, found.right, found.unknown)
        if omitted := sum(map(len, parts)) - listed:
            compared["sets_omitted"] = omitted
    if with_laws:
        data["laws"] = [check.to_json() for check in checks]
    return data


MOST_SETS = 40
"""Sets that are shown to a reader; with --json all are listed."""

def print_layer(layer: Layer, spec: str, window: str, numbers: bool) -> None:
    """The sets with their smallest programs, for a reader."""
    from rich.console import Console
    from rich.table import Table

    from checks.machine.show import set_text

    count = len(layer.window)
    trees = "1 tree" if count == 1 else f"{count:,} trees"
    shown_window = f"{window}, {trees}" if ":" in window else trees
    print(f"Sets that programs decide relative to {spec}, on a window ({shown_window})\n")
    sizes = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("size", "programs", "deciding", "new sets", "unknown"):
        sizes.add_column(name, justify="right")
    for number, found in enumerate(layer.by_size, start=1):
        values = (found.programs, found.deciding, len(found.sets), len(found.unknown))
        sizes.add_row(str(number), *(f"{value:,}" for value in values))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(sizes)
    print(f"\n{len(layer.sets):,} sets, each with the smallest program that decides it:")
    print_sets(layer, layer.sets, numbers)
    if layer.complete:
        print(f"\nComplete: all {layer.programs:,} programs are decided.")
        return
    count = len(layer.unknown)
    programs = "1 program" if count == 1 else f"{count:,} programs"
    print(f"\nUndecided: {programs}; to know where might add sets, or smaller programs")
    for open_ in layer.unknown[:MOST_UNKNOWN]:
        print(f"  {open_.program!r} on {set_text(layer, open_.undecided, numbers)}")
    if len(layer.unknown) > MOST_UNKNOWN:
        print("  …")


def print_sets(layer: Layer, sets: Iterable[DecidedSet], numbers: bool) -> None:
    """Size, program and members, a line each."""
    from checks.machine.show import set_text

    listed = list(sets)
    rows = [
        (str(one.size), repr(one.program), set_text(layer, one.members, numbers))
        for one in listed[:MOST_SETS]
    ]
    width = max((len(program) for _, program, _ in rows), default=0)
    for size, program, members in rows:
        print(f"  {size:>2}  {program:<{width}}  {members}")
    if len(listed) > MOST_SETS:
        print(f"  and {len(listed) - MOST_SETS:,} more; --json lists them")


def print_comparison(
    left: Layer, right: Layer, oracle: str, other: str, numbers: bool
) -> None:
    """Which sets are in two layers, and which in one, for a reader."""
    from models.machine.layer import compare

    found = compare(left, right)
    print(f"\nCompared with {other}: {len(found.both):,} sets are in both layers")
    for spec, sets in ((oracle, found.left), (other, found.right)):
        print(f"\nOnly relative to {spec}: {len(sets):,}")
        print_sets(left, sets, numbers)
    if not right.complete:
        print(f"\nUndecided relative to {other}: {len(right.unknown):,}")
    if found.unknown:
        print(f"\nIn one layer, and undecided in the other: {len(found.unknown):,}")
        print_sets(left, found.unknown, numbers)


def print_laws(checks: list[CheckResult]) -> None:
    """What was checked of layers, for a reader."""
    if checks:
        print("\nWhat holds of layers, on this window:")
    for check in checks:
        said = {"exhausted": "holds", "refuted": "REFUTED"}.get(check.verdict, check.verdict)
        print(f"  {check.name}: {said}, {check.instances:,} instances")
        print(wrapped_under(check.bound))
        if check.counterexample:
            print(wrapped_under(f"counterexample {check.counterexample}"))
        if check.reason:
            print(wrapped_under(check.reason))


def wrapped_under(text: str) -> str:
    """A paragraph under an item of a list."""
    import textwrap

    return textwrap.fill(text, 96, initial_indent="    ", subsequent_indent="    ")


@app.command()
def recheck(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `jump --out` wrote.")],
    workers: Workers = None,
    oracle_gas: OracleGas = 1_000_000,
    accept_unknown: AcceptUnknown = False,
    as_json: Json = False,
) -> None:
    """Verify every row of a table of the jump with the checker alone."""
    from checks.machine.jump import recheck as recheck_file

    with shown_progress(as_json and not sys.stderr.isatty()) as progress:
        found = recheck_file(
            file, workers=workers, gas=check_oracle_gas(oracle_gas),
            accept_unknown=accept_unknown, progress=progress,
        )
    if as_json:
        emit(found.to_json())
    else:
        print_findings(found)
    if not found.ok:
        raise typer.Exit(1)


def print_findings(found: Findings) -> None:
    """What a table's file holds, for a reader."""
    print(f"Programs of size at most {found.size}, relative to {found.oracle}")
    print(f"  {found.expected:>10,}  programs there are")
    print(f"  {found.rows:>10,}  rows")
    for verdict, said in (
        ("halts", "halt, each run again"), ("loops", "loop, by their certificates"),
        ("unknown", "unknown"),
    ):
        print(f"  {found.verdicts[verdict]:>10,}  {said}")
    for kind, count in found.counts.items():
        print(f"  {count:>10,}  {kind}")
    for problem in found.problems:
        place = "" if problem.row is None else f" row {problem.row}:"
        print(f"{problem.kind}:{place} {problem.what}")
    same = "as the file says" if found.digest_matches else "not the one that the file says"
    print(f"Digest {found.digest}, {same}")
    print("Every row is as it should be." if found.ok else "The table is not to be believed.")


app.command()(claims.refute)
app.command()(claims.replay)
app.command()(amdahl.amdahl)
app.command()(loss.loss)
app.command()(stream.stream)


if __name__ == "__main__":
    main()

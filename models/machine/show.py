"""Machine states as text, one line each.

*Definitions*: :func:`show_state`; its parts :func:`show_control`, :func:`show_stack`.
"""

from __future__ import annotations

from models.machine.program import format_program, size
from models.machine.semantics import (
    Branch,
    Control,
    Do,
    Instruction,
    Loop,
    MkCons,
    Next,
    Push,
    Stack,
    State,
)
from models.machine.tree import Tree, brief, count_text

LIMIT = 160
MOST = 6


def show_state(state: State) -> str:
    """Accumulator, stack (top first) and control list; long parts are cut."""
    stack, control = show_stack(state.stack), show_control(state.control)
    return f"acc {brief(state.accumulator)}  stack {stack}  control {control}"


def show_control(control: Control) -> str:
    """The instructions, the next one first."""
    text = "; ".join(_instruction(i) for i in _control(control)) or "(halted)"
    return text[:LIMIT] + "…" if len(text) > LIMIT else text


def show_stack(stack: Stack) -> str:
    """The trees, top first."""
    return f"[{', '.join(brief(tree, limit=30) for tree in _stack(stack))}]"


def _stack(stack: Stack) -> list[Tree]:
    found: list[Tree] = []
    while isinstance(stack, Push) and len(found) < MOST:
        found.append(stack.top)
        stack = stack.rest
    return found


def _control(control: Control) -> list[Instruction]:
    found: list[Instruction] = []
    while isinstance(control, Next) and len(found) < MOST:
        found.append(control.instruction)
        control = control.rest
    return found


def _instruction(instruction: Instruction) -> str:
    if isinstance(instruction, Do):
        program = instruction.program
        count = size(program)
        text = format_program(program) if count < 40 else f"program of size {count_text(count)}"
        return f"do {text}"
    name = type(instruction).__name__.lower()
    if isinstance(instruction, Branch | Loop):
        return f"{name} {', '.join(repr(field) for field in instruction.fields())}"
    return "make pair" if isinstance(instruction, MkCons) else name

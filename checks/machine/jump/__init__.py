"""The bounded jump, decided: every program to a size on its own code, with evidence."""

from checks.machine.jump.overview import overview
from checks.machine.jump.recheck import Findings, recheck
from checks.machine.jump.table import JumpTable, decide_jump

__all__ = ["Findings", "JumpTable", "decide_jump", "overview", "recheck"]

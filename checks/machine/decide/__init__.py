"""Deciding halting: the search for certificates. Nothing here is trusted."""

from checks.machine.decide.search import Decision, decide

__all__ = ["Decision", "decide"]

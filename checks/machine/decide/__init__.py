"""Deciding halting: the search for certificates. Nothing here is trusted."""

from checks.machine.decide.search import Decision, GenericDecision, decide, decide_every

__all__ = ["Decision", "GenericDecision", "decide", "decide_every"]

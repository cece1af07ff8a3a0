"""Theorems about the allocation objective: the identity, convexity, collapse, optimum."""

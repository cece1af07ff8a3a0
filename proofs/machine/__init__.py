"""Theorems about the machine: semantics and substitution."""

"""Finite checks of the theorems about revision and limits."""

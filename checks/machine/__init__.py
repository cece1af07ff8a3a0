"""Finite checks of the machine theorems."""

"""Theorems about programs and the machine that runs them."""

"""Theorems about relative loss and logical compute, from three axioms of the exponential."""

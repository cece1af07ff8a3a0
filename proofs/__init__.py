"""Unbounded theorems: a small kernel over two solvers, and the proofs by topic."""

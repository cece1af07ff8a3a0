"""Finite instances, and what a user runs: the catalogue, `verify`, the command line, the report."""

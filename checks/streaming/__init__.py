"""Finite checks of the streaming theorems, and what a user runs of them."""

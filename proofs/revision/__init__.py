"""Theorems about limits of guesses and about self-modification."""

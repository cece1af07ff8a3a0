"""Amdahl's law with specialised hardware: its pictures."""

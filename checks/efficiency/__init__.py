"""Relative loss and logical compute: finite checks of what is proved, and its cards' instances."""

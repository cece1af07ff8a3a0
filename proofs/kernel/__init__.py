"""The kernel: sorts and terms, the symbolic reading, the two solvers, and the rules."""

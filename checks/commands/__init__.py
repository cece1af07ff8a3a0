"""Commands of the command line, a module for each group; :mod:`checks.cli` registers them."""

"""Trees, programs that ask, their semantics, oracles, runs and program transformers."""

"""Guesses that are revised, and programs that are: limits, mind changes, self-modification.

*References*: R. I. Soare, 'Turing Computability' (2016), chapter 3 (the limit lemma); J. R.
Shoenfield, 'On degrees of unsolvability' (1959); C.-P. Lu, 'The Computational Boundary of
Inference', arXiv 2605.27381.
"""

"""How fast: each section measures one part of the project against something else.

``python -m bench [SECTION…]`` prints the sections as tables, ``--json`` as one JSON object. What is
compared is measured in turns, in one run, so that both have the same machine under them.
"""

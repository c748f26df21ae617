"""One module a paper, its words in the YAML of the same name.

A module offers PAPER (its key in elements.yaml), WORDS, recognise(sheet) -> 0..1 and
extract(taker) -> elements.
"""

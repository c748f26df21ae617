"""Text of one kind to its normal form (extractors/elements.yaml), or None where it is not of that kind."""

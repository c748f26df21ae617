"""Papers in, elements out."""

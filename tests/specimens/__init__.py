"""Papers of invented companies and persons, with the truth beside each."""

"""Facts that follow from facts: small pure functions, by topic."""

"""Numbers that the state and the banks give out: one module a number, all with the same verbs."""

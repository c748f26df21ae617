"""Tables of the name check, each with its source and the script that made it."""

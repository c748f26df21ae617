"""Tables that the readers of values use, each with its source and the script that made it."""

"""What the law asks of a name by itself, one topic a module; each rule is a small pure function."""

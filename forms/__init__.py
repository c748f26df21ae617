"""What each authority asks, and the facts that answer it."""

"""Runs cases handed in over the API: durable jobs, locks that tell who lives, a person's wait as a row."""

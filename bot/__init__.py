"""Runs cases: reads, judges, waits for a person, files and keeps the proof."""

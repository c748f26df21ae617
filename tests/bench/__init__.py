"""Measures how well and how fast papers are read: make bench."""

"""Hostile files, and what becomes of them."""

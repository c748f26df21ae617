"""Layouts of papers; each draws one paper and returns the elements that it shows."""

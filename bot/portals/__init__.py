"""Portals: a browser that files forms, driven by a map of each portal in YAML."""

"""The report of one case: one file for a clerk, an auditor and a manager; works offline."""

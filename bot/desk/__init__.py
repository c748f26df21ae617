"""The service: the portal-facing API, and the pages of clerks and reviewers."""

"""Invented numbers that pass every check."""

from datetime import date

from extractors.identifiers import organization_code, resident_id, uscc


def credit_code(region: str, body: str) -> str:
    """Return a credit code of a company.

    Args:
        region: Six digits of the registrar.
        body: The first eight characters of the organisation code, for example "MA1K0001".
    """
    organization = next(body + c for c in "0123456789X" if organization_code.is_valid(body + c))
    first = f"91{region}{organization}"
    return first + uscc.check_character(first)


def identity(region: str, born: date, sequence: int) -> str:
    """Return an identity number; an odd sequence is a man's, an even one a woman's."""
    first = f"{region}{born:%Y%m%d}{sequence:03d}"
    return next(first + c for c in "0123456789X" if resident_id.is_valid(first + c))


def mobile(serial: int) -> str:
    """Return an invented mobile number."""
    return f"199{serial:08d}"

"""Facts as the plain scalars that rule functions take."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from extractors.model import Money, Value
from forms.vocabulary import fact_specs

Scalar = str | date | Decimal
Plain = Scalar | tuple[dict[str, Scalar], ...]

INDEFINITE = "indefinite"
"""The end of a term without end; the only value of a date that is no date."""
_MOST_PLACES = 20
"""Places before or behind the point of a number that a paper can mean."""


class NotPlainError(ValueError):
    """A value is not of the kind its fact promises; what it says is kept out of the message."""


def plain(key: str, value: Value) -> Plain:
    """Return a fact's value as a rule takes it.

    Dates become `date`, amounts `Decimal` yuan, numbers and percents `Decimal`, tables tuples of dicts.

    Raises:
        NotPlainError: The value is not of its kind, or an amount is in another currency.
    """
    spec = fact_specs()[key]
    if not isinstance(value, tuple):
        return _scalar(spec.type, value)
    if spec.type != "table":
        raise NotPlainError(spec.type)
    return tuple(_row(spec.columns, row) for row in value)


def _row(columns: Mapping[str, str], row: Mapping[str, str | Money]) -> dict[str, Scalar]:
    return {name: _scalar(columns.get(name, "text"), cell) for name, cell in row.items()}


def _scalar(kind: str, value: str | Money) -> Scalar:
    if isinstance(value, Money):
        if kind != "money" or value.currency != "CNY":
            raise NotPlainError(kind)
        return _decimal(kind, value.amount)
    if kind in {"money", "number", "percent"}:
        return _decimal(kind, value)
    if kind == "date" or (kind == "term_end" and value != INDEFINITE):
        return _date(kind, value)
    if kind == "table":
        raise NotPlainError(kind)
    return value


def _decimal(kind: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotPlainError(kind) from None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_PLACES:
        raise NotPlainError(kind)
    return number


def _date(kind: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotPlainError(kind) from None

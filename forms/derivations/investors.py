"""Investors: their kind of identity and their shares."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from extractors.identifiers import uscc
from extractors.model import Money, Row
from forms.derivations.people import resident_id_type
from forms.derive import Derived, derivation
from forms.derive import rows as rows_of
from forms.model import Fact
from forms.witnesses import is_same_name

_COMPANY_ENDS = ("公司", "企业", "合伙)", "合伙）", "合作社", "厂", "中心", "基金会", "研究院", "委员会")


@derivation
def investor_register(investors: Fact, people: Fact | None) -> Derived:
    """Investors with kind of identity, nationality and share, as far as these follow from their rows."""
    total = _total(rows_of(investors))
    rows = tuple(_with_identity(_with_share(row, total), rows_of(people)) for row in rows_of(investors))
    used = (investors, people) if people and rows != _without(people, investors, total) else (investors,)
    return Derived(rows, "证件种类、国籍由证件号码得出，未写明的出资比例由出资额得出。", used)


def _without(_: Fact, investors: Fact, total: Decimal | None) -> tuple[Row, ...]:
    return tuple(_with_identity(_with_share(row, total), ()) for row in rows_of(investors))


def _total(rows: Sequence[Row]) -> Decimal | None:
    """Return the sum of all contributions, None where one is missing or the currencies differ."""
    amounts = [row.get("subscribed_capital") for row in rows]
    known = [a for a in amounts if isinstance(a, Money)]
    if not known or len(known) < len(rows) or len({a.currency for a in known}) > 1:
        return None
    return sum((Decimal(a.amount) for a in known), Decimal(0)) or None


def _with_share(row: Row, total: Decimal | None) -> Row:
    amount = row.get("subscribed_capital")
    if "percent" in row or total is None or not isinstance(amount, Money):
        return row
    share = (Decimal(amount.amount) / total * 100).quantize(Decimal("0.0001"))
    return row | {"percent": f"{share.normalize():f}"}


def _with_identity(row: Row, people: Sequence[Row]) -> Row:
    cards = [p for p in people if is_same_name(str(p.get("name", "")), str(row.get("name", "")))]
    if "id_number" not in row and len(cards) == 1 and "id_number" in cards[0]:
        row = row | {"id_number": cards[0]["id_number"]}
    number = str(row.get("id_number", ""))
    if is_company(row):
        return row | ({"id_type": "营业执照"} if uscc.is_valid(number) else {})
    kind = resident_id_type(number)
    if kind is None:
        return row
    found: Row = {"id_type": kind}
    return row | found | ({"nationality": "中国"} if kind == "居民身份证" else {})


def is_company(row: Row) -> bool:
    """Tell an investor that is no natural person by the ending of its name."""
    return str(row.get("name", "")).endswith(_COMPANY_ENDS)


@derivation
def natural_ratio(register: Fact) -> Derived | None:
    """The share of natural persons, where every investor's kind and share are known."""
    return _ratio(register, lambda row: row.get("id_type") not in {None, "营业执照"}, "自然人")


@derivation
def foreign_ratio(register: Fact) -> Derived | None:
    """Nothing is foreign where every investor holds a resident identity card; else a person says."""
    return _none_of(register, "外资")


@derivation
def state_ratio(register: Fact) -> Derived | None:
    """Nothing is the state's where every investor holds a resident identity card; else a person says."""
    return _none_of(register, "国有")


def _none_of(register: Fact, label: str) -> Derived | None:
    if any(row.get("id_type") != "居民身份证" for row in rows_of(register)):
        return None
    return Derived("0.000000", f"全部投资人均为持居民身份证的自然人，{label}比例为零。")


def _ratio(register: Fact, counts: Callable[[Row], bool], label: str) -> Derived | None:
    rows = rows_of(register)
    if any("id_type" not in row or "percent" not in row for row in rows):
        return None
    percent = sum((Decimal(str(row["percent"])) for row in rows if counts(row)), Decimal(0))
    return Derived(f"{percent / 100:.6f}", f"由投资人明细中{label}的出资比例相加得出。")

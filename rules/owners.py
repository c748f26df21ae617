"""Beneficial owners: who must file them, and who may promise instead."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.identifiers import resident_id
from rules import tables
from rules.engine import rule
from rules.model import Severity
from rules.plain import Scalar, plain
from rules.registry import Case, Objection, Unclear

_MEASURES = ("beneficial_owner_measures:第二条", "beneficial_owner_measures:第三条")
_FILED = "beneficial_owner.filed"


@rule(
    "owners.filed",
    title="受益所有人信息已备案或已承诺免报",
    cites=_MEASURES,
    needs=(_FILED,),
    maybe=("capital.amount", "investors"),
    when=(_FILED,),
    severity=Severity.WARN,
    codes="C-30",
    settled_by=("在受益所有人信息管理系统备案", "符合条件的承诺免报"),
)
def filed(
    answer: str, capital: Decimal | None, investors: tuple[dict[str, Scalar], ...] | None, on: date
) -> str | None:
    """Companies file their beneficial owners; small ones of natural persons may promise instead."""
    if answer == "是":
        return None
    if answer != "否":
        return Unclear(f"受益所有人备案情况写作“{answer}”，请核对。")
    may = " 本企业可能符合承诺免报的条件。" if _may_promise(capital, investors, on) else ""
    return f"受益所有人信息没有备案，也没有承诺免报。{may.strip()}"


@rule(
    "owners.unknown",
    title="受益所有人信息的备案情况已知",
    cites=_MEASURES,
    when=("enterprise.name",),
    severity=Severity.INFO,
    takes="case",
    codes="C-30",
)
def unknown(case: Case) -> Iterator[Objection]:
    """No paper of the package tells of it, so the duty and the exemption are named."""
    if _FILED in case.facts:
        return
    may = _may_promise(_amount(case), _rows(case), case.on)
    how = "注册资本和股东看来符合承诺免报的条件，其余条件" if may else "是否符合承诺免报的条件"
    yield Objection(
        message=f"材料没有写明受益所有人信息是否备案；{how}由人核对。",
        settled_by=("人工填写受益所有人信息备案情况",),
    )


def _amount(case: Case) -> Decimal | None:
    fact = case.facts.get("capital.amount")
    value = plain(fact.key, fact.value) if fact and fact.sure else None
    return value if isinstance(value, Decimal) else None


def _rows(case: Case) -> tuple[dict[str, Scalar], ...] | None:
    fact = case.facts.get("investors")
    value = plain(fact.key, fact.value) if fact and fact.sure else None
    return value if isinstance(value, tuple) else None


def _may_promise(capital: Decimal | None, investors: tuple[dict[str, Scalar], ...] | None, on: date) -> bool:
    """Tell whether capital and shareholders are within the exemption, as far as numbers on cards tell."""
    most = tables.number("owners.exempt_capital_most", on)
    if most is None or capital is None or not investors:
        return False
    return capital <= most and all(resident_id.is_valid(str(row.get("id_number", ""))) for row in investors)

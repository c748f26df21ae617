"""Capital and shareholders: amounts that add up, terms and ways of contribution that the law allows."""

from datetime import date
from decimal import Decimal

from forms.code_lists import code_list
from rules import tables
from rules.engine import rule
from rules.model import Severity
from rules.periods import years_after
from rules.plain import Scalar
from rules.registry import Unclear

Rows = tuple[dict[str, Scalar], ...]

_ARTICLES_OF = ("company_law_2018:第二十五条", "company_law_2023:第四十六条", "company_law_2023:第四十七条")
_POINT = Decimal("0.01")
"""Percent points: a third is printed as 33.33 %."""


def _kind(company_type: str) -> str:
    """Return "limited", "stock", "other" for a listed type, and "" for a wording that no list knows."""
    code = code_list("enterprise_types").match(company_type)
    if code is None:
        return ""
    return {"11": "limited", "12": "stock"}.get(code.code[:2], "other")


def _numbers(rows: Rows, column: str) -> list[Decimal]:
    return [cell for row in rows if isinstance(cell := row.get(column), Decimal)]


def _names(rows: Rows) -> str:
    return "、".join(str(row.get("name", "")) for row in rows)


@rule(
    "capital.shares_add_up",
    title="各股东认缴出资额之和等于注册资本",
    cites=_ARTICLES_OF,
    needs=("capital.amount", "investors"),
    when=("capital.amount", "investors"),
    codes="C-06",
    settled_by=("对照《章程》核对各股东认缴出资额", "更正后的《章程》"),
)
def shares_add_up(capital: Decimal, investors: Rows) -> str | None:
    """Subscribed amounts add up to the capital, to the fen."""
    amounts = _numbers(investors, "subscribed_capital")
    if not amounts:
        return None
    if len(amounts) < len(investors):
        without = tuple(row for row in investors if "subscribed_capital" not in row)
        return Unclear(f"股东{_names(without)}没有写明认缴出资额。")
    total = sum(amounts, Decimal(0))
    return None if total == capital else f"认缴出资额合计 {total:.2f} 元，与注册资本 {capital:.2f} 元不等。"


@rule(
    "capital.ratios_add_up",
    title="各股东出资比例之和为100%",
    cites=_ARTICLES_OF,
    needs=("investors",),
    when=("investors",),
    codes="C-06, T-10",
    settled_by=("对照《章程》核对各股东出资比例",),
)
def ratios_add_up(investors: Rows) -> str | None:
    """Percents add up to one hundred, but for the rounding of each in its last printed place."""
    percents = _numbers(investors, "percent")
    if not percents or len(percents) < len(investors):
        return None
    total = sum(percents, Decimal(0))
    is_whole = abs(total - 100) <= _POINT * (len(percents) - 1)
    has_amounts = len(_numbers(investors, "subscribed_capital")) == len(investors)
    rounding = Decimal(0) if has_amounts else sum(map(_half_a_place, percents), Decimal(0))
    if is_whole or abs(total - 100) < rounding or _are_rounded_shares(investors):
        return None
    return f"出资比例合计 {total.normalize():f}%，不是100%。"


def _are_rounded_shares(rows: Rows) -> bool:
    """Tell whether every percent is what rounding its amount's share of all amounts gives."""
    amounts = _numbers(rows, "subscribed_capital")
    whole = sum(amounts, Decimal(0))
    return len(amounts) == len(rows) and whole > 0 and not any(_differs(row, whole) for row in rows)


@rule(
    "capital.ratio_is_share",
    title="出资比例与认缴出资额相符",
    cites=_ARTICLES_OF,
    needs=("capital.amount", "investors"),
    when=("capital.amount", "investors"),
    codes="C-06",
    settled_by=("对照《章程》核对各股东出资额与比例",),
)
def ratio_is_share(capital: Decimal, investors: Rows) -> str | None:
    """Each percent is the amount's share of the capital."""
    if capital <= 0:
        return None  # shareholders.not_abnormal says so
    wrong = tuple(row for row in investors if _differs(row, capital))
    return f"股东{_names(wrong)}的出资比例与其认缴出资额占注册资本的比例不符。" if wrong else None


def _differs(row: dict[str, Scalar], capital: Decimal) -> bool:
    amount, percent = row.get("subscribed_capital"), row.get("percent")
    if not isinstance(amount, Decimal) or not isinstance(percent, Decimal):
        return False
    return abs(amount * 100 / capital - percent) > max(_POINT, _half_a_place(percent))


def _half_a_place(percent: Decimal) -> Decimal:
    """Return what rounding can take away: half of the last printed place behind the point, 0 without one."""
    places = percent.as_tuple().exponent
    return Decimal(5).scaleb(places - 1) if isinstance(places, int) and places < 0 else Decimal(0)


@rule(
    "capital.paid_within_limit",
    title="出资期限在法定年限内",
    cites=("company_law_2023:第四十七条", "company_law_2023:第九十八条", "company_law_2023:第二百六十六条"),
    needs=("enterprise.type", "investors"),
    maybe=("enterprise.established_on",),
    when=("enterprise.type", "investors"),
    codes="C-08",
    settled_by=("修改出资期限后的《章程》",),
)
def paid_within_limit(company_type: str, investors: Rows, established: date | None, on: date) -> str | None:
    """Subscribed capital is paid up within the legal number of years; before registration the day counts."""
    start = established or on
    years = tables.number("capital.contribution_years", start)
    due, kind = _last_due(investors), _kind(company_type)
    if years is None or due is None or kind == "other":
        return None
    if not kind:
        return Unclear(f"企业类型“{company_type}”不在代码表中，无法判断出资期限。")
    if kind == "stock":
        return None if due <= start else f"股份有限公司应在成立前缴足股款，出资期限却为 {due}。"
    latest = years_after(start, int(years))
    if due > latest:
        return f"出资期限 {due} 超过成立之日起 {years} 年，最迟应为 {latest}。"
    open_rows = tuple(row for row in investors if "due_on" not in row)
    return Unclear(f"股东{_names(open_rows)}没有写明出资期限。") if open_rows else None


def _last_due(rows: Rows) -> date | None:
    return max((day for row in rows if isinstance(day := row.get("due_on"), date)), default=None)


@rule(
    "capital.legacy_term",
    title="新公司法施行前设立的公司按期调整出资期限",
    cites=("capital_rules_2024:第二条",),
    needs=("enterprise.established_on", "investors"),
    maybe=("enterprise.type",),
    when=("enterprise.established_on", "investors"),
    severity=Severity.WARN,
    codes="C-09",
    settled_by=("调整出资期限后的《章程》",),
)
def legacy_term(established: date, investors: Rows, company_type: str | None, on: date) -> str | None:
    """A company that no limit met when it was founded shortens a longer term in time."""
    due, is_stock = _last_due(investors), _kind(company_type or "") == "stock"
    table = "capital.legacy_stock_due" if is_stock else "capital.legacy_due"
    is_old = tables.number("capital.contribution_years", established) is None
    latest = tables.day(table, on) if is_old else None
    if latest is None or due is None or due <= latest:
        return None
    if is_stock:
        return f"出资期限 {due} 晚于 {latest}，股份有限公司的发起人应在该日前缴足股款。"
    return f"出资期限 {due} 晚于 {latest}，应在2027-06-30前调整并记载于章程。"


@rule(
    "capital.contribution_methods",
    title="出资方式合法",
    cites=(
        "company_law_2018:第二十七条",
        "company_registration_2016:第十四条",
        "company_law_2023:第四十八条",
        "registration_regulation:第十三条",
    ),
    needs=("investors",),
    maybe=("enterprise.established_on",),
    when=("investors",),
    codes="C-11",
    settled_by=("修改出资方式后的《章程》",),
)
def contribution_methods(investors: Rows, established: date | None, on: date) -> str | None:
    """No barred way of contribution; one that the law does not name is looked at by a person."""
    day = established or on
    barred = tables.words("capital.barred_contributions", day)
    named = tables.words("capital.named_contributions", day)
    ways = [str(row["contribution_form"]) for row in investors if row.get("contribution_form")]
    wrong = [way for way in ways if any(word in way for word in barred)]
    if wrong:
        return f"不得以“{wrong[0]}”作价出资。"
    odd = [way for way in ways if named and not any(word in way for word in named)]
    return Unclear(f"出资方式“{odd[0]}”不在法律列明之列，请人工核对可否估价并依法转让。") if odd else None


@rule(
    "capital.shareholder_count",
    title="股东人数符合企业类型",
    cites=(
        "company_law_2018:第二十四条",
        "company_law_2018:第七十八条",
        "company_law_2023:第四十二条",
        "company_law_2023:第九十二条",
    ),
    needs=("enterprise.type", "investors"),
    maybe=("enterprise.established_on",),
    when=("enterprise.type", "investors"),
    codes="C-12",
    settled_by=("对照《章程》核对企业类型与股东名录",),
)
def shareholder_count(company_type: str, investors: Rows, established: date | None, on: date) -> str | None:
    """One to fifty for a limited company, one to two hundred founders for a company by shares."""
    day, count, kind = established or on, len(investors), _kind(company_type)
    if not kind:
        return Unclear(f"企业类型“{company_type}”不在代码表中，无法判断股东人数。")
    if "独资" in company_type or "一人" in company_type:
        return None if count == 1 else f"“{company_type}”只有一名股东，材料列出 {count} 名。"
    least, most = _range(kind, day)
    is_within = (least is None or count >= least) and (most is None or count <= most)
    return None if is_within else f"“{company_type}”的股东有 {count} 名，应为 {least} 至 {most} 名。"


def _range(kind: str, day: date) -> tuple[Decimal | None, Decimal | None]:
    if kind == "limited":
        return Decimal(1), tables.number("capital.limited_shareholders_most", day)
    if kind == "stock":
        names = ("capital.joint_stock_founders_least", "capital.joint_stock_founders_most")
        return tables.number(names[0], day), tables.number(names[1], day)
    return None, None

"""Who the shareholders are: their kind, their number, what they promise and by when."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.identifiers import uscc
from extractors.model import Paper
from extractors.values.text import same_name_key
from forms.derivations.investors import is_company
from rules import tables
from rules.engine import rule
from rules.model import Severity
from rules.periods import years_after
from rules.plain import Scalar
from rules.registry import Case, Objection, Unclear

Rows = tuple[dict[str, Scalar], ...]

_ARTICLES = ("对照《章程》核对股东名录", "更正后的《章程》")
_AT_HOME = {"居民身份证", "营业执照", "港澳居民居住证", "台湾居民居住证", "外国人永久居留身份证"}
"""Papers that only someone domiciled in China holds."""


def _names(rows: Rows) -> str:
    return "、".join(str(row.get("name", "")) for row in rows)


def _companies(rows: Rows) -> Rows:
    return tuple(row for row in rows if is_company({"name": str(row.get("name", ""))}))


@rule(
    "shareholders.no_branch",
    title="分支机构不作股东",
    cites=("company_law_2018:第十四条", "company_law_2023:第十三条"),
    needs=("investors",),
    when=("investors",),
    codes="C-26",
    settled_by=_ARTICLES,
)
def no_branch(investors: Rows, on: date) -> str | None:
    """A branch is no legal person; the company behind it is the shareholder."""
    words = tables.words("capital.branch_words", on)
    wrong = tuple(row for row in investors if str(row.get("name", "")).endswith(words))
    return f"股东{_names(wrong)}是分支机构，没有法人资格，不能作股东。" if wrong and words else None


@rule(
    "shareholders.company_code",
    title="单位股东的统一社会信用代码正确",
    cites=("uscc_standard:第4章", "registration_regulation:第十六条"),
    needs=("investors",),
    when=("investors",),
    codes="C-26",
    settled_by=("对照单位股东的《营业执照》更正代码",),
)
def company_code(investors: Rows) -> str | None:
    """A company among the shareholders states a right credit code; another kind of number is looked at."""
    stated = [
        (row, uscc.compact(str(row["id_number"]))) for row in _companies(investors) if row.get("id_number")
    ]
    wrong = tuple(row for row, code in stated if len(code) == 18 and uscc.flaw(code))
    odd = tuple(row for row, code in stated if len(code) != 18)
    if wrong:
        return f"单位股东{_names(wrong)}的统一社会信用代码校验不符。"
    return Unclear(f"单位股东{_names(odd)}的号码不是统一社会信用代码，请人工核对。") if odd else None


@rule(
    "shareholders.company_papers",
    title="单位股东的营业执照已经提交",
    # The registrar may take it from the authorities' own exchange of data, so it only reminds.
    cites=("company_registration_2016:第二十条", "registration_regulation:第十六条"),
    when=("investors",),
    severity=Severity.WARN,
    takes="case",
    codes="C-26",
)
def company_papers(case: Case) -> Iterator[Objection]:
    """Each company among the shareholders hands in its licence, under the very name of the articles."""
    value = case.facts["investors"].value
    rows = value if isinstance(value, tuple) else ()
    licences = {same_name_key(name) for paper in case.papers if (name := _licensed(paper))}
    for row in rows:
        name = str(row.get("name", ""))
        if is_company(row) and same_name_key(name) not in licences:
            yield Objection(
                message=f"没有找到单位股东{name}的《营业执照》。",
                facts=("investors",),
                settled_by=(f"补交{name}的《营业执照》复印件", "由登记机关通过信息共享核验"),
            )


def _licensed(paper: Paper) -> str:
    element = paper.element("company_name") if paper.kind == "business_license" else None
    return str(element.value) if element else ""


@rule(
    "shareholders.kind_fits_type",
    title="股东的种类与企业类型相符",
    cites=(
        "company_law_2018:第二十四条",
        "company_law_2018:第七十八条",
        "company_law_2023:第四十二条",
        "company_law_2023:第九十二条",
    ),
    needs=("enterprise.type", "investors"),
    maybe=("investors.register",),
    when=("enterprise.type", "investors"),
    severity=Severity.ESCALATE,
    codes="C-12",
    settled_by=("对照《营业执照》与《章程》核对企业类型和股东名录",),
)
def kind_fits_type(company_type: str, investors: Rows, register: Rows | None) -> str | None:
    """What the type says of the shareholders in its brackets is so, as far as their names tell."""
    companies = _companies(investors)
    if "自然人独资" in company_type and companies:
        return f"“{company_type}”的股东应当是自然人，{_names(companies)}不是。"
    if "法人独资" in company_type and investors and not companies:
        return Unclear(f"“{company_type}”的股东应当是法人，请核对股东{_names(investors)}。")
    if "独资" not in company_type and "自然人投资或控股" in company_type and len(investors) == 1:
        return Unclear(f"“{company_type}”通常有两名以上股东，材料只列出一名，请核对。")
    return _founders_at_home(register or investors) if "股份" in company_type else None


def _founders_at_home(rows: Rows) -> str | None:
    """Half of the founders of a company by shares are domiciled in China; papers can prove it, never disprove it."""
    known = [
        row for row in rows if row.get("id_type") in _AT_HOME or uscc.is_valid(str(row.get("id_number", "")))
    ]
    if len(known) * 2 >= len(rows):
        return None
    return Unclear("半数以上的发起人应当在中国境内有住所，由证件看不出，请人工核对。")


@rule(
    "shareholders.due_dates_stated",
    title="章程写明各股东的出资日期",
    cites=("company_law_2018:第二十五条", "company_law_2023:第四十六条"),
    needs=("enterprise.type", "investors"),
    maybe=("enterprise.established_on",),
    when=("enterprise.type", "investors", "signed_on"),
    severity=Severity.WARN,
    codes="C-08",
    settled_by=_ARTICLES,
)
def due_dates_stated(company_type: str, investors: Rows, established: date | None, on: date) -> str | None:
    """Where the term of payment is limited by law, nobody's date is left out; the date itself has a rule of its own."""
    years = tables.number("capital.contribution_years", established or on)
    silent = tuple(row for row in investors if "due_on" not in row)
    if years is None or not silent or "公司" not in company_type:
        return None
    latest = "应在成立前缴足" if "股份" in company_type else f"最迟应为成立之日起 {years} 年"
    text = f"没有读到股东{_names(silent)}的出资日期，{latest}。"
    return text if len(silent) < len(investors) else Unclear(text)


@rule(
    "shareholders.not_abnormal",
    title="注册资本和出资期限不明显异常",
    cites=(
        "company_law_2018:第二十六条",
        "company_law_2023:第二百六十六条",
        "capital_rules_2024:第三条",
    ),
    needs=("capital.amount", "investors"),
    maybe=("enterprise.established_on",),
    when=("capital.amount", "investors"),
    severity=Severity.ESCALATE,
    # The same doubt stops the case under the rules that compare the amounts.
    doubt=Severity.INFO,
    codes="C-10",
    settled_by=("股东出资能力的说明", "调整后的《章程》"),
)
def not_abnormal(capital: Decimal, investors: Rows, established: date | None, on: date) -> str | None:
    """Registrars may ask about billions of one person, and about terms of a generation."""
    start = established or on
    most = tables.number("capital.unusual_amount", on)
    term = tables.number("capital.unusual_term", on)
    if capital <= 0:
        return "注册资本应当大于零。"
    if most is not None and capital >= most and len(investors) == 1 and not _companies(investors):
        return Unclear(f"注册资本 {capital:.2f} 元，只有一名自然人股东，登记机关可能要求说明或者调整。")
    dues = [due for row in investors if isinstance(due := row.get("due_on"), date)]
    if term is not None and any(due >= years_after(start, int(term)) for due in dues):
        return Unclear(f"出资期限 {max(dues)} 在成立 {term} 年之后，登记机关可能要求说明或者调整。")
    return None

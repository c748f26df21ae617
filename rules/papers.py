"""The papers themselves: whether they are what they seem, who proved who they are, when the articles were signed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from forms.model import Fact, FilledForm
from rules.engine import rule
from rules.model import Severity
from rules.registry import Case, Objection

_CARD = "id_card."
_NUMBER = "legal_rep.id_no"


@rule(
    "papers.legal_rep_card",
    title="法定代表人的身份证已经提交",
    cites=(
        "company_registration_2016:第二十条",
        "registration_regulation:第十六条",
        "invoice_measures_2010:第十五条",
        "invoice_measures_2023:第十五条",
    ),
    when=("legal_rep.name", _NUMBER),
    takes="case",
)
def legal_rep_card(case: Case) -> Iterator[Objection]:
    """A number that is filed stands on a card, or a person has answered for it."""
    fact = case.facts[_NUMBER]
    on_card = any(witness.element.startswith(_CARD) for witness in fact.witnesses)
    if on_card or fact.origin == "person" or not _is_filed(case.forms):
        return
    name, files = case.facts["legal_rep.name"].value, _files(case.facts)
    yield Objection(
        message=f"没有找到写明法定代表人{name}的身份证，其证件号码只见于{files}。",
        facts=(_NUMBER,),
        settled_by=("补交法定代表人身份证人像面和国徽面", "由经办人对照证件原件确认法定代表人证件号码"),
    )


@rule(
    "papers.as_printed",
    title="材料的内容与页面所见一致",
    cites=(
        "company_registration_2016:第二条",
        "registration_regulation:第十七条",
        "good_practice:材料应与所见一致",
    ),
    takes="case",
)
def as_printed(case: Case) -> Iterator[Objection]:
    """No paper holds text that its page does not show, or shows otherwise."""
    for paper in case.papers:
        for suspicion in paper.suspicions:
            yield Objection(
                message=f"{paper.file}：{suspicion}",
                settled_by=(
                    f"请申请人重新提交{paper.file}的原件扫描件",
                    f"由经办人对照{paper.file}的原件核对后重新扫描",
                ),
            )


def _is_filed(forms: Sequence[FilledForm]) -> bool:
    return any(value.fact == _NUMBER for form in forms for value in form.values)


def _files(facts: Mapping[str, Fact]) -> str:
    return "、".join(dict.fromkeys(witness.file for witness in facts[_NUMBER].witnesses)) or "其他材料"


@rule(
    "papers.articles_signed_in_time",
    title="章程签署日期不晚于成立日期",
    cites=("company_law_2018:第二十五条", "company_law_2023:第四十五条"),
    needs=("signed_on",),
    maybe=("enterprise.established_on",),
    when=("signed_on",),
    severity=Severity.WARN,
    codes="C-16",
    settled_by=("对照《章程》原件核对签署日期", "确认所交是否为修改后的章程"),
)
def articles_signed_in_time(signed: date, established: date | None, on: date) -> str | None:
    """Articles are there before the company is; later ones are amended ones, and someone should know."""
    if signed > on:
        return f"章程签署日期 {signed} 晚于办理当日 {on}。"
    if established and signed > established:
        return f"章程签署日期 {signed} 晚于成立日期 {established}。"
    return None


@rule(
    "papers.resolved_in_time",
    title="股东会决议日期不晚于申请登记",
    cites=("company_registration_2016:第二条", "registration_regulation:第十六条"),
    needs=("resolution.resolved_on",),
    maybe=("enterprise.established_on",),
    when=("resolution.resolved_on",),
    severity=Severity.WARN,
    codes="C-16",
    settled_by=("对照《股东会决议》原件核对日期", "确认所交是否为成立后的决议"),
)
def resolved_in_time(resolved: date, established: date | None, on: date) -> str | None:
    """Who founds a company resolves before it applies; the day of establishment is the latest that it can have been."""
    if resolved > on:
        return f"决议日期 {resolved} 晚于办理当日 {on}。"
    if established and resolved > established:
        return f"决议日期 {resolved} 晚于成立日期 {established}。"
    return None

"""The agent: who may act for the applicants, on whose behalf, until when."""

from datetime import date

from extractors.values.text import same_name_key
from rules.engine import rule
from rules.model import Severity
from rules.plain import Scalar
from rules.registry import Unclear

_MANDATE = (
    "company_registration_2016:第二十条",
    "registration_regulation:第十八条",
    "registration_rules:第十四条",
    "good_practice:代办须在委托之内",
)
_LETTER = ("对照《授权委托书》原件核对", "更正后的《授权委托书》")


@rule(
    "agents.acts_in_person",
    title="办理的人就是被委托的人",
    cites=_MANDATE,
    needs=("agent.name",),
    maybe=("applicant.name", "tax_agent_staff.name"),
    when=("agent.name",),
    doubt=Severity.WARN,
    codes="C-22",
    settled_by=_LETTER,
)
def acts_in_person(agent: str, applicant: str | None, tax_staff: str | None) -> str | None:
    """The letter names the person who files: for the name, or for the taxes."""
    acting = [name for name in (applicant, tax_staff) if name]
    if any(same_name_key(name) == same_name_key(agent) for name in acting):
        return None
    if len(acting) < 2:
        return Unclear(f"材料看不出被委托人{agent}办理哪一项，请核对经办人和办税人员。")
    return f"被委托人{agent}既不是申报人{applicant}，也不是办税人员{tax_staff}。"


@rule(
    "agents.mandate_runs",
    title="办理时在委托期限内",
    cites=_MANDATE,
    needs=("agent.valid_to",),
    maybe=("agent.valid_from", "enterprise.established_on"),
    when=("agent.valid_to",),
    doubt=Severity.WARN,
    codes="C-22, C-16",
    settled_by=("在有效期内的《授权委托书》",),
)
def mandate_runs(end: date, begin: date | None, established: date | None, on: date) -> str | None:
    """The mandate holds on some day from registration to the day of filing: it may be for either."""
    if begin and end < begin:
        return f"委托期限止 {end} 早于委托期限起 {begin}。"
    first = min(established or on, on)
    if end < first:
        return f"委托期限至 {end}，{first} 已届满。"
    return f"委托期限自 {begin} 起，办理当日 {on} 尚未开始。" if begin and begin > on else None


@rule(
    "agents.principal_is_ours",
    title="委托人是本企业、股东或者法定代表人",
    cites=_MANDATE,
    needs=("agent.principal",),
    maybe=("enterprise.name", "legal_rep.name", "investors"),
    when=("agent.principal",),
    doubt=Severity.WARN,
    codes="C-22",
    settled_by=_LETTER,
)
def principal_is_ours(
    principal: str,
    company: str | None,
    legal_rep: str | None,
    investors: tuple[dict[str, Scalar], ...] | None,
) -> str | None:
    """Shareholders appoint the agent for establishment, the company for what follows."""
    names = [company, legal_rep, *(str(row.get("name") or "") for row in investors or ())]
    key = same_name_key(principal)
    if any(same_name_key(name) in key for name in names if name):
        return None
    if company is None or not investors or any(word in principal for word in ("股东", "发起人", "申请人")):
        return Unclear(f"看不出委托人“{principal}”是否为本企业或者股东，请核对。")
    return f"委托人“{principal}”不是本企业、股东或者法定代表人。"

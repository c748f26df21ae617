"""What several papers state, they state alike. One rule for each such fact, all made in one way."""

from typing import NamedTuple

from forms.model import Fact
from rules import doubts
from rules.engine import rule
from rules.model import Severity, Verdict
from rules.registry import Objection

_TRUE = (
    "company_registration_2016:第二条",
    "registration_regulation:第十七条",
    "good_practice:同一事实各处一致",
)


class _Agreement(NamedTuple):
    name: str
    fact: str
    title: str
    codes: str
    cites: tuple[str, ...] = _TRUE
    severity: Severity = Severity.BLOCK
    doubt: Severity | None = None


_AGREEMENTS = (
    _Agreement("company_name", "enterprise.name", "各份材料的企业名称一致", "C-01"),
    _Agreement("legal_rep_name", "legal_rep.name", "各份材料的法定代表人一致", "C-02, C-15"),
    # Boards have several members, so papers may name different ones; there is one manager. No form asks
    # for these posts, so a single bad reading stops nothing.
    _Agreement("director", "posts.director", "各份材料的董事一致", "C-15", severity=Severity.WARN),
    _Agreement("manager", "posts.manager", "各份材料的经理一致", "C-15", doubt=Severity.WARN),
    _Agreement("supervisor", "posts.supervisor", "各份材料的监事一致", "C-15", severity=Severity.WARN),
    _Agreement("legal_rep_id", "legal_rep.id_no", "法定代表人证件号码各处一致", "C-03"),
    _Agreement("finance_head_id", "finance_head.id_no", "财务负责人证件号码各处一致", "C-03"),
    _Agreement("tax_agent_id", "tax_agent_staff.id_no", "办税人员证件号码各处一致", "C-03"),
    _Agreement("invoice_receiver_id", "invoice_receiver.id_no", "领票人证件号码各处一致", "C-03"),
    _Agreement("applicant_id", "applicant.id_no", "申报人证件号码各处一致", "C-03"),
    _Agreement(
        "capital",
        "capital.amount",
        "各份材料的注册资本一致",
        "C-07",
        ("registration_rules:第十三条", "good_practice:同一事实各处一致"),
    ),
    _Agreement("investors", "investors", "各份材料的股东及出资一致", "C-06"),
    _Agreement("scope", "enterprise.scope", "各份材料的经营范围一致", "C-18", severity=Severity.WARN),
    _Agreement("uscc", "enterprise.uscc", "统一社会信用代码各处一致", "T-01"),
    _Agreement("bank_account", "bank_account.number", "银行账号各处一致", "C-21"),
)


def agrees(fact: Fact) -> Objection | None:
    """Object where two papers state a fact differently, or its only reading is not sure."""
    if fact.conflict:
        return _objection(fact, doubts.disagreeing(fact), Verdict.FAIL)
    return None if fact.sure else _objection(fact, doubts.unclear(fact), Verdict.UNSURE)


def _objection(fact: Fact, message: str, verdict: Verdict) -> Objection:
    ways = doubts.settled_by([fact.key], {fact.key: fact})
    return Objection(message, facts=(fact.key,), settled_by=ways, verdict=verdict, about=(fact.key,))


for _one in _AGREEMENTS:
    rule(
        f"consistency.{_one.name}",
        title=_one.title,
        cites=_one.cites,
        needs=(_one.fact,),
        when=(_one.fact,),
        severity=_one.severity,
        doubt=_one.doubt,
        codes=_one.codes,
        takes="facts",
    )(agrees)

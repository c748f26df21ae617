"""The declared name, its four parts, and what the law says of its wording (rules/names). Whether it is free, a register tells."""

from collections.abc import Iterator

from extractors.values.text import same_name_key
from forms.code_lists import code_list
from forms.law import citation, wording
from rules.engine import rule
from rules.model import Severity, Verdict
from rules.names import form_rules, in_case
from rules.names.parse import parse
from rules.registry import Case, CaseFunction, Objection, Unclear

_SETTLED = ("改写后的《企业名称申报信息表》",)


@rule(
    "naming.made_of_its_parts",
    title="申报名称由其字号、行业和组织形式组成",
    cites=("name_regulation_1991:第七条", "name_regulation:第六条"),
    needs=("name.proposed", "name.trade_name", "name.org_form"),
    maybe=("name.industry_text",),
    when=("name.proposed", "name.trade_name", "name.org_form"),
    codes="N-A06",
    settled_by=_SETTLED,
)
def made_of_its_parts(proposed: str, trade: str, form: str, industry: str | None) -> str | None:
    """The name holds the parts that the sheet states for it, the form of organisation at its end."""
    whole = same_name_key(proposed)
    absent = [part for part in (trade, industry) if part and same_name_key(part) not in whole]
    if absent:
        return f"申报名称“{proposed}”中没有“{absent[0]}”。"
    ending = code_list("organization_forms").ends(proposed)
    if ending is None and proposed.endswith(form):
        return Unclear(f"“{form}”不是公司或合伙企业的组织形式，请核对。")
    if ending is None:
        return f"申报名称“{proposed}”没有以组织形式结尾。"
    stated = code_list("organization_forms").match(form)
    is_same = stated is not None and _family(stated.code) == _family(ending.code)
    return None if is_same else f"申报名称以“{ending.name}”结尾，组织形式却填“{form}”。"


def _family(code: str) -> str:
    return code.removesuffix("_long")


_WORDING = (
    "name_regulation_1991:第七条",
    "name_measures_2004:第九条",
    "name_regulation:第六条",
    "name_regulation:第十一条",
)
_GRADES = {
    "forbidden": (Severity.BLOCK, "申报的名称没有法律禁止的内容", "N-A05, N-A07a, N-A07b, N-A08a, N-A11-1"),
    "restricted": (Severity.ESCALATE, "申报的名称没有须经批准或者证明的内容", "N-A12a, N-A08b, N-C26"),
    "doubtful": (Severity.WARN, "申报的名称没有需要留意的内容", "N-B10a, N-C22"),
}


def _of_grade(severity: Severity) -> CaseFunction:
    def objections(case: Case) -> Iterator[Objection]:
        """What the rules on names by themselves say of the first name asked for, until an authority has granted one."""
        wanted = in_case.proposed(case.facts)
        if wanted and in_case.granted(case.facts) is None:
            asked = in_case.proposal(_declared(case, wanted), case.facts, case.on)
            parts = asked.parts or parse(asked.name, region=asked.region)[0]
            for hit in form_rules.judge(asked, parts):
                if hit.severity is severity:
                    law = wording(citation(reference) for reference in hit.cites)
                    yield Objection(
                        f"{hit.message.rstrip('。')}（{hit.rule}，{law}）。",
                        ("name.proposed",),
                        hit.settled_by,
                        verdict=Verdict.FAIL,
                    )

    return objections


def _declared(case: Case, wanted: tuple[str, ...]) -> str:
    fact = case.facts.get("name.proposed")
    return str(fact.value) if fact is not None and fact.sure else wanted[0]


for _grade, (_severity, _title, _codes) in _GRADES.items():
    rule(
        f"naming.{_grade}",
        title=_title,
        cites=_WORDING,
        when=("name.proposals",),
        severity=_severity,
        takes="case",
        codes=_codes,
        settled_by=_SETTLED,
    )(_of_grade(_severity))

from datetime import date

import pytest

from forms.answer import fill_all
from forms.facts import gather
from forms.model import Answer
from rules.doubts import roots
from rules.engine import judge
from rules.model import Severity, Verdict
from tests.forms.case_papers import articles, bank_notice, full_case, id_card, intake, licence, paper

ON = date(2026, 3, 25)


def judged(papers, answers=None):
    facts = gather(papers, answers or {})
    forms, _ = fill_all(facts, ON)
    return judge(facts, forms, ON, papers)


def stopping(papers, answers=None):
    return [f for f in judged(papers, answers) if f.stops]


def replaced(new):
    """The full case with one paper exchanged for another of its kind and file."""
    return [new if old.file == new.file else old for old in full_case()]


def test_clean_case_has_nothing_that_stops_it():
    """A good case goes straight through: what only people can see is said, as information."""
    findings = judged(full_case())

    told = [f for f in findings if f.verdict is not Verdict.PASS]
    assert [f for f in told if f.severity is not Severity.INFO or f.verdict is Verdict.FAIL] == []
    assert len(findings) > 45


def test_order_of_papers_does_not_matter():
    """The same papers in another order give the same findings."""
    papers = full_case()

    assert judged(papers) == judged(list(reversed(papers)))


def test_what_stops_comes_first_then_by_rule():
    """A clerk reads first what must be settled."""
    findings = judged(replaced(bank_notice(account_name="别家有限公司", opened_on="2026-03-01")))

    keys = [(not f.stops, f.rule) for f in findings]

    assert keys == sorted(keys)
    assert [f.rule for f in findings if f.stops] == ["bank.account_name", "bank.opened_after_establishment"]


def test_missing_paper_is_one_line_for_each_thing_it_would_state():
    """Without the bank notice the account is asked for once, with the paper that would bring it."""
    open_findings = stopping([p for p in full_case() if p.kind != "bank_account_notice"])

    assert [(f.rule, f.facts) for f in open_findings] == [
        ("completeness.required_blank", ("bank_account.number",))
    ]
    assert "银行账号" in open_findings[0].message
    assert "《纳税人存款账户账号报告》" in open_findings[0].message
    assert "《基本存款账户信息》" in open_findings[0].settled_by[0]


def test_missing_element_names_its_blank_and_the_form():
    """A blank that no paper fills is named by its label and the form that asks for it."""
    open_findings = stopping(replaced(intake(accounting_standard=None)))

    assert len(open_findings) == 1
    assert "适用会计制度" in open_findings[0].message
    assert "新办纳税人办税信息采集表" in open_findings[0].settled_by[0]


def test_wording_outside_the_list_stops_and_is_quoted():
    """What no code stands for is never filed as something near it."""
    open_findings = stopping(replaced(intake(accounting_standard="村集体经济组织会计制度")))

    assert [f.verdict for f in open_findings] == [Verdict.UNSURE]
    assert "村集体经济组织会计制度" in open_findings[0].message


def test_conflict_is_told_once_by_the_rule_on_agreement():
    """Blanks and rules that hang on a conflict do not repeat it."""
    open_findings = stopping([*full_case()[1:], licence(legal_representative="赵云凡")])

    about = [f for f in open_findings if "legal_rep.name" in f.facts]
    assert [f.rule for f in about] == ["consistency.legal_rep_name"]
    assert "法定代表人姓名材料不一致：执照.pdf 第 1 页写“赵云凡”" in about[0].message


def blurred(old):
    """The same paper, read so badly that nothing on it is sure."""
    elements = tuple(e.model_copy(update={"sure": False, "confidence": 0.3}) for e in old.elements)
    return old.model_copy(update={"elements": elements})


def test_nothing_unsure_can_be_filed():
    """Where nothing was read surely, every fact in a form is asked for, each once."""
    papers = [blurred(p) for p in full_case()]
    facts = gather(papers, {})
    forms, _ = fill_all(facts, ON)
    used = {v.fact for form in forms for v in form.values if v.fact and not facts[v.fact].sure}

    findings = judge(facts, forms, ON, papers)
    asked = [key for f in findings if f.stops and f.rule.startswith("completeness.") for key in f.facts]

    assert len(used) > 40
    assert {root for key in used for root in roots(key, facts)} <= set(asked)
    assert len(asked) == len(set(asked))


def test_unsure_value_stops_once_and_names_its_place():
    """A value that is filled but was not read surely goes to a person, once."""
    sheet = paper("tax_intake_sheet", "采集表.xlsx", **{e.name: e.value for e in intake().elements})
    dim = sheet.model_copy(
        update={
            "elements": tuple(
                e.model_copy(update={"sure": False, "confidence": 0.7}) if e.name == "phone" else e
                for e in sheet.elements
            )
        }
    )

    open_findings = stopping(replaced(dim))

    assert [(f.rule, f.facts) for f in open_findings] == [("completeness.unsure_value", ("addr.phone",))]
    assert "企业联系电话读得不够清楚：采集表.xlsx 第 1 页“02158881234”" in open_findings[0].message


def test_unsure_scalar_behind_derived_values_is_one_line():
    """What follows from an unsure fact is settled by settling that fact."""
    cards = [id_card(), id_card(file="身份证三.jpg")]
    notice = paper(
        "bank_account_notice",
        "开户.png",
        confidence=0.7,
        **{e.name: e.value for e in bank_notice().elements if e.name == "account_number"},
    )

    open_findings = stopping(
        [p for p in [*full_case(), *cards] if p.kind != "bank_account_notice"] + [notice]
    )

    told = [f for f in open_findings if "bank_account.number" in f.facts]
    assert [f.rule for f in told] == ["completeness.unsure_value"]


def test_unsure_fact_that_decides_a_form_stops_too():
    """Whether an item is left out is never decided by a doubtful reading."""
    small = intake(vat_taxpayer_kind="小规模纳税人", general_taxpayer_from=None)
    dim = small.model_copy(
        update={
            "elements": tuple(
                e.model_copy(update={"sure": False, "confidence": 0.7})
                if e.name == "vat_taxpayer_kind"
                else e
                for e in small.elements
            )
        }
    )

    open_findings = stopping(replaced(dim))

    assert "vat.kind" in {key for f in open_findings for key in f.facts}


def test_answer_of_a_person_settles_a_doubt():
    """What a person decided is sure, and no longer stops."""
    papers = [p for p in full_case() if p.kind != "articles_of_association"]
    papers.append(articles(legal_representative="赵云凡"))

    before = stopping(papers)
    after = stopping(papers, {"legal_rep.name": Answer(value="赵云帆", why="电话核实")})

    assert any(f.rule == "consistency.legal_rep_name" for f in before)
    assert not any(f.rule == "consistency.legal_rep_name" for f in after)


def test_unknown_paper_is_mentioned_but_stops_nothing():
    """A paper that nobody knows is named with its file."""
    stranger = full_case()[0].model_copy(update={"kind": "unknown", "elements": (), "file": "杂项.pdf"})

    found = [f for f in judged([*full_case(), stranger]) if f.rule == "completeness.unknown_paper"]

    assert [(f.severity, f.verdict) for f in found] == [(Severity.WARN, Verdict.UNSURE)]
    assert "杂项.pdf" in found[0].message


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        (bank_notice(account_name="上海云栖网络有限公司"), "bank.account_name"),
        (licence(unified_social_credit_code="91310115MA7XQ2W35T"), "consistency.uscc"),
        (articles(company_name="上海云岚科技有限公司"), "consistency.company_name"),
        (articles(address="浦东新区张杨路500号12层1204室"), "consistency.registered_address"),
        (licence(established_on="2026-03-16"), "tax_items.licence_days"),
    ],
)
def test_planted_error_stops_the_case(new, rule):
    """A contradiction that a careful clerk would find stops the case under its own rule."""
    found = {f.rule for f in stopping(replaced(new)) if f.verdict is Verdict.FAIL}

    assert rule in found

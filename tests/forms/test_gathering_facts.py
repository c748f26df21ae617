import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import UsageError
from extractors.model import Leaf, Money
from forms.answers import parse_answer
from forms.facts import gather
from forms.model import Answer
from tests.forms.case_papers import (
    ADDRESS,
    MILLION,
    NAME,
    QIAN,
    QIAN_ID,
    SHARES,
    ZHAO,
    ZHAO_ID,
    articles,
    bank_notice,
    full_case,
    id_card,
    intake,
    licence,
    name_sheet,
    paper,
)


def read_by(reader, one):
    """Return a paper as another reader would hand it over."""
    elements = tuple(
        e.model_copy(update={"sources": tuple(s.model_copy(update={"reader": reader}) for s in e.sources)})
        for e in one.elements
    )
    return one.model_copy(update={"elements": elements})


@settings(max_examples=25, deadline=None)
@given(papers=st.permutations(full_case()))
def test_order_of_papers_does_not_matter(papers):
    """The same papers give the same facts, in whatever order they came."""
    facts = gather(papers, {})

    assert facts == gather(full_case(), {})


@pytest.mark.parametrize(
    ("readers", "confidence", "sure"),
    [
        (["paddleocr", "pdf"], 0.99, True),
        (["paddleocr", "paddleocr"], 0.95, False),
        (["paddleocr", "paddleocr", "paddleocr"], 0.975, True),
        (["paddleocr", "paddleocr", "xlsx"], 0.995, True),
    ],
)
def test_agreement_of_documents_raises_confidence(readers, confidence, sure):
    """Readings err apart where one was typed, and often alike where both were recognised."""
    kinds = ["business_license", "articles_of_association", "shareholder_resolution"]
    papers = [
        read_by(reader, paper(kind, f"{kind}.png", 0.9, company_name=NAME))
        for reader, kind in zip(readers, kinds, strict=False)
    ]

    fact = gather(papers, {})["enterprise.name"]

    assert fact.confidence == pytest.approx(confidence)
    assert fact.sure is sure


def test_agreement_within_one_document_is_one_witness():
    """A document that says a thing twice is no more sure of it."""
    one = paper("business_license", "甲.png", 0.9, company_name=NAME)
    other = paper("articles_of_association", "甲.png", 0.9, company_name=NAME)

    fact = gather([one, other], {})["enterprise.name"]

    assert fact.confidence == pytest.approx(0.9)
    assert not fact.sure


def test_agreement_of_two_copies_is_one_witness():
    """The same paper handed in twice is misread alike twice, so it is no more sure than once."""
    one = paper("business_license", "甲.png", 0.9, company_name=NAME)
    again = paper("business_license", "乙.png", 0.9, company_name=NAME)
    leaf = Leaf(document=one.document, file=one.file, pages=one.pages)

    fact = gather([one, again.model_copy(update={"copy_of": leaf})], {})["enterprise.name"]

    assert len(fact.witnesses) == 2
    assert fact.confidence == pytest.approx(0.9)
    assert not fact.sure


def test_highest_authority_is_the_candidate_of_a_conflict():
    """The licence's value stands first, the fact is in conflict, unsure, and keeps every witness."""
    facts = gather([articles(registered_capital=Money(amount="2000000.00")), licence()], {})

    fact = facts["capital.amount"]

    assert (fact.value, fact.conflict, fact.sure) == (MILLION, True, False)
    assert {w.file for w in fact.witnesses} == {"执照.pdf", "章程.pdf"}


def test_two_papers_of_one_kind_that_disagree_are_a_conflict():
    """Two licences with two codes: nobody but a person can tell."""
    other = licence(established_on="2026-03-16").model_copy(update={"file": "副本.pdf", "document": "sha-b"})

    fact = gather([licence(), other], {})["enterprise.established_on"]

    assert fact.conflict
    assert len(fact.witnesses) == 2


@pytest.mark.parametrize(
    "spelling", ["上海云栖网络科技有限公司 ", "上海云栖 网络科技有限公司", "上海云栖网络科技有限公司"]
)
def test_spacing_of_a_name_is_no_conflict(spelling):
    """Names are compared folded."""
    fact = gather([licence(), articles(company_name=spelling)], {})["enterprise.name"]

    assert not fact.conflict


def test_address_in_other_words_is_no_conflict():
    """The same room, with and without the city, is one place."""
    fact = gather([licence(), articles(address="浦东新区张杨路500号12层1203室")], {})["addr.registered"]

    assert not fact.conflict
    assert fact.value == ADDRESS


def test_other_room_is_a_conflict():
    """A room number is never wording."""
    fact = gather([licence(), articles(address="浦东新区张杨路500号12层1208室")], {})["addr.registered"]

    assert fact.conflict


def test_scope_in_other_order_and_tail_is_no_conflict():
    """A business scope is a set of items; headings and the sentence on approvals do not count."""
    fact = gather([licence(), articles()], {})["enterprise.scope"]

    assert not fact.conflict


def test_scope_with_another_item_is_a_conflict():
    """An item that only one paper names stays visible."""
    fact = gather([licence(), articles(business_scope="软件开发、技术服务、烟草零售")], {})[
        "enterprise.scope"
    ]

    assert fact.conflict


def test_narrower_scope_wished_for_is_no_conflict_beside_a_licence():
    """The name sheet lists what its name is about; the licence decides. The wish is kept apart."""
    facts = gather([licence(), name_sheet(business_scope="软件开发")], {})

    assert not facts["enterprise.scope"].conflict
    assert facts["name.scope"].value == "软件开发"


def test_name_wished_for_but_not_granted_is_no_witness():
    """A licence may grant the second choice; the first is then no conflict."""
    names = ({"company_name": "上海云岚网络科技有限公司"}, {"company_name": NAME})

    fact = gather([licence(), name_sheet(proposed_names=names)], {})["enterprise.name"]

    assert not fact.conflict
    assert "name_application_sheet.proposed_names.company_name" in {w.element for w in fact.witnesses}


def test_name_wished_for_is_compared_where_nothing_is_granted_yet():
    """Without a licence the sheet's first name and the articles must be one name."""
    names = ({"company_name": "上海云岚网络科技有限公司"}, {"company_name": NAME})

    fact = gather([articles(), name_sheet(proposed_names=names)], {})["enterprise.name"]

    assert fact.conflict


def test_account_name_is_no_witness_of_the_company_name():
    """Whether the two agree is a rule's question."""
    facts = gather([licence(), bank_notice(account_name="上海云息网络科技有限公司")], {})

    assert not facts["enterprise.name"].conflict
    assert facts["bank_account.name"].value == "上海云息网络科技有限公司"


def test_identity_number_comes_from_the_named_persons_card():
    """Another person's card says nothing about the legal representative."""
    cards = [id_card(), id_card(QIAN, QIAN_ID, "身份证二.jpg")]

    facts = gather([licence(), *cards], {})

    assert facts["legal_rep.id_no"].value == ZHAO_ID
    assert {w.file for w in facts["legal_rep.id_no"].witnesses} == {"身份证一.jpg"}


def test_identity_number_is_missing_where_no_card_bears_the_name():
    """Cards of others do not answer."""
    facts = gather([licence(), id_card(QIAN, QIAN_ID)], {})

    assert "legal_rep.id_no" not in facts


def test_emblem_side_that_stands_apart_belongs_to_nobody():
    """The back of a card bears no name; what reading did not put together is not put together here."""
    front = paper("id_card", "证.pdf", name=ZHAO, id_number=ZHAO_ID)
    back = paper("id_card", "证.pdf", valid_from="2015-06-01", valid_to="2035-06-01").model_copy(
        update={"pages": (2,)}
    )

    facts = gather([licence(), front, back], {})

    assert "legal_rep.id_valid_to" not in facts


def test_emblem_side_alone_belongs_to_nobody():
    """Whose card it is cannot be told from another file."""
    back = paper("id_card", "背面.jpg", valid_from="2015-06-01", valid_to="2035-06-01")

    facts = gather([licence(), id_card(file="正面.jpg").model_copy(update={"elements": ()}), back], {})

    assert "legal_rep.id_valid_to" not in facts


def test_number_on_card_and_sheet_that_differ_are_a_conflict():
    """One person has one number."""
    facts = gather([licence(), id_card(), intake(tax_handler_id_number=QIAN_ID)], {})

    assert facts["tax_agent_staff.id_no"].conflict


def test_tables_are_paired_by_name_not_by_order():
    """The same investors in another order agree."""
    facts = gather([articles(), name_sheet(investors=tuple(reversed(SHARES)))], {})

    assert not facts["investors"].conflict


def test_share_that_differs_in_one_row_is_a_conflict():
    """Row by row, cell by cell."""
    rows = (SHARES[0] | {"percent": "70"}, SHARES[1])

    facts = gather([articles(), name_sheet(investors=rows)], {})

    assert facts["investors"].conflict
    assert facts["investors.register"].conflict


def test_cell_that_only_a_lower_authority_states_completes_the_row():
    """Articles often leave identity numbers out; the name sheet has them."""
    bare = tuple({k: v for k, v in row.items() if k != "id_number"} for row in SHARES)

    facts = gather([articles(shareholders=bare), name_sheet()], {})

    assert [row["id_number"] for row in facts["investors"].value] == [ZHAO_ID, QIAN_ID]


def test_answer_of_a_person_wins_and_is_marked():
    """The machine's witnesses stay beside it, the conflict is over."""
    papers = [licence(), articles(registered_capital=Money(amount="2000000.00"))]

    fact = gather(papers, {"capital.amount": Answer(value="贰佰万元整", why="已核对原件")})["capital.amount"]

    assert fact.value == Money(amount="2000000.00")
    assert (fact.origin, fact.sure, fact.conflict, fact.why) == ("person", True, False, "已核对原件")
    assert len(fact.witnesses) == 2


def test_answer_of_a_person_is_used_by_what_follows():
    """A derived fact and a join see the answer, not what was misread."""
    reviews = {"legal_rep.name": Answer(value=ZHAO, why="字迹不清")}

    facts = gather([licence(legal_representative="赵云凡"), id_card()], reviews)

    assert facts["legal_rep.id_type"].value == "居民身份证"


def test_answer_to_what_no_paper_says_is_a_fact():
    """A person may supply what the papers leave out."""
    fact = gather([licence()], {"enterprise.industry_code": Answer(value="6510", why="按经营范围选择")})

    assert fact["enterprise.industry_code"].witnesses == ()
    assert fact["enterprise.industry_code"].value == "6510"


@pytest.mark.parametrize(
    ("key", "typed"),
    [("capital.amount", "很多"), ("addr.phone", "12"), ("investors", "[1"), ("no.such", "x")],
)
def test_answer_of_the_wrong_type_is_refused(key, typed):
    """A slip of the keyboard is said at once and kept nowhere."""
    with pytest.raises(UsageError):
        parse_answer(key, typed)


def test_table_is_answered_as_rows():
    """Rows are typed as JSON; their cells get their normal form."""
    rows = parse_answer("investors", '[{"name": "赵云帆", "subscribed_capital": "60万元"}]')

    assert rows == ({"name": ZHAO, "subscribed_capital": Money(amount="600000.00")},)


def test_derived_fact_is_as_sure_as_its_ground():
    """A code that follows from an unsure address is unsure."""
    unsure = paper("business_license", "甲.png", 0.8, address=ADDRESS)

    fact = gather([unsure], {})["addr.registered.code"]

    assert (fact.origin, fact.sure, fact.confidence) == ("derived", False, 0.8)
    assert fact.why


def test_mobile_of_another_person_is_not_taken():
    """Same name, other number: not the same person."""
    sheet = intake(tax_handler_id_number=QIAN_ID, finance_officer_name=None, invoice_buyer_name=None)
    without_agent = name_sheet(agent_name=QIAN)
    reviews = {
        "legal_rep.id_no": Answer(value=ZHAO_ID, why="原件"),
        "tax_agent_staff.id_no": Answer(value=QIAN_ID, why="原件"),
    }

    facts = gather([licence(), sheet, without_agent], reviews)

    assert "legal_rep.mobile" not in facts


def test_bank_that_is_not_listed_has_no_class():
    """A bank's class is looked up, never guessed."""
    facts = gather([bank_notice(bank_name="某某村镇银行股份有限公司")], {})

    assert "bank_account.class" not in facts


def test_control_disk_has_two_vendors_so_a_person_chooses():
    """Only a device with one vendor names it."""
    facts = gather([intake(tax_device="税控盘")], {})

    assert facts["device.kind"].value == "税控盘"
    assert "device.vendor" not in facts


@pytest.mark.parametrize(
    ("name", "division"),
    [
        ("上海云栖网络科技有限公司", "上海"),
        ("上海浦东云栖网络科技有限公司", None),
        ("云栖网络科技有限公司", None),
    ],
)
def test_division_of_a_name_is_taken_only_where_one_is_meant(name, division):
    """Two divisions in a row may be one or both; none at all is none."""
    bare = paper(
        "name_application_sheet", "表.pdf", proposed_names=({"company_name": name},), address=ADDRESS
    )

    fact = gather([bare], {}).get("name.division")

    assert (fact.value if fact else None) == division


def test_licence_of_a_shareholder_speaks_for_the_shareholder_alone():
    """A company among the shareholders hands in its licence; its name and code are not the new company's."""
    holder = "云岚投资有限公司"
    rows = (SHARES[0], SHARES[1] | {"name": holder})
    other = paper("business_license", "股东执照.pdf", company_name=holder, established_on="2010-05-06")

    facts = gather([licence(), articles(shareholders=rows), other], {})

    assert (facts["enterprise.name"].value, facts["enterprise.name"].conflict) == (NAME, False)
    assert facts["enterprise.established_on"].value == "2026-03-15"


def test_licence_in_a_name_that_nobody_explains_stays_a_witness():
    """A licence of a stranger is a contradiction, not something to leave out."""
    other = paper("business_license", "别家执照.pdf", company_name="云海投资有限公司")

    facts = gather([licence(), articles(), other], {})

    assert facts["enterprise.name"].conflict


def test_own_licence_is_never_left_out():
    """A table that names the company itself among its shareholders was misread; its licence still counts."""
    rows = (SHARES[0], SHARES[1] | {"name": NAME})

    facts = gather([licence(), articles(shareholders=rows)], {})

    assert facts["enterprise.established_on"].value == "2026-03-15"

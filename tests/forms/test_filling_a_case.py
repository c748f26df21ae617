from datetime import date

import pytest

from extractors.model import Money
from forms import catalog
from forms.answer import NEEDED, fill, fill_all
from forms.catalog import form
from forms.facts import gather
from forms.model import Answer
from tests.forms.case_papers import (
    COMMON,
    NAME,
    SPECIAL,
    ZHAO,
    articles,
    bank_notice,
    full_case,
    id_card,
    intake,
    licence,
    name_sheet,
)

ON = date(2026, 4, 1)
TEN = [item.form for item in catalog.packages()[0].items]
MERGED = ["etax_account", "comprehensive_application", "realname", "device_issue", "invoice_pickup"]
DIGITAL = {
    "invoice_kind": "电子发票（增值税专用发票）",
    "max_amount": Money(amount="100000.00"),
    "monthly_quantity": "25",
    "holding_quantity": "25",
}


def filled(papers, reviews=None):
    forms, not_needed = fill_all(gather(papers, reviews or {}), ON)
    return {f.form: f for f in forms}, not_needed


def blank(filled_form, field):
    return next(b for b in filled_form.blanks if b.field == field)


def test_full_set_of_papers_fills_every_required_blank():
    """Where every paper is there and agrees, no required blank of any of the eleven forms stays open."""
    forms, not_needed = filled(full_case())

    open_blanks = [(b.form, b.field, b.why) for f in forms.values() for b in f.blanks if b.required]

    assert len(forms) == 11
    assert open_blanks == []
    assert not_needed == {}


def test_name_declaration_comes_first_and_items_follow_in_official_order():
    """The declaration is filed before the ten items, these in the order of the circular."""
    forms, _ = filled(full_case())

    order = list(forms)

    assert order[:3] == ["name_declaration", "etax_account", "registration_confirmation"]
    assert order[-1] == "invoice_pickup"


def test_every_value_names_its_fact_or_the_basis_of_its_default():
    """No value stands in a form without a ground that can be shown."""
    forms, _ = filled(full_case())

    values = [v for f in forms.values() for v in f.values]

    assert all(v.fact if v.origin != "default" else v.why for v in values)


@pytest.mark.parametrize(
    ("form_id", "field", "text", "shown"),
    [
        ("registration_confirmation", "registered_capital", "1000000.00", "1000000.00"),
        ("registration_confirmation", "registered_region", "310115", "310115"),
        ("registration_confirmation", "company_type", "1130", "有限责任公司(自然人投资或控股)"),
        ("registration_confirmation", "natural_ratio", "1.000000", "1.000000"),
        ("registration_confirmation", "investors[1].percent", "40", "40"),
        ("registration_confirmation", "legal_rep_mobile", "13900139002", "13900139002"),
        ("accounting_filing", "accounting_standard", "102", "小企业会计准则"),
        ("accounting_filing", "depreciation_method", "11", "平均年限法"),
        ("accounting_filing", "valid_from", "2026-03-01", "2026-03-01"),
        ("bank_account_report", "accounts[0].bank_class", "102", "中国工商银行"),
        ("bank_account_report", "accounts[0].nature", "1110", "基本存款账户"),
        ("vat_general_registration", "business_class", "service", "服务业"),
        ("invoice_type_approval", "invoices[0].max_amount", "100000.00", "十万元"),
        ("invoice_type_approval", "invoices[0].each_quantity", "20", "20"),
        ("invoice_limit_approval", "limits[0].kind", "special_3", "增值税专用发票（三联）"),
        ("device_issue", "vendor", "sw", "税务UKey（税务机关免费提供）"),
        ("invoice_pickup", "pickups[1].quantity", "50", "50"),
        (
            "name_declaration",
            "alternatives[0].company_name",
            "上海云岚网络科技有限公司",
            "上海云岚网络科技有限公司",
        ),
        ("name_declaration", "undertaking", "Y", "是"),
    ],
)
def test_value_stands_in_our_code_and_is_shown_by_its_name(form_id, field, text, shown):
    """A form carries codes and normal forms; a clerk reads names."""
    forms, _ = filled(full_case())

    value = next(v for v in forms[form_id].values if v.field == field)

    assert (value.text, value.shown) == (text, shown)


def test_limit_is_asked_for_special_invoices_only():
    """Item 7 has one row for each special kind and none for a common one."""
    forms, _ = filled(full_case())

    kinds = [v.text for v in forms["invoice_limit_approval"].values if v.field.endswith(".kind")]

    assert kinds == ["special_3"]


def test_fact_in_conflict_fills_nothing_and_both_places_are_named():
    """A clerk reads which files say what; the form does not take either."""
    papers = [*full_case()[1:], licence(legal_representative="赵云凡")]

    forms, _ = filled(papers)

    open_blank = blank(forms["etax_account"], "legal_rep_name")
    assert open_blank.required
    assert "执照.pdf 第 1 页写“赵云凡”" in open_blank.why
    assert f"章程.pdf 第 1 页写“{ZHAO}”" in open_blank.why
    assert forms["etax_account"].text("legal_rep_name") is None


def test_fact_that_rests_on_a_conflict_fills_nothing_either():
    """Two account numbers leave the whole account open, and the reason names what disagrees."""
    second = bank_notice(account_number="1001234509012345679").model_copy(
        update={"file": "开户二.png", "document": "sha-2"}
    )

    forms, _ = filled([*full_case(), second])

    assert "银行账号" in blank(forms["bank_account_report"], "accounts").why


def test_unlisted_wording_leaves_a_blank_that_quotes_it():
    """No code is chosen for a wording that the list does not know."""
    papers = [*full_case()[:-1], intake(accounting_standard="村集体经济组织会计制度")]

    forms, _ = filled(papers)

    open_blank = blank(forms["accounting_filing"], "accounting_standard")
    assert forms["accounting_filing"].text("accounting_standard") is None
    assert "村集体经济组织会计制度" in open_blank.why
    assert "适用会计制度" in open_blank.why


def test_amount_between_two_limits_is_not_rounded_to_one():
    """A limit that no authority grants stays open."""
    odd = SPECIAL | {"max_amount": COMMON["max_amount"].model_copy(update={"amount": "50000.00"})}

    forms, _ = filled([*full_case()[:-1], intake(invoice_requests=(odd,))])

    assert "50000.00" in blank(forms["invoice_type_approval"], "invoices[0].max_amount").why


def test_missing_paper_is_named_as_the_reason():
    """Where no paper states a fact, the blank says so and names the fact that would fill it."""
    forms, _ = filled([p for p in full_case() if p.kind != "bank_account_notice"])

    open_blank = blank(forms["bank_account_report"], "accounts")

    assert open_blank.fact == "bank_accounts"
    assert open_blank.why == "缺少银行账号，得不出存款账户。"


def test_small_scale_taxpayer_needs_no_general_registration():
    """Item 5 is left out with its reason; the others stay."""
    forms, not_needed = filled([*full_case()[:-1], intake(vat_taxpayer_kind="小规模纳税人")])

    assert "小规模纳税人" in not_needed["vat_general_registration"]
    assert "vat_general_registration" not in forms
    assert "invoice_type_approval" in forms


def test_common_invoices_alone_need_no_limit_approval():
    """Item 7 is only for special invoices."""
    _, not_needed = filled([*full_case()[:-1], intake(invoice_requests=(COMMON,))])

    assert set(not_needed) == {"invoice_limit_approval"}


def test_no_invoice_asked_for_leaves_four_items_out():
    """Items 6, 7, 9 and 10 are about invoices; the receiver is then asked for nowhere."""
    forms, not_needed = filled([*full_case()[:-1], intake(invoice_requests=None)])

    left_out = {"invoice_type_approval", "invoice_limit_approval", "device_issue", "invoice_pickup"}
    assert set(not_needed) == left_out
    assert not blank(forms["realname"], "receiver_name").required


def test_unread_invoice_lines_are_not_taken_for_no_invoices():
    """Where the sheet's invoice part was not understood, a person says whether invoices are wanted."""
    sheet = intake(invoice_requests=None).model_copy(update={"left_over": ("发票 专票 二十五份",)})

    forms, not_needed = filled([*full_case()[:-1], sheet])

    assert "invoice_type_approval" not in not_needed
    assert blank(forms["invoice_type_approval"], NEEDED).required


def test_electronic_invoices_alone_are_not_picked_up():
    """Item 10 is for paper; the device is still needed."""
    electronic = COMMON | {"invoice_kind": "增值税电子普通发票"}

    forms, not_needed = filled([*full_case()[:-1], intake(invoice_requests=(electronic,))])

    assert set(not_needed) == {"invoice_limit_approval", "invoice_pickup"}
    assert "device_issue" in forms


def test_unknown_taxpayer_kind_keeps_the_item_and_asks():
    """What decides whether an item is needed is never guessed."""
    forms, not_needed = filled([*full_case()[:-1], intake(vat_taxpayer_kind=None)])

    question = blank(forms["vat_general_registration"], NEEDED)

    assert "vat_general_registration" not in not_needed
    assert question.required
    assert "增值税纳税人类型" in question.why


@pytest.mark.parametrize(
    ("on", "name_form", "items"),
    [
        (date(2018, 6, 1), "name_preapproval", TEN),
        (date(2019, 12, 1), "name_preapproval", TEN),
        (date(2019, 12, 2), "name_preapproval", MERGED),
        (date(2021, 2, 28), "name_preapproval", MERGED),
        (date(2021, 3, 1), "name_declaration", MERGED),
        (date(2024, 11, 30), "name_declaration", MERGED),
        (date(2024, 12, 1), "name_declaration", TEN),
    ],
)
def test_forms_are_those_of_the_day(on, name_form, items):
    """A case is filled on the forms that the authority took on that day: one form was merged from six."""
    forms, not_needed = fill_all(gather(full_case(), {}), on)

    assert [f.form for f in forms] == [name_form, *items]
    assert not_needed == {}


def test_merged_form_asks_each_thing_once():
    """The credit code stands once on the form that took the place of six."""
    merged = form("comprehensive_application")
    sources = [f.source for f in merged.fields if f.source == ("enterprise.uscc",) and f.codes is None]

    filled_form = fill(merged, gather(full_case(), {}))

    assert len(sources) == 1
    assert filled_form.text("bank_account_report.accounts[0].account_number")
    assert not [b.label for b in filled_form.blanks if b.required]


def test_digital_invoices_need_no_approval():
    """Since they are nation-wide, kinds and limits are not applied for; on an older day they were."""
    facts = gather([*full_case()[:-1], intake(invoice_requests=(DIGITAL,))], {})

    forms, not_needed = fill_all(facts, ON)

    assert {"invoice_type_approval", "invoice_limit_approval", "device_issue", "invoice_pickup"} == set(
        not_needed
    )
    assert "2024年第11号" in not_needed["invoice_type_approval"]
    assert "realname" in {f.form for f in forms}


def test_method_left_open_is_filled_by_the_standards_own_default():
    """小企业会计准则 prescribes straight-line depreciation; the value says on what it rests."""
    facts = gather([*full_case()[:-1], intake(depreciation_method=None)], {})

    value = next(v for v in fill(form("accounting_filing"), facts).values if v.field == "depreciation_method")

    assert (value.text, value.origin, value.fact) == ("11", "default", None)
    assert "第三十条" in value.why


def test_default_is_not_used_where_its_ground_is_missing():
    """The default belongs to 小企业会计准则; under another standard the blank stays open."""
    sheet = intake(depreciation_method=None, accounting_standard="企业会计准则")

    forms, _ = filled([*full_case()[:-1], sheet])

    assert blank(forms["accounting_filing"], "depreciation_method").required


def test_person_settles_a_conflict_and_the_form_is_filled():
    """The answer goes into the form, marked as a person's, and what rests on it follows."""
    papers = [*full_case()[1:], licence(legal_representative="赵云凡")]

    forms, _ = filled(papers, {"legal_rep.name": Answer(value=ZHAO, why="执照字迹不清，身份证为准")})

    value = next(v for v in forms["etax_account"].values if v.field == "legal_rep_name")
    assert (value.text, value.origin) == (ZHAO, "person")
    assert forms["etax_account"].text("legal_rep_id_number") is not None


def test_text_longer_than_the_field_stays_out():
    """Nothing is cut off to fit."""
    long_name = "上海" + "云" * 70 + "有限公司"
    papers = [licence(company_name=long_name)]

    forms, _ = filled(papers)

    assert "超过本栏的 64 字" in blank(forms["etax_account"], "taxpayer_name").why


def test_parcel_needs_the_receivers_address():
    """Only where invoices come by post is an address filled in."""
    forms, _ = filled([*full_case()[:-1], intake(invoice_delivery="邮寄配送")])

    assert forms["invoice_pickup"].text("recipient_address") is not None
    assert forms["device_issue"].text("pickup_way") == "zyps"


def test_company_investor_is_no_natural_person():
    """A credit code makes an investor a body; ratios that nobody states stay open."""
    from tests.forms.case_papers import SHARES, credit_code

    body = SHARES[1] | {"name": "杭州远山投资有限公司", "id_number": credit_code("MA8ABCD1")}
    rows = (SHARES[0], body)
    papers = [
        licence(),
        articles(shareholders=rows),
        id_card(),
        bank_notice(),
        name_sheet(investors=rows),
        intake(),
    ]

    forms, _ = filled(papers)

    registration = forms["registration_confirmation"]
    assert registration.text("investors[1].id_type") == "102"
    assert registration.text("natural_ratio") == "0.600000"
    assert registration.text("state_ratio") is None
    assert registration.text("taxpayer_name") == NAME


def test_unsure_value_leaves_an_optional_blank_empty():
    """A doubtful reading never fills what need not be filled; the reason names the place."""
    papers = [
        p.model_copy(
            update={
                "elements": tuple(
                    e.model_copy(update={"sure": False, "confidence": 0.7}) if e.name == "email" else e
                    for e in p.elements
                )
            }
        )
        for p in full_case()
    ]

    filled = fill(form("etax_account"), gather(papers, {}))

    blank = next(b for b in filled.blanks if b.field == "email")
    assert filled.text("email") is None
    assert "读得不够清楚" in blank.why

"""The papers of one invented company, built as records: what the readers would hand over."""

from extractors.elements import papers as vocabulary
from extractors.identifiers import organization_code, resident_id, uscc
from extractors.model import Element, Money, Paper, Provenance, Value


def resident(seventeen: str) -> str:
    """Return an invented identity number with its check character."""
    return seventeen + resident_id.check_character(seventeen)


def credit_code(eight: str) -> str:
    """Return an invented credit code of Pudong with both checks right."""
    body = "91310115" + eight + organization_code.check_character(eight)
    return body + uscc.check_character(body)


NAME = "上海云栖网络科技有限公司"
CODE = credit_code("MA7XQ2W3")
ADDRESS = "上海市浦东新区张杨路500号12层1203室"
SCOPE = "一般项目：软件开发；技术服务、技术咨询（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
ZHAO, ZHAO_ID = "赵云帆", resident("31011519880307001")
QIAN, QIAN_ID = "钱若水", resident("31010419910512242")
MILLION = Money(amount="1000000.00")
SHARES = (
    {
        "name": ZHAO,
        "id_number": ZHAO_ID,
        "subscribed_capital": Money(amount="600000.00"),
        "percent": "60",
        "contribution_form": "货币",
        "due_on": "2028-12-31",
    },
    {
        "name": QIAN,
        "id_number": QIAN_ID,
        "subscribed_capital": Money(amount="400000.00"),
        "percent": "40",
        "contribution_form": "货币",
        "due_on": "2028-12-31",
    },
)
SPECIAL = {
    "invoice_kind": "增值税专用发票（三联）",
    "max_amount": Money(amount="100000.00"),
    "monthly_quantity": "25",
    "holding_quantity": "20",
}
COMMON = {
    "invoice_kind": "增值税普通发票（二联）",
    "max_amount": Money(amount="10000.00"),
    "monthly_quantity": "50",
    "holding_quantity": "60",
}


def paper(kind: str, file: str, confidence: float = 0.99, **values: Value) -> Paper:
    """Return a paper that states these elements, each on its own line of page 1."""
    unknown = values.keys() - vocabulary().get(kind, {}).keys()
    assert not unknown, f"{kind} has no {unknown}"
    elements = tuple(
        _element(file, name, value, number, confidence) for number, (name, value) in enumerate(values.items())
    )
    return Paper(document=f"sha-{file}", file=file, kind=kind, pages=(1,), confidence=1, elements=elements)


def _element(file: str, name: str, value: Value, line: int, confidence: float) -> Element:
    rows = value if isinstance(value, tuple) else (value,)
    places = tuple(
        Provenance(
            document=f"sha-{file}",
            page=1,
            box=(100, 100 + 40 * line + 5 * row, 400, 130 + 40 * line),
            raw=str(content),
            reader="paddleocr",
        )
        for row, content in enumerate(rows)
    )
    return Element(name=name, value=value, confidence=confidence, sources=places, sure=confidence >= 0.97)


def licence(**other: Value) -> Paper:
    values: dict[str, Value] = {
        "unified_social_credit_code": CODE,
        "company_name": NAME,
        "company_type": "有限责任公司（自然人投资或控股）",
        "address": ADDRESS,
        "legal_representative": ZHAO,
        "registered_capital": MILLION,
        "established_on": "2026-03-15",
        "business_scope": SCOPE,
        "registration_authority": "上海市浦东新区市场监督管理局",
        "issued_on": "2026-03-15",
    }
    return paper("business_license", "执照.pdf", **values | other)


def articles(**other: Value) -> Paper:
    values: dict[str, Value] = {
        "company_name": NAME,
        "address": "浦东新区张杨路500号12层1203室",
        "business_scope": "技术咨询、技术服务、软件开发。【依法须经批准的项目，经相关部门批准后方可开展经营活动】",
        "registered_capital": MILLION,
        "legal_representative": ZHAO,
        "term_to": "indefinite",
        "shareholders": SHARES,
        "signed_on": "2026-03-01",
    }
    return paper("articles_of_association", "章程.pdf", **values | other)


def id_card(name: str = ZHAO, number: str = ZHAO_ID, file: str = "身份证一.jpg") -> Paper:
    return paper("id_card", file, name=name, id_number=number, valid_from="2015-06-01", valid_to="2035-06-01")


def bank_notice(**other: Value) -> Paper:
    values: dict[str, Value] = {
        "account_name": NAME,
        "account_number": "1001234509012345678",
        "bank_name": "中国工商银行股份有限公司上海市张江支行",
        "legal_representative": ZHAO,
        "basic_account_number": "J2900123456701",
        "opened_on": "2026-03-20",
    }
    return paper("bank_account_notice", "开户.png", **values | other)


def name_sheet(**other: Value) -> Paper:
    values: dict[str, Value] = {
        "proposed_names": ({"company_name": NAME}, {"company_name": "上海云岚网络科技有限公司"}),
        "district": "上海",
        "trade_name": "云栖",
        "industry": "网络科技",
        "organization_form": "有限公司",
        "company_type": "有限责任公司",
        "registered_capital": MILLION,
        "address": ADDRESS,
        "business_scope": "软件开发",
        "investors": tuple({k: row[k] for k in ("name", "id_number", "percent")} for row in SHARES),
        "agent_name": QIAN,
        "agent_id_number": QIAN_ID,
        "agent_phone": "13800138001",
    }
    return paper("name_application_sheet", "名称申报.docx", **values | other)


def intake(**other: Value | None) -> Paper:
    """The tax intake sheet; None takes an element out."""
    values: dict[str, Value | None] = {
        "company_name": NAME,
        "unified_social_credit_code": CODE,
        "accounting_standard": "小企业会计准则",
        "depreciation_method": "年限平均法",
        "inventory_costing_method": "先进先出法",
        "amortization_method": "一次摊销法",
        "accounting_software": "云账通",
        "accounting_software_version": "V3.2",
        "vat_taxpayer_kind": "一般纳税人",
        "general_taxpayer_from": "次月1日",
        "invoice_requests": (SPECIAL, COMMON),
        "tax_device": "税务UKey",
        "invoice_delivery": "大厅领取",
        "phone": "02158881234",
        "email": "office@yunqi.example",
        "postcode": "200122",
        "employee_count": "8",
        "finance_officer_name": QIAN,
        "finance_officer_id_number": QIAN_ID,
        "finance_officer_phone": "13800138001",
        "tax_handler_name": ZHAO,
        "tax_handler_id_number": ZHAO_ID,
        "tax_handler_phone": "13900139002",
        "invoice_buyer_name": ZHAO,
        "invoice_buyer_id_number": ZHAO_ID,
        "invoice_buyer_phone": "13900139002",
    }
    stated = {name: value for name, value in (values | other).items() if value is not None}
    return paper("tax_intake_sheet", "采集表.xlsx", **stated)


def full_case() -> list[Paper]:
    """Return the papers that every form can be filled from."""
    cards = [id_card(), id_card(QIAN, QIAN_ID, "身份证二.jpg")]
    return [licence(), articles(), *cards, bank_notice(), name_sheet(), intake()]

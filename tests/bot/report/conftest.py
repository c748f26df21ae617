"""An invented case of three files and a broken one; two papers disagree about the legal representative."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageDraw, ImageFont

from bot.model import CaseResult, CaseStatus, Clock, Filing, FilingState, Review, Span, Unreadable
from extractors.model import Element, Money, Paper, Provenance
from forms.model import Blank, Fact, FilledForm, FormValue, Witness
from rules.model import Finding, Severity, Verdict

SIZE = (1240.0, 1754.0)
NAME = "杭州听澜信息技术有限公司"
LICENCE, CARD, NOTICE = "a" * 64, "b" * 64, "c" * 64
FILES = {
    LICENCE: ("材料/01 营业执照.pdf", "business_license"),
    CARD: ("材料/02 身份证.jpg", "id_card"),
    NOTICE: ("材料/03 开户.png", "bank_account_notice"),
}
STATED = {
    LICENCE: [
        ("unified_social_credit_code", "统一社会信用代码", "91330106MA2KFTLX8Q", 1.0),
        ("company_name", "名称", NAME, 1.0),
        ("company_type", "类型", "有限责任公司", 1.0),
        ("legal_representative", "法定代表人", "沈知远", 1.0),
        ("registered_capital", "注册资本", Money(amount="1000000.00"), 0.999),
        ("established_on", "成立日期", "2026-03-02", 1.0),
        ("address", "住所", "浙江省杭州市西湖区文三路 999 号听澜大厦 12 层 1203 室", 1.0),
        (
            "business_scope",
            "经营范围",
            "软件开发；信息技术咨询服务；数据处理和存储支持服务；网络技术服务",
            1.0,
        ),
    ],
    CARD: [
        ("name", "姓名", "沈知远", 0.996),
        ("address", "住址", "杭州市拱墅区湖墅南路 88 号", 0.941),
        ("id_number", "公民身份号码", "330106199003078817", 0.991),
    ],
    NOTICE: [
        ("account_name", "账户名称", NAME, 0.988),
        ("legal_representative", "法定代表人", "沈知运", 0.972),
        ("account_number", "账号", "33050161000000012345", 0.985),
        ("bank_name", "开户银行", "中国建设银行杭州文三支行", 0.953),
    ],
}


def box(document, number):
    """Return where the value of a line stands."""
    return (420.0, 300.0 + number * 110, 1100.0, 345.0 + number * 110)


def _element(document, number, name, value, confidence):
    raw = value if isinstance(value, str) else "壹佰万元整"
    source = Provenance(document=document, page=1, box=box(document, number), raw=raw, reader="paddleocr")
    return Element(name=name, value=value, confidence=confidence, sources=(source,), sure=confidence >= 0.97)


def papers() -> Iterator[Paper]:
    """Yield one paper for each file."""
    for document, (file, kind) in FILES.items():
        elements = tuple(
            _element(document, n, name, value, confidence)
            for n, (name, _, value, confidence) in enumerate(STATED[document])
        )
        yield Paper(
            document=document,
            file=file,
            kind=kind,
            pages=(1,),
            confidence=0.998,
            elements=elements,
            left_over=("登记状态 存续",) if document == LICENCE else (),
            warnings=("照片偏暗。",) if document == CARD else (),
            sizes=(SIZE,),
        )


def _fact(key, label, *where, **more):
    stated = {p.document: p for p in papers()}
    witnesses = []
    for document, name in where:
        element = stated[document].element(name)
        place = element.sources[0]
        witnesses.append(
            Witness(
                file=stated[document].file,
                document=document,
                original=document,
                page=1,
                box=place.box,
                element=f"{stated[document].kind}.{name}",
                value=element.value,
                raw=place.raw,
                confidence=element.confidence,
                sure=element.sure,
            )
        )
    first = witnesses[0]
    base = {"value": first.value, "confidence": first.confidence, "sure": first.sure} | more
    return key, Fact(key=key, label=label, witnesses=tuple(witnesses), **base)


def facts():
    """Return the facts; the legal representative's name is in conflict."""
    return dict(
        [
            _fact("enterprise.name", "企业名称", (LICENCE, "company_name"), (NOTICE, "account_name")),
            _fact("enterprise.uscc", "统一社会信用代码", (LICENCE, "unified_social_credit_code")),
            _fact("enterprise.type", "企业类型", (LICENCE, "company_type")),
            _fact("enterprise.capital", "注册资本", (LICENCE, "registered_capital")),
            _fact("enterprise.established", "成立日期", (LICENCE, "established_on")),
            _fact("enterprise.scope", "经营范围", (LICENCE, "business_scope")),
            _fact("premises.address", "住所", (LICENCE, "address")),
            _fact(
                "legal_rep.name",
                "法定代表人姓名",
                (LICENCE, "legal_representative"),
                (CARD, "name"),
                (NOTICE, "legal_representative"),
                conflict=True,
                sure=False,
            ),
            _fact("legal_rep.id_no", "法定代表人证件号码", (CARD, "id_number")),
            _fact(
                "account.bank",
                "开户银行",
                (NOTICE, "bank_name"),
                confidence=1,
                sure=True,
                origin="person",
                why="与银行核对过",
            ),
            _fact("legal_rep.address", "法定代表人住址", (CARD, "address")),
            _fact(
                "legal_rep.sex",
                "法定代表人性别",
                (CARD, "id_number"),
                value="男",
                origin="derived",
                why="公民身份号码第十七位为奇数（GB 11643-1999）。",
            ),
        ]
    )


def forms():
    """Return two forms with values of every origin and with blanks."""
    declared = [
        ("taxpayer_name", "纳税人名称", NAME, NAME, "enterprise.name", "paper", ""),
        ("type", "登记注册类型", "159", "有限责任公司", "enterprise.type", "paper", ""),
        ("capital", "注册资本", "1000000.00", "1000000.00", "enterprise.capital", "paper", ""),
        ("scope", "经营范围", STATED[LICENCE][7][2], STATED[LICENCE][7][2], "enterprise.scope", "paper", ""),
        (
            "address",
            "注册地址",
            STATED[LICENCE][6][2],
            STATED[LICENCE][6][2],
            "premises.address",
            "paper",
            "",
        ),
        (
            "rep_id",
            "法定代表人证件号码",
            "330106199003078817",
            "330106199003078817",
            "legal_rep.id_no",
            "paper",
            "",
        ),
        ("rep_sex", "性别", "1", "男", "legal_rep.sex", "derived", "公民身份号码第十七位为奇数。"),
        (
            "rep_home",
            "法定代表人住址",
            "杭州市拱墅区湖墅南路 88 号",
            "杭州市拱墅区湖墅南路 88 号",
            "legal_rep.address",
            "paper",
            "",
        ),
        ("currency", "投资币种", "156", "人民币", None, "default", "注册资本以人民币登记。"),
    ]
    account = [
        ("taxpayer_name", "纳税人名称", NAME, NAME, "enterprise.name", "paper", ""),
        (
            "accounts[0].bank",
            "开户银行",
            "中国建设银行杭州文三支行",
            "中国建设银行杭州文三支行",
            "account.bank",
            "person",
            "与银行核对过",
        ),
    ]
    blanks = (
        Blank(form="registration_confirmation", field="rep_name", label="法定代表人姓名", required=True,
              fact="legal_rep.name", why="“法定代表人姓名”各材料不一致。"),
        Blank(form="registration_confirmation", field="fax", label="传真", required=False, why="没有材料写明传真。"),
    )  # fmt: skip
    return (
        _form("registration_confirmation", "登记信息确认", declared, blanks),
        _form("deposit_account_report", "存款账户账号报告", account, ()),
    )


def _form(form, title, values, blanks):
    keys = ("field", "label", "text", "shown", "fact", "origin", "why")
    filled = tuple(FormValue(form=form, **dict(zip(keys, row, strict=True))) for row in values)
    return FilledForm(form=form, title=title, values=filled, blanks=blanks)


def findings():
    """Return a finding that stops, one that warns and two that pass."""
    return (
        Finding(
            rule="people.legal_rep_agrees",
            title="法定代表人在各材料上一致",
            verdict=Verdict.UNSURE,
            severity=Severity.BLOCK,
            message="营业执照和身份证写法定代表人是“沈知远”，开户证明写“沈知运”。",
            cites="中华人民共和国税收征收管理法实施细则 第十七条",
            facts=("legal_rep.name",),
            settled_by=("银行更正后的开户证明", "经办人核对原件后确认的姓名"),
        ),
        Finding(
            rule="premises.address_matches",
            title="住址与户籍一致",
            verdict=Verdict.UNSURE,
            severity=Severity.WARN,
            message="身份证住址读得没有把握，请留意。",
            cites="良好实践",
            facts=("premises.address",),
        ),
        Finding(
            rule="enterprise.uscc_valid",
            title="统一社会信用代码有效",
            verdict=Verdict.PASS,
            severity=Severity.BLOCK,
            message="校验位正确。",
            cites="GB 32100-2015 第4章",
            facts=("enterprise.uscc",),
        ),
        Finding(
            rule="capital.paid_within_limit",
            title="出资期限不超过五年",
            verdict=Verdict.PASS,
            severity=Severity.BLOCK,
            message="出资期限在成立之日起 5 年以内。",
            cites="中华人民共和国公司法（2023修订）第四十七条",
            facts=("enterprise.established",),
        ),
    )


@pytest.fixture
def case() -> CaseResult:
    """Return the case as it waits for a person."""
    return build()


def build() -> CaseResult:
    """Return the case; built anew, since every test may change its copy."""
    stop = findings()[0].message
    return CaseResult(
        case="听澜-2026-03",
        folder="材料",
        status=CaseStatus.REVIEW,
        company_name=NAME,
        on="2026-03-10",
        papers=tuple(papers()),
        unreadable=(
            Unreadable(file="材料/04 合同.pdf", code="encrypted", message="文件需要密码。", remedy="请去掉密码后重新上传。"),
        ),
        facts=facts(),
        forms=forms(),
        not_needed={"invoice_quota": "本公司不申领发票，不需要办理发票票种核定。"},
        findings=findings(),
        filings=(
            Filing(form="name_declaration", title="企业名称申报", state=FilingState.FILED, receipt="ZM-2026-000017",
                   readback_equal=True, already=True),
            Filing(form="registration_confirmation", title="登记信息确认", state=FilingState.WAITING_HUMAN),
        ),
        reviews=(
            Review(fact="account.bank", machine_value="中国建设银行杭州文三支行", value="中国建设银行杭州文三支行",
                   who="陈静", at=datetime(2026, 3, 10, 2, 30, tzinfo=UTC), why="与银行核对过"),
        ),
        why_not_automatic=("材料/04 合同.pdf：文件需要密码。请去掉密码后重新上传。", stop),
        clock=Clock(
            machine_s=23.4,
            human_s=312,
            spans=(
                Span(stage="start", seconds=1.2), Span(stage="read", seconds=15.8),
                Span(stage="understand", seconds=0.3), Span(stage="judge", seconds=0.1), Span(stage="file", seconds=6.0),
            ),
        ),
    )  # fmt: skip


def draw(document, page, font=None):
    """Return the page of a document, half as large again as the pixels its boxes are in."""
    picture = Image.new("RGB", (int(SIZE[0] * 1.5), int(SIZE[1] * 1.5)), (252, 251, 247))
    pen = ImageDraw.Draw(picture)
    font = font or ImageFont.load_default(size=40)
    for number, (_, label, value, _) in enumerate(STATED[document]):
        left, top, _, bottom = (side * 1.5 for side in box(document, number))
        pen.text((120, top + 10), label, fill=(70, 70, 70), font=font)
        pen.text(
            (left + 6, top + 10), value if isinstance(value, str) else "壹佰万元整", fill="black", font=font
        )
        pen.line((left, bottom, 1650, bottom), fill=(180, 180, 180))
    return picture


@pytest.fixture
def pages():
    """Return what gives the pages' pictures."""
    return draw

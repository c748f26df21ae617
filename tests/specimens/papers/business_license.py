"""Business licence (营业执照): landscape of 2019, portrait of 2014.

The landscape of 2019 has no line 营业期限 for companies without an end; the portrait of 2014 has one.
"""

from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import lines
from tests.specimens.people import Company
from tests.specimens.prints import capitals, day, licence_money, money, wide

LANDSCAPE, PORTRAIT = (842.0, 595.0), (595.0, 842.0)
_LABEL = (140, 84, 40)
_GOLD = (190, 150, 90)
Rows = list[tuple[str, str]]


def landscape_2019(company: Company, easel: Easel) -> None:
    """Two columns: name, type, head and scope to the left; capital, day and place to the right."""
    c = company
    _frame(easel)
    easel.centred(easel.width / 2, 62, "营业执照", 42, style="song")
    easel.centred(easel.width / 2, 112, "（副  本）", 15, style="song")
    easel.text((56, 92), "统一社会信用代码", 11.5)
    easel.text((56, 110), c.code, 13, style="hei")
    left = [("名　　称", c.name), ("类　　型", c.kind), ("法定代表人", c.head.name), ("经营范围", c.scope)]
    right = [("注册资本", capitals(c.capital)), ("成立日期", day(c.established, 1)), ("住　　所", c.address)]
    _column(easel, (56, 172), left, (76, 344))
    _column(easel, (508, 172), right, (74, 206))
    easel.text((508, 428), "登 记 机 关", 14, colour=_LABEL)
    easel.centred(650, 456, c.registrar, 14)
    easel.text((574, 500), day(c.established, 3), 14)
    easel.text((56, 556), "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", 9)
    easel.text((600, 556), "国家市场监督管理总局监制", 9)
    easel.seal(650, 476, 62, c.registrar)


def landscape_public_notice(company: Company, easel: Easel) -> None:
    """As of 2019, with the QR corner's words and the yearly duty of publication."""
    c = company
    _frame(easel)
    easel.centred(easel.width / 2, 70, "营 业 执 照", 40)
    easel.centred(easel.width / 2, 118, "（副本）", 14)
    easel.text((60, 84), "统一社会信用代码", 11)
    easel.text((60, 100), c.code, 12.5)
    for n, line in enumerate(("扫描市场主体身份码", "了解更多登记、备案、", "许可、监管信息")):
        easel.text((670, 84 + n * 12), line, 8)
    left = [("名称", c.name), ("类型", c.kind), ("法定代表人", c.head.name), ("经营范围", c.scope)]
    right = [
        ("注册资本", licence_money(c.capital, 2)),
        ("成立日期", day(c.established, 1)),
        ("住所", c.address),
    ]
    _column(easel, (60, 176), [(wide(k), v) for k, v in left], (78, 330))
    _column(easel, (500, 176), [(wide(k), v) for k, v in right], (74, 210))
    easel.text((500, 440), "登记机关", 14, colour=_LABEL)
    easel.text((590, 500), day(c.established, 3), 14)
    easel.text((60, 548), "http://www.gsxt.gov.cn", 8)
    duty = "市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告"
    easel.text((220, 548), duty, 8)
    easel.text((664, 548), "国家市场监督管理总局监制", 8)
    easel.centred(650, 462, c.registrar, 14)
    easel.seal(650, 482, 60, c.registrar)


def portrait_2014(company: Company, easel: Easel) -> None:
    """One column in the order of the form of 2014, with a line 营业期限."""
    _portrait(company, easel, lambda label: wide(label, 5))


def portrait_2014_plain(company: Company, easel: Easel) -> None:
    """The same with labels that are not spaced out."""
    _portrait(company, easel, lambda label: label)


def _portrait(c: Company, easel: Easel, spaced: Any) -> None:
    easel.box(18, 18, easel.width - 36, easel.height - 36, 5)
    easel.box(26, 26, easel.width - 52, easel.height - 52, 0.8)
    easel.centred(easel.width / 2, 118, "营 业 执 照", 46, style="song")
    easel.centred(easel.width / 2, 176, "（副    本）", 16, style="song")
    easel.centred(easel.width / 2, 214, f"统一社会信用代码  {c.code}", 13.5)
    end = day(c.term_to, 1) if c.term_to else "长期"
    term = f"{day(c.established, 1)}至{end}" if c.term_to else end
    rows = [
        ("名称", c.name),
        ("类型", c.kind),
        ("住所", c.address),
        ("法定代表人", c.head.name),
        ("注册资本", licence_money(c.capital, 0)),
        ("成立日期", day(c.established, 1)),
        ("营业期限", term),
        ("经营范围", c.scope),
    ]
    _column(easel, (76, 262), [(spaced(k), v) for k, v in rows], (110, 340))
    easel.text((330, 672), "登记机关", 15)
    easel.centred(400, 702, c.registrar, 14)
    easel.text((340, 752), day(c.established, 3), 15)
    easel.text((76, 796), "企业信用信息公示系统网址：http://www.gsxt.gov.cn", 8.5)
    easel.text((360, 796), "中华人民共和国国家工商行政管理总局监制", 8.5)
    easel.seal(404, 724, 64, c.registrar)


def _frame(easel: Easel) -> None:
    for inset, stroke in ((16, 4), (24, 1.2)):
        for start, end in _edges(inset, easel.width, easel.height):
            easel.line(start, end, stroke, _GOLD)


def _edges(d: float, w: float, h: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    a, b, c, e = (d, d), (w - d, d), (w - d, h - d), (d, h - d)
    return [(a, b), (b, c), (c, e), (e, a)]


def _column(easel: Easel, at: tuple[float, float], rows: Rows, widths: tuple[float, float]) -> None:
    x, y = at
    for label, value in rows:
        easel.text((x, y), label, 13, colour=_LABEL)
        for line in lines(easel, value, widths[1], 12.5):
            easel.text((x + widths[0], y), line, 12.5)
            y += 20
        y += 11


LAYOUTS = {
    "landscape_2019": landscape_2019,
    "portrait_2014": portrait_2014,
    "landscape_public_notice": landscape_public_notice,
    "portrait_2014_plain": portrait_2014_plain,
}
SPLITS = {
    "build": ("landscape_2019", "portrait_2014"),
    "judge": ("landscape_public_notice", "portrait_2014_plain"),
}
SIZES = {name: PORTRAIT if name.startswith("portrait") else LANDSCAPE for name in LAYOUTS}


def truth(company: Company, layout: str) -> dict[str, Any]:
    """Return what the licence says."""
    c = company
    says = {
        "unified_social_credit_code": c.code,
        "company_name": c.name,
        "company_type": c.kind,
        "address": c.address,
        "legal_representative": c.head.name,
        "registered_capital": money(c.capital),
        "established_on": c.established.isoformat(),
        "business_scope": c.scope,
        "registration_authority": c.registrar,
        "issued_on": c.established.isoformat(),
    }
    if layout.startswith("portrait"):
        says["term_to"] = c.term_to.isoformat() if c.term_to else "indefinite"
        if c.term_to:
            says["term_from"] = c.established.isoformat()
    return says

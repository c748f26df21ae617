"""Business licence: portrait of 2014, landscape of 2019 and 2022, electronic."""

from random import Random

from tests.specimens import prints
from tests.specimens.easel import Colour, Easel
from tests.specimens.flow import Flow, lines
from tests.specimens.papers.layout import Elements, layout
from tests.specimens.people import Company

PORTRAIT = (595.0, 842.0)
LANDSCAPE = (842.0, 595.0)
_BROWN: Colour = (135, 84, 40)
_GREEN: Colour = (80, 125, 95)


def truth(c: Company, *, term: bool) -> Elements:
    """Return what a licence says; those under the rules of 2022 carry no term."""
    elements: Elements = {
        "unified_social_credit_code": c.code,
        "company_name": c.name,
        "company_type": c.kind,
        "address": c.address,
        "legal_representative": c.head.name,
        "registered_capital": prints.money(c.capital),
        "established_on": c.established.isoformat(),
        "business_scope": c.scope,
        "registration_authority": c.registrar,
        "issued_on": c.established.isoformat(),
    }
    if term:
        elements |= {"term_from": c.established.isoformat(), "term_to": c.term_to.isoformat() if c.term_to else "indefinite"}
    return elements


def _term(c: Company, form: int) -> str:
    end = prints.day(c.term_to, form) if c.term_to else "长期"
    return f"{prints.day(c.established, form)}至{end}"


def _column(e: Easel, at: tuple[float, float], rows: list[tuple[str, str]], widths: tuple[float, float], size: float, colour: Colour) -> float:
    x, y = at
    for label, value in rows:
        e.text((x, y), label, size, colour=colour)
        for line in lines(e, value, widths[1], size):
            e.text((x + widths[0], y), line, size)
            y += size * 1.6
        y += size * 0.8
    return y


def _frame(e: Easel, colour: Colour) -> None:
    for inset, stroke in ((18, 5), (27, 1)):
        w, h = e.width - inset, e.height - inset
        for start, end in (((inset, inset), (w, inset)), ((w, inset), (w, h)), ((w, h), (inset, h)), ((inset, h), (inset, inset))):
            e.line(start, end, stroke, colour)


@layout("business_license", "build", PORTRAIT)
def portrait_2014(e: Easel, c: Company, rng: Random) -> Elements:
    """One column with wide labels; the code stands under the title."""
    form = rng.randrange(2)
    _frame(e, _GREEN)
    e.centred(e.width / 2, 95, "营 业 执 照", 46)
    e.centred(e.width / 2, 156, "（副  本）", 15)
    e.centred(e.width / 2, 188, f"统一社会信用代码  {c.code}", 13)
    rows = [
        ("名　　　　称", c.name), ("类　　　　型", c.kind), ("住　　　　所", c.address), ("法 定 代 表 人", c.head.name),
        ("注 册 资 本", prints.licence_money(c.capital, rng.randrange(4))), ("成 立 日 期", prints.day(c.established, form)),
        ("营 业 期 限", _term(c, form)), ("经 营 范 围", c.scope),
    ]
    _column(e, (82, 235), rows, (112, 320), 12.5, _GREEN)
    e.text((330, 672), "登 记 机 关", 14, colour=_GREEN)
    e.text((315, 700), c.registrar, 12.5)
    e.text((330, 735), prints.day(c.established, 3), 14)
    e.seal(400, 700, 58, c.registrar)
    e.text((60, 795), "企业信用信息公示系统网址：http://www.gsxt.gov.cn", 8)
    e.text((345, 795), "中华人民共和国国家工商行政管理总局监制", 8)
    return truth(c, term=True)


@layout("business_license", "build", LANDSCAPE)
def landscape_2019(e: Easel, c: Company, rng: Random) -> Elements:
    """Two columns, with the term of operation at the right."""
    form = rng.randrange(2)
    _frame(e, _BROWN)
    e.centred(e.width / 2, 70, "营业执照", 48)
    e.centred(e.width / 2, 128, "（副 本）", 14)
    e.text((60, 92), "统一社会信用代码", 12)
    e.text((60, 110), c.code, 13.5)
    e.text((650, 80), "扫描二维码登录“国家企", 7.5)
    e.text((650, 90), "业信用信息公示系统”了", 7.5)
    e.text((650, 100), "解更多登记、备案、许可、", 7.5)
    e.text((650, 110), "监管信息。", 7.5)
    left = [("名　　称", c.name), ("类　　型", c.kind), ("法定代表人", c.head.name), ("经营范围", c.scope)]
    right = [
        ("注册资本", prints.licence_money(c.capital, rng.randrange(4))), ("成立日期", prints.day(c.established, form)),
        ("营业期限", _term(c, form)), ("住　　所", c.address),
    ]
    _column(e, (60, 175), left, (78, 310), 12, _BROWN)
    _column(e, (490, 175), right, (70, 220), 12, _BROWN)
    e.text((545, 425), "登记机关", 14, colour=_BROWN)
    e.text((520, 450), c.registrar, 11.5)
    e.text((560, 490), prints.day(c.established, 3), 14)
    e.seal(610, 462, 56, c.registrar)
    e.text((50, 548), "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", 8)
    e.text((330, 540), "市场主体应当于每年1月1日至6月30日通过", 7)
    e.text((330, 550), "国家企业信用信息公示系统报送公示年度报告", 7)
    e.text((640, 548), "国家市场监督管理总局监制", 8)
    return truth(c, term=True)


@layout("business_license", "judge", LANDSCAPE)
def landscape_2022(e: Easel, c: Company, rng: Random) -> Elements:
    """Two columns without a term; the code is boxed at the left, the seal lies over the date."""
    e.fill(0, 0, e.width, e.height, (251, 248, 238))
    _frame(e, (180, 140, 70))
    e.text((300, 62), "营业执照", 56)
    e.text((534, 96), "（副本）1-1", 11)
    e.text((70, 70), "统一社会信用代码", 10.5, colour=(150, 110, 50))
    e.text((70, 86), c.code, 14)
    left = [("名  称", c.name), ("类  型", c.kind), ("法定代表人", c.head.name), ("经营范围", c.scope)]
    right = [("注 册 资 本", prints.licence_money(c.capital, rng.randrange(4))), ("成 立 日 期", prints.day(c.established, 1)), ("住     所", c.address)]
    _column(e, (66, 160), left, (72, 300), 11, (150, 110, 50))
    _column(e, (470, 160), right, (86, 230), 11, (150, 110, 50))
    e.text((500, 440), "登记机关", 13, colour=(150, 110, 50))
    e.text((575, 441), c.registrar, 11)
    e.text((560, 480), prints.day(c.established, 1), 13)
    e.seal(625, 468, 52, c.registrar)
    e.text((60, 552), "http://www.gsxt.gov.cn", 8)
    e.text((640, 552), "国家市场监督管理总局监制", 8)
    return truth(c, term=False)


@layout("business_license", "judge", PORTRAIT)
def electronic(e: Easel, c: Company, rng: Random) -> Elements:
    """The print of an electronic licence: labels with colons, downloaded from the registry."""
    flow = Flow(e, left=78, top=110, size=11.5)
    flow.title("营业执照", 34)
    flow.title("（电子营业执照）", 12)
    rows = [
        ("统一社会信用代码", c.code), ("企业名称", c.name), ("企业类型", c.kind), ("法定代表人", c.head.name),
        ("注册资本", prints.licence_money(c.capital, rng.randrange(5))), ("成立日期", prints.day(c.established, 2)), ("住所", c.address),
        ("经营范围", c.scope), ("登记机关", c.registrar), ("核准日期", prints.day(c.established, 2)),
    ]
    flow.pairs(rows, 128, gap=8, mark="：")
    e.text((78, 780), "提示：本电子营业执照与纸质营业执照具有同等法律效力。", 8.5)
    return truth(c, term=False)

"""Invents companies and persons; the same seed gives the same ones."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.specimens import numbers
from tests.specimens.people import Company, Invoice, Person, Share


@dataclass(frozen=True)
class Place:
    """A district with streets, its police and its registrar."""

    division: str
    city: str
    region: str
    registrar: str
    police: str
    streets: tuple[str, ...]
    area_code: str
    postcode: str


PLACES = (
    Place(
        "上海",
        "上海市浦东新区",
        "310115",
        "浦东新区市场监督管理局",
        "上海市公安局浦东分局",
        ("锦绣路", "碧波路", "杨高南路"),
        "021",
        "201203",
    ),
    Place(
        "杭州",
        "浙江省杭州市西湖区",
        "330106",
        "杭州市西湖区市场监督管理局",
        "杭州市公安局西湖分局",
        ("文三路", "古墩路", "紫荆花路"),
        "0571",
        "310012",
    ),
    Place(
        "深圳",
        "广东省深圳市南山区",
        "440305",
        "深圳市市场监督管理局",
        "深圳市公安局南山分局",
        ("科苑南路", "桃园路", "高新中一道"),
        "0755",
        "518057",
    ),
    Place(
        "成都",
        "四川省成都市武侯区",
        "510107",
        "成都市武侯区行政审批局",
        "成都市公安局武侯区分局",
        ("佳灵路", "武科西二路", "晋阳路"),
        "028",
        "610041",
    ),
    Place(
        "北京",
        "北京市海淀区",
        "110108",
        "北京市海淀区市场监督管理局",
        "北京市公安局海淀分局",
        ("学院南路", "上地三街", "丰慧中路"),
        "010",
        "100085",
    ),
)
_SURNAMES = "林沈何顾陆程苏叶韩唐冯邓曹彭曾萧田董潘袁蒋蔡余杜魏薛阎段雷侯龙史陶黎贺毛郝龚邵万覃武"
_GIVEN = "启明书瑶子谦恒越青禾以宁思远若溪景行知微云舟怀瑾望舒清和嘉树长风见山亦辰"
_TRADES = (
    ("软件科技", ("软件开发", "软件销售", "信息系统集成服务", "信息技术咨询服务", "数据处理和存储支持服务")),
    ("贸易", ("日用百货销售", "办公用品销售", "纸制品销售", "家居用品销售", "货物进出口", "技术进出口")),
    (
        "企业管理咨询",
        (
            "企业管理咨询",
            "市场营销策划",
            "会议及展览服务",
            "社会经济咨询服务",
            "信息咨询服务（不含许可类信息咨询服务）",
        ),
    ),
    ("餐饮管理", ("餐饮管理", "食用农产品零售", "厨具卫具及日用杂品零售", "外卖递送服务")),
    ("建筑工程", ("土石方工程施工", "园林绿化工程施工", "建筑材料销售", "工程管理服务", "专业设计服务")),
)
_BANKS = (
    ("中国工商银行股份有限公司{}支行", 19),
    ("中国建设银行股份有限公司{}支行", 20),
    ("中国银行股份有限公司{}支行", 12),
    ("招商银行股份有限公司{}支行", 15),
    ("中国农业银行股份有限公司{}支行", 17),
    ("交通银行股份有限公司{}支行", 21),
)
_ETHNICITIES = ("汉", "汉", "汉", "汉", "回", "满", "土家", "维吾尔")


def person(rng: Random, place: Place) -> Person:
    """Invent a person; the card's period follows from the age at its issue, 居民身份证法 第五条."""
    man = rng.random() < 0.5
    born = date(1968, 1, 1) + timedelta(days=rng.randrange(365 * 34))
    start = date(2018, 1, 1) + timedelta(days=rng.randrange(365 * 6))
    age = (start - born).days // 365
    years = 20 if 26 <= age < 46 else 10
    end = None if age >= 46 else date(start.year + years, start.month, min(start.day, 28))
    start = start.replace(day=min(start.day, 28))
    number = numbers.identity(place.region, born, rng.randrange(10, 480) * 2 + (1 if man else 0))
    home = f"{place.city}{rng.choice(place.streets)}{rng.randrange(8, 2400)}弄{rng.randrange(1, 60)}号{rng.randrange(1, 19)}0{rng.randrange(1, 6)}室"
    name = rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2, 2))))
    return Person(
        name,
        number,
        "男" if man else "女",
        home,
        place.police,
        start,
        end,
        numbers.mobile(rng.randrange(10**8)),
        rng.choice(_ETHNICITIES),
    )


def company(seed: int) -> Company:
    """Invent a company that was established in autumn 2026 and whose papers agree."""
    rng = Random(seed)
    place = rng.choice(PLACES)
    people = _strangers(rng, place)
    trade_name = "".join(rng.sample(_GIVEN, rng.choice((2, 3))))
    industry, items = rng.choice(_TRADES)
    established = date(2026, 9, 1) + timedelta(days=rng.randrange(80))
    signed = established - timedelta(days=rng.randrange(3, 14))
    bank, digits = rng.choice(_BANKS)
    capital = rng.choice((300_000, 500_000, 1_000_000, 2_000_000, 3_500_000, 5_000_000, 10_000_000))
    general = rng.random() < 0.6
    name = (
        f"{place.division}{trade_name}{industry}有限公司"
        if rng.random() < 0.6
        else f"{trade_name}（{place.division}）{industry}有限公司"
    )
    return Company(
        name=name,
        division=place.division,
        trade_name=trade_name,
        industry=industry,
        code=numbers.credit_code(
            place.region, "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
        ),
        address=f"{place.city}{rng.choice(place.streets)}{rng.randrange(8, 999)}号{rng.randrange(1, 9)}幢{rng.randrange(1, 22)}0{rng.randrange(1, 9)}室",
        scope=_scope(rng, items),
        capital=capital,
        established=established,
        signed=signed,
        account=f"J{rng.randrange(10**12, 10**13)}",
        account_number="".join(
            rng.choice("123456789") if n == 0 else rng.choice("0123456789") for n in range(digits)
        ),
        bank=bank.format(place.city[-3:].rstrip("区") + rng.choice(("科技园", "高新", "城西"))),
        opened=established + timedelta(days=rng.randrange(3, 12)),
        phone=f"{place.area_code}-{rng.randrange(20_000_000, 89_999_999)}",
        email=f"office{rng.randrange(100, 999)}@{rng.choice(('mail', 'corp'))}.example",
        postcode=place.postcode,
        staff=rng.randrange(2, 60),
        head=people[0],
        finance=people[1],
        clerk=people[2],
        lessor=f"{place.division}{''.join(rng.sample(_GIVEN, 2))}物业管理有限公司",
        shares=_shares(rng, people[:1] + people[2 : rng.choice((3, 4))], capital, signed),
        registrar=place.registrar,
        spare_names=tuple(
            name.replace(trade_name, "".join(rng.sample(_GIVEN, 2))) for _ in range(rng.randrange(1, 4))
        ),
        **_intake_answers(rng, general=general),
        term_to=rng.choice(
            (None, date(established.year + 20, established.month, established.day) - timedelta(days=1))
        ),
        area=f"{rng.randrange(2000, 60000) / 100:.2f}",
        rent=rng.randrange(18, 400) * 100,
        premises_use=rng.choice(("办公", "商业", "商业办公")),
        certificate=f"（{rng.randrange(2015, 2025)}）{place.division}不动产权第{rng.randrange(10**6):07d}号",
        notice_number=f"（{place.division}）名称申报〔2026〕第{rng.randrange(1000, 9999)}号",
    )


def _intake_answers(rng: Random, *, general: bool) -> dict[str, Any]:
    return {
        "accounting_standard": rng.choice(("小企业会计准则", "企业会计准则")),
        "depreciation": rng.choice(("年限平均法", "双倍余额递减法", "工作量法")),
        "costing": rng.choice(("先进先出法", "加权平均法", "个别计价法")),
        "amortization": rng.choice(("一次摊销法", "五五摊销法", "分次摊销法")),
        "software": rng.choice(("用友T3", "金蝶KIS", "畅捷通好会计", "浪潮云会计")),
        "software_version": rng.choice(("V11.2", "2026.1", "15.0", "V3.0.1")),
        "vat_kind": "一般纳税人" if general else "小规模纳税人",
        "general_from": rng.choice(("当月1日", "次月1日")) if general else "",
        "device": rng.choice(("税务UKey", "金税盘", "税控盘")),
        "delivery": rng.choice(("办税服务厅领取", "邮寄配送", "自助终端领取")),
        "invoices": _invoices(rng, general=general),
    }


def _strangers(rng: Random, place: Place) -> list[Person]:
    """Invent five persons of different names: papers tell people apart by name."""
    found: dict[str, Person] = {}
    while len(found) < 5:
        somebody = person(rng, place)
        found.setdefault(somebody.name, somebody)
    return list(found.values())


def _scope(rng: Random, items: tuple[str, ...]) -> str:
    chosen = rng.sample(items, rng.randrange(3, len(items) + 1))
    tail = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
    if rng.random() < 0.3:
        return "；".join(chosen) + "。【依法须经批准的项目，经相关部门批准后方可开展经营活动】"
    return (
        f"一般项目：{'；'.join(chosen)}；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广。{tail}"
    )


def _shares(rng: Random, holders: list[Person], capital: int, signed: date) -> tuple[Share, ...]:
    first = rng.choice((51, 60, 70))
    percents = [first, 100 - first] if len(holders) == 2 else [first, 100 - first - 10, 10]
    due = date(signed.year + rng.choice((2, 4)), rng.randrange(1, 13), 28)
    return tuple(
        Share(holder, capital * percent // 100, percent, due)
        for holder, percent in zip(holders, percents, strict=False)
    )


def _invoices(rng: Random, *, general: bool) -> tuple[Invoice, ...]:
    kinds = ["增值税专用发票", "增值税普通发票"] if general else ["增值税普通发票"]
    if rng.random() < 0.4:
        kinds.append("增值税电子普通发票")
    most = {"增值税专用发票": (10, 20, 25)}  # what a first application may ask for (公告2018年第29号)
    return tuple(
        Invoice(kind, rng.choice((10_000, 100_000)), rng.choice(most.get(kind, (20, 25, 50))))
        for kind in kinds
    )

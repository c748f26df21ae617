"""The invented companies and persons."""

from dataclasses import dataclass, field
from datetime import date

from tests.specimens import numbers


@dataclass(frozen=True)
class Person:
    """A natural person with an identity card."""

    name: str
    number: str
    sex: str
    home: str
    police: str
    card_from: date
    card_to: date | None
    mobile: str
    ethnicity: str = "汉"

    @property
    def born(self) -> date:
        """Birthday, as the number states it."""
        return date.fromisoformat(f"{self.number[6:10]}-{self.number[10:12]}-{self.number[12:14]}")


@dataclass(frozen=True)
class Share:
    """What one shareholder subscribes."""

    holder: Person
    amount: int
    percent: int
    due: date


@dataclass(frozen=True)
class Invoice:
    """A kind of invoice that the company asks for."""

    kind: str
    limit: int
    """Highest amount of one invoice in yuan."""
    monthly: int


@dataclass(frozen=True)
class Company:
    """A new company with everything that its papers say."""

    name: str
    division: str
    trade_name: str
    industry: str
    code: str
    address: str
    scope: str
    capital: int
    established: date
    signed: date
    account: str
    account_number: str
    bank: str
    opened: date
    phone: str
    email: str
    postcode: str
    staff: int
    head: Person
    finance: Person
    clerk: Person
    lessor: str
    shares: tuple[Share, ...]
    registrar: str
    articles_capital: int | None = None
    """What the articles say where they disagree with the licence."""
    spare_names: tuple[str, ...] = field(default=())
    kind: str = "有限责任公司（自然人投资或控股）"
    accounting_standard: str = "小企业会计准则"
    depreciation: str = "年限平均法"
    costing: str = "加权平均法"
    amortization: str = "一次摊销法"
    software: str = "畅捷通好会计"
    software_version: str = "2026.1"
    vat_kind: str = "一般纳税人"
    general_from: str = "次月1日"
    device: str = "税务UKey"
    delivery: str = "办税服务厅领取"
    invoices: tuple[Invoice, ...] = (
        Invoice("增值税专用发票", 100_000, 25),
        Invoice("增值税普通发票", 100_000, 50),
    )
    term_to: date | None = None
    form: str = "有限公司"
    area: str = "128.50"
    rent: int = 9600
    premises_use: str = "办公"
    certificate: str = "沪（2021）浦字不动产权第018842号"
    notice_number: str = "（沪浦）名称申报〔2026〕第3107号"

    @property
    def manager(self) -> Person:
        """The first shareholder is the manager."""
        return self.head

    @property
    def supervisor(self) -> Person:
        """The second shareholder, who is neither director nor manager: 公司法 第七十六条."""
        return self.shares[1].holder


def _person(name: str, born: date, sequence: int, home: str, police: str, serial: int) -> Person:
    """Return a person of Shanghai; an odd sequence is a man's."""
    number = numbers.identity("310115" if "浦东" in home else "310104", born, sequence)
    start = date(2017, 4, 18)
    years = 20 if start.year - born.year < 46 else None
    end = date(start.year + years, start.month, start.day) if years else None
    sex = "男" if sequence % 2 else "女"
    return Person(name, number, sex, home, police, start, end, numbers.mobile(serial))


def _software_people() -> tuple[Person, Person, Person, Person]:
    """Return head, finance officer, tax handler and the other shareholder."""
    head = _person(
        "林启明",
        date(1986, 3, 14),
        231,
        "上海市浦东新区锦绣路1888弄12号502室",
        "上海市公安局浦东分局",
        20180001,
    )
    finance = _person(
        "沈书瑶",
        date(1990, 7, 22),
        408,
        "上海市徐汇区漕宝路410弄7号1103室",
        "上海市公安局徐汇分局",
        20180002,
    )
    clerk = _person(
        "何子谦",
        date(1994, 11, 5),
        617,
        "上海市浦东新区成山路2388弄30号801室",
        "上海市公安局浦东分局",
        20180003,
    )
    partner = _person(
        "唐见山",
        date(1989, 5, 27),
        513,
        "上海市徐汇区龙华西路301弄22号604室",
        "上海市公安局徐汇分局",
        20180004,
    )
    return head, finance, clerk, partner


def software() -> Company:
    """Return a company whose papers agree in everything."""
    head, finance, clerk, partner = _software_people()
    due = date(2031, 10, 31)
    return Company(
        name="上海启明序软件科技有限公司",
        division="上海",
        trade_name="启明序",
        industry="软件科技",
        code=numbers.credit_code("310115", "MAK3QX7T"),
        address="上海市浦东新区碧波路690号4幢302室",
        scope="一般项目：软件开发；软件销售；信息系统集成服务；信息技术咨询服务；数据处理和存储支持服务；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广。（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）",
        capital=1_000_000,
        established=date(2026, 11, 5),
        signed=date(2026, 10, 28),
        account="J2900184736201",
        account_number="1001280919300456781",
        bank="中国工商银行股份有限公司上海市张江支行",
        opened=date(2026, 11, 12),
        phone="021-50801234",
        email="office@qimingxu.example",
        postcode="201203",
        staff=12,
        head=head,
        finance=finance,
        clerk=clerk,
        lessor="上海碧波园区管理有限公司",
        shares=(Share(head, 600_000, 60, due), Share(partner, 400_000, 40, due)),
        registrar="浦东新区市场监督管理局",
        spare_names=("上海启明弦软件科技有限公司", "上海启明泽软件科技有限公司"),
    )


def _trading_people() -> tuple[Person, Person, Person, Person]:
    """Return head, finance officer, tax handler and the other shareholder."""
    head = _person(
        "顾恒越",
        date(1979, 9, 2),
        115,
        "上海市浦东新区云台路800弄3号201室",
        "上海市公安局浦东分局",
        20180011,
    )
    finance = _person(
        "陆青禾",
        date(1988, 12, 19),
        226,
        "上海市徐汇区龙华路2696弄5号602室",
        "上海市公安局徐汇分局",
        20180012,
    )
    clerk = _person(
        "程以宁",
        date(1996, 2, 8),
        334,
        "上海市浦东新区杨高南路5678弄9号1402室",
        "上海市公安局浦东分局",
        20180013,
    )
    partner = _person(
        "苏若溪",
        date(1985, 6, 11),
        442,
        "上海市浦东新区锦安东路588弄16号1001室",
        "上海市公安局浦东分局",
        20180014,
    )
    return head, finance, clerk, partner


def trading() -> Company:
    """Return a company whose articles state another capital than its licence."""
    head, finance, clerk, partner = _trading_people()
    due = date(2031, 9, 30)
    return Company(
        name="上海恒越禾贸易有限公司",
        division="上海",
        trade_name="恒越禾",
        industry="贸易",
        code=numbers.credit_code("310115", "MAK5HY2D"),
        address="上海市浦东新区杨高南路799号1幢1806室",
        scope="一般项目：日用百货销售；办公用品销售；纸制品销售；家居用品销售；货物进出口；技术进出口。（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）",
        capital=2_000_000,
        established=date(2026, 11, 9),
        signed=date(2026, 11, 2),
        account="J2900193358401",
        account_number="31050161393600001827",
        bank="中国建设银行股份有限公司上海世纪大道支行",
        opened=date(2026, 11, 16),
        phone="021-68880921",
        email="hello@hengyuehe.example",
        postcode="200127",
        staff=6,
        head=head,
        finance=finance,
        clerk=clerk,
        lessor="上海南杨商务楼管理有限公司",
        shares=(Share(head, 1_400_000, 70, due), Share(partner, 600_000, 30, due)),
        registrar="浦东新区市场监督管理局",
        articles_capital=3_000_000,
        spare_names=("上海恒越稻贸易有限公司",),
    )

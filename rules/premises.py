"""Where the company is: which house and room the papers name, and whose they are."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Literal

from extractors.values import address
from extractors.values.address import AddressParts
from extractors.values.text import half_width, same_name_key
from forms.model import Fact
from rules import doubts
from rules.engine import rule
from rules.model import Severity, Verdict
from rules.periods import years_after
from rules.plain import Scalar
from rules.registry import Objection, Unclear

_PROOF = (
    "company_registration_2016:第二十条",
    "registration_rules:第二十五条",
    "good_practice:房屋来源可追溯",
)
_SAME = (
    "company_registration_2016:第二条",
    "registration_regulation:第十七条",
    "good_practice:同一事实各处一致",
)
_ALIKE = {"房": "室", "楼": "层"}
"""Units that papers use for one another: 12楼 is 12层."""


@rule(
    "premises.region_known",
    title="注册地址写明所在区县",
    cites=("company_registration_2016:第九条", "registration_regulation:第八条"),
    needs=("addr.registered",),
    when=("addr.registered",),
    severity=Severity.WARN,
    codes="T-25",
    settled_by=("人工选择注册地址所在的区县",),
)
def region_known(registered: str) -> str | None:
    """The address begins with divisions down to a county: they decide the tax office."""
    return None if address.region_code(registered) else f"由“{registered}”看不出所在区县。"


@rule(
    "premises.registrar_is_local",
    title="登记机关与注册地址在同一地区",
    cites=("company_registration_2016:第十二条", "registration_regulation:第五条"),
    needs=("enterprise.authority", "addr.registered"),
    when=("enterprise.authority", "addr.registered"),
    severity=Severity.WARN,
    codes="T-25, C-17",
    settled_by=("对照《营业执照》原件核对住所与登记机关",),
)
def registrar_is_local(authority: str, registered: str) -> str | None:
    """The registrar's divisions are those of the address, as far as both print them."""
    one, other = address.parts(authority), address.parts(registered)
    pairs = [(one.province, other.province), (one.city, other.city), (one.county, other.county)]
    if not any(a and b for a, b in pairs):
        return Unclear("由登记机关名称或注册地址看不出所在地区，请人工核对。")
    differs = any(a and b and a != b for a, b in pairs)
    return f"登记机关“{authority}”与注册地址“{registered}”不在同一地区。" if differs else None


def _contradiction(a: str, b: str) -> Literal["division", "number", "street"] | None:
    """Return in what two addresses contradict each other; what only one of them names is no contradiction."""
    one, other = address.parts(a), address.parts(b)
    divisions = [(one.province, other.province), (one.city, other.city), (one.county, other.county)]
    if any(x and y and x != y for x, y in divisions):
        return "division"
    mine, theirs = _numbers(one), _numbers(other)
    if any(mine[unit] != theirs[unit] for unit in mine.keys() & theirs.keys()):
        return "number"
    streets = _street(one), _street(other)
    is_same = streets[0].endswith(streets[1]) or streets[1].endswith(streets[0])
    return None if is_same else "street"


def _numbers(stated: AddressParts) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for unit, number in stated.numbers:
        found[_ALIKE.get(unit, unit)].add(number)
    return {unit: frozenset(numbers) for unit, numbers in found.items()}


def _street(stated: AddressParts) -> str:
    """Return what stands between the divisions and the first number."""
    rest = half_width(stated.rest)
    return rest[: next((i for i, c in enumerate(rest) if c.isdecimal()), len(rest))]


@rule(
    "consistency.registered_address",
    title="各份材料的注册地址一致",
    cites=_SAME,
    needs=("addr.registered",),
    when=("addr.registered",),
    takes="facts",
    codes="C-05",
)
def same_house_and_room(fact: Fact) -> Objection | None:
    """Papers that name another division, street, house or room; a person looks where one leaves the room out."""
    if fact.conflict:
        chosen = str(fact.value)
        is_other = any(_contradiction(chosen, str(w.value)) for w in fact.witnesses)
        return _objection(fact, doubts.disagreeing(fact), Verdict.FAIL if is_other else Verdict.UNSURE)
    return None if fact.sure else _objection(fact, doubts.unclear(fact), Verdict.UNSURE)


@rule(
    "consistency.address_wording",
    title="各份材料的注册地址写法一致",
    cites=_SAME,
    needs=("addr.registered",),
    when=("addr.registered",),
    takes="facts",
    severity=Severity.WARN,
    codes="C-05",
)
def same_wording(fact: Fact) -> Objection | None:
    """House and room are the same, but one paper names a building or a floor that another leaves out."""
    chosen = str(fact.value)
    if any(address.same_place(chosen, str(w.value)) == "partly" for w in fact.witnesses):
        message = f"门牌和房号相同，写法不同：{doubts.disagreeing(fact)}"
        return _objection(fact, message, Verdict.FAIL)
    is_settled = fact.sure or fact.conflict
    return None if is_settled else _objection(fact, doubts.unclear(fact), Verdict.UNSURE)


def _objection(fact: Fact, message: str, verdict: Verdict) -> Objection:
    ways = doubts.settled_by([fact.key], {fact.key: fact})
    return Objection(message, facts=(fact.key,), settled_by=ways, verdict=verdict, about=(fact.key,))


@rule(
    "premises.certificate_address",
    title="权属证书的坐落与注册地址一致",
    cites=(*_PROOF, "civil_code:第二百一十七条"),
    needs=("addr.registered", "premises.address"),
    when=("addr.registered", "premises.address"),
    severity=Severity.ESCALATE,
    doubt=Severity.WARN,
    codes="C-05",
    settled_by=("对照权属证书原件核对坐落", "公安机关或者街道出具的门牌变更证明"),
)
def certificate_address(registered: str, certified: str) -> str | None:
    """The deed is of this house; it may cover more rooms than the company uses."""
    found = _contradiction(registered, certified)
    message = f"权属证书的坐落“{certified}”与注册地址“{registered}”"
    if found == "division" or (found and _numbers_differ(registered, certified, "号")):
        return f"{message}不一致。"
    return Unclear(f"{message}写法不同，请核对是否同一处房屋。") if found else None


def _numbers_differ(a: str, b: str, unit: str) -> bool:
    one, other = (_numbers(address.parts(text)).get(unit) for text in (a, b))
    return bool(one and other and one != other)


@rule(
    "premises.lease_covers_registration",
    title="租赁期覆盖登记当日",
    cites=_PROOF,
    needs=("lease.term_to",),
    maybe=("enterprise.established_on",),
    when=("lease.term_to",),
    doubt=Severity.WARN,
    codes="C-16",
    settled_by=("续签后的《房屋租赁合同》",),
)
def lease_covers_registration(end: date, established: date | None, on: date) -> str | None:
    """The lease has not ended when the company is registered; before that, on the day of filing."""
    day = established or on
    return f"租期至 {end}，登记当日 {day} 已届满。" if end < day else None


@rule(
    "premises.lease_runs",
    title="租赁期已开始且不少于一年",
    cites=_PROOF,
    needs=("lease.term_from", "lease.term_to"),
    when=("lease.term_from", "lease.term_to"),
    severity=Severity.WARN,
    codes="C-16",
    settled_by=("对照《房屋租赁合同》原件核对租期",),
)
def lease_runs(begin: date, end: date, on: date) -> str | None:
    """Many registrars ask for a lease of a year; one that begins later gives no right to the rooms yet."""
    if end < begin:
        return f"租期止 {end} 早于租期起 {begin}。"
    if begin > on:
        return f"租期自 {begin} 起，办理当日 {on} 尚未开始。"
    # The last day of a year's lease is the day before the same day next year.
    is_short = end < years_after(begin, 1) - timedelta(days=1)
    return f"租期自 {begin} 至 {end}，不足一年。" if is_short else None


@rule(
    "premises.lessor_is_owner",
    title="出租方是房屋权利人，或者有同意转租的证明",
    cites=(*_PROOF, "civil_code:第二百一十七条", "civil_code:第七百一十六条"),
    needs=("lease.lessor", "premises.owner"),
    maybe=("lease.sublet_consent",),
    when=("lease.lessor", "premises.owner"),
    severity=Severity.ESCALATE,
    doubt=Severity.WARN,
    codes="C-23",
    settled_by=("权利人同意转租或者出借的证明", "权利人与出租方之间的租赁合同"),
)
def lessor_is_owner(lessor: str, owner: str, consent: str | None) -> str | None:
    """Who lets the rooms owns them; one of several owners is looked at, another person needs consent."""
    mine, theirs = same_name_key(lessor), same_name_key(owner)
    if mine == theirs or consent == "是":
        return None
    if consent == "否":
        return f"出租方“{lessor}”不是权利人“{owner}”，也没有权利人同意转租的证明。"
    if mine in theirs or theirs in mine:
        return Unclear(f"出租方“{lessor}”与权利人“{owner}”不完全相同，请核对共有人是否都同意。")
    return Unclear(f"出租方“{lessor}”不是权利人“{owner}”，请核对权利人是否同意转租。")


@rule(
    "premises.lessee_is_ours",
    title="承租方是本企业、股东或者法定代表人",
    cites=_PROOF,
    needs=("lease.lessee",),
    maybe=("enterprise.name", "legal_rep.name", "investors"),
    when=("lease.lessee",),
    severity=Severity.WARN,
    codes="C-01, C-23",
    settled_by=("承租方同意本企业使用该房屋的证明",),
)
def lessee_is_ours(
    lessee: str, company: str | None, legal_rep: str | None, investors: tuple[dict[str, Scalar], ...] | None
) -> str | None:
    """Before it exists the company cannot rent: a shareholder or the legal representative does."""
    names = [company, legal_rep, *(str(row.get("name") or "") for row in investors or ())]
    known = [same_name_key(name) for name in names if name]
    if any(key in same_name_key(lessee) for key in known):
        return None
    if company is None:
        return Unclear(f"材料没有写明企业名称，无法判断承租方“{lessee}”是否与本企业有关。")
    return f"承租方“{lessee}”不是本企业、股东或者法定代表人。"

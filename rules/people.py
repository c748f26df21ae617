"""People: their cards, their age, their posts."""

from datetime import date

from extractors.identifiers import resident_id
from rules.engine import rule
from rules.model import Severity
from rules.periods import age
from rules.plain import INDEFINITE, Scalar

_ID_LAW = ("id_card_law:第三条", "id_card_law:第五条")
_NUMBER_OF_CARD = ("id_card_law:第三条", "resident_id_standard:第4章")


@rule(
    "people.birthday_in_number",
    title="法定代表人出生日期与证件号码一致",
    cites=_NUMBER_OF_CARD,
    needs=("legal_rep.id_no", "legal_rep.born_on"),
    when=("legal_rep.id_no", "legal_rep.born_on"),
    codes="C-03",
    settled_by=("对照法定代表人身份证原件更正",),
)
def birthday_in_number(number: str, born: date) -> str | None:
    """The card's date of birth is the one inside its number."""
    inside = resident_id.birth_date(number)
    if inside is None or inside == born:
        return None
    return f"出生日期 {born} 与证件号码中的 {inside} 不一致。"


@rule(
    "people.sex_in_number",
    title="法定代表人性别与证件号码一致",
    cites=_NUMBER_OF_CARD,
    needs=("legal_rep.id_no", "legal_rep.sex"),
    when=("legal_rep.id_no", "legal_rep.sex"),
    codes="C-03",
    settled_by=("对照法定代表人身份证原件更正",),
)
def sex_in_number(number: str, sex: str) -> str | None:
    """The card's sex is the one inside its number."""
    inside = resident_id.sex(number)
    return f"性别“{sex}”与证件号码所示“{inside}”不一致。" if inside and inside != sex else None


@rule(
    "people.other_cards_agree",
    title="其他人员身份证的出生日期、性别与号码一致",
    cites=_NUMBER_OF_CARD,
    needs=("people",),
    maybe=("legal_rep.name",),
    when=("people",),
    # The cards' own lines are not filed; the numbers that are filed are asked about where forms use them.
    doubt=Severity.WARN,
    codes="C-03",
    settled_by=("对照身份证原件更正",),
)
def other_cards_agree(people: tuple[dict[str, Scalar], ...], legal_rep: str | None) -> str | None:
    """Each card's own lines are those inside its number; the legal representative's has rules of its own."""
    others = [row for row in people if row.get("name") != legal_rep]
    wrong = [str(row.get("name", "")) for row in others if _contradicts_itself(row)]
    return f"{'、'.join(wrong)}的身份证上，出生日期或性别与证件号码不一致。" if wrong else None


def _contradicts_itself(row: dict[str, Scalar]) -> bool:
    number = str(row.get("id_number", ""))
    pairs = [(row.get("born_on"), resident_id.birth_date(number)), (row.get("sex"), resident_id.sex(number))]
    return any(printed and inside and printed != inside for printed, inside in pairs)


@rule(
    "people.adult",
    title="法定代表人已成年",
    cites=(
        "civil_code_general_2017:第十七条",
        "company_law_2018:第一百四十六条",
        "civil_code:第十七条",
        "company_law_2023:第一百七十八条",
    ),
    needs=("legal_rep.born_on",),
    when=("legal_rep.born_on",),
    severity=Severity.WARN,
    codes="C-25",
)
def adult(born: date, on: date) -> str | None:
    """The legal representative is 18 on the day."""
    years = age(born, on)
    return f"法定代表人办理当日 {years} 周岁，未满18周岁。" if years < 18 else None


def _card_valid(end: date | str, on: date) -> str | None:
    """The card's last day is not before the day."""
    if end == INDEFINITE or (isinstance(end, date) and end >= on):
        return None
    return f"证件有效期至 {end}，办理当日 {on} 已过期。"


_CARDS = {
    "legal_rep": "法定代表人",
    "finance_head": "财务负责人",
    "tax_agent_staff": "办税人员",
    "invoice_receiver": "领票人",
}

for _role, _name in _CARDS.items():
    rule(
        f"people.{_role}_card_in_force",
        title=f"{_name}证件在有效期内",
        cites=_ID_LAW,
        needs=(f"{_role}.id_valid_to",),
        when=(f"{_role}.id_valid_to",),
        codes="C-16",
        settled_by=(f"{_name}换领后的有效证件",),
    )(_card_valid)


@rule(
    "people.other_cards_in_force",
    title="其他人员证件在有效期内",
    cites=_ID_LAW,
    needs=("people",),
    maybe=tuple(f"{role}.name" for role in _CARDS),
    when=("people",),
    severity=Severity.WARN,
    codes="C-16",
    settled_by=("换领后的有效证件",),
)
def other_cards_in_force(people: tuple[dict[str, Scalar], ...], *named: str | None, on: date) -> str | None:
    """Cards of shareholders and officers; those of people in the forms have rules of their own."""
    others = [row for row in people if row.get("name") not in named]
    expired = [str(row.get("name", "")) for row in others if _ended(row.get("valid_to"), on)]
    return f"{'、'.join(expired)}的证件在办理当日 {on} 已过期。" if expired else None


def _ended(end: Scalar | None, on: date) -> bool:
    return isinstance(end, date) and end < on


@rule(
    "people.all_adult",
    title="股东和其他任职人员已成年",
    cites=(
        "civil_code_general_2017:第十七条",
        "company_law_2018:第一百四十六条",
        "civil_code:第十七条",
        "company_law_2023:第一百七十八条",
    ),
    needs=("investors",),
    maybe=("people",),
    when=("investors",),
    severity=Severity.WARN,
    codes="C-25",
    settled_by=("监护人的身份证明和同意文件",),
)
def all_adult(
    investors: tuple[dict[str, Scalar], ...], people: tuple[dict[str, Scalar], ...] | None, on: date
) -> str | None:
    """A minor may hold shares through a guardian, but no post; a number tells the age to the day."""
    numbers = {
        str(row.get("id_number", "")): str(row.get("name", "")) for row in (*investors, *(people or ()))
    }
    born = {name: resident_id.birth_date(number) for number, name in numbers.items()}
    minors = [name for name, day in born.items() if day is not None and age(day, on) < 18]
    return (
        f"{'、'.join(minors)}办理当日未满18周岁，股东须有监护人的文件，任职人员须更换。" if minors else None
    )


@rule(
    "people.finance_head_is_another",
    title="财务负责人与法定代表人不是同一人",
    cites=("portal_practice:两职不由同一人担任",),
    needs=("finance_head.name", "legal_rep.name"),
    maybe=("finance_head.id_no", "legal_rep.id_no"),
    when=("finance_head.name", "legal_rep.name"),
    severity=Severity.WARN,
    codes="T-26",
)
def finance_head_is_another(
    head: str, legal_rep: str, head_number: str | None, legal_rep_number: str | None
) -> str | None:
    """Some portals refuse one person in both posts; a namesake with another number is another person."""
    has_numbers = head_number is not None and legal_rep_number is not None
    is_same = head_number == legal_rep_number if has_numbers else head == legal_rep
    return "财务负责人与法定代表人是同一人，部分税务局不受理。" if is_same else None

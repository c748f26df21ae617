"""People: what follows from an identity number, and whose telephone it is."""

from extractors.identifiers import phone, resident_id
from forms.derive import Derived, derivation, text
from forms.model import Fact
from forms.witnesses import is_same_name


@derivation
def id_type(number: Fact) -> Derived | None:
    """A right 18-digit number is a resident identity card's, unless it begins with 8 or 9.

    81, 82 and 83 are residence permits of Hong Kong, Macao and Taiwan, 9 a foreigner's permanent card.
    """
    kind = resident_id_type(text(number))
    return Derived(kind, "由证件号码的构成得出（GB 11643）。") if kind else None


def resident_id_type(number: str) -> str | None:
    """Return the kind of card that a right 18-digit number belongs to."""
    if not resident_id.is_valid(number):
        return None
    if number.startswith("9"):
        return "外国人永久居留身份证"
    special = {"81": "港澳居民居住证", "82": "港澳居民居住证", "83": "台湾居民居住证"}
    return special.get(number[:2], "居民身份证")


@derivation
def birthday(number: Fact) -> Derived | None:
    """Digits 7 to 14 of the identity number."""
    born = resident_id.birth_date(text(number))
    return Derived(born.isoformat(), "由公民身份号码得出。") if born else None


@derivation
def sex(number: Fact) -> Derived | None:
    """The 17th digit of the identity number."""
    known = resident_id.sex(text(number))
    return Derived(known, "由公民身份号码得出。") if known else None


@derivation
def mobile(number: Fact) -> Derived | None:
    """A telephone number, where it is a mobile one."""
    return Derived(number.value, f"{number.label}是手机号码。") if _is_mobile(number) else None


@derivation
def first_mobile(*numbers: Fact | None) -> Derived | None:
    """The first of several numbers that is a mobile one."""
    found = next((n for n in numbers if n and _is_mobile(n)), None)
    return Derived(found.value, f"取自{found.label}。", (found,)) if found else None


@derivation
def mobile_of_same_person(name: Fact, number: Fact | None, *others: Fact | None) -> Derived | None:
    """The mobile number of a person who appears elsewhere with one.

    Persons are the same by identity number; by name only where one of the two numbers is missing.
    """
    for other_name, other_number, other_phone in zip(*[iter(others)] * 3, strict=True):
        if other_phone is None or other_name is None or not _is_mobile(other_phone):
            continue
        if number and other_number:
            is_same, ground = is_same_name(text(number), text(other_number)), "证件号码"
        else:
            is_same, ground = is_same_name(text(name), text(other_name)), "姓名"
        if is_same:
            why = f"与{other_name.label.removesuffix('姓名')}{ground}相同，为同一人。"
            grounds = (name, number, other_name, other_number, other_phone)
            return Derived(other_phone.value, why, tuple(g for g in grounds if g))
    return None


def _is_mobile(number: Fact) -> bool:
    return phone.kind(text(number)) == "mobile"

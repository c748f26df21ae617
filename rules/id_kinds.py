"""What is wrong with an identity number, by the kind of paper that it stands on.

A number fails only where a published standard tells it is wrong. Where only its form is known, and where the
kind is not known at all, a person is asked.
"""

from collections.abc import Callable
from datetime import date

from extractors.identifiers import (
    organization_code,
    permanent_residence,
    registration_number,
    resident_id,
    travel_document,
    uscc,
)
from extractors.identifiers.flaw import Flaw
from rules.registry import Unclear

_FORMS: dict[str, travel_document.Kind] = {
    "港澳居民来往内地通行证": "hong_kong_macau_permit",
    "台湾居民来往大陆通行证": "taiwan_permit",
    "中国护照": "chinese_passport",
    "外国护照": "foreign_passport",
}
_PERMITS = {"港澳居民居住证": ("81", "82"), "台湾居民居住证": ("83",)}


def objection(number: str, kind: str | None, on: date) -> str | None:
    """Return what is wrong with a number, Unclear where a person must look, or None.

    Args:
        number: As read.
        kind: A name of the list id_types; None where no paper tells it.
        on: The day of judging; nobody is born later.
    """
    if kind is None:
        return _of_no_kind(number, on)
    if kind in _FORMS:
        is_formed = travel_document.is_valid(number, _FORMS[kind])
        return None if is_formed else Unclear(f"{kind}号码 {number} 与常见格式不同，请对照证件原件核对。")
    judge = _BY_KIND.get(kind)
    return (
        judge(number, on)
        if judge
        else Unclear(f"{kind}号码 {number} 没有公开的校验规则，请对照证件原件核对。")
    )


def _of_no_kind(number: str, on: date) -> str | None:
    compact = resident_id.compact(number)
    if resident_id.flaw(compact, on) is None:
        return None
    if len(compact) == 18 and compact[:17].isdecimal():
        return _wrong(number, resident_id.flaw(compact, on))
    if resident_id.from_first_generation(compact):
        return _first_generation(number)
    return Unclear(f"证件号码 {number} 不是居民身份证号码，证件种类不明，请人工核对。")


def _wrong(number: str, flaw: Flaw | None) -> str | None:
    return f"证件号码 {number} {flaw.phrase}。" if flaw else None


def _first_generation(number: str) -> Unclear:
    return Unclear(f"证件号码 {number} 是15位的第一代身份证号码，该证已于2013年1月1日停用，请核对。")


def _resident(number: str, on: date) -> str | None:
    compact = resident_id.compact(number)
    if len(compact) == 15 and compact.isdecimal():
        return _first_generation(number)
    flaw = resident_id.flaw(compact, on)
    if flaw is None and compact.startswith(("9", "81", "82", "83")):
        return Unclear(f"证件号码 {number} 不是居民身份证的号段，请核对证件种类。")
    return _wrong(number, flaw)


def _permit(kind: str) -> Callable[[str, date], str | None]:
    def judge(number: str, on: date) -> str | None:
        compact = resident_id.compact(number)
        flaw = resident_id.flaw(compact, on)
        if flaw is None and not compact.startswith(_PERMITS[kind]):
            return Unclear(f"证件号码 {number} 不是{kind}的号段，请核对证件种类。")
        return _wrong(number, flaw)

    return judge


def _foreigner(number: str, on: date) -> str | None:
    compact = permanent_residence.compact(number)
    flaw = permanent_residence.flaw(compact, on)
    if flaw and (len(compact) != 18 or compact[0] != "9"):
        return Unclear(f"证件号码 {number} 不是外国人永久居留身份证的格式，请核对证件种类。")
    return _wrong(number, flaw)


def _licence(number: str, _: date) -> str | None:
    if len(uscc.compact(number)) == 18:
        return _wrong(number, uscc.flaw(number))
    what = "是15位的旧注册号" if registration_number.is_valid(number) else "不是统一社会信用代码"
    return Unclear(f"营业执照号码 {number} {what}，请核对是否已换发新照。")


def _organization(number: str, _: date) -> str | None:
    if len(organization_code.compact(number)) != 9:
        return Unclear(f"号码 {number} 不是9位的组织机构代码，请核对证件种类。")
    return _wrong(number, organization_code.flaw(number))


_BY_KIND: dict[str, Callable[[str, date], str | None]] = {
    "居民身份证": _resident,
    "港澳居民居住证": _permit("港澳居民居住证"),
    "台湾居民居住证": _permit("台湾居民居住证"),
    "外国人永久居留身份证": _foreigner,
    "营业执照": _licence,
    "组织机构代码证": _organization,
}

"""Amounts of money in figures, in capital letters (大写) or in both.

Where a paper writes an amount twice, both writings must agree. A bare number is no amount: its unit
may stand in the head of a column, which the caller hands in.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from extractors.model import Money
from extractors.values import numerals
from extractors.values.spacing import close_up
from extractors.values.text import half_width

CURRENCIES = {
    "CNY": ("人民币", "RMB", "CNY", "¥"),
    "USD": ("美元", "美金", "USD", "US$"),
    "EUR": ("欧元", "EUR", "€"),
    "HKD": ("港币", "港元", "港圆", "HKD", "HK$"),
    "JPY": ("日元", "日圆", "JPY"),
    "GBP": ("英镑", "GBP", "£"),
    "TWD": ("新台币", "新台元", "TWD", "NT$"),
    "MOP": ("澳门元", "澳门币", "MOP"),
    "SGD": ("新加坡元", "新币", "SGD"),
    "CHF": ("瑞士法郎", "CHF"),
    "CAD": ("加拿大元", "加元", "CAD"),
    "AUD": ("澳大利亚元", "澳元", "AUD"),
    "KRW": ("韩元", "韩圆", "KRW"),
}
_CODE = {word: code for code, words in CURRENCIES.items() for word in words}
_CUR = "|".join(re.escape(word) for word in sorted(_CODE, key=len, reverse=True))
_CURRENCY = re.compile(_CUR)
_SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}
_SCALE = "万亿|亿|[千仟]万|[百佰]万|[十拾]万|[万萬]|[千仟]|[百佰]"
_NUM = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_CN = numerals.NUMERALS
_SMALL = rf"[{_CN}]+角(?:[{_CN}]+分)?|[{_CN}]+分"
_FIGURES = rf"(?<![0-9.,\-−–])(?P<figures>{_NUM}(?:{_SCALE})?(?:{_NUM}(?:{_SCALE}))*(?:(?<=[亿万萬]){_NUM})?)"
_LETTERS = rf"(?<![{_CN}])(?P<letters>[{_CN}]+)(?![{_CN}角分])"
_AMOUNT = re.compile(
    rf"(?P<before>{_CUR})?:?"
    rf"(?:(?P<change>(?<![{_CN}])(?:{_SMALL}))|(?:{_FIGURES}|{_LETTERS})(?P<after>{_CUR}|[元圆圓])?(?P<small>{_SMALL})?)"
    rf"(?P<behind>{_CUR})?[整正]?"
)
_UNIT = re.compile(
    rf"\(?(?:单位:?)?(?P<before>{_CUR})?(?P<scale>{_SCALE})?(?P<after>{_CUR}|[元圆圓])(?P<behind>{_CUR})?\)?"
)
_PIECE = re.compile(rf"({_NUM})({_SCALE})?")
_BARE = re.compile(rf"(?P<number>{_NUM})(?P<unit>\([^()]+\))?")
_WRITING = re.compile(rf"({_CUR})(?:\((?:大写|小写)\)|大写|小写):?")
_STOP = re.compile(
    r"[0-9%‰]|平方米|平米|㎡|m2|m²|[/每](?:天|日|股|人|份)|以[上下内]|不[超低少]|[至最][少多高低]|万|亿"
)
_MOST_DIGITS = 20
_MOST_CHARACTERS = 200


class _Read(NamedTuple):
    amount: Decimal
    currency: str | None
    """None where only 元 or 万 stands there."""


def money(text: str, unit: str | None = None) -> Money | None:
    """Return the only amount that a text states.

    Args:
        text: The amount as printed, with at most words around it.
        unit: What the head of the column says for bare numbers, such as 万元 or 万美元.
    """
    folded = _WRITING.sub(r"\1", close_up(half_width(text)))
    if len(folded) > _MOST_CHARACTERS:
        return None
    bare = _BARE.fullmatch(folded)
    if bare and (bare["unit"] or unit):
        return _in_unit(bare["number"], half_width(bare["unit"] or unit or ""))
    reads, rest = _amounts(folded)
    return None if _STOP.search(rest) else _agreed(reads, set(_CURRENCY.findall(rest)))


def capital_letters(amount: Decimal) -> str:
    """Return an amount of yuan as 大写, as banks ask for it.

    Raises:
        ValueError: The amount is negative, has a part below 分 or reaches 10**16.

    Source: 正确填写票据和结算凭证的基本规定 (支付结算办法 附一).
    """
    if not 0 <= amount < numerals.LIMIT or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("The amount cannot be written in capital letters.")
    return numerals.to_capital(_written(int(amount * 100)))


def _written(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    if rest == 0:
        return f"{numerals.written(yuan)}元整"
    jiao, last = divmod(rest, 10)
    out = f"{numerals.written(yuan)}元" if yuan else ""
    if jiao:
        out += f"{numerals.written(jiao)}角"
    elif yuan:
        out += "零"
    return out + (f"{numerals.written(last)}分" if last else "整")


def _amounts(folded: str) -> tuple[list[_Read | None], str]:
    """Return every amount in a text, None for one that cannot be read, and the words around them."""
    reads: list[_Read | None] = []
    at, rest = 0, ""
    for match in _AMOUNT.finditer(folded):
        alone = match.end() - match.start() == len(folded.strip("。.,;()"))
        if match["letters"] and not alone and not _speaks_of_money(match):
            continue
        reads.append(None if _is_touched(match) else _read(match, alone=alone))
        rest += folded[at : match.start()] + "|"
        at = match.end()
    return reads, rest + folded[at:]


def _is_touched(match: re.Match[str]) -> bool:
    """Tell whether a Latin letter or digit clings to an amount: likely a misread part of it."""
    around = match.string[: match.start()][-1:] + match.string[match.end() :][:1]
    return any(c.isascii() and c.isalnum() for c in around)


def _speaks_of_money(match: re.Match[str]) -> bool:
    """Tell an amount in letters from other words with numerals, such as 三元区 or 股东二人."""
    is_capital = numerals.to_capital(match["letters"]) == match["letters"]
    return bool(match["after"] or match["before"]) and (is_capital or len(match["letters"]) > 1)


def _agreed(reads: list[_Read | None], around: set[str]) -> Money | None:
    """Return the amount where all writings of it, and the currency named around it, agree."""
    kept = [read for read in reads if read is not None]
    named = {read.currency for read in kept if read.currency} | {_CODE[word] for word in around}
    if len(kept) != len(reads) or len({read.amount for read in kept}) != 1 or len(named) > 1:
        return None
    return _money(kept[0].amount, next(iter(named), "CNY"))


def _read(match: re.Match[str], *, alone: bool) -> _Read | None:
    words = [match[place] for place in ("before", "after", "behind") if match[place]]
    codes = {_CODE[word] for word in words if word in _CODE}
    is_marked = bool(words) or bool(match["change"])
    if len(codes) > 1 or not (is_marked or (alone and _is_round(match))):
        return None
    amount = _of_figures(match) if match["figures"] else _of_letters(match)
    return None if amount is None else _Read(amount, next(iter(codes), None))


def _is_round(match: re.Match[str]) -> bool:
    """Tell whether 万, 亿 or 整 shows an amount although no currency stands there: 500万."""
    body = match["figures"] or match["letters"]
    return bool(set(numerals.plain(body)) & set("万亿")) or match[0].endswith(("整", "正"))


def _of_figures(match: re.Match[str]) -> Decimal | None:
    if match["small"]:
        return None
    total, last_factor = Decimal(0), numerals.LIMIT
    for number, scale in _PIECE.findall(match["figures"]):
        piece, factor = _scaled(number, scale), _factor(scale)
        if piece is None or factor >= last_factor:
            return None
        total, last_factor = total + piece, factor
    return total


def _of_letters(match: re.Match[str]) -> Decimal | None:
    """Read yuan, 角 and 分, and take them only where they are written as they should be."""
    small = numerals.plain(match["change"] or match["small"] or "")
    yuan = numerals.integer(match["letters"]) if match["letters"] else 0
    parts = [_small(small, unit) for unit in "角分"]
    if yuan is None or None in parts or (match["small"] and not match["after"]):
        return None
    return Decimal(yuan * 100 + (parts[0] or 0) * 10 + (parts[1] or 0)) / 100


def _small(text: str, unit: str) -> int | None:
    found = re.search(f"([{_CN}]+){unit}", text)
    if found is None:
        return 0
    number = numerals.integer(found[1].lstrip("零") or "零")
    return number if number is not None and number < 10 else None


def _factor(scale: str) -> int:
    return _SCALES[numerals.plain(scale)] if scale else 1


def _scaled(number: str, scale: str) -> Decimal | None:
    digits = number.replace(",", "")
    return Decimal(digits) * _factor(scale) if len(digits) <= _MOST_DIGITS else None


def _in_unit(number: str, unit: str) -> Money | None:
    match = _UNIT.fullmatch("".join(unit.split()))
    amount = _scaled(number, match["scale"] or "") if match else None
    if match is None or amount is None:
        return None
    codes = {_CODE[w] for w in (match["before"], match["after"], match["behind"]) if w in _CODE}
    return _money(amount, next(iter(codes), "CNY")) if len(codes) <= 1 else None


def _money(amount: Decimal, currency: str) -> Money | None:
    """Return the record, or None where the amount has a part below 分 or is beyond any capital."""
    if amount >= numerals.LIMIT or amount != amount.quantize(Decimal("0.01")):
        return None
    return Money(amount=f"{amount:.2f}", currency=currency)
